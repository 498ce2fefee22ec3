"""Saying what a plan's measures should reach: milestones and indicators."""

from __future__ import annotations

from pathlib import Path

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.tables.tabular import TableRow, read_table
from app.plan import indicator_table, milestone_table, queries
from app.plan.models import Indicator, Milestone, Plan


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
        indicator.save()
    record_event("set_indicators", plan, by=by, summary=f"{path.name}：{len(planned)} 项指标")
    return len(planned)
