"""Reading plans: whole trees in a fixed number of queries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN, ModelSelect, fn

from app.base.clock import today
from app.base.statements import prepared
from app.org.models import Department, DepartmentGroup, Leader
from app.org.queries import all_departments
from app.plan.core.in_force import IndicatorsThroughYear, in_force_on, read_on_day, title_on
from app.plan.core.models import (
    Assignment,
    Indicator,
    ItemChange,
    MeasurePredecessor,
    Milestone,
    Plan,
    PlanItem,
    PlanRevision,
)
from app.plan.core.rules import AssignmentRole, DependentRows, ItemAspect, ItemKind
from app.plan.core.signals import plan_dependents_asked
from app.plan.core.tree import items_without_texts


@dataclass(frozen=True)
class ResponsibleDepartments:
    """Who answers for a measure.

    `support_words` names a group that was assigned at once (各居民区) as one; `groups` holds, by a department's id,
    the name of the group that brought it in.
    """

    lead: Department | None
    supports: tuple[Department, ...] = ()
    support_words: str = ""
    groups: Mapping[int, str] = field(default_factory=dict)

    def named_on(self, day: date) -> ResponsibleDepartments:
        """Return the same departments under the names that they had on a day."""
        supports = tuple(one.named_on(day) for one in self.supports)
        return replace(
            self,
            lead=self.lead and self.lead.named_on(day),
            supports=supports,
            support_words=support_words(supports, self.groups),
        )

    @property
    def lead_and_supports(self) -> tuple[Department, ...]:
        return self.supports if self.lead is None else (self.lead, *self.supports)


def support_words(supports: Iterable[Department], groups: Mapping[int, str]) -> str:
    """Return departments by their short names, those that a group brought in by its name, once."""
    return "、".join(dict.fromkeys(groups.get(one.id) or one.short_name for one in supports))


class DepartmentDuty(NamedTuple):
    """What ties a department to a measure, and the name of the group that brought it in, if one did."""

    measure_id: int
    department: Department
    role: AssignmentRole
    group: str | None


def years_of_plans() -> tuple[int, ...]:
    """Return the years of which there is a plan, the first to the last."""
    return tuple(row.year for row in plans_by_year())


@prepared
def plans_by_year() -> ModelSelect[Plan]:
    return Plan.select(Plan.year).order_by(Plan.year)


def plan_by_id(plan_id: int) -> Plan | None:
    return Plan.get_or_none(Plan.id == plan_id)


def dependents_of_plan(plan: Plan) -> list[DependentRows]:
    """Return what hangs on a plan, in a fixed order: first its own items, then what others hold."""
    counted = PlanItem.select(PlanItem.kind, fn.COUNT(PlanItem.id).alias("count"))
    rows: Any = counted.where(PlanItem.plan == plan)
    counts = {row["kind"]: row["count"] for row in rows.group_by(PlanItem.kind).dicts()}
    own = [DependentRows(f"{counts[kind]} 个{kind.label}", False) for kind in ItemKind if kind in counts]
    answers = (one for _, answer in plan_dependents_asked.send(plan) for one in answer)
    return own + sorted(answers, key=lambda one: (one.keeps, one.words))


def plan_of_year(year: int) -> Plan | None:
    return Plan.get_or_none(Plan.year == year)


def obstacles_of_stored(year: int | None, title: str, source: str) -> list[str]:
    """Return how stored plans stand in the way of one of a year, with this title and text: one query."""
    same = (Plan.year == year) | (Plan.title == title) | (Plan.source_sha256 == digest_of_source(source))
    stored = Plan.select(Plan.year, Plan.title).where(same).order_by(Plan.year)
    return [obstacle_of_stored(one, year) for one in stored]


def obstacle_of_stored(stored: Plan, year: int | None) -> str:
    if stored.year == year:
        return (
            f"{year} 年的工作计划《{stored.title}》已经入库，不能再存一份。"
            "请核对年度；要调整已有的，请在网页“导入工作计划”里办理修订。"
        )
    return f"与已入库的 {stored.year} 年工作计划同名，或者全文相同。请核对标题、年度，确认没有选错文件。"


def digest_of_source(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def measures_of_plan(plan: Plan, *, on: date | None = None) -> list[PlanItem]:
    """Return the measures of a plan that are in force on a day, today without one, in its order, each with its leader
    in charge.
    """
    found, day = measures_in_order(plan.id), on or today()
    read_on_day(found, day)
    return [measure for measure in found if measure.is_in_force(day)]


@prepared
def measures_in_order(plan_id: int) -> ModelSelect[PlanItem]:
    query = PlanItem.select(PlanItem, Leader).left_outer_join(Leader)
    is_measure = (PlanItem.plan == plan_id) & (PlanItem.kind == ItemKind.MEASURE)
    return query.where(is_measure).order_by(PlanItem.sequence)


def measure_by_id(measure_id: int) -> PlanItem | None:
    """Return one measure with its leader in charge as it holds today."""
    return measure_on_day(measure_id, today())


def measure_on_day(measure_id: int, on: date) -> PlanItem | None:
    """Return one measure with its plan and its leader in charge as it held on a day."""
    found = measures_alone(measure_id)
    read_on_day(found, on)
    return next(iter(found), None)


@prepared
def measures_alone(measure_id: int) -> ModelSelect[PlanItem]:
    query = PlanItem.select(PlanItem, Plan, Leader).join(Plan).switch(PlanItem).left_outer_join(Leader)
    return query.where((PlanItem.id == measure_id) & (PlanItem.kind == ItemKind.MEASURE))


def changed_titles(plan: Plan | int, *, on: date) -> dict[int, str]:
    """Return, by a measure's id, the title of those that no longer have the published one on a day: one query."""
    return {row["item"]: row["words"] for row in titles_in_order(plan, on)}


