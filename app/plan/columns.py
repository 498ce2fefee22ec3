"""What the tables about a plan have in common: cells that name a measure or hold a number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from app.base.tables.tabular import Problems, Row
from app.plan.models import PlanItem
from app.plan.numbers import read_number


def measure_in(row: Row, measures: Mapping[str, PlanItem], problems: Problems) -> PlanItem | None:
    """Return the measure that a row names by its number in the plan, or None after noting that there is none."""
    measure = measures.get(row["举措序号"])
    if measure is None:
        problems.add(row, "举措序号", f"计划里没有第“{row['举措序号']}”项举措。")
    return measure


def number_in(row: Row, column: str, problems: Problems) -> Decimal | None:
    """Return the number in a cell; None for an empty one, and after noting that it holds none."""
    try:
        return read_number(row[column]) if row[column] else None
    except ValueError as refusal:
        problems.add(row, column, str(refusal))
        return None


def text_in(row: Row, column: str, longest: int, problems: Problems) -> str:
    """Return the text of a cell after noting that it is empty, or longer than that many characters."""
    text = row[column]
    if not text:
        problems.add(row, column, "不能为空。")
    elif len(text) > longest:
        problems.add(row, column, f"共 {len(text)} 字，请控制在 {longest} 字以内。")
    return text
