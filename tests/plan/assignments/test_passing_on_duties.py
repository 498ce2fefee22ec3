"""What somebody answers for from a day on, set later included, and who answers for it then."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.audit.models import Event
from app.base.clock import clock_stopped_at
from app.org.models import DepartmentGroup, Leader
from app.plan.assignments.passing_on_duties import (
    MeasureDuty,
    dependent_measures_in_words,
    duties_of_department,
    duties_of_leader,
    pass_charge_on,
    pass_duties_on,
    plans_since,
    taken_places,
)
from app.plan.assignments.revising import SupportingDepartment
from app.plan.core import queries
from app.plan.core.models import Assignment, Plan, PlanItem
from app.plan.core.rules import AssignmentRole, ItemAspect
from app.plan.core.signals import assignments_changed
from tests.plan.assignments.test_revising import JULY, change, lead_on
from tests.plan.measure_changes.test_ending import OCTOBER, end
from tests.world import World

JUNE, AUGUST, SEPTEMBER, OCT = (date(2026, month, 1) for month in (6, 8, 9, 10))


@pytest.fixture
def other(world: World) -> Leader:
    """A leader who takes measure 2 over in August; in October 周示例 gets 3, and 经发办 leads it."""
    leader = Leader.create(name="吴示例", post="副主任", position=2)
    change(world, AUGUST, 2, lead=world.departments["城管办"], leader=leader, sets_leader=True)
    change(world, OCT, 3, lead=world.departments["经发办"], leader=world.leader, sets_leader=True)
    return leader


def test_a_duty_is_named_by_its_year_and_measure(world: World) -> None:
    duty = MeasureDuty(world.plan, world.measures[0], ItemAspect.LEAD, JULY)
    assert duty.words == "2026 年第 1 项 夯实招商基础"


def notified(duties: list[MeasureDuty]) -> list[tuple[int, str, date]]:
    return [(one.measure.position, one.aspect.value, one.on) for one in duties]


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(
    ("department", "on", "duties"),
    [
        ("经发办", JULY, [(1, "lead", JULY), (2, "lead", JULY), (3, "lead", OCT)]),
        ("经发办", AUGUST, [(1, "lead", AUGUST), (3, "lead", OCT)]),
        ("经发办", OCT, [(1, "lead", OCT), (3, "lead", OCT)]),
        ("城管办", JULY, [(1, "supports", JULY), (3, "lead", JULY), (4, "lead", JULY), (2, "lead", AUGUST)]),
        ("城管办", OCT, [(1, "supports", OCT), (2, "lead", OCT), (4, "lead", OCT)]),
        ("一居", JULY, [(1, "supports", JULY)]),
        ("一居", date(2027, 1, 1), []),
    ],
)
def test_a_department_answers_for_what_it_has_and_what_is_set_later(
    world: World, department: str, on: date, duties: list[tuple[int, str, date]]
) -> None:
    assert notified(duties_of_department(world.departments[department], on)) == duties


def test_a_leader_answers_for_what_is_set_later_and_what_begins_later(world: World, other: Leader) -> None:
    mine = [(1, "leader", JULY), (2, "leader", JULY), (3, "leader", OCT)]
    assert notified(duties_of_leader(world.leader, JULY)) == mine
    assert notified(duties_of_leader(world.leader, OCT)) == [(1, "leader", OCT), (3, "leader", OCT)]
    assert notified(duties_of_leader(other, JULY)) == [(2, "leader", AUGUST)]
    assert notified(duties_of_leader(other, AUGUST)) == [(2, "leader", AUGUST)]
    PlanItem.update(in_force_from=OCT, leader=other).where(PlanItem.id == world.measures[3].id).execute()
    assert notified(duties_of_leader(other, SEPTEMBER)) == [(2, "leader", SEPTEMBER), (4, "leader", OCT)]
    assert notified(duties_of_leader(other, OCT)) == [(2, "leader", OCT), (4, "leader", OCT)]


def test_a_plan_counts_from_its_first_day_until_its_year_ends(world: World) -> None:
    plan, first = world.plan, date(2026, 1, 1)
    for day, meant in ((date(2025, 7, 1), first), (JULY, JULY), (date(2026, 12, 31), date(2026, 12, 31))):
        assert list(plans_since(day)) == [(plan, meant)]
    assert list(plans_since(date(2027, 1, 1))) == []


@pytest.mark.usefixtures("other")
def test_who_follows_leads_and_supports_from_the_day_on_and_never_both(world: World) -> None:
    giver, taker = world.departments["城管办"], world.departments["经发办"]
    expected, heard = notified(duties_of_department(giver, JULY)), []

    def hear(plan: Plan, **_: object) -> None:
        heard.append(plan)

    with assignments_changed.connected_to(hear):
        passed = pass_duties_on(giver, taker, JULY, reason="撤销", by=world.users["system_admin"])
    assert (notified(passed), heard) == (expected, [world.plan])
    assert [lead_on(world, day, 3) for day in (JUNE, JULY, OCT)] == ["城管办", "经发办", "经发办"]
    assert [lead_on(world, day, 2) for day in (JULY, AUGUST)] == ["经发办", "经发办"]
    assert supporting(world, JUNE) == ["城管办", "一居"]
    assert supporting(world, JULY) == ["一居"]
    assert duties_of_department(giver, JULY) == []
    summary = Event.select().where(Event.action == "transfer_duties").get().summary
    assert summary == "撤销：2026 年第 1、3、4、2 项举措"


def supporting(world: World, day: date) -> list[str]:
    found = queries.responsible_for_measure(world.measures[0], on=day)
    return [one.short_name for one in found.supports]


def test_who_follows_a_leader_is_in_charge_from_each_day_on(world: World, other: Leader) -> None:
    assert notified(
        pass_charge_on(world.leader, other, JULY, reason="离任", by=world.users["system_admin"])
    ) == [
        (1, "leader", JULY),
        (2, "leader", JULY),
        (3, "leader", OCT),
    ]
    for day, of_measures in ((JUNE, [1, 2]), (JULY, []), (OCT, [])):
        found = [one.position for one in queries.measures_of_plan(world.plan, on=day) if one.leader_id == 1]
        assert found == of_measures
    assert duties_of_leader(world.leader, JULY) == []


@pytest.mark.parametrize(
    ("standing", "successor", "lead", "in_group", "left"),
    [
        (["城管办", "一居*"], "经发办", None, False, ["城管办", "经发办"]),
        (["城管办", "一居*"], "经发办", None, True, ["城管办", "经发办*"]),
        (["城管办", "一居*"], "城管办", None, True, ["城管办"]),
        (["一居*", "城管办"], "城管办", None, True, ["城管办"]),
        (["一居"], "城管办", None, True, ["城管办"]),
        (["一居*"], "经发办", "经发办", False, []),
        (["城管办", "一居*"], "经发办", "城管办", False, ["经发办"]),
    ],
)
def test_who_supports_already_stays_as_it_was_and_who_leads_does_not_support(
    world: World, standing: list[str], successor: str, lead: str | None, in_group: bool, left: list[str]
) -> None:
    departments, group = world.departments, DepartmentGroup.get()
    places = [
        SupportingDepartment(departments[one.rstrip("*")], group if "*" in one else None) for one in standing
    ]
    taken = taken_places(
        places,
        departments["一居"],
        departments[successor],
        departments[lead] if lead else None,
        {group.id} if in_group else set(),
    )
    assert [f"{one.department.short_name}{'*' if one.group else ''}" for one in taken] == left


def test_what_a_department_still_answers_for_is_named_for_this_year_and_later(world: World) -> None:
    department = world.departments["城管办"]
    words = {"还牵头 2026 年第 3、4 项举措。", "还配合 2026 年第 1 项举措。"}
    for year, named in ((2026, words), (2025, words), (2027, set())):
        with clock_stopped_at(datetime(year, 5, 1, 9)):
            assert set(dependent_measures_in_words(department)) == named
    Assignment.update(in_force_until=JULY).where(Assignment.item == world.measures[0]).execute()
    for day, named in ((datetime(2026, 6, 30, 9), words), (datetime(2026, 7, 1, 9), {min(words)})):
        with clock_stopped_at(day):
            assert set(dependent_measures_in_words(department)) == named


def test_what_was_set_for_the_day_of_an_ending_or_later_goes_with_it(world: World) -> None:
    change(world, AUGUST, lead=world.departments["城管办"])
    change(world, OCT, lead=world.departments["一居"])
    change(world, date(2026, 11, 1), lead=world.departments["经发办"])
    end(world, OCTOBER)
    led = Assignment.select().where(
        Assignment.item == world.measures[0], Assignment.role == AssignmentRole.LEAD
    )
    spans = [(one.department.short_name, one.in_force_from, one.in_force_until) for one in led]
    assert spans == [("经发办", None, AUGUST), ("城管办", AUGUST, OCT)]