@prepared
def titles_in_order(plan: Plan | int, day: date) -> Any:
    is_title = (ItemChange.aspect == ItemAspect.TITLE) & (PlanRevision.plan == plan)
    query = ItemChange.select(ItemChange.item, ItemChange.words).join(PlanRevision)
    rows = query.where(is_title & (PlanRevision.effective_on <= day))
    return rows.order_by(PlanRevision.effective_on, PlanRevision.id).dicts()


def measures_in_charge_of(plan: Plan | int, leader: Leader, *, on: date) -> frozenset[int]:
    """Return the ids of the measures of a plan that a leader is in charge of on a day: two queries."""
    in_charge = leaders_in_charge(plan, on=on)
    return frozenset(measure for measure, leader_id in in_charge.items() if leader_id == leader.id)


def leaders_in_charge(plan: Plan | int, *, on: date) -> dict[int, int | None]:
    """Return, by the id of a measure of a plan, the id of the leader in charge of it on a day: two queries."""
    items = list(items_without_texts().where((PlanItem.plan == plan) & (PlanItem.kind == ItemKind.MEASURE)))
    read_on_day(items, on)
    return {item.id: item.leader_id for item in items}


def commitments_of_measure(measure: PlanItem, *, on: date | None = None) -> list[PlanItem]:
    """Return what a measure's text promises on a day, today without one."""
    return items_below(measure.id, on or today())


@prepared
def items_below(parent_id: int, day: date) -> ModelSelect[PlanItem]:
    below = (PlanItem.parent == parent_id) & in_force_on(day, PlanItem)
    return PlanItem.select().where(below).order_by(PlanItem.sequence)


def commitments_by_measure(plan: Plan, *, on: date) -> dict[int, list[PlanItem]]:
    """Return the commitments of every measure on a day in their order, by the measure's id: one query."""
    found: dict[int, list[PlanItem]] = {}
    is_commitment = (PlanItem.plan == plan) & (PlanItem.kind == ItemKind.COMMITMENT)
    is_commitment &= in_force_on(on, PlanItem)
    for item in PlanItem.select().where(is_commitment).order_by(PlanItem.sequence):
        if item.parent_id is not None:
            found.setdefault(item.parent_id, []).append(item)
    return found


