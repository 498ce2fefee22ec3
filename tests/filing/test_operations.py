"""A filing's way through its life, on both databases."""

from __future__ import annotations

import pytest

from app.access.policy import Action
from app.audit.queries import history, verify
from app.errors import IllegalTransition, NotAllowed, StaleVersion
from app.filing import operations, queries
from app.filing.rules import FilingState, Light
from tests.databases import on_both
from tests.world import World, full_content


@on_both
def test_a_filing_goes_from_draft_to_accepted_and_every_step_is_on_record(world: World) -> None:
    filing = world.filing(1)
    operations.save(filing, full_content(), by=world.users["filer"], version=filing.version)
    operations.submit(filing, by=world.users["filer"], version=filing.version)
    operations.sign_off(filing, by=world.users["head"], version=filing.version)
    operations.accept(filing, by=world.users["office"], version=filing.version)

    stored = world.filing(1)
    assert stored.state is FilingState.ACCEPTED
    assert stored.light is Light.GREEN
    assert [event.action for event in history(stored)] == [
        Action.WRITE_FILING,
        Action.SUBMIT,
        Action.SIGN_OFF,
        Action.ACCEPT,
    ]
    assert [revision.action for revision in queries.revisions(stored)] == ["accept", "sign_off", "submit"]
    assert verify() is None


@on_both
def test_a_stale_save_is_refused_and_shows_what_stands_there_now(world: World) -> None:
    mine, theirs = world.filing(1), world.filing(1)
    operations.save(theirs, full_content("先到的文字。"), by=world.users["head"], version=theirs.version)
    with pytest.raises(StaleVersion) as refusal:
        operations.save(mine, full_content("后到的文字。"), by=world.users["filer"], version=mine.version)
    assert refusal.value.current.progress == "先到的文字。"
    assert world.filing(1).progress == "先到的文字。"


@on_both
def test_nothing_is_half_done_when_a_step_is_refused(world: World) -> None:
    filing = world.filing(1)
    with pytest.raises(IllegalTransition):
        operations.accept(filing, by=world.users["office"], version=filing.version)
    stored = world.filing(1)
    assert (stored.state, stored.version, stored.accepted_at) == (FilingState.DRAFT, 1, None)
    assert history(stored) == []


def test_another_departments_filing_cannot_be_written(world: World) -> None:
    filing = world.filing(1)
    with pytest.raises(NotAllowed):
        operations.save(filing, full_content(), by=world.users["filer:城管办"], version=filing.version)
    assert world.filing(1).is_blank
