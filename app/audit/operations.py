"""Writing events. `record` is called inside the transaction of the deed that it describes."""

from __future__ import annotations

from typing import Any

from app.audit.models import Event, EventChain
from app.audit.rules import Actor, seal
from app.clock import now
from app.db import Table, transaction


@transaction
def record(
    action: str,
    subject: Table | None = None,
    *,
    by: Actor,
    summary: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Event:
    """Append one event to the chain.

    Args:
        action: what was done, a value of `app.access.policy.Action` or a verb of this system.
        subject: the row it was done to, if any; its class and id are written down.
        by: who did it.
        summary: the subject in words, for people who read the log.
        reason: why, in the doer's words.
        detail: further plain values, as JSON.
    """
    chain = lock_chain()
    values: dict[str, Any] = {
        "at": now(),
        "account_id": by.account_id,
        "person": by.person,
        "seat": by.seat,
        "address": by.address,
        "action": str(action),
        "object_kind": type(subject).__name__ if subject is not None else "",
        "object_id": subject.id if subject is not None else None,
        "summary": summary[:255],
        "reason": reason,
        "detail": detail or {},
        "previous_hash": chain.last_hash,
    }
    event = Event.create(**values, hash=seal(values))
    EventChain.update(last_hash=event.hash).where(EventChain.id == chain.id).execute()
    return event


def lock_chain() -> EventChain:
    """Return the head of the chain, locked until the transaction ends (SQLite holds its write lock already)."""
    head = EventChain.select()
    if EventChain._meta.database.for_update:
        head = head.for_update()
    return head.get()
