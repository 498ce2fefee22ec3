"""Recording events. Call `record_event` within the transaction of the operation that it describes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from app.audit.event_kinds import EventKind
from app.audit.models import Event
from app.audit.proof_files import log_files
from app.audit.rules import LogSeal
from app.authority.actor import Actor
from app.authority.policy import Action
from app.base.clock import now
from app.base.database import BaseTable, database, transaction

# Every change of anything reads and writes the end of the chain, and peewee would build the same SQL again each time.
READ_END = "SELECT id, database_id, count, last_hash, key_check FROM event_chain"
MOVE_END = "UPDATE event_chain SET count = ?, last_hash = ?, seal = ?, key_check = ? WHERE id = ?"


@dataclass
class ChainEnd:
    """The row of `EventChain` as `record_event` needs it."""

    id: int
    database_id: str
    count: int
    last_hash: str
    key_check: str


def file_detail(data: bytes) -> dict[str, Any]:
    """Return the log's detail for a file that was downloaded."""
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


@transaction
def record_event(
    action: Action | EventKind,
    subject: BaseTable | None = None,
    *,
    by: Actor,
    summary: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Event:
    """Append one event to the chain.

    Args:
        action: what was done; an `EventKind` where no permit goes by that name.
        subject: the row it was done to, if any; its class and id are written down.
        by: who did it.
        summary: the subject in words, for people who read the log.
        reason: why, in the words of who did it.
        detail: further plain values, as JSON.
    """
    chain = lock_chain()
    written = EventEntry(action, subject, by, summary[:255], reason, detail or {})
    seal = LogSeal(log_files().seal_key, chain.database_id)
    values = written.column_values() | {"at": now(), "previous_hash": chain.last_hash}
    event = Event.create(**values, hash=seal.of_event(values))
    move_end(chain, seal, event.hash)
    return event


def move_end(chain: ChainEnd, seal: LogSeal, last_hash: str) -> None:
    chain.count, chain.last_hash = chain.count + 1, last_hash
    chain.key_check = chain.key_check or seal.key_check
    values = (chain.count, last_hash, seal.of_head(chain.count, last_hash), chain.key_check, chain.id)
    database.execute_sql(MOVE_END.replace("?", database.param), values)


@dataclass(frozen=True)
class EventEntry:
    action: Action | EventKind
    subject: BaseTable | None
    by: Actor
    summary: str
    reason: str
    detail: dict[str, Any]

    def column_values(self) -> dict[str, Any]:
        return {
            "account_id": self.by.account_id,
            "person": self.by.person,
            "seat": self.by.seat,
            "address": self.by.address,
            "action": str(self.action),
            "object_kind": type(self.subject).__name__ if self.subject is not None else "",
            "object_id": self.subject.id if self.subject is not None else None,
            "summary": self.summary,
            "reason": self.reason,
            "detail": self.detail,
        }


def lock_chain() -> ChainEnd:
    """Return the end of the chain, locked until the transaction ends; SQLite holds its write lock already."""
    lock = " FOR UPDATE" if database.for_update else ""
    return ChainEnd(*database.execute_sql(READ_END + lock).fetchone())
