"""A full disk: saving says so, nothing is half done, reading goes on, and with room made all is as before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from peewee import OperationalError

from app.access.models import LoginSession
from app.audit.models import Event
from app.audit.queries import verify_chain
from app.base.clock import now
from app.base.database import database
from app.base.files.disk_space import is_out_of_space
from app.base.settings.settings import Settings
from app.filing.core.models import CommitmentTick
from tests.clients import log_in
from tests.filing.pages import address, inputs, typed
from tests.world import World

LONG = "进展" * 20_000
NO_LIMIT = 2**31 - 2


@contextmanager
def full_disk() -> Iterator[None]:
    """Let SQLite have not one page more than it has; it then fails as on a full disk."""
    pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
    database.obj.pragma("max_page_count", pages, permanent=True)
    yield
    database.obj.pragma("max_page_count", NO_LIMIT, permanent=True)


@pytest.mark.parametrize("step", ["", "submit"])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_save_says_so_changes_nothing_and_works_once_there_is_room(
    app: Flask, world: World, htmx: bool, step: str
) -> None:
    browser = log_in(app, world, "filer")
    filing, events = world.filing(1), Event.select().count()
    ticked = {name: "y" for name in inputs(browser.get(address(filing))) if name.startswith("note_")}
    form = typed(filing, progress=LONG, **ticked)
    with full_disk():
        refused = browser.post(address(filing, step), data=form, htmx=htmx)
        assert refused.status_code == 507
        assert "存储空间已满" in refused.text
        assert htmx or LONG in refused.text
        assert browser.get(address(filing)).status_code == 200
    assert world.filing(1).is_blank
    assert (Event.select().count(), CommitmentTick.select().count()) == (events, 0)
    assert browser.post(address(filing, step), data=form).status_code == 303
    assert world.filing(1).progress == LONG
    assert verify_chain() is None


def test_reading_goes_on_where_not_even_the_time_of_the_visit_can_be_noted(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    LoginSession.update(seen_at=now() - timedelta(minutes=5)).execute()
    database.obj.pragma("query_only", 1, permanent=True)
    assert browser.get("/filings").status_code == 200
    database.obj.pragma("query_only", 0, permanent=True)
    browser.get("/filings")
    assert now() - LoginSession.get().seen_at < timedelta(minutes=1)


def test_without_a_database_there_are_still_words(app: Flask, world: World, settings: Settings) -> None:
    browser = log_in(app, world, "filer")
    database.obj.close_all()
    stored = Path(settings.database_url.removeprefix("sqlite:///"))
    stored.unlink()
    stored.mkdir()
    answer = browser.get("/filings")
    assert answer.status_code == 500
    assert answer.text.startswith("系统出了问题")


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database or disk is full"),
        OSError(28, "No space left on device"),
        psycopg.errors.DiskFull('could not extend file "base/16384/2619": No space left on device'),
    ],
)
def test_a_full_disk_is_known_by_its_words(error: Exception) -> None:
    assert is_out_of_space(error)
    assert not is_out_of_space(OperationalError("database is locked"))


def test_no_room_for_the_file_that_processes_share_is_a_full_disk() -> None:
    cause = sqlite3.OperationalError("disk I/O error")
    cause.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    error = OperationalError("disk I/O error")
    error.__context__ = cause
    assert is_out_of_space(error)
    cause.sqlite_errorname = "SQLITE_IOERR_READ"
    assert not is_out_of_space(error)
