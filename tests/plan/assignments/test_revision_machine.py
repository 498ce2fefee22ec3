"""Plan, revision, quarter and hand-over in any order: a quarter counts what its last day has in force, and a closed one
changes no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.authority.actor import SAMPLE_LOADER
from app.base.database import database
from app.base.errors import BadInput, DomainError, FieldProblems
from app.directives.former_leads.operations import hand_over_to_leads, handover_in_plan
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.overview.queries import overview_of_quarter
from app.periods.models import Period
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from app.plan.assignments.operations import assign_measures
from app.plan.assignments.revising import RevisionTerms, WantedMeasure
from app.plan.core import queries
from app.plan.core.models import MeasurePredecessor, PlanItem
from app.plan.measure_changes.adding import NewMeasure, add_measure
from app.plan.measure_changes.ending import end_measure
from app.plan.measure_changes.splitting import split_measure
from tests.world import World

STARTS = [date(2026, month, 1) for month in (1, 4, 7, 10)]
starts, places = st.sampled_from(STARTS), st.integers(min_value=0, max_value=7)
leads = st.sampled_from(["经发办", "城管办"])
REFUSED = (BadInput, FieldProblems, DomainError)


class Undone(Exception):
    """Ends a transaction without keeping anything of it."""


@dataclass
class ModelMeasure:
    """A measure as the test thinks of it: from when until when, and who leads it since which day."""

    item: PlanItem
    begins: date
    ends: date
    led: dict[date, str]

    def is_in_force(self, on: date) -> bool:
        return self.begins <= on < self.ends

    def lead_on(self, on: date) -> str:
        return self.led[max(day for day in self.led if day <= on)]


class PlanThroughYear(RuleBasedStateMachine):
    """What may be refused is tried, and changes nothing then; what is done is replayed by hand."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.count = world, 0
        self.whole_year = database.atomic()
        self.whole_year.__enter__()
        names = ("经发办", "经发办", "城管办", "城管办")
        self.measures = [
            ModelMeasure(item, date.min, date.max, {date.min: name})
            for item, name in zip(world.measures, names, strict=True)
        ]
        self.periods = {3: Period.get_by_id(world.period.id)}
        self.closed: dict[int, object] = {}

    def teardown(self) -> None:
        self.whole_year.__exit__(Undone, Undone(), None)

    def one_at(self, place: int) -> ModelMeasure:
        return self.measures[place % len(self.measures)]

    def wanted(self, lead: str) -> WantedMeasure:
        self.count += 1
        department = self.world.departments[lead]
        return WantedMeasure(PlanItem(), title=f"新举措{self.count}", text="做好工作。", lead=department)

    def keep_new(self, items: list[PlanItem], day: date, lead: str) -> None:
        self.measures += [ModelMeasure(item, day, date.max, {day: lead}) for item in items]

    @rule(day=starts, lead=leads, place=places)
    def add(self, day: date, lead: str, place: int) -> None:
        heading = self.world.measures[place % 4].parent
        new = NewMeasure(self.wanted(lead), heading, heading)
        try:
            item = add_measure(self.world.plan, new, RevisionTerms(day, "新增。"), by=SAMPLE_LOADER)
        except REFUSED:
            return
        self.keep_new([item], day, lead)

    @rule(day=starts, lead=leads, place=places)
    def split(self, day: date, lead: str, place: int) -> None:
        one = self.one_at(place)
        pieces = [self.wanted(lead), self.wanted(lead)]
        try:
            items = split_measure(one.item, pieces, RevisionTerms(day, "拆分。"), by=SAMPLE_LOADER)
        except REFUSED:
            return
        one.ends = day
        self.keep_new(items, day, lead)

    @rule(day=starts, place=places, into=places)
    def merge(self, day: date, place: int, into: int) -> None:
        one, other = self.one_at(place), self.one_at(into)
        if one is other:
            return
        terms = RevisionTerms(day, "合并。")
        try:
            end_measure(one.item, terms, merged_into=other.item, by=SAMPLE_LOADER)
        except REFUSED:
            return
        one.ends = day

    @rule(day=starts, lead=leads, place=places)
    def change_lead(self, day: date, lead: str, place: int) -> None:
        one = self.one_at(place)
        if any(number in self.closed for number in self.quarters_from(day)) or not one.is_in_force(day):
            return
        wanted = replace(WantedMeasure(one.item), lead=self.world.departments[lead])
        assign_measures(self.world.plan, [wanted], RevisionTerms(day), source="测试", by=SAMPLE_LOADER)
        if one.lead_on(day) != lead:
            one.led[day] = lead

    def quarters_from(self, day: date) -> list[int]:
        return [number for number, start in enumerate(STARTS, 1) if start >= day]

    @rule(number=st.integers(min_value=1, max_value=4))
    def open_quarter(self, number: int) -> None:
        if number not in self.periods:
            quarter = Quarter(2026, number)
            self.periods[number] = open_period(self.world.plan, quarter, by=SAMPLE_LOADER)

    @rule(number=st.integers(min_value=1, max_value=4))
    def close_quarter(self, number: int) -> None:
        if number in self.periods and number not in self.closed:
            close_period(self.periods[number], by=self.world.users["office"])
            self.closed[number] = self.shown(self.periods[number])

    @rule(place=places)
    def write_something(self, place: int) -> None:
        open_ids = [period.id for number, period in self.periods.items() if number not in self.closed]
        mine = Filing.period.in_(open_ids)
        rows = list(Filing.select().where(mine & (Filing.state == FilingState.DRAFT)).order_by(Filing.id))
        if rows:
            row = rows[place % len(rows)]
            Filing.update(progress="已开展。", version=row.version + 1).where(Filing.id == row.id).execute()

    @rule()
    def hand_over(self) -> None:
        found = handover_in_plan(self.world.plan)
        ticked = [one.filing.id for one in found.filings if not one.obstacle]
        if ticked:
            hand_over_to_leads(self.world.plan, ticked, (), by=self.world.users["office"])

    def shown(self, period: Period) -> list[tuple[int, str, str]]:
        cells = overview_of_quarter(period).all_cells
        return [
            (cell.measure.position, cell.measure.title, cell.lead.short_name if cell.lead else "")
            for cell in cells
        ]

    @invariant()
    def every_quarter_counts_what_its_last_day_has_in_force(self) -> None:
        for number, period in self.periods.items():
            day = period.last_day
            expected = {
                (one.item.position, one.lead_on(day)) for one in self.measures if one.is_in_force(day)
            }
            assert {(position, lead) for position, _, lead in self.shown(period)} == expected
            if number in self.closed:
                assert self.shown(period) == self.closed[number]

    @invariant()
    def each_lead_has_a_filing_in_open_quarters(self) -> None:
        for number, period in self.periods.items():
            leading = Filing.select().where(Filing.period == period)
            filed = {(row.measure_id, row.department.short_name) for row in leading}
            day = period.last_day
            owed = {(one.item.id, one.lead_on(day)) for one in self.measures if one.is_in_force(day)}
            if number not in self.closed:
                assert owed <= filed

    @invariant()
    def no_measure_is_deleted_and_each_ended_one_is_gone_on_with(self) -> None:
        kept = PlanItem.select().where(PlanItem.id.in_([one.item.id for one in self.measures])).count()
        assert kept == len(self.measures)
        ended = {one.item.id for one in self.measures if one.ends != date.max}
        assert {row.predecessor_id for row in MeasurePredecessor.select()} == ended
        positions = [one.position for one in queries.measures_of_plan(self.world.plan, on=date(2026, 12, 31))]
        assert len(positions) == len(set(positions))


def test_a_year_in_any_order_counts_what_is_in_force(world: World) -> None:
    run_state_machine_as_test(
        lambda: PlanThroughYear(world),
        settings=settings(max_examples=6, stateful_step_count=10, suppress_health_check=list(HealthCheck)),
    )
