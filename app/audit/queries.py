from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from peewee import ModelSelect, PostgresqlDatabase, fn

from app.audit.models import Event, EventChain
from app.audit.proof_files import log_files
from app.audit.rules import (
    ChainScan,
    ChainState,
    LogFinding,
    LogProblem,
    LogSeal,
    head_findings,
)
from app.base.database import BaseTable, database
from app.base.statements import prepared

ROWS_AT_ONCE = 1000
SQLITE_TRIGGERS = ("event_no_update", "event_no_delete", "event_no_replace", "event_no_insert_between")
POSTGRES_TRIGGERS = ("event_append_only", "event_no_insert_between")
NO_HEAD = LogFinding(LogProblem.HEAD_CHANGED, "链尾不见了：数据库的 event_chain 表被清空或改动过。")


def events_of_subject(subject: BaseTable) -> list[Event]:
    return events_of_subjects(type(subject), (subject.id,))


def events_of_subjects(kind: type[BaseTable], ids: Iterable[int]) -> list[Event]:
    """Return all events of these rows of one table, oldest first: one query."""
    same = (Event.object_kind == kind.__name__) & Event.object_id.in_(list(ids))
    return list(Event.select().where(same).order_by(Event.id))


@prepared
def steps_of_subjects(kind: str, ids: Sequence[int]) -> ModelSelect[Event]:
    """Return the same by table name, without summary, address and hashes, since a row that saves itself
    has hundreds.
    """
    columns = (Event.id, Event.at, Event.person, Event.seat, Event.action, Event.object_id)
    same = (Event.object_kind == kind) & Event.object_id.in_(ids)
    return Event.select(*columns, Event.reason, Event.detail).where(same).order_by(Event.id)


def read_head() -> ChainState | None:
    """Return the stored state of the chain together with its newest row: one query."""
    newest = Event.select(fn.COALESCE(fn.MAX(Event.id), 0))
    names = ("database_id", "count", "last_hash", "seal", "key_check", "anchors")
    columns = [getattr(EventChain, name) for name in names]
    row = EventChain.select(*columns, newest.alias("last_id")).dicts().first()
    return ChainState(**row) if row else None


def event_rows(*, after: int, to: int) -> Iterator[dict[str, Any]]:
    """Yield the events with ids after `after` up to `to`, oldest first, without loading all at once."""
    while after < to:
        between = (Event.id > after) & (Event.id <= to)
        found: Any = Event.select().where(between).order_by(Event.id).limit(ROWS_AT_ONCE).dicts()
        rows: list[dict[str, Any]] = list(found)
        yield from rows
        after = rows[-1]["id"] if rows else to


def verify_chain() -> LogFinding | None:
    """Recompute the whole chain with its key; return the first error, or None.

    Anchors are not compared: see `app.audit.verification`.
    """
    head = read_head()
    if head is None:
        return NO_HEAD
    seal = LogSeal(log_files().seal_key, head.database_id)
    scan = ChainScan(seal)
    for row in event_rows(after=0, to=head.last_id):
        scan.scan_row(row)
    findings = (
        *scan.scan_findings(),
        *head_findings(head, seal, rows=scan.number, last_hash=scan.expected),
    )
    return next(iter(findings), None)


def missing_triggers() -> list[str]:
    """Return which of the triggers that refuse changes of events are missing: one query."""
    is_postgres = isinstance(database.obj, PostgresqlDatabase)
    names = POSTGRES_TRIGGERS if is_postgres else SQLITE_TRIGGERS
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if is_postgres
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    there = {row[0] for row in database.execute_sql(query).fetchall()}
    return [name for name in names if name not in there]
