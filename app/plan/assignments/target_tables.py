"""A table of milestones or indicators of many measures: showing and storing its changes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.errors import BadInput
from app.base.tables.tabular import TableRow, parse_table
from app.plan.assignments.indicator_table import INDICATOR_COLUMNS
from app.plan.assignments.measure_targets import RuleChange, rule_changes, rule_warnings
from app.plan.assignments.milestone_table import MILESTONE_COLUMNS
from app.plan.assignments.operations import (
    by_measure,
    changes_of_indicators,
    read_indicators,
    read_milestones,
    replace_indicators,
    replace_milestones,
)
from app.plan.assignments.revising import AspectChange, RevisionTerms, WantedMeasure
from app.plan.assignments.target_changes import milestones_change, words_of_indicators, words_of_milestones
from app.plan.core.in_force import IndicatorsThroughYear, in_force_on
from app.plan.core.models import Milestone, Plan, PlanItem
from app.plan.core.queries import measures_of_plan
from app.plan.core.rules import ItemAspect, ItemKind

MEASURE_COLUMN = "举措序号"
TELLING_COLUMNS = {"节点": ItemAspect.MILESTONES, "指标": ItemAspect.INDICATORS}
COLUMNS = {ItemAspect.MILESTONES: MILESTONE_COLUMNS, ItemAspect.INDICATORS: INDICATOR_COLUMNS}


@dataclass(frozen=True)
class TargetTable:
    """A table of milestones or of indicators, as its head says."""

    name: str
    aspect: ItemAspect
    rows: Sequence[TableRow]

    @property
    def as_csv(self) -> str:
        """Return it as CSV, in which form the page keeps it until it is confirmed."""
        written = StringIO()
        writer = csv.DictWriter(written, list(dict.fromkeys(name for row in self.rows for name in row.cells)))
        writer.writeheader()
        writer.writerows(row.cells for row in self.rows)
        return written.getvalue()


def parse_target_table(data: bytes, name: str) -> TargetTable:
    """Read a table. Raises BadInput if it is neither kind or lacks a column."""
    head = {column for row in parse_table(data, name, (MEASURE_COLUMN,)) for column in row.cells}
    aspect = next((aspect for column, aspect in TELLING_COLUMNS.items() if column in head), None)
    if aspect is None:
        raise BadInput(
            f"“{name}”的表头里没有“节点”，也没有“指标”，看不出是节点表还是量化指标表。请按说明写好表头再导入。"
        )
    return TargetTable(name, aspect, parse_table(data, name, COLUMNS[aspect]))


@dataclass(frozen=True)
class TargetTableChanges:
    """What a table changes: milestones or indicators, and cumulation rules."""

    targets: Sequence[AspectChange]
    rules: Sequence[RuleChange] = ()

    @property
    def differing(self) -> tuple[AspectChange, ...]:
        changed = (one for one in self.targets if one.before != one.after)
        return (*changed, *(change_of_rule(one) for one in self.rules))

    @property
    def warnings(self) -> tuple[str, ...]:
        return rule_warnings(self.rules)


def change_of_rule(change: RuleChange) -> AspectChange:
    """Return the cumulation rule of an indicator in words, as it is and as wanted."""
    indicator, rule = change
    before, after = (f"{indicator.name}：{one.label}" for one in (indicator.cumulation_rule, rule))
    return AspectChange(WantedMeasure(indicator.measure), ItemAspect.INDICATORS, before, after)


def changes_by_table(plan: Plan, table: TargetTable, terms: RevisionTerms) -> TargetTableChanges:
    """Return what a table would change from a day on. Raises BadInput with every wrong cell."""
    if table.aspect is ItemAspect.MILESTONES:
        milestones = by_measure(read_milestones(plan, table.rows, table.name, terms))
        day = terms.reading_day
        return TargetTableChanges([milestones_change(one, rows, day) for one, rows in milestones.items()])
    indicators = by_measure(read_indicators(plan, table.rows, table.name, terms))
    rules = [change for one, rows in indicators.items() for change in rule_changes(one, rows)]
    return TargetTableChanges(changes_of_indicators(indicators, terms), rules)


def store_target_table(plan: Plan, table: TargetTable, terms: RevisionTerms, *, by: Actor) -> int:
    """Store a table; return how many rows it has.

    Raises NotAllowed, FieldProblems, BadInput with every wrong row and column; then nothing is changed.
    """
    require(by, Action.SET_TARGETS)
    store = replace_milestones if table.aspect is ItemAspect.MILESTONES else replace_indicators
    return store(plan, table.rows, table.name, terms, by=by)


@dataclass(frozen=True)
class StandingTargets:
    """A measure's milestones and indicators today, in words, one a line."""

    measure: PlanItem
    indicators: str
    milestones: str


def targets_of_plan(plan: Plan) -> list[StandingTargets]:
    """Return the milestones and indicators of every measure of a plan today: a fixed number of queries."""
    measures, day = measures_of_plan(plan), today()
    year = IndicatorsThroughYear(measure.id for measure in measures)
    milestones: dict[int, list[Milestone]] = {}
    for one in milestones_in_plan(plan):
        measure_id = one.item.parent_id if one.item.kind is ItemKind.COMMITMENT else None
        milestones.setdefault(measure_id or one.item_id, []).append(one)
    return [
        StandingTargets(
            one,
            words_of_indicators(year.indicators_on(one.id, day)),
            words_of_milestones(milestones.get(one.id, ())),
        )
        for one in measures
    ]


def milestones_in_plan(plan: Plan) -> Iterable[Milestone]:
    query = Milestone.select(Milestone, PlanItem).join(PlanItem)
    held = query.where((PlanItem.plan == plan) & in_force_on(today(), Milestone))
    return list(held.order_by(Milestone.quarter, PlanItem.sequence, Milestone.id))
