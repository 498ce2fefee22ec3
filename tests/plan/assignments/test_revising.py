"""What changes from a day on: any order of changes reads, on every day, as a naive replay of them does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.authority.actor import SAMPLE_LOADER
from app.base.database import database
from app.base.errors import FieldProblems
from app.filing.core import operations as filings
from app.filing.review.queries import listed_filings
from app.overview.queries import overview_of_quarter
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from app.plan.assignments.operations import assign_measures
from app.plan.assignments.revising import BEGINNING, RevisionTerms, SupportingDepartment, WantedMeasure
from app.plan.core import queries
from app.plan.core.models import Assignment, ItemChange, PlanItem
from app.plan.core.rules import AssignmentRole
from tests.databases import on_both
from tests.world import THRESHOLDS, World, full_content

MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)
DAYS = [None, date(2026, 1, 1), date(2026, 3, 31), MAY, JULY, date(2026, 12, 31)]
READ = [BEGINNING, *(day for day in DAYS if day), date(2026, 4, 30), date(2027, 1, 1)]
days = st.sampled_from(DAYS)
names = st.sampled_from(["经发办", "城管办", "一居"])


def change(world: World, day: date | None, measure: int = 1, **wanted: Any) -> None:
    """Let a measure be what is wanted from a day on."""
    one = WantedMeasure(world.measures[measure - 1], **wanted)
    assign_measures(world.plan, [one], RevisionTerms(day, "分工调整"), source="测试", by=SAMPLE_LOADER)


def lead_on(world: World, day: date, measure: int = 1) -> str:
    lead = queries.responsible_for_measure(world.measures[measure - 1], on=day).lead
    return lead.short_name if lead else ""


class Undone(Exception):
    """Ends a transaction without keeping anything of it."""


@dataclass
class Replay:
    """What was set in one respect, newest last."""

    settings: list[tuple[date, object]] = field(default_factory=list)

    def value_on(self, day: date) -> object:
        until = [one for one in self.settings if one[0] <= day]
        return max(enumerate(until), key=lambda pair: (pair[1][0], pair[0]))[1][1]

    def set_from(self, day: date, value: object) -> None:
        if self.value_on(day) != value:
            self.settings.append((day, value))


class RevisedPlan(RuleBasedStateMachine):
    """A measure whose lead, supports, leader and wording change on any day, in any order."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.whole_year = database.atomic()
        self.whole_year.__enter__()
        self.lead = Replay([(BEGINNING, "经发办")])
        self.supports = Replay([(BEGINNING, frozenset({"城管办", "一居"}))])
        self.leader = Replay([(BEGINNING, self.world.leader.id)])
        self.title = Replay([(BEGINNING, self.world.measures[0].title)])

    def teardown(self) -> None:
        self.whole_year.__exit__(Undone, Undone(), None)

    @rule(day=days, name=names)
    def change_lead(self, day: date | None, name: str) -> None:
        change(self.world, day, lead=self.world.departments[name])
        self.lead.set_from(day or BEGINNING, name)

    @rule(day=days, chosen=st.frozensets(names))
    def change_supports(self, day: date | None, chosen: frozenset[str]) -> None:
        supports = tuple(SupportingDepartment(self.world.departments[name], None) for name in sorted(chosen))
        before = self.supports.value_on(day or BEGINNING)
        change(self.world, day, supports=supports)
        lead = self.lead.value_on(day or BEGINNING)
        if set(before) - {lead} != chosen:  # type: ignore[call-overload]
            self.supports.settings.append((day or BEGINNING, chosen))

    @rule(day=days, has_leader=st.booleans())
    def change_leader(self, day: date | None, has_leader: bool) -> None:
        leader = self.world.leader if has_leader else None
        change(self.world, day, leader=leader, sets_leader=True)
        self.leader.set_from(day or BEGINNING, leader.id if leader else None)

    @rule(day=days.filter(bool), words=st.sampled_from(["夯实招商基础", "做实招商基础", "招商"]))
    def change_title(self, day: date, words: str) -> None:
        change(self.world, day, title=words)
        self.title.set_from(day, words)

    @invariant()
    def every_day_reads_as_the_replay(self) -> None:
        measure = self.world.measures[0]
        for day in READ:
            duty = queries.responsible_for_measure(measure, on=day)
            read = queries.measure_on_day(measure.id, day)
            assert read is not None
            assert duty.lead is not None
            lead = self.lead.value_on(day)
            assert duty.lead.short_name == lead
            supports = set(self.supports.value_on(day)) - {lead}  # type: ignore[call-overload]
            assert {one.short_name for one in duty.supports} == supports
            assert (read.leader_id, read.title) == (self.leader.value_on(day), self.title.value_on(day))
            leads = [
                row
                for row in Assignment.select().where(Assignment.item == measure)
                if row.role is AssignmentRole.LEAD and row.is_in_force(day)
            ]
            assert len(leads) == 1