def milestones_of_measure(measure: PlanItem, *, on: date | None = None) -> list[Milestone]:
    """Return the milestones of a measure and of its commitments that hold on a day, today without one, first quarter
    first: one query.
    """
    return milestones_held(measure.id, on or today())


@prepared
def milestones_held(measure_id: int, day: date) -> ModelSelect[Milestone]:
    items = (PlanItem.id == measure_id) | (PlanItem.parent == measure_id)
    query = Milestone.select(Milestone, PlanItem).join(PlanItem).where(items & in_force_on(day, Milestone))
    return query.order_by(Milestone.quarter, PlanItem.sequence, Milestone.id)


def indicators_of_measure(measure: PlanItem, *, on: date | None = None) -> list[Indicator]:
    """Return the indicators that filings on a measure are asked for on a day, today without one: one query."""
    return IndicatorsThroughYear({measure.id}).indicators_on(measure.id, on or today())


def predecessors_of_measure(measure: PlanItem) -> list[PlanItem]:
    """Return the measures that a measure goes on from, those of the year before first, each with its plan."""
    return measures_before(measure.id)


@prepared
def measures_before(measure_id: int) -> ModelSelect[PlanItem]:
    is_before = MeasurePredecessor.predecessor == PlanItem.id
    query = PlanItem.select(PlanItem, Plan).join(Plan).join(MeasurePredecessor, on=is_before)
    return query.where(MeasurePredecessor.measure == measure_id).order_by(Plan.year, PlanItem.sequence)


def successors_of_measure(measure: PlanItem) -> list[PlanItem]:
    """Return the measures of its own plan or of the next that go on from a measure, each with its plan."""
    return measures_after(measure.id)


@prepared
def measures_after(measure_id: int) -> ModelSelect[PlanItem]:
    is_after = MeasurePredecessor.measure == PlanItem.id
    query = PlanItem.select(PlanItem, Plan).join(Plan).join(MeasurePredecessor, on=is_after)
    return query.where(MeasurePredecessor.predecessor == measure_id).order_by(Plan.year, PlanItem.sequence)


def headings_above(measure: PlanItem, *, on: date) -> tuple[PlanItem, ...]:
    """Return the part and section above a measure, outermost first, as they are called on a day: one query."""
    return tuple(heading_and_above(measure.parent_id, on))


@prepared
def heading_and_above(heading_id: int | None, day: date) -> ModelSelect[PlanItem]:
    """Return a section with its part, or a part alone."""
    above = PlanItem.select(PlanItem.parent).where(PlanItem.id == heading_id)
    columns = (PlanItem.id, PlanItem.parent, PlanItem.kind, PlanItem.number, title_on(day))
    query = PlanItem.select(*columns).where((PlanItem.id == heading_id) | PlanItem.id.in_(above))
    return query.order_by(PlanItem.sequence)


def assignments_of_plan(plan: Plan) -> list[Assignment]:
    """Return every assignment of a plan, whenever it is in force, with its department, in the order of measures, lead
    before support.
    """
    query = assignments_with_department().switch(Assignment).join(PlanItem).where(PlanItem.plan == plan)
    return list(query.order_by(PlanItem.sequence, Assignment.role, Department.position, Department.id))


def assignments_with_department() -> ModelSelect[Assignment]:
    """Return a query over assignments with their department and the group that brought it in."""
    return (
        Assignment.select(Assignment, Department, DepartmentGroup)
        .join(Department)
        .switch(Assignment)
        .left_outer_join(DepartmentGroup)
    )


def responsible_for_measure(measure: PlanItem, *, on: date | None = None) -> ResponsibleDepartments:
    """Return who answers for one measure on a day, today without one: one query."""
    return responsible_from_assignments(assignments_on(measure.id, on or today()))


