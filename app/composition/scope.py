"""The period of a document: a quarter, or the year up to the end of a quarter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.base.errors import BadInput
from app.base.labels import LabelledEnum
from app.base.text import quoted_input
from app.periods.rules import QUARTER_WORDS, QUARTERS, Quarter


class ScopeSpan(LabelledEnum):
    """The length of the period; the longer ones begin on 1 January."""

    QUARTER = "quarter", "季度"
    HALF_YEAR = "half_year", "上半年"
    THREE_QUARTERS = "three_quarters", "前三季度"
    YEAR = "year", "全年"


LAST_QUARTERS = {ScopeSpan.HALF_YEAR: 2, ScopeSpan.THREE_QUARTERS: 3, ScopeSpan.YEAR: 4}
CODES = {ScopeSpan.HALF_YEAR: "H1", ScopeSpan.THREE_QUARTERS: "Q1-3", ScopeSpan.YEAR: ""}
CODE = re.compile(r"(?P<year>[12]\d{3})(?P<part>Q[1-4]|H1|Q1-3|)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Pace:
    """A share of the yearly target in per cent, and the words for a rate that reaches, exceeds or misses it."""

    percent: int
    reached: str = "达到或者超过序时进度"
    missed: str = "落后序时进度"
    level: str = "与序时进度持平"
    beyond: str = "超过序时进度"
    short: str = "落后序时进度"

    def gap_words(self, percent: int) -> str:
        """Return the gap of a completion rate in percentage points: 落后序时进度5个百分点."""
        if percent == self.percent:
            return self.level
        return f"{self.short if percent < self.percent else self.beyond}{abs(self.percent - percent)}个百分点"


YEAR_END = Pace(100, "达到年度目标", "未达到年度目标", "达到年度目标", "超过年度目标", "距年度目标差")


@dataclass(frozen=True)
class DocumentScope:
    """A period within one year that ends with `quarter`."""

    quarter: Quarter
    span: ScopeSpan = ScopeSpan.QUARTER

    @property
    def code(self) -> str:
        """Return the code as users type it: 2026Q3, 2026H1, 2026Q1-3, 2026."""
        return (
            self.quarter.code if self.span is ScopeSpan.QUARTER else f"{self.quarter.year}{CODES[self.span]}"
        )

    @property
    def words(self) -> str:
        """Return the period with its year: 2026年第三季度, 2026年上半年, 2026年."""
        return f"{self.quarter.year}年{'' if self.span is ScopeSpan.YEAR else self.short_words}"

    @property
    def short_words(self) -> str:
        """Return the period without its year: 第三季度, 上半年, 前三季度, 全年."""
        return QUARTER_WORDS[self.quarter.number] if self.span is ScopeSpan.QUARTER else self.span.label

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Return the quarters of the period, oldest first."""
        first = self.quarter.number if self.span is ScopeSpan.QUARTER else QUARTERS[0]
        return tuple(Quarter(self.quarter.year, number) for number in range(first, self.quarter.number + 1))

    @property
    def elapsed_percent(self) -> int:
        """Return the share of the year elapsed at its end, in per cent (序时进度)."""
        return self.quarter.elapsed_percent

    @property
    def pace(self) -> Pace:
        """Return what completion rates are compared with at its end: 序时进度, or the year's target itself."""
        return YEAR_END if self.ends_the_year else Pace(self.elapsed_percent)

    @property
    def elapsed_words(self) -> str:
        """Return 序时进度为75%; empty at the year's end, when everything has elapsed."""
        return "" if self.ends_the_year else f"序时进度为{self.elapsed_percent}%"

    @property
    def ends_the_year(self) -> bool:
        """Return whether it ends with the year, so that there is nothing left to forecast."""
        return self.quarter.ends_the_year

    @property
    def last_day(self) -> date:
        return self.quarter.last_day


def ends_span(quarter: Quarter, span: ScopeSpan) -> bool:
    """Return whether a period of this length can end with a quarter: the half year ends with the second one."""
    return quarter.number == LAST_QUARTERS.get(span, quarter.number)


def last_quarter_of(span: ScopeSpan, year: int) -> Quarter:
    """Return the last quarter of one of the longer periods in a year."""
    return Quarter(year, LAST_QUARTERS[span])


def scope_of(quarter: Quarter, span: ScopeSpan) -> DocumentScope:
    """Return a period that ends with a quarter. Raises BadInput if a period of this length ends with another one."""
    if not ends_span(quarter, span):
        last = last_quarter_of(span, quarter.year)
        raise BadInput(f"{span.label}到{last.short_words}为止，请选择{last.words}。")
    return DocumentScope(quarter, span)


def read_scope(code: str) -> DocumentScope:
    """Read 2026Q3, 2026H1, 2026Q1-3 or 2026. Raises BadInput that explains the notation."""
    found = CODE.fullmatch(code.strip())
    if found is None:
        raise BadInput(
            f"不认识{quoted_input(code)}。季度写 2026Q3，上半年写 2026H1，前三季度写 2026Q1-3，全年写 2026。"
        )
    year, part = int(found["year"]), found["part"].upper()
    cumulative = {ending: span for span, ending in CODES.items()}
    if part in cumulative:
        span = cumulative[part]
        return DocumentScope(Quarter(year, LAST_QUARTERS[span]), span)
    return DocumentScope(Quarter(year, int(part[1])))
