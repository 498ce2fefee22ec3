"""What a department that ends has in hand, and what of it goes to who took over its duties."""

from __future__ import annotations

from datetime import date

import pytest

from app.audit.queries import events_of_subject
from app.authority.policy import Action
from app.base.clock import now
from app.directives.core.life_cycle import DirectiveState
from app.directives.core.models import Directive
from app.directives.former_leads.department_ending import pass_work_in_hand, work_in_hand
from app.directives.replies.operations import save_reply
from app.directives.replies.queries import draft_of
from app.filing.contributions.models import Contribution
from app.filing.contributions.rules import ContributionState
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.org.models import Department
from app.org.rules import DepartmentKind
from app.periods.models import Period
from app.plan.assignments.passing_on_duties import pass_duties_on
from tests.directives.writing import reload_directive, written_directive
from tests.filing.pages import brought_to
from tests.world import World

JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)


@pytest.fixture
def taker() -> Department:
    return Department.create(name="服务办公室", short_name="服务办", kind=DepartmentKind.OFFICE, position=9)


def end(
    world: World, giver: str, taker: Department, since: date | None = JULY
) -> tuple[list[int], list[int]]:
    """Pass duties on where a day is given, then what is in hand; return the measures of filings, contributions."""
    department, by = world.departments[giver], world.users["system_admin"]
    if since:
        pass_duties_on(department, taker, since, reason="撤销", by=by)
    passed = pass_work_in_hand(department, taker, by=by)
    filings = [one.measure.position for one in passed.filings]
    return filings, [one.measure.position for one in passed.contributions]


def whose(measure: int, world: World) -> list[str]:
    rows = Filing.select().where(Filing.measure == world.measures[measure - 1]).order_by(Filing.id)
    return [one.department.short_name for one in rows if not one.is_blank]


@pytest.mark.parametrize(
    ("state", "passes"),
    [
        (FilingState.DRAFT, True),
        (FilingState.RETURNED, True),
        (FilingState.SUBMITTED, False),
        (FilingState.SIGNED_OFF, False),
        (FilingState.ACCEPTED, False),
    ],
)
def test_a_filing_goes_on_as_long_as_it_is_not_handed_in(
    world: World, taker: Department, state: FilingState, passes: bool
) -> None:
    brought_to(state, world, 3, "城管办")
    in_hand = work_in_hand(world.departments["城管办"])
    assert (3 in [one.measure.position for one in in_hand.filings]) is (state is not FilingState.ACCEPTED)
    assert end(world, "城管办", taker) == ([3] if passes else [], [])
    assert whose(3, world) == ["服务办" if passes else "城管办"]
    place = (Filing.measure == world.measures[2]) & (Filing.department == taker)
    assert Filing.select().where(place).count() == 1
    assert not passes or Filing.get(place).lead == taker


@pytest.mark.parametrize("since", [None, OCTOBER])
def test_a_filing_stays_where_the_duty_did_not_pass_in_its_quarter(
    world: World, taker: Department, since: date | None
) -> None:
    brought_to(FilingState.DRAFT, world, 3, "城管办")
    assert end(world, "城管办", taker, since) == ([], [])
    assert whose(3, world) == ["城管办"]


def test_a_filing_stays_where_another_took_the_duty(world: World, taker: Department) -> None:
    brought_to(FilingState.DRAFT, world, 3, "城管办")
    department, by = world.departments["城管办"], world.users["system_admin"]
    pass_duties_on(department, world.departments["经发办"], JULY, reason="撤销", by=by)
    assert pass_work_in_hand(department, taker, by=by).filings == ()


def test_a_filing_stays_where_its_quarter_is_closed(world: World, taker: Department) -> None:
    brought_to(FilingState.DRAFT, world, 3, "城管办")
    pass_duties_on(world.departments["城管办"], taker, JULY, reason="撤销", by=world.users["system_admin"])
    Period.update(closed_at=now()).execute()
    assert work_in_hand(world.departments["城管办"]).filings == ()
    assert end(world, "城管办", taker, None) == ([], [])


