"""The log: nothing that is written can be changed, and a change made behind its back is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from peewee import DatabaseError, IntegrityError, InternalError

from app.audit.event_kinds import EventKind
from app.audit.models import Event
from app.audit.operations import record_event
from app.audit.proof_files import log_files
from app.audit.queries import verify_chain
from app.authority.actor import Actor
from app.authority.policy import Action
from app.base.database import database, open_database
from tests.databases import on_both
from tests.world import World

CLERK = Actor(1, "某人", "街道办公室", "127.0.0.1")


@pytest.fixture
def events(world: World) -> list[Event]:
    return [
        record_event("accept", world.period, by=CLERK, summary=f"第{n}件", reason="齐全") for n in range(3)
    ]


def test_no_word_in_the_log_means_two_things() -> None:
    assert not {str(kind) for kind in EventKind} & {str(action) for action in Action}


def test_each_open_database_is_sealed_with_the_key_beside_it(events: list[Event], tmp_path: Path) -> None:
    standing, own = database.obj, log_files().seal_key
    open_database(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "other")
    (tmp_path / "other").mkdir()
    try:
        assert log_files().seal_key != own
        assert log_files().anchors_path.parent == tmp_path / "other"
    finally:
        database.initialize(standing)
    assert (log_files().seal_key, verify_chain()) == (own, None)


@on_both
def test_an_untouched_log_verifies(events: list[Event]) -> None:
    assert verify_chain() is None


@on_both
@pytest.mark.parametrize("statement", ["UPDATE event SET reason = ''", "DELETE FROM event"])
def test_the_database_refuses_to_change_or_delete(events: list[Event], statement: str) -> None:
    with pytest.raises((IntegrityError, InternalError, DatabaseError), match="append-only"):
        database.execute_sql(statement)
    assert verify_chain() is None


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE event SET reason = '齐金' WHERE id = {id}",
        "UPDATE event SET person = '別人' WHERE id = {id}",
        "UPDATE event SET at = '2020-01-01 00:00:00' WHERE id = {id}",
        "UPDATE event SET detail = '{{\"a\": 1}}' WHERE id = {id}",
        "DELETE FROM event WHERE id = {id}",
    ],
)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_who_gets_round_the_triggers_is_found_out(events: list[Event], tampering: str, which: int) -> None:
    for trigger in ("event_no_update", "event_no_delete"):
        database.execute_sql(f"DROP TRIGGER {trigger}")
    database.execute_sql(tampering.format(id=events[which].id))
    broken = verify_chain()
    assert broken is not None
    assert broken.sentence.endswith("。")


@on_both
def test_the_event_of_an_operation_that_failed_is_not_there(world: World) -> None:
    before = Event.select().count()
    with pytest.raises(ZeroDivisionError), database.atomic():
        record_event("accept", world.period, by=CLERK)
        _ = 1 / 0
    assert Event.select().count() == before
    assert verify_chain() is None
