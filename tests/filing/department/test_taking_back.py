"""Taking back what was handed in or signed, as long as the next one has not decided."""

from __future__ import annotations

import pytest

from app.base.errors import IllegalTransition
from app.filing.core import content_reading, kept_texts, operations
from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.models import Filing
from app.filing.department.taking_back import take_back_filing, take_back_sign_off
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from tests.databases import on_both
from tests.filing.core.test_announcements import unread
from tests.filing.pages import brought_to
from tests.world import World


def take_back(world: World, filing: Filing, who: str = "filer") -> Filing:
    take_back_filing(filing, by=world.users[who], version=filing.version)
    return world.filing(1)


@on_both
def test_what_was_never_given_back_is_a_draft_again(world: World) -> None:
    before = content_reading.content_of_filing(brought_to(FilingState.SUBMITTED, world))
    filing = take_back(world, world.filing(1))
    assert (filing.state, filing.submitted_at, filing.returned_reason) == (FilingState.DRAFT, None, "")
    assert content_reading.content_of_filing(filing) == before


def test_what_had_come_back_is_returned_with_its_reason_however_often(world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    office, filer = world.users["office"], world.users["filer"]
    operations.send_back_filing(
        filing, by=office, version=filing.version, reason="请补充名单。", kind=ReturnKind.SUPPLEMENT
    )
    for _ in range(2):
        operations.submit_filing(filing, by=filer, version=filing.version)
        filing = take_back(world, filing)
        assert (filing.state, filing.returned_reason) == (FilingState.RETURNED, "请补充名单。")
        assert filing.return_kind is ReturnKind.SUPPLEMENT
    assert kept_texts.last_returned(filing).person == office.person


def test_a_signature_taken_back_lets_the_filing_wait_again(world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    take_back_sign_off(filing, by=world.users["head"], version=filing.version)
    filing = world.filing(1)
    assert filing.state is FilingState.SUBMITTED
    assert (filing.signed_off_at, filing.signed_off_by) == (None, "")
    assert take_back(world, filing).state is FilingState.DRAFT


def test_where_nobody_signs_off_it_is_taken_back_from_the_office(world: World) -> None:
    department = world.departments["经发办"]
    department.needs_sign_off = False
    department.save()
    filing = world.filing(1)
    filing.department = department
    brought_to(FilingState.SUBMITTED, world)
    assert world.filing(1).state is FilingState.SIGNED_OFF
    assert take_back(world, world.filing(1)).state is FilingState.DRAFT


@pytest.mark.parametrize(
    ("state", "step", "sentence"),
    [
        (
            FilingState.SIGNED_OFF,
            take_back_filing,
            "某部门负责人（部门负责人）已于.*审签，.*请部门负责人撤回审签",
        ),
        (FilingState.RETURNED, take_back_filing, "某部门负责人（部门负责人）已于.*退回，.*可以直接修改"),
        (FilingState.ACCEPTED, take_back_filing, "某街道办公室（街道办公室）已于.*采用，.*请联系街道办公室"),
        (
            FilingState.ACCEPTED,
            take_back_sign_off,
            "某街道办公室（街道办公室）已于.*采用，.*请联系街道办公室",
        ),
    ],
)
def test_who_comes_too_late_reads_who_decided_and_when(
    world: World, state: FilingState, step: object, sentence: str
) -> None:
    filing = brought_to(state, world)
    with pytest.raises(IllegalTransition, match=f"没有撤回：{sentence}"):
        step(filing, by=world.users["head"], version=filing.version)
    assert world.filing(1).state is state


def test_those_who_saw_it_waiting_hear_of_it(world: World) -> None:
    other = brought_to(FilingState.SUBMITTED, world, measure=2)
    filing = take_back(world, brought_to(FilingState.SUBMITTED, world))
    assert unread(world) == {("head:经发办", NoticeKind.TAKEN_BACK)}
    (notice,) = Notice.select().where(Notice.kind == NoticeKind.TAKEN_BACK)
    assert notice.sentence.endswith("的填报，还有 1 份待您审签。")
    assert notice.sentence.startswith("某部门填报员撤回了经发办2026年第三季度第 1 项（")
    operations.sign_off_filing(other, by=world.users["head"], version=other.version)
    assert unread(world) == set()
    operations.submit_filing(filing, by=world.users["filer"], version=filing.version)
    operations.sign_off_filing(filing, by=world.users["head"], version=filing.version)
    take_back_sign_off(filing, by=world.users["head"], version=filing.version)
    assert unread(world) == {("office", NoticeKind.TAKEN_BACK)}
    operations.sign_off_filing(filing, by=world.users["head"], version=filing.version)
    assert unread(world) == set()
