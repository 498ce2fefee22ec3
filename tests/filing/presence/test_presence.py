"""Who else has the page of a filing open: shown for a minute to those who may write it, at hardly any cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from peewee import OperationalError

from app.access.models import LoginSession
from app.audit.models import Event
from app.base.clock import clock_stopped_at, now
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.presence import operations
from app.filing.presence.models import FilingPresence
from app.filing.presence.operations import note_and_read_presence
from app.filing.presence.rules import (
    SHOWN_FOR,
    PresenceKind,
    is_note_due,
    presence_kind,
)
from tests.clients import Browser, count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import address, brought_to, seen, typed
from tests.world import World

MOMENT = datetime(2026, 10, 9, 16, 0)
AUTOSAVE = {"X-Autosave": "true"}
AGES = st.timedeltas(timedelta(0), timedelta(minutes=3))


@pytest.fixture
def filer(app: Flask, world: World) -> Browser:
    return log_in(app, world, "filer")


@pytest.fixture
def head(app: Flask, world: World) -> Browser:
    return log_in(app, world, "head")


@contextmanager
def later(**time: int) -> Iterator[None]:
    with clock_stopped_at(now() + timedelta(**time)):
        yield


def poll(client: Browser, filing: Filing, shown: str = "") -> Any:
    return client.post(address(filing, "presence"), data={"shown": shown}, htmx=True)


def words_of(world: World, who: str, kind: PresenceKind) -> str:
    return f"{world.users[who].person}（{world.users[who].seat}）{kind.label}"


@given(AGES, st.none() | AGES, st.sampled_from(FilingState))
@example(SHOWN_FOR, None, FilingState.DRAFT)
@example(timedelta(0), SHOWN_FOR, FilingState.DRAFT)
def test_who_was_seen_within_a_minute_is_shown(
    seen_ago: timedelta, wrote_ago: timedelta | None, state: FilingState
) -> None:
    wrote_at = None if wrote_ago is None else MOMENT - wrote_ago
    kind = presence_kind(MOMENT - seen_ago, wrote_at, MOMENT, state=state)
    assert (kind is None) == (seen_ago >= SHOWN_FOR)
    is_open = state in (FilingState.DRAFT, FilingState.RETURNED)
    is_writing = kind is not None and is_open and wrote_ago is not None and wrote_ago < SHOWN_FOR
    assert (kind is PresenceKind.WRITING) == is_writing


@given(AGES, st.none() | AGES, st.booleans())
@example(timedelta(seconds=20), None, False)
@example(timedelta(0), timedelta(seconds=20), True)
def test_it_is_noted_once_in_an_interval(
    seen_ago: timedelta, wrote_ago: timedelta | None, writes: bool
) -> None:
    wrote_at = None if wrote_ago is None else MOMENT - wrote_ago
    counted = wrote_ago if writes else seen_ago
    due = is_note_due(MOMENT - seen_ago, wrote_at, MOMENT, writes=writes)
    assert due == (counted is None or counted >= timedelta(seconds=20))


@on_both
def test_each_sees_the_other_for_a_minute(world: World) -> None:
    filing, filer, head = world.filing(1), world.users["filer"], world.users["head"]
    with clock_stopped_at(MOMENT):
        assert note_and_read_presence(filing, by=filer).people == ()
        note_and_read_presence(world.filing(2), by=filer)
        assert note_and_read_presence(filing, by=head).words == words_of(world, "filer", PresenceKind.OPEN)
        assert note_and_read_presence(filing, by=filer).words == words_of(world, "head", PresenceKind.OPEN)
    with clock_stopped_at(MOMENT + timedelta(seconds=30)):
        note_and_read_presence(filing, by=filer, writes=True)
        assert note_and_read_presence(filing, by=head).words == words_of(world, "filer", PresenceKind.WRITING)
    with clock_stopped_at(MOMENT + timedelta(seconds=60)):
        note_and_read_presence(filing, by=filer)
        assert note_and_read_presence(filing, by=head).words == words_of(world, "filer", PresenceKind.WRITING)
    with clock_stopped_at(MOMENT + timedelta(seconds=95)):
        assert note_and_read_presence(filing, by=head).words == words_of(world, "filer", PresenceKind.OPEN)
    with clock_stopped_at(MOMENT + timedelta(seconds=125)):
        assert note_and_read_presence(filing, by=head).people == ()
    assert [row.account_id for row in FilingPresence.select()] == [head.account_id]


@on_both
def test_two_processes_note_the_same_person_once(world: World) -> None:
    filing, filer = world.filing(1), world.users["filer"]
    for _ in range(2):  # neither has read what the other was about to note
        operations.note_presence(filing, by=filer, writes=True)
    operations.note_presence(filing, by=filer, writes=False)
    row = FilingPresence.get()
    assert (row.person, row.seat, row.account_id) == (filer.person, filer.seat, filer.account_id)
    assert row.wrote_at is not None


def test_it_goes_with_its_filing_and_its_account(world: World) -> None:
    operations.note_presence(world.filing(1), by=world.users["filer"], writes=False)
    operations.note_presence(world.filing(2), by=world.users["head"], writes=False)
    world.filing(1).delete_instance()
    assert [row.filing_id for row in FilingPresence.select()] == [world.filing(2).id]


def test_the_page_says_who_else_is_there(filer: Browser, head: Browser, world: World) -> None:
    filing, words = world.filing(1), words_of(world, "filer", PresenceKind.OPEN)
    assert poll(filer, filing).status_code == 204
    page = head.get(address(filing))
    assert words in seen(page)
    assert "再看一次" in page.get_data(as_text=True)
    answer = poll(head, filing)
    assert seen(answer).startswith(words)
    key = f"{world.users['filer'].account_id}:open"
    assert f'"shown": "{key}"' in answer.get_data(as_text=True)
    assert poll(head, filing, key).status_code == 204
    with later(minutes=2):
        gone = poll(head, filing, key)
        assert (gone.status_code, seen(gone)) == (200, "")
        assert words not in seen(head.get(address(filing)))


def test_every_save_says_so_beside_the_time(filer: Browser, head: Browser, world: World) -> None:
    filing = world.filing(1)
    poll(head, filing)
    saved = filer.post(address(filing), data=typed(filing), htmx=True, headers=AUTOSAVE)
    assert f"；{words_of(world, 'head', PresenceKind.OPEN)}" in seen(saved)
    assert seen(poll(head, filing)).startswith(words_of(world, "filer", PresenceKind.WRITING))
    with later(seconds=61):
        again = world.filing(1)
        alone = filer.post(address(again), data=typed(again, percent="80"), htmx=True, headers=AUTOSAVE)
    assert "已保存" in seen(alone)
    assert PresenceKind.OPEN.label not in seen(alone)


def test_the_head_who_signs_and_the_filer_see_each_other(filer: Browser, head: Browser, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    operations.note_presence(filing, by=world.users["filer"], writes=True)
    words = words_of(world, "filer", PresenceKind.OPEN)  # handed in, it is not being written any more
    assert words in seen(head.get(address(filing)))
    assert seen(poll(head, filing)).startswith(words)
    assert words_of(world, "head", PresenceKind.OPEN) in seen(filer.get(address(filing)))


@pytest.mark.parametrize("state", [FilingState.SIGNED_OFF, FilingState.ACCEPTED])
def test_what_is_done_asks_and_notes_nothing(filer: Browser, world: World, state: FilingState) -> None:
    filing = brought_to(state, world)
    operations.note_presence(filing, by=world.users["head"], writes=False)
    assert "filing-presence" not in filer.get(address(filing)).get_data(as_text=True)
    assert poll(filer, filing).status_code == 204
    assert [row.account_id for row in FilingPresence.select()] == [world.users["head"].account_id]


@pytest.mark.parametrize("who", ["office", "leader"])
def test_who_only_reads_neither_sees_nor_is_seen(app: Flask, world: World, who: str) -> None:
    filing, reader = world.filing(1), log_in(app, world, who)
    operations.note_presence(filing, by=world.users["filer"], writes=False)
    page = reader.get(address(filing)).get_data(as_text=True)
    assert "filing-presence" not in page
    assert PresenceKind.OPEN.label not in page
    assert poll(reader, filing).status_code == 403
    assert [row.account_id for row in FilingPresence.select()] == [world.users["filer"].account_id]


def test_asking_costs_one_query_and_noting_two_more_once_in_an_interval(world: World) -> None:
    filing, filer, head = world.filing(1), world.users["filer"], world.users["head"]
    operations.note_presence(filing, by=head, writes=True)
    events, version = Event.select().count(), filing.version
    with count_queries() as first:
        note_and_read_presence(filing, by=filer)
    assert [one.split()[0] for one in first] == ["SELECT", "DELETE", "INSERT"]
    with count_queries() as again:
        note_and_read_presence(filing, by=filer)
    assert [one.split()[0] for one in again] == ["SELECT"]
    with count_queries() as writing:
        for _ in range(5):  # as many saves by itself within the interval
            note_and_read_presence(filing, by=filer, writes=True)
    assert [one.split()[0] for one in writing].count("INSERT") == 1
    assert (Event.select().count(), world.filing(1).version) == (events, version)


def test_saving_goes_on_where_nothing_can_be_noted(
    filer: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(operations, "note_presence", refuse)
    filing = world.filing(1)
    saved = filer.post(address(filing), data=typed(filing), htmx=True, headers=AUTOSAVE)
    assert saved.status_code == 200
    assert world.filing(1).percent == 76


def test_asking_keeps_nobody_logged_in(app: Flask, filer: Browser, world: World) -> None:
    filing, idle = world.filing(1), app.config["SETTINGS"].session_idle
    filer.get(address(filing))
    seen_at = LoginSession.get().seen_at
    for minutes in range(2, int(idle.total_seconds() // 60), 5):
        with later(minutes=minutes):
            assert poll(filer, filing).status_code == 204
    assert LoginSession.get().seen_at == seen_at
    with clock_stopped_at(seen_at + idle):
        assert poll(filer, filing).status_code == 401
    with later(minutes=2):
        filer.get(address(filing))
    assert LoginSession.get().seen_at > seen_at