def test_what_the_successor_wrote_itself_stays_its_own(world: World, taker: Department) -> None:
    brought_to(FilingState.DRAFT, world, 3, "城管办")
    pass_duties_on(world.departments["城管办"], taker, JULY, reason="撤销", by=world.users["system_admin"])
    own = (Filing.measure == world.measures[2]) & (Filing.department == taker)
    Filing.update(state=FilingState.DRAFT, progress="自己写的。").where(own).execute()
    assert end(world, "城管办", taker, None) == ([], [])
    assert whose(3, world) == ["城管办", "服务办"]


@pytest.mark.parametrize(
    ("begun", "passes"),
    [
        ({"text": "已走访。"}, True),
        ({"asked": "请补充数字。", "version": 2}, True),
        ({"version": 2}, False),  # looked at, and nothing of it written
        ({"text": "已走访。", "state": ContributionState.WRITTEN}, False),
        ({"text": "已走访。", "state": ContributionState.NOT_NEEDED}, False),
    ],
)
def test_a_contribution_goes_on_once_it_is_begun_and_as_long_as_it_is_owed(
    world: World, taker: Department, begun: dict[str, object], passes: bool
) -> None:
    one = world.contribution(1, "一居")
    Contribution.update(**begun).where(Contribution.id == one.id).execute()
    assert [row.id for row in work_in_hand(world.departments["一居"]).contributions] == [one.id] * passes
    assert end(world, "一居", taker) == ([], [1] if passes else [])
    assert Contribution.get_by_id(one.id).department.short_name == ("服务办" if passes else "一居")
    assert [event.action for event in events_of_subject(one)] == [Action.HAND_OVER_DUTY] * passes


@pytest.mark.parametrize("since", [None, OCTOBER])
def test_a_contribution_stays_where_the_duty_did_not_pass_in_its_quarter(
    world: World, taker: Department, since: date | None
) -> None:
    Contribution.update(text="已走访。").where(Contribution.id == world.contribution(1, "一居").id).execute()
    assert end(world, "一居", taker, since) == ([], [])


def test_what_the_successor_wrote_on_another_measure_is_in_no_way_of_it(
    world: World, taker: Department
) -> None:
    Contribution.create(period=world.period, measure=world.measures[1], department=taker, text="别的举措。")
    Contribution.update(text="已走访。").where(Contribution.id == world.contribution(1, "一居").id).execute()
    assert end(world, "一居", taker) == ([], [1])


@pytest.mark.parametrize(("text", "passes"), [("", True), ("自己写的。", False)])
def test_a_contribution_takes_the_place_of_one_that_is_untouched(
    world: World, taker: Department, text: str, passes: bool
) -> None:
    Contribution.update(text="已走访。").where(Contribution.id == world.contribution(1, "一居").id).execute()
    pass_duties_on(world.departments["一居"], taker, JULY, reason="撤销", by=world.users["system_admin"])
    own = Contribution.department == taker
    Contribution.update(text=text).where(own).execute()
    assert end(world, "一居", taker, None) == ([], [1] if passes else [])
    assert [row.text for row in Contribution.select().where(own)] == ["已走访。" if passes else text]


def test_open_directives_address_who_follows_and_the_others_stay(world: World, taker: Department) -> None:
    passing = written_directive(world, "城管办", measure=3)
    beside = written_directive(world, "经发办", "城管办", measure=3)
    elsewhere = written_directive(world, "经发办", measure=1)
    closed = written_directive(world, "城管办", measure=4)
    Directive.update(state=DirectiveState.CLOSED, closed_at=now()).where(Directive.id == closed.id).execute()
    secret = written_directive(world, "城管办", measure=4, is_confidential=True)
    save_reply(
        passing,
        "已办一半。",
        department=world.departments["城管办"],
        by=world.users["filer:城管办"],
        version=1,
    )
    in_hand = work_in_hand(world.departments["城管办"])
    assert {one.id for one in in_hand.directives} == {passing.id, beside.id, secret.id}
    assert {one.id for one in in_hand.shared_directives} == {passing.id, beside.id}
    end(world, "城管办", taker)
    addressed = {
        one.id: [row.department.short_name for row in reload_directive(one).addressees]
        for one in (passing, beside, elsewhere, closed, secret)
    }
    assert addressed == {
        passing.id: ["服务办"],
        beside.id: ["经发办", "服务办"],
        elsewhere.id: ["经发办"],
        closed.id: ["城管办"],
        secret.id: ["服务办"],
    }
    assert draft_of(passing, taker).text == "已办一半。"
