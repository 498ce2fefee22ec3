"""What departments contribute: written in one step, never in the way, and no word lost."""

from __future__ import annotations

import pytest

from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput, FieldProblems, IllegalTransition, NotAllowed
from app.filing.contributions import operations, queries
from app.filing.contributions.models import Contribution, ContributionUse
from app.filing.contributions.operations import ReadContribution, WrittenContribution, mark_of_text
from app.filing.contributions.rules import ContributionStanding, ContributionState
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.review.matrix.quarter_matrix import MatrixChoice
from app.filing.review.matrix.queries import matrix_of_quarter
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.periods.operations import close_period
from tests.databases import on_both
from tests.filing.pages import brought_to, contributed
from tests.world import World

TEXT = "配合开展整治2次。"


def save(
    world: World, text: str, who: str = "filer:城管办", *, mark: str = "", hand_in: bool = False
) -> bool:
    """Save a text over the one that was read, and return whether it was refused for another's."""
    one = world.contribution(1, "城管办")
    written = WrittenContribution(text, mark or mark_of_text(one))
    return operations.save_contribution(one, written, by=world.users[who], hand_in=hand_in).conflict


@on_both
def test_opening_a_quarter_gives_leads_filings_and_supporters_contributions(world: World) -> None:
    assert {one.department_id for one in Filing.select().where(Filing.measure == world.measures[0])} == {
        world.departments["经发办"].id
    }
    assert [one.department.short_name for one in queries.contributions_to(world.filing(1))] == [
        "城管办",
        "一居",
    ]


@on_both
def test_a_text_goes_straight_to_the_lead(world: World) -> None:
    one = contributed(world, 1, "城管办", TEXT)
    assert (one.state, one.text) == (ContributionState.WRITTEN, TEXT)
    notice = Notice.get(Notice.kind == NoticeKind.CONTRIBUTION)
    assert notice.account_id == world.users["filer"].account_id
    assert notice.path == f"/filings/{world.filing(1).id}#contributions"


def test_a_measure_is_handed_in_and_accepted_whatever_its_supporters_do(world: World) -> None:
    assert brought_to(FilingState.ACCEPTED, world).is_accepted
    assert world.contribution(1, "城管办").is_owed


@on_both
def test_several_are_marked_as_not_needed_at_once_or_none_of_them(world: World) -> None:
    world.let_lead(2, "城管办")
    one = world.contribution(1, "一居")
    read = [ReadContribution(one, one.version), ReadContribution(world.contribution(1, "城管办"), 1)]
    with pytest.raises(NotAllowed):
        operations.mark_not_needed(read, by=world.users["filer:一居"])
    assert world.contribution(1, "一居").is_owed
    assert operations.mark_not_needed(read[:1], by=world.users["filer:一居"]) == 1
    assert world.contribution(1, "一居").state is ContributionState.NOT_NEEDED
    with pytest.raises(IllegalTransition, match="有了变化"):
        operations.mark_not_needed(read[:1], by=world.users["filer:一居"])


@on_both
def test_two_windows_write_and_no_word_is_lost(world: World) -> None:
    empty = mark_of_text(world.contribution(1, "城管办"))
    assert not save(world, "第一个窗口写的。", mark=empty)
    assert save(world, "第二个窗口写的。", mark=empty)
    assert world.contribution(1, "城管办").text == "第一个窗口写的。"
    assert not save(world, "全部改写。", who="head:城管办")
    kept = queries.revisions_of(world.contribution(1, "城管办"))
    assert [(one.text, one.person) for one in kept] == [
        ("第一个窗口写的。", world.users["filer:城管办"].person)
    ]


def test_nothing_cannot_be_handed_in_and_what_is_begun_is_not_shown_as_written(world: World) -> None:
    with pytest.raises(FieldProblems, match="标出"):
        save(world, "  ", hand_in=True)
    save(world, "写了一半")
    assert world.contribution(1, "城管办").standing is ContributionStanding.BEGUN


