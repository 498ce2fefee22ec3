"""Reading the tables of the sample: what happened to each filing, and the values of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.base.tables.tabular import TableRow, read_table
from app.filing.core.content import LONG_TEXTS, FilingContent
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import Quarter, parse_quarter
from app.plan.core.numbers import parse_decimal

PROGRESS_COLUMNS = (
    "季度",
    "举措序号",
    "填报部门",
    "进展情况",
    "存在问题",
    "下一步计划",
    "完成率",
    "状态",
    "年底预计",
    "完成任务",
    "结果",
    "退回理由",
    "亮灯说明",
    "迟报工作日",
)
VALUE_COLUMNS = ("季度", "举措序号", "指标", "数值")

SampleValues = Mapping[tuple[Quarter, int], Mapping[str, Decimal]]


class SampleOutcome(StrEnum):
    MISSING = "未填报"
    DRAFT = "草稿"
    SUBMITTED = "待审签"
    SIGNED_OFF = "待采用"
    RETURNED = "退回"
    ACCEPTED = "采用"


@dataclass(frozen=True)
class SampleFiling:
    """One row of the table.

    ticks: numbers of commitments within the measure, from 1.
    late: working days.
    """

    quarter: Quarter
    measure: int
    department: str
    content: FilingContent
    ticks: frozenset[int]
    outcome: SampleOutcome
    returned_reason: str
    late: int


def read_samples(path: Path) -> list[SampleFiling]:
    """Return the rows of the table in its order."""
    return [sample_from_row(row) for row in read_table(path, PROGRESS_COLUMNS)]


def sample_from_row(row: TableRow) -> SampleFiling:
    return SampleFiling(
        quarter=parse_quarter(row["季度"]),
        measure=int(row["举措序号"]),
        department=row["填报部门"],
        content=content_from_row(row),
        ticks=frozenset(int(number) for number in row["完成任务"].split(";") if number),
        outcome=SampleOutcome(row["结果"]),
        returned_reason=row["退回理由"],
        late=int(row["迟报工作日"] or 0),
    )


def content_from_row(row: TableRow) -> FilingContent:
    """Return what the department wrote; a reason for the light begins with the light's name."""
    colour, _, reason = row["亮灯说明"].partition("：")
    status = MeasureStatus.from_label(row["状态"])
    texts: dict[str, Any] = {name: row[label] for name, label in LONG_TEXTS.items()}
    return FilingContent(
        **texts,
        percent=int(row["完成率"]) if row["完成率"] else None,
        status=status,
        status_reason=reason if status in (MeasureStatus.PAUSED, MeasureStatus.CANCELLED) else "",
        forecast=Forecast.from_label(row["年底预计"]),
        light=Light.from_label(colour) if colour else None,
        light_reason=reason,
    )


def samples_by_quarter(samples: list[SampleFiling]) -> Mapping[Quarter, list[SampleFiling]]:
    """Return the rows by quarter, first quarter first."""
    quarters: dict[Quarter, list[SampleFiling]] = {}
    for sample in sorted(samples, key=lambda one: one.quarter):
        quarters.setdefault(sample.quarter, []).append(sample)
    return quarters


def read_sample_values(path: Path) -> SampleValues:
    """Return the values by quarter and number of the measure, then by the indicator's name."""
    found: dict[tuple[Quarter, int], dict[str, Decimal]] = {}
    for row in read_table(path, VALUE_COLUMNS):
        key = parse_quarter(row["季度"]), int(row["举措序号"])
        found.setdefault(key, {})[row["指标"]] = parse_decimal(row["数值"])
    return found
