"""Reading the table of indicators (量化指标表): the numbers of each measure with unit and yearly target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.base.tables.tabular import TableProblems, TableRow
from app.plan.assignments.table_cells import read_measure_cell, read_number_cell, read_text_cell
from app.plan.core.models import INDICATOR_LENGTH, UNIT_LENGTH, PlanItem
from app.plan.core.rules import CumulationRule

INDICATOR_COLUMNS = ("举措序号", "指标", "单位", "年度目标值")


@dataclass(frozen=True)
class PlannedIndicator:
    measure: PlanItem
    name: str
    unit: str
    yearly_target: Decimal
    cumulation_rule: CumulationRule | None


@dataclass
class IndicatorReader:
    """Reads rows and collects what is wrong."""

    measures: Mapping[str, PlanItem]
    problems: TableProblems
    taken: set[tuple[int, str]] = field(default_factory=set)

    def read_planned_indicator(self, row: TableRow) -> PlannedIndicator | None:
        """Return the indicator of one row, or None after recording what is wrong with it."""
        measure = read_measure_cell(row, self.measures, self.problems)
        name = read_text_cell(row, "指标", INDICATOR_LENGTH, self.problems)
        unit = read_text_cell(row, "单位", UNIT_LENGTH, self.problems)
        target, rule = self.read_target(row), self.read_cumulation_rule(row)
        if measure is None or target is None:
            return None
        if (measure.id, name) in self.taken:
            self.problems.add_problem(row, "指标", f"第 {measure.position} 项举措的“{name}”已在前面出现过。")
        self.taken.add((measure.id, name))
        return PlannedIndicator(measure, name, unit, target, rule)

    def read_cumulation_rule(self, row: TableRow) -> CumulationRule | None:
        """Return the cumulation rule; None for an empty cell, which leaves the rule unchanged."""
        if not row["汇总方式"]:
            return None
        rule = CumulationRule.from_label(row["汇总方式"])
        if rule is None:
            known = "、".join(member.label for member in CumulationRule)
            self.problems.add_problem(row, "汇总方式", f"请填{known}中的一种。")
        return rule

    def read_target(self, row: TableRow) -> Decimal | None:
        """Return the yearly target, which must be positive, since shares of it are computed."""
        target = read_number_cell(row, "年度目标值", self.problems)
        if not row["年度目标值"] or (target is not None and target <= 0):
            self.problems.add_problem(row, "年度目标值", "请填大于 0 的数字。")
        return target


def read_indicator_table(
    rows: Sequence[TableRow], name: str, *, measures: Sequence[PlanItem]
) -> list[PlannedIndicator]:
    """Return the indicators in a table, checked as a whole. Raises BadInput with every wrong row and column."""
    problems = TableProblems()
    reader = IndicatorReader({str(measure.position): measure for measure in measures}, problems)
    found = [reader.read_planned_indicator(row) for row in rows]
    problems.raise_problems(name)
    return [indicator for indicator in found if indicator is not None]
