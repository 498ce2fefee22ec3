"""A quarter as a sentence and four figures, and the measures that need attention: the beginning of home pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.base.days import day_in_year
from app.base.text import shorten_text
from app.composition.phrases import names_no_problem
from app.directives.core.directive_counts import DirectiveTally
from app.filing.core.life_cycle import FilingStanding
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast
from app.overview.measure_cells import MeasureCell, QuarterMark
from app.overview.queries import FilingTexts
from app.periods.rules import Quarter

CLAUSE_END = re.compile(r"[，。；\n,;]")
LONGEST_CLAUSE = 40
BEHIND = (Light.RED, Light.YELLOW)
DOUBTFUL = (Forecast.CANNOT_FINISH, Forecast.DIFFICULT)
UNREPORTED = (FilingStanding.UNREPORTED, FilingStanding.OVERDUE)


class ConcernRow(NamedTuple):
    """A measure that needs attention; `problem` is the first clause of the department's problems."""

    cell: MeasureCell
    problem: str
    directives: int

    @property
    def about(self) -> str:
        """Return department and problem: 经发办：设备到货延迟."""
        lead = self.cell.lead.short_name if self.cell.lead else "未分工"
        return f"{lead}：{self.problem}" if self.problem else lead

    @property
    def gap(self) -> str:
        return self.cell.report.gap_words if self.cell.report else ""

    @property
    def forecasts(self) -> list[str]:
        """Return the forecasts of the department and, if it made one, of the office."""
        own = [self.cell.report.forecast.label] if self.cell.report else []
        assessment = self.cell.assessment
        return [*own, *([f"办公室：{assessment.forecast.label}"] if assessment else [])]


@dataclass(frozen=True)
class SummaryTile:
    """A figure with that of last quarter, None without one. `query` are the overview's arguments for it."""

    label: str
    number: int
    before: int | None
    query: Mapping[str, Sequence[str]]

    @property
    def change_words(self) -> str:
        if self.before is None:
            return ""
        step = self.number - self.before
        return f"比上季度{'多' if step > 0 else '少'} {abs(step)} 项" if step else "与上季度持平"


@dataclass(frozen=True)
class QuarterSummary:
    """Figures of some measures in a quarter; `tally` counts the reader's directives, None if there are none."""

    quarter: Quarter
    cells: tuple[MeasureCell, ...]
    is_closed: bool
    tally: DirectiveTally | None = None

    @property
    def sentence(self) -> str:
        """Return the quarter in one sentence; zeros are left out, except for overdue filings."""
        accepted = sum(cell.report is not None for cell in self.cells)
        day = day_in_year(self.quarter.last_day, self.quarter.last_day)
        opening = f"截至{day}（序时{self.quarter.elapsed_percent}%），{len(self.cells)}项中已采用{accepted}项"
        lights = "、".join(filter(None, map(self.light_words, (*BEHIND, Light.GREY))))
        clauses = [
            opening + (f"：{lights}" if lights else ""),
            self.forecast_words,
            self.missing_words,
            f"我的批示：{self.tally.words}" if self.tally else "",
        ]
        return "；".join(filter(None, clauses)) + "。"

    def light_words(self, light: Light) -> str:
        found = [cell for cell in self.cells if cell.light is light]
        adjusted = sum(cell.is_adjusted for cell in found)
        among = f"（其中{adjusted}项由部门调整）" if adjusted else ""
        return f"{light.label}{len(found)}{among}" if found else ""

    @property
    def forecast_words(self) -> str:
        hopeless, difficult = (sum(cell.forecast is one for cell in self.cells) for one in DOUBTFUL)
        found = (f"不能完成{hopeless}" if hopeless else "", f"有困难{difficult}" if difficult else "")
        return f"预计年底{'、'.join(filter(None, found))}" if hopeless or difficult else ""

    @property
    def missing_words(self) -> str:
        """Return what is overdue; after closing it counts as not reported instead."""
        wanted, words = (UNREPORTED, "未报") if self.is_closed else ((FilingStanding.OVERDUE,), "逾期未报")
        missing = [cell for cell in self.cells if cell.standing in wanted]
        departments = {cell.lead.id if cell.lead else 0 for cell in missing}
        return f"{words}{len(missing)}项" + (f"（{len(departments)}个部门）" if missing else "")

    @property
    def tiles(self) -> tuple[SummaryTile, ...]:
        """Return the figures of measures that are behind, at risk and not reported, selected as in the overview."""
        now = [cell.series[-1] for cell in self.cells]
        marks = [one for cell in self.cells for one in cell.earlier]
        before = [one for one in marks if one.quarter.next_quarter == self.quarter]

        def tile(label: str, count: Mapping[str, Sequence[str]], number: int, earlier: int) -> SummaryTile:
            return SummaryTile(label, number, earlier if before else None, count)

        return (
            tile("落后", {"light": ("red", "yellow")}, count_behind(now), count_behind(before)),
            tile(
                "年底难完成",
                {"forecast": ("cannot", "difficult")},
                count_doubtful(now),
                count_doubtful(before),
            ),
            tile(
                "未报",
                {"standing": tuple(one.value for one in UNREPORTED)},
                count_unreported(now),
                count_unreported(before),
            ),
        )

    @cached_property
    def attended(self) -> tuple[MeasureCell, ...]:
        """Return the measures that need attention, in order."""
        return tuple(sorted((cell for cell in self.cells if cell.needs_attention), key=concern_key))

    def concerns(
        self, texts: Mapping[int, FilingTexts], directives: Mapping[int, int]
    ) -> tuple[ConcernRow, ...]:
        """Return a row for each measure that needs attention; texts and directive counts go by measure id."""
        return tuple(
            ConcernRow(
                cell, first_clause(texts[cell.measure.id].problems), directives.get(cell.measure.id, 0)
            )
            for cell in self.attended
        )


def concern_key(cell: MeasureCell) -> tuple[int, int, int]:
    return cell.concern_key


def count_behind(marks: Sequence[QuarterMark]) -> int:
    return sum(one.report is not None and one.report.light in BEHIND for one in marks)


def count_doubtful(marks: Sequence[QuarterMark]) -> int:
    return sum(one.report is not None and one.report.forecast in DOUBTFUL for one in marks)


def count_unreported(marks: Sequence[QuarterMark]) -> int:
    return sum(one.standing in UNREPORTED for one in marks)


def first_clause(problems: str) -> str:
    """Return the first clause of the problems; "" if there are none."""
    if names_no_problem(problems):
        return ""
    clause = next(filter(None, map(str.strip, CLAUSE_END.split(problems))), "")
    return shorten_text(clause, LONGEST_CLAUSE)
