"""A database that is locked for longer than the wait is answered with a sentence, and nothing is half done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from flask import Flask

from app.access.models import LoginSession
from app.audit.models import Event
from app.base.clock import now
from app.base.database import BRIEF_WAIT_MILLISECONDS, WRITERS_LOCK, database
from app.base.settings.settings import Settings
from tests.clients import log_in
from tests.databases import on_both
from tests.filing.pages import address, typed
from tests.world import World

ADD_USER = ("user", "add", "zhang", "--seat", "席位", "--person", "张某")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, lock_wait=1)


@contextmanager
def held_lock(url: str, how: str = "IMMEDIATE") -> Iterator[None]:
    """Hold the lock that writers wait for, from another connection."""
    if url.startswith("sqlite:///"):
        held = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        held.execute(f"BEGIN {how}")
        try:
            yield
        finally:
            held.rollback()
            held.close()
        return
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS_LOCK,))
        yield


@on_both
def test_a_page_says_so_and_when_to_try_again(app: Flask, world: World, settings: Settings) -> None:
    filing, filer = world.filing(1), log_in(app, world, "filer")
    before = Event.select().count()
    database.close()
    with held_lock(settings.database_url):
        answer = filer.post(
            address(filing), data=typed(filing) | {"progress": "很长的一段进展文字，舍不得丢"}
        )
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "数据库正被占用" in answer.text
    assert "很长的一段进展文字，舍不得丢" in answer.text
    assert Event.select().count() == before


def test_where_not_even_reading_is_possible_there_are_still_words(
    app: Flask, world: World, settings: Settings
) -> None:
    filer = log_in(app, world, "filer")
    database.close()
    database.obj.close_all()
    path = settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as held:
        held.execute("PRAGMA journal_mode = DELETE")
        with held_lock(settings.database_url, "EXCLUSIVE"):
            answer = filer.get("/filings")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "数据库正被占用" in answer.text


def test_a_page_that_reads_waits_only_briefly_to_note_the_visit(
    app: Flask, world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    filer, run, waits = log_in(app, world, "filer"), database.obj.execute_sql, []
    LoginSession.update(seen_at=now() - timedelta(minutes=5)).execute()

    def run_and_look(sql: str, params: Any = None) -> Any:
        if sql.startswith("UPDATE"):
            waits.append(database.pragma("busy_timeout"))
        return run(sql, params)

    monkeypatch.setattr(database.obj, "execute_sql", run_and_look)
    with held_lock(settings.database_url):
        assert filer.get("/filings").status_code == 200
    filer.get("/filings")
    assert (waits, database.pragma("busy_timeout")) == ([BRIEF_WAIT_MILLISECONDS] * 2, 1_000)
    assert now() - LoginSession.get().seen_at < timedelta(minutes=1)


@on_both
def test_a_command_says_so_in_one_sentence(app: Flask, world: World, settings: Settings) -> None:
    with held_lock(settings.database_url):
        result = app.test_cli_runner().invoke(args=ADD_USER)
    assert result.exit_code == 1
    [sentence] = result.stderr.splitlines()
    assert sentence.startswith("数据库一直被占用")


def test_a_command_that_cannot_reach_the_database_says_so(app: Flask, settings: Settings) -> None:
    database.obj.close_all()
    (settings.instance / "work-plan.db").unlink()
    (settings.instance / "work-plan.db").mkdir()
    result = app.test_cli_runner().invoke(args=["user", "list"])
    assert result.exit_code == 1
    [sentence] = result.stderr.splitlines()
    assert sentence.startswith("连不上数据库")
