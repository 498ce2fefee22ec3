"""Somebody who may do everything to the database and its files, as a system administrator can."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from app.audit.models import Event
from app.audit.operations import record_event
from app.audit.queries import event_rows
from app.audit.rules import LogProblem, LogSeal
from app.audit.verification import LogReport
from app.authority.actor import SAMPLE_LOADER
from app.base.database import database

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
OWN_KEY = b"a key of the insider's own"


def problem_kinds(report: LogReport) -> set[LogProblem]:
    return {finding.problem for finding in report.findings}


@dataclass
class Insider:
    """One who opens the database past the system."""

    url: str

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """Open a plain connection, without the system's settings for it."""
        if self.url.startswith("sqlite:///"):
            opened: Any = sqlite3.connect(self.url.removeprefix("sqlite:///"))
        else:
            opened = psycopg.connect(self.url)
        try:
            yield opened
            opened.commit()
        finally:
            opened.close()

    def run(self, *statements: str) -> None:
        """Run statements, with all triggers in force."""
        with self.connection() as opened:
            for statement in statements:
                opened.execute(statement)

    def run_unhindered(self, *statements: str) -> None:
        """Run statements with the triggers gone, and put them back so that nothing shows."""
        if not self.url.startswith("sqlite:///"):
            self.run(
                "ALTER TABLE event DISABLE TRIGGER ALL", *statements, "ALTER TABLE event ENABLE TRIGGER ALL"
            )
            return
        with self.connection() as opened:
            kept = dict(opened.execute(TRIGGERS).fetchall())
            for name in kept:
                opened.execute(f"DROP TRIGGER {name}")
            for statement in (*statements, *kept.values()):
                opened.execute(statement)

    def reseal(self, seal: Callable[[dict[str, Any]], str], *first: str) -> None:
        """Change something, then seal the whole chain again and move its end along."""
        self.run_unhindered(*first)
        statements, previous, rows = [], "", list(event_rows(after=0, to=10**9))
        for row in rows:
            row["previous_hash"], previous = previous, seal(row | {"previous_hash": previous})
            statements.append(
                f"UPDATE event SET previous_hash = '{row['previous_hash']}', hash = '{previous}' "
                f"WHERE id = {row['id']}"
            )
        self.run_unhindered(
            *statements, f"UPDATE event_chain SET last_hash = '{previous}', count = {len(rows)}"
        )

    def cut_tail(self, rows: int) -> None:
        """Delete the newest rows and move the end of the chain back."""
        self.run_unhindered(
            f"DELETE FROM event WHERE id > (SELECT MAX(id) - {rows} FROM event)",
            "UPDATE event_chain SET count = (SELECT COUNT(*) FROM event), "
            "last_hash = COALESCE((SELECT hash FROM event ORDER BY id DESC LIMIT 1), '')",
        )

    def sign_end(self, key: bytes) -> None:
        """Sign the end of the chain as it is now with a key."""
        ((database_id, count, last_hash),) = database.execute_sql(
            "SELECT database_id, count, last_hash FROM event_chain"
        ).fetchall()
        self.run(f"UPDATE event_chain SET seal = '{LogSeal(key, database_id).of_head(count, last_hash)}'")


def sealed_with(key: bytes, database_id: str) -> Callable[[dict[str, Any]], str]:
    """Return how rows are sealed with a key."""
    return LogSeal(key, database_id).of_event


def event_count() -> int:
    """Return how many events there are."""
    return int(Event.select().count())


def write_events(number: int) -> None:
    for n in range(number):
        record_event("accept", by=SAMPLE_LOADER, summary=f"第{n}件", reason="齐全", detail={"n": n})