def test_it_can_be_changed_until_the_leads_filing_is_accepted_or_the_quarter_closed(world: World) -> None:
    contributed(world, 1, "城管办", TEXT)
    brought_to(FilingState.SUBMITTED, world)
    assert not save(world, TEXT + "又一次。", hand_in=True)
    filing = world.filing(1)
    filing.state = FilingState.ACCEPTED
    Filing.update(state=FilingState.ACCEPTED, accepted_at=filing.updated_at).where(
        Filing.id == filing.id
    ).execute()
    with pytest.raises(IllegalTransition, match="牵头部门的填报已采用"):
        save(world, "太晚了。")
    Filing.update(state=FilingState.SUBMITTED, accepted_at=None).where(Filing.id == filing.id).execute()
    close_period(world.period, by=SAMPLE_LOADER)
    with pytest.raises(IllegalTransition, match="填报已关闭"):
        save(world, "太晚了。")


@on_both
def test_the_lead_asks_for_more_and_is_answered(world: World) -> None:
    one = contributed(world, 1, "城管办", TEXT)
    operations.ask_contribution(one, "请补整治户数。", by=world.users["filer"], version=one.version)
    one = world.contribution(1, "城管办")
    assert (one.standing, one.text) == (ContributionStanding.ASKED, TEXT)
    notice = Notice.get(Notice.account == world.users["filer:城管办"].account_id)
    assert (notice.detail, notice.read_at) == ("请补充：请补整治户数。", None)
    save(world, TEXT + "共30户。", hand_in=True)
    assert world.contribution(1, "城管办").standing is ContributionStanding.WRITTEN
    assert Notice.get_by_id(notice.id).read_at is not None


def test_one_button_reminds_all_who_owe(world: World) -> None:
    assert operations.remind_supporters(world.filing(1), by=world.users["filer"]) == ["城管办", "一居"]
    contributed(world, 1, "城管办", TEXT)
    assert operations.remind_supporters(world.filing(1), by=world.users["filer"]) == ["一居"]
    one = world.contribution(1, "一居")
    operations.mark_not_needed([ReadContribution(one, one.version)], by=world.users["filer:一居"])
    with pytest.raises(BadInput, match="不必提醒"):
        operations.remind_supporters(world.filing(1), by=world.users["filer"])


def test_nobody_is_reminded_of_a_closed_quarter(world: World) -> None:
    filing = world.filing(1)
    close_period(world.period, by=SAMPLE_LOADER)
    with pytest.raises(IllegalTransition, match="填报已关闭"):
        operations.remind_supporters(filing, by=world.users["filer"])
    assert not Notice.select().where(Notice.kind == NoticeKind.CONTRIBUTION).exists()


@on_both
def test_the_office_waives_what_is_owed_and_takes_it_back(world: World) -> None:
    contributed(world, 1, "城管办", TEXT)
    office = world.users["office"]
    assert operations.waive_contributions(world.period, world.measures[0], by=office) == 1
    assert world.contribution(1, "一居").state is ContributionState.WAIVED
    assert world.contribution(1, "城管办").state is ContributionState.WRITTEN
    assert operations.restore_contributions(world.period, None, by=office) == 1
    assert world.contribution(1, "一居").is_owed


@on_both
def test_what_belongs_to_an_accepted_filing_is_neither_waived_nor_counted(world: World) -> None:
    office = world.users["office"]
    brought_to(FilingState.ACCEPTED, world)
    assert matrix_of_quarter(world.period, MatrixChoice("2026Q3")).owed_count == 0
    assert operations.waive_contributions(world.period, None, by=office) == 0
    assert world.contribution(1, "一居").is_owed


@on_both
def test_what_the_lead_takes_over_keeps_its_source(world: World) -> None:
    one = contributed(world, 1, "城管办", TEXT)
    for _ in range(2):
        operations.take_over_contribution(world.filing(1), one, by=world.users["filer"], version=one.version)
    (use,) = ContributionUse.select()
    assert (use.contribution_id, use.version, use.person) == (
        one.id,
        one.version,
        world.users["filer"].person,
    )
    with pytest.raises(BadInput):
        operations.take_over_contribution(world.filing(2), one, by=world.users["filer"], version=one.version)


def test_who_no_longer_supports_keeps_what_was_written_and_nothing_else(world: World) -> None:
    contributed(world, 1, "城管办", TEXT)
    world.let_lead(1, "城管办")
    assert world.contribution(1, "城管办").text == TEXT
    assert Contribution.select().where(Contribution.measure == world.measures[0]).count() == 2
    assert world.contribution(1, "一居").lead_id == world.departments["城管办"].id
