"""No statement of a page runs for longer than it may; commands and tasks take the time that they need."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask import Flask

from app.authority.actor import Actor
from app.base import database as db
from app.base.database import PAGE_STATEMENT_SECONDS, database
from app.web.errors import STATUS_SENTENCES
from app.wiring.queue import as_worker_task
from tests.clients import browser
from tests.databases import on_both

LIMIT_SECONDS = 0.2
COUNTING = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT {what} FROM n"
)
FOR_EVER = 10**12


@pytest.fixture
def limited(own_pages: None, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application with a page that counts in the database, and a short limit."""
    monkeypatch.setattr(db, "PAGE_STATEMENT_SECONDS", LIMIT_SECONDS)

    @app.get("/count/<int:last>/<what>")
    def count(last: int, what: str) -> str:
        wanted = "COUNT(*)" if what == "sum" else "i"
        rows = database.execute_sql(COUNTING.format(last=FOR_EVER if last == 0 else last, what=wanted))
        return str(sum(1 for _ in rows) if what == "rows" else rows.fetchone()[0])

    return app


@on_both
@pytest.mark.parametrize("what", ["sum", "rows"])
def test_a_statement_that_runs_too_long_is_cut_off_with_a_sentence(limited: Flask, what: str) -> None:
    client = browser(limited)
    begun = time.monotonic()
    answer = client.get(f"/count/0/{what}")
    assert time.monotonic() - begun < PAGE_STATEMENT_SECONDS  # the usual limit, which is not that of the test
    assert answer.status_code == 503
    assert STATUS_SENTENCES[503] in answer.text
    assert client.get(f"/count/100/{what}").text == "100"


@on_both
def test_tasks_and_commands_take_their_time(limited: Flask) -> None:
    assert browser(limited).get("/count/10/sum").status_code == 200
    taken: list[float] = []

    def count_for_long(*, by: Actor) -> None:
        begun, last = time.monotonic(), 100_000
        while time.monotonic() - begun < LIMIT_SECONDS:
            begun, last = time.monotonic(), last * 4
            database.execute_sql(COUNTING.format(last=last, what="COUNT(*)")).fetchone()
        taken.append(time.monotonic() - begun)

    database.close()
    database.obj.close_all()
    as_worker_task(limited, count_for_long)()
    assert taken[0] >= LIMIT_SECONDS
