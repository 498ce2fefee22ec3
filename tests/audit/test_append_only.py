"""Whatever connection it comes on, nothing that is written can be changed, deleted or replaced."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest

from app.audit.rules import LogProblem
from app.audit.verification import verify_log
from tests.audit.insider import Insider, event_count
from tests.audit.test_tampering import EDIT, assert_named
from tests.databases import on_both

REFUSED = (sqlite3.Error, psycopg.Error)


@on_both
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event WHERE id = 2",
        EDIT,
        "INSERT INTO event ({}, id) SELECT {}, 0 FROM event WHERE id = 2",
        "INSERT INTO event ({}, id) SELECT {}, -1 FROM event WHERE id = 2",
        "INSERT INTO event ({}, id) SELECT {}, 2 FROM event WHERE id = 3",
    ],
)
def test_any_connection_is_refused(log: Insider, statement: str) -> None:
    with pytest.raises(REFUSED):
        log.run(statement.replace("{}", COLUMNS))
    assert verify_log().is_intact


COLUMNS = "at, person, seat, address, action, object_kind, summary, reason, detail, previous_hash, hash"
OTHERS = COLUMNS.replace(", hash", ", 'x'")


@pytest.mark.parametrize(
    "statement",
    [
        f"REPLACE INTO event (id, {COLUMNS}) SELECT 2, {OTHERS} FROM event WHERE id = 3",
        f"REPLACE INTO event ({COLUMNS}) SELECT {COLUMNS} FROM event WHERE id = 3",
        f"REPLACE INTO event (id, {COLUMNS}) SELECT MAX(id), {OTHERS} FROM event",
        f"INSERT OR REPLACE INTO event (id, {COLUMNS}) SELECT 0, {OTHERS} FROM event WHERE id = 3",
        f"INSERT INTO event (id, {COLUMNS}) SELECT 2, {OTHERS} FROM event WHERE id = 3 "
        "ON CONFLICT (id) DO UPDATE SET reason = 'x'",
        "UPDATE OR REPLACE event SET id = 3 WHERE id = 2",
        "UPDATE OR REPLACE event SET hash = (SELECT hash FROM event WHERE id = 3) WHERE id = 2",
    ],
)
def test_sqlite_refuses_to_replace(log: Insider, statement: str) -> None:
    before = event_count()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        log.run(statement)
    assert (event_count(), verify_log().is_intact) == (before, True)


@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
def test_postgres_refuses_to_truncate(log: Insider) -> None:
    with pytest.raises(psycopg.Error, match="append-only"):
        log.run("TRUNCATE event")


@on_both
def test_triggers_that_are_gone_are_named(log: Insider) -> None:
    is_sqlite = log.url.startswith("sqlite")
    log.run(
        "DROP TRIGGER event_no_update" if is_sqlite else "ALTER TABLE event DISABLE TRIGGER event_append_only"
    )
    assert_named(verify_log(), {LogProblem.UNPROTECTED})
