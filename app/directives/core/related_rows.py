"""Loading the rows that belong to many directives at once: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from peewee import JOIN, ModelSelect

from app.base.clock import today
from app.base.statements import prepared
from app.directives.core.carry_overs import DirectiveCarryOver, MeasureCarryOver
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.life_cycle import AddresseeRole
from app.directives.core.models import Directive, DirectiveAddressee, DirectiveReply
from app.directives.core.scans import DirectiveScan
from app.directives.core.subjects import DirectiveSubject
from app.directives.core.time_limits import FeedbackRhythm
from app.filing.core.models import Filing
from app.org.models import Department
from app.org.queries import holders_of_seats
from app.periods.models import Period
from app.periods.queries import quarters_of_plan
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import plan_of_year


def all_subjects() -> ModelSelect[DirectiveSubject]:
    """Return a query over the subjects of directives, measures in the plan's order."""
    return (
        DirectiveSubject.select(DirectiveSubject, PlanItem, Filing, Period, Department)
        .join(PlanItem, JOIN.LEFT_OUTER, on=DirectiveSubject.measure)
        .switch(DirectiveSubject)
        .join(Filing, JOIN.LEFT_OUTER, on=DirectiveSubject.filing)
        .join(Period, JOIN.LEFT_OUTER)
        .switch(DirectiveSubject)
        .join(Department, JOIN.LEFT_OUTER, on=DirectiveSubject.department)
        .order_by(PlanItem.plan, PlanItem.sequence, DirectiveSubject.id)
    )


@prepared
def subjects_among(directive_ids: Sequence[int]) -> ModelSelect[DirectiveSubject]:
    return all_subjects().where(DirectiveSubject.directive.in_(directive_ids))


@prepared
def addressees_among(directive_ids: Sequence[int]) -> ModelSelect[DirectiveAddressee]:
    query = DirectiveAddressee.select(DirectiveAddressee, Department).join(Department)
    order = (DirectiveAddressee.role != AddresseeRole.MAIN, Department.position, Department.id)
    return query.where(DirectiveAddressee.directive.in_(directive_ids)).order_by(*order)


@prepared
def replies_among(directive_ids: Sequence[int]) -> ModelSelect[DirectiveReply]:
    query = DirectiveReply.select(DirectiveReply, Department).join(Department)
    return query.where(DirectiveReply.directive.in_(directive_ids)).order_by(DirectiveReply.id)


@prepared
def steps_among(directive_ids: Sequence[int]) -> ModelSelect[DirectiveStep]:
    query = DirectiveStep.select(DirectiveStep, Department).join(Department, JOIN.LEFT_OUTER)
    return query.where(DirectiveStep.directive.in_(directive_ids)).order_by(DirectiveStep.id)


@prepared
def carry_overs_among(directive_ids: Sequence[int]) -> ModelSelect[DirectiveCarryOver]:
    """Return the carry-overs of directives, with both measures and the plan that took them over."""
    before, after = PlanItem.alias(), PlanItem.alias()
    query = (
        DirectiveCarryOver.select(DirectiveCarryOver, MeasureCarryOver, Plan, before, after)
        .join(MeasureCarryOver)
        .join(Plan)
        .switch(MeasureCarryOver)
        .join(before, on=(MeasureCarryOver.measure == before.id), attr="measure")
        .switch(MeasureCarryOver)
        .join(after, on=(MeasureCarryOver.successor == after.id), attr="successor")
    )
    return query.where(DirectiveCarryOver.directive.in_(directive_ids)).order_by(DirectiveCarryOver.id)


# What is loaded with directives, by the name under which they have it.
RELATED: Mapping[str, Callable[[Sequence[int]], list[Any]]] = {
    "subjects": subjects_among,
    "addressees": addressees_among,
    "replies": replies_among,
    "steps": steps_among,
    "carry_overs": carry_overs_among,
}


def load_directives(found: Iterable[Directive]) -> list[Directive]:
    """Return directives with subjects, addressees, replies, steps and carry-overs loaded."""
    rows = list(found)
    if not rows:
        return []
    known = {row.id: row for row in rows}
    for name, related in RELATED.items():
        by_directive: dict[int, list[Any]] = {number: [] for number in known}
        for one in related(list(known)):
            one.__rel__["directive"] = known[one.directive_id]
            by_directive[one.directive_id].append(one)
        for row in rows:
            setattr(row, name, by_directive[row.id])
    seats = holders_of_seats({row.leader_id for row in rows if row.leader_id})
    for row in rows:
        row.holders = seats.get(row.leader_id or 0)
    if handwritten := [row for row in rows if row.is_handwritten]:
        attach_scans(handwritten)
    if quarterly := [row for row in rows if row.is_open and row.feedback is FeedbackRhythm.QUARTERLY]:
        attach_next_filing_days(quarterly)
    return rows


def attach_scans(rows: list[Directive]) -> None:
    """Attach their scans to handwritten directives."""
    found: dict[int, list[DirectiveScan]] = {row.id: [] for row in rows}
    for scan in (
        DirectiveScan.select().where(DirectiveScan.directive.in_(list(found))).order_by(DirectiveScan.id)
    ):
        found[scan.directive_id].append(scan)
    for row in rows:
        row.scans = found[row.id]  # type: ignore[assignment]  # as peewee leaves what it loads


def attach_next_filing_days(rows: list[Directive]) -> None:
    """Attach to each directive the first filing date after its last feedback, in this year's plan."""
    plan = plan_of_year(today().year)
    days = sorted(one.due_dates.department_due for one in quarters_of_plan(plan)) if plan else []
    for row in rows:
        row.next_filing_due = next((day for day in days if day > row.last_feedback_on), None)
