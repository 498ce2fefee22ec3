"""Reading the table of milestones (节点表): what should be reached by the end of each quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.base.tables.tabular import TableProblems, TableRow
from app.base.text import parse_number
from app.plan.assignments.table_cells import read_measure_cell, read_number_cell, read_text_cell
from app.plan.core.models import MILESTONE_LENGTH, PlanItem

MILESTONE_COLUMNS = ("举措序号", "季度", "节点", "目标值")
QUARTER_NUMBERS = {"1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True)
class PlannedMilestone:
    """One checked row. `item` is the measure, or the commitment that the row names."""

    measure: PlanItem
    item: PlanItem
    quarter: int
    text: str
    target: Decimal | None


@dataclass(frozen=True)
class MilestoneReader:
    """Reads rows and collects what is wrong. Commitments go by measure id, in their order."""

    measures: Mapping[str, PlanItem]
    commitments: Mapping[int, Sequence[PlanItem]]
    problems: TableProblems

    def read_planned_milestone(self, row: TableRow) -> PlannedMilestone | None:
        """Return the milestone of one row, or None after recording what is wrong with it."""
        measure = read_measure_cell(row, self.measures, self.problems)
        quarter = QUARTER_NUMBERS.get(row["季度"])
        if quarter is None:
            self.problems.add_problem(row, "季度", "请填 1、2、3 或 4。")
        text = read_text_cell(row, "节点", MILESTONE_LENGTH, self.problems)
        target = read_number_cell(row, "目标值", self.problems)
        item = self.named_item(row, measure) if measure else None
        if measure is None or item is None or quarter is None:
            return None
        return PlannedMilestone(measure, item, quarter, text, target)

    def named_item(self, row: TableRow, measure: PlanItem) -> PlanItem | None:
        """Return the commitment that the row names by its number within the measure, or the measure itself."""
        named = row["任务序号"]
        if not named:
            return measure
        commitments = self.commitments.get(measure.id, ())
        if not 1 <= (parse_number(named) or 0) <= len(commitments):
            known = f"只有 {len(commitments)} 条任务" if commitments else "没有分列任务"
            self.problems.add_problem(
                row, "任务序号", f"第 {measure.position} 项举措{known}，没有第“{named}”条。"
            )
            return None
        return commitments[int(named) - 1]


def read_milestone_table(
    rows: Sequence[TableRow],
    name: str,
    *,
    measures: Sequence[PlanItem],
    commitments: Mapping[int, Sequence[PlanItem]],
) -> list[PlannedMilestone]:
    """Return the milestones in a table, checked as a whole. Raises BadInput with every wrong row and column."""
    problems = TableProblems()
    reader = MilestoneReader({str(measure.position): measure for measure in measures}, commitments, problems)
    found = [reader.read_planned_milestone(row) for row in rows]
    problems.raise_problems(name)
    return [milestone for milestone in found if milestone is not None]
