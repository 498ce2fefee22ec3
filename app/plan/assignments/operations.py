"""Setting who answers for a plan's measures, and what they should reach: whole tables or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.tables.tabular import TableRow, read_table
from app.org import queries as org
from app.plan.assignments import indicator_table, milestone_table
from app.plan.assignments.assignment_table import ASSIGNMENT_COLUMNS, MeasureDuties, read_assignment_table
from app.plan.core import queries
from app.plan.core.models import Assignment, Indicator, Milestone, Plan, PlanItem
from app.plan.core.rules import AssignmentRole
from app.plan.core.signals import assignments_changed


def set_assignments(plan: Plan, path: Path, *, by: Actor) -> int:
    """Replace the assignments of every measure that the table names; return how many measures it names.

    Raises NotAllowed, BadInput with every wrong row and column; then nothing is changed.
    """
    require(by, Action.ASSIGN_MEASURES)
    return replace_assignments(plan, read_table(path, ASSIGNMENT_COLUMNS), path, by=by)


@transaction
def replace_assignments(plan: Plan, rows: list[TableRow], path: Path, *, by: Actor) -> int:
    """Replace assignments by what was read from a table. Raises BadInput."""
    duties = read_assignment_table(
        rows,
        path.name,
        measures=queries.measures_of_plan(plan),
        departments=org.departments_by_name(),
        groups=org.group_members(),
        leaders=org.active_leaders(),
    )
    for duty in duties:
        Assignment.delete().where(Assignment.item == duty.measure).execute()
        Assignment.insert_many(list(assignment_rows(duty))).execute()
        PlanItem.update(leader=duty.leader, yearly_target=duty.yearly_target).where(
            PlanItem.id == duty.measure.id
        ).execute()
    record_event("assign", plan, by=by, summary=f"{path.name}：{len(duties)} 项举措")
    assignments_changed.send(plan, by=by)
    return len(duties)


def assignment_rows(duty: MeasureDuties) -> Iterator[dict[str, object]]:
    """Yield one assignment for the lead and one for each supporting department."""
    yield {"item": duty.measure, "department": duty.lead, "role": AssignmentRole.LEAD, "group": None}
    for department, group in duty.supports:
        yield {"item": duty.measure, "department": department, "role": AssignmentRole.SUPPORT, "group": group}


def set_milestones(plan: Plan, path: Path, *, by: Actor) -> int:
    """Replace the milestones of every measure that the table names; return how many milestones it has.

    Raises NotAllowed, BadInput with every wrong row and column; then nothing is changed.
    """
    require(by, Action.SET_TARGETS)
    return replace_milestones(plan, read_table(path, milestone_table.MILESTONE_COLUMNS), path, by=by)


@transaction
def replace_milestones(plan: Plan, rows: list[TableRow], path: Path, *, by: Actor) -> int:
    """Replace milestones by what was read from a table. Raises BadInput."""
    commitments, measures = queries.commitments_by_measure(plan), queries.measures_of_plan(plan)
    planned = milestone_table.read_milestone_table(
        rows, path.name, measures=measures, commitments=commitments
    )
    for measure_id in {row.measure.id for row in planned}:
        items = [measure_id, *(item.id for item in commitments.get(measure_id, ()))]
        Milestone.delete().where(Milestone.item.in_(items)).execute()
    for row in planned:
        Milestone.create(item=row.item, quarter=row.quarter, text=row.text, target=row.target)
    record_event("set_milestones", plan, by=by, summary=f"{path.name}：{len(planned)} 个节点")
    return len(planned)


def set_indicators(plan: Plan, path: Path, *, by: Actor) -> int:
    """Set the indicators of every measure that the table names; return how many the table has.

    One that the table names again keeps what was filed on it; one that it names no more is retired: no filing is
    asked for it any longer, and what was filed on it stays.

    Raises NotAllowed, BadInput with every wrong row and column; then nothing is changed.
    """
    require(by, Action.SET_TARGETS)
    return replace_indicators(plan, read_table(path, indicator_table.INDICATOR_COLUMNS), path, by=by)


@transaction
def replace_indicators(plan: Plan, rows: list[TableRow], path: Path, *, by: Actor) -> int:
    """Set indicators to what was read from a table. Raises BadInput."""
    planned = indicator_table.read_indicator_table(rows, path.name, measures=queries.measures_of_plan(plan))
    Indicator.update(retired=True).where(Indicator.measure.in_({row.measure.id for row in planned})).execute()
    for position, row in enumerate(planned, 1):
        known = Indicator.get_or_none((Indicator.measure == row.measure) & (Indicator.name == row.name))
        indicator = known or Indicator(measure=row.measure, name=row.name)
        indicator.unit, indicator.yearly_target = row.unit, row.yearly_target
        indicator.position, indicator.retired = position, False
        indicator.cumulation_rule = row.cumulation_rule
        indicator.save()
    record_event("set_indicators", plan, by=by, summary=f"{path.name}：{len(planned)} 项指标")
    return len(planned)