def test_any_order_of_changes_reads_as_their_replay(world: World) -> None:
    run_state_machine_as_test(
        lambda: RevisedPlan(world),
        settings=settings(max_examples=6, stateful_step_count=8, suppress_health_check=list(HealthCheck)),
    )


@on_both
def test_a_quarter_shows_who_answered_on_its_last_day(world: World) -> None:
    """The lead changes in May: the first quarter stays with the one before, the second goes to the new one."""
    world.period = open_period(world.plan, Quarter(2026, 2), by=SAMPLE_LOADER)
    first = open_period(world.plan, Quarter(2026, 1), by=SAMPLE_LOADER)
    change(world, MAY, lead=world.departments["城管办"], leader=None, sets_leader=True, title="做实招商")
    assert [lead_on(world, day) for day in (BEGINNING, date(2026, 4, 30), MAY)] == [
        "经发办",
        "经发办",
        "城管办",
    ]
    shown = {}
    for period in (first, world.period):
        cell = overview_of_quarter(period).all_cells[0]
        listed = [one for one in listed_filings(period) if one.number == 1]
        shown[period.number] = (
            cell.lead and cell.lead.short_name,
            cell.measure.title,
            cell.measure.leader is None,
            [(one.department, one.title) for one in listed],
        )
    assert shown == {
        1: (
            "经发办",
            "夯实招商基础",
            False,
            [("经发办", "夯实招商基础")],
        ),
        2: ("城管办", "做实招商", True, [("城管办", "做实招商")]),
    }


def test_what_was_written_stays_with_its_writer_until_it_is_handed_over(world: World) -> None:
    filing = world.filing(1)
    filings.save_filing(
        filing, full_content(), by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    change(world, JULY, lead=world.departments["城管办"])
    assert world.filing(1).progress
    assert world.filing(1, "城管办").lead_id == world.departments["城管办"].id
    assert world.contribution(1, "一居").lead_id == world.departments["城管办"].id


def test_that_nobody_supports_from_a_day_on_stays_when_the_time_before_is_set(world: World) -> None:
    nobody: tuple[SupportingDepartment, ...] = ()
    somebody = (SupportingDepartment(world.departments["城管办"], None),)
    for day, supports in ((None, nobody), (JULY, somebody), (JULY, nobody), (None, somebody)):
        change(world, day, supports=supports)
    measure = world.measures[0]
    found = [queries.responsible_for_measure(measure, on=day).supports for day in (MAY, JULY)]
    assert found == [(world.departments["城管办"],), ()]


def test_who_supports_first_in_the_middle_of_the_year_did_not_before(world: World) -> None:
    measure, department = world.measures[0], world.departments["城管办"]
    Assignment.delete().where(Assignment.role == AssignmentRole.SUPPORT).execute()
    change(world, JULY, supports=(SupportingDepartment(department, None),))
    assert queries.responsible_for_measure(measure, on=MAY).supports == ()
    assert queries.responsible_for_measure(measure, on=JULY).supports == (department,)


def test_the_published_wording_stays(world: World) -> None:
    change(world, MAY, title="招商", text="新的内容。", yearly_target="走访100家")
    published = PlanItem.get_by_id(world.measures[0].id)
    assert (published.title, published.yearly_target) == ("夯实招商基础", "")
    assert ItemChange.select().count() == 3
    read = queries.measure_on_day(published.id, MAY)
    assert read is not None
    assert (read.title, read.text, read.yearly_target) == ("招商", "新的内容。", "走访100家")


@pytest.mark.parametrize(
    ("day", "wanted", "sentence"),
    [
        (date(2027, 1, 1), {"yearly_target": "100家"}, "生效日期应在2026年1月1日至2026年12月31日之间"),
        (None, {"title": "招商"}, "改动名称或原文须写生效日期"),
    ],
)
def test_a_day_that_cannot_be_taken_is_named(
    world: World, day: date | None, wanted: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(FieldProblems) as refusal:
        change(world, day, **wanted)
    assert refusal.value.fields["effective_on"].startswith(sentence)
    assert not ItemChange.select().exists()


def test_who_answered_in_a_closed_quarter_stays(world: World) -> None:
    close_period(world.period, by=world.users["office"])
    department = world.departments["城管办"]
    for day in (None, date(2026, 9, 1)):
        with pytest.raises(FieldProblems) as refusal:
            change(world, day, lead=department)
        assert "2026年第三季度已经关闭" in refusal.value.fields["effective_on"]
    change(world, date(2026, 10, 1), lead=department)
    change(world, None, yearly_target="走访100家")
    assert (lead_on(world, date(2026, 9, 30)), lead_on(world, date(2026, 10, 1))) == ("经发办", "城管办")
