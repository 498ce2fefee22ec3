"""Reading cells that several tables share: measure, number, text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from app.base.tables.tabular import TableProblems, TableRow
from app.base.text import text_problem
from app.plan.core.models import PlanItem
from app.plan.core.numbers import parse_decimal


def read_measure_cell(
    row: TableRow, measures: Mapping[str, PlanItem], problems: TableProblems
) -> PlanItem | None:
    """Return the measure named by its number in the plan, or None after recording that there is none."""
    measure = measures.get(row["举措序号"])
    if measure is None:
        problems.add_problem(row, "举措序号", f"计划里没有第“{row['举措序号']}”项举措。")
    return measure


def read_number_cell(row: TableRow, column: str, problems: TableProblems) -> Decimal | None:
    """Return the number in a cell; None for an empty one, or after recording that it holds none."""
    try:
        return parse_decimal(row[column]) if row[column] else None
    except ValueError as refusal:
        problems.add_problem(row, column, str(refusal))
        return None


def read_text_cell(row: TableRow, column: str, longest: int, problems: TableProblems) -> str:
    """Return the text of a cell, recording if it is empty or too long."""
    text = row[column]
    if problem := text_problem(text, "", longest, when_empty="不能为空。"):
        problems.add_problem(row, column, problem)
    return text