@prepared
def assignments_on(measure_id: int, day: date) -> ModelSelect[Assignment]:
    held = (Assignment.item == measure_id) & in_force_on(day)
    return assignments_with_department().where(held).order_by(Department.position, Department.id)


def responsible_on_days(measure: PlanItem, days: Iterable[date]) -> dict[date, ResponsibleDepartments]:
    """Return who answered for one measure on each of these days, as they were called then: one query."""
    rows = assignments_through_year(measure.id)
    return {
        day: responsible_from_assignments([row for row in rows if row.is_in_force(day)]).named_on(day)
        for day in days
    }


@prepared
def assignments_through_year(measure_id: int) -> ModelSelect[Assignment]:
    query = assignments_with_department().where(Assignment.item == measure_id)
    return query.order_by(Department.position, Department.id)


def responsible_from_assignments(rows: Iterable[Assignment]) -> ResponsibleDepartments:
    """Return who answers for the measure of these assignments, fetched with departments and groups."""
    return responsible_from_duties(
        [
            DepartmentDuty(row.item_id, row.department, row.role, row.group.name if row.group else None)
            for row in rows
        ]
    )


def responsible_from_duties(duties: Sequence[DepartmentDuty]) -> ResponsibleDepartments:
    """Return who answers for the measure of these duties."""
    leads = [duty.department for duty in duties if duty.role is AssignmentRole.LEAD]
    supports = [
        duty for duty in duties if duty.role is AssignmentRole.SUPPORT and duty.department not in leads
    ]
    groups = {duty.department.id: duty.group for duty in supports if duty.group}
    departments = tuple(duty.department for duty in supports)
    return ResponsibleDepartments(
        lead=leads[0] if leads else None,
        supports=departments,
        support_words=support_words(departments, groups),
        groups=groups,
    )


def responsible_by_measure(plan: Plan, *, on: date | None = None) -> dict[int, ResponsibleDepartments]:
    """Return, by a measure's id, its lead and supporting departments on a day, today without one: two queries for the
    whole plan.
    """
    tied: dict[int, list[DepartmentDuty]] = {}
    for duty in duties_of_plan(plan, on=on):
        tied.setdefault(duty.measure_id, []).append(duty)
    return {measure_id: responsible_from_duties(found) for measure_id, found in tied.items()}


def lead_by_measure(plan: Plan, *, on: date) -> dict[int, int]:
    """Return, by a measure's id, the id of the department that leads it on a day: one query for the whole plan."""
    found: dict[int, int] = {}
    for row in leads_in_order(plan.id, on):
        found.setdefault(row["item"], row["department"])
    return found


@prepared
def leads_in_order(plan_id: int, day: date) -> Any:
    led = (PlanItem.plan == plan_id) & (Assignment.role == AssignmentRole.LEAD) & in_force_on(day)
    query = Assignment.select(Assignment.item, Assignment.department).join(PlanItem)
    query = query.switch(Assignment).join(Department).where(led)
    return query.order_by(Department.position, Department.id).dicts()


def duties_of_plan(plan: Plan, *, on: date | None = None) -> list[DepartmentDuty]:
    """Return every duty of a plan on a day, today without one, in each measure the departments in their official
    order: two queries.
    """
    departments, rows = all_departments(), duties_in_order(plan.id, on or today())
    return [
        DepartmentDuty(row["item"], departments[row["department"]], row["role"], row["group"]) for row in rows
    ]


@prepared
def duties_in_order(plan_id: int, day: date) -> Any:
    columns = Assignment.item, Assignment.department, Assignment.role, DepartmentGroup.name.alias("group")
    query = Assignment.select(*columns)
    query = query.join(DepartmentGroup, JOIN.LEFT_OUTER).switch(Assignment).join(Department)
    on_day = query.switch(Assignment).join(PlanItem).where((PlanItem.plan == plan_id) & in_force_on(day))
    return on_day.order_by(Department.position, Department.id).dicts()
