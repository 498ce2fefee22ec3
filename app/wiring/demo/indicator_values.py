"""Reading the table of sample values: where the indicators of each measure stood at the end of each quarter."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from app.base.tables.tabular import read_table
from app.periods.rules import Quarter, parse_quarter
from app.plan.core.numbers import parse_decimal

VALUE_COLUMNS = ("季度", "举措序号", "指标", "数值")

SampleValues = Mapping[tuple[Quarter, int], Mapping[str, Decimal]]


def read_sample_values(path: Path) -> SampleValues:
    """Return the values by quarter and number of the measure, then by the indicator's name."""
    found: dict[tuple[Quarter, int], dict[str, Decimal]] = {}
    for row in read_table(path, VALUE_COLUMNS):
        key = parse_quarter(row["季度"]), int(row["举措序号"])
        found.setdefault(key, {})[row["指标"]] = parse_decimal(row["数值"])
    return found
