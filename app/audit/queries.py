"""Reading and verifying the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.audit.models import Event, EventChain
from app.audit.rules import SEALED, seal
from app.db import Table


@dataclass(frozen=True)
class Break:
    """The first place at which the chain does not hold."""

    event_id: int
    sentence: str


def history(subject: Table) -> list[Event]:
    """Return everything that was done to `subject`, oldest first."""
    return histories(type(subject), (subject.id,))


def histories(kind: type[Table], ids: Iterable[int]) -> list[Event]:
    """Return everything that was done to these rows of one table, oldest first: one query."""
    same = (Event.object_kind == kind.__name__) & Event.object_id.in_(list(ids))
    return list(Event.select().where(same).order_by(Event.id))


def verify() -> Break | None:
    """Recompute the whole chain; return the first break, or None when every event is as it was written."""
    expected = ""
    for event in in_order():
        if event.previous_hash != expected:
            return Break(event.id, f"第 {event.id} 条记录与前一条不相接：其间有记录被删除或调换。")
        if seal({name: getattr(event, name) for name in SEALED}) != event.hash:
            return Break(event.id, f"第 {event.id} 条记录的内容与其校验值不符：记录被改动过。")
        expected = event.hash
    if EventChain.select().get().last_hash != expected:
        return Break(0, "最后的记录与链尾不符：末尾有记录被删除。")
    return None


def in_order() -> Iterator[Event]:
    """Yield all events, oldest first, without holding them all in memory."""
    yield from Event.select().order_by(Event.id).iterator()
