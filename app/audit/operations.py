"""Writing events. `record` is called inside the transaction of the deed that it describes."""

from __future__ import annotations

from dataclasses import dataclass
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
    written = Entry(str(action), subject, by, summary[:255], reason, detail or {})
    values = written.values() | {"at": now(), "previous_hash": chain.last_hash}
    event = Event.create(**values, hash=seal(values))
    EventChain.update(last_hash=event.hash).where(EventChain.id == chain.id).execute()
    return event


@dataclass(frozen=True)
class Entry:
    """What is to be written down, before it is sealed."""

    action: str
    subject: Table | None
    by: Actor
    summary: str
    reason: str
    detail: dict[str, Any]

    def values(self) -> dict[str, Any]:
        """Return the plain values of the event's columns."""
        return {
            "account_id": self.by.account_id,
            "person": self.by.person,
            "seat": self.by.seat,
            "address": self.by.address,
            "action": self.action,
            "object_kind": type(self.subject).__name__ if self.subject is not None else "",
            "object_id": self.subject.id if self.subject is not None else None,
            "summary": self.summary,
            "reason": self.reason,
            "detail": self.detail,
        }


def lock_chain() -> EventChain:
    """Return the head of the chain, locked until the transaction ends (SQLite holds its write lock already)."""
    head = EventChain.select()
    if EventChain._meta.database.for_update:
        head = head.for_update()
    return head.get()
