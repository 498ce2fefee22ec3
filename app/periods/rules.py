"""Quarters and their dates: pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

from app.base.days import MONTHS_PER_QUARTER, first_day_of_quarter
from app.base.errors import BadInput
from app.base.labels import LabelledEnum, LabelTone
from app.base.text import quoted_input

QUARTERS = (1, 2, 3, 4)
QUARTER_WORDS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}
LONGEST_UNLOCK = timedelta(days=30)
USUAL_UNLOCK_DAYS = 2  # working days
END_OF_WORK = time(18)


class PeriodState(LabelledEnum):
    """The state of a quarter's filing."""

    PLANNED = "planned", "未开启", LabelTone.QUIET
    OPEN = "open", "填报中", LabelTone.WAITING
    CLOSED = "closed", "已关闭", LabelTone.NEUTRAL


class UnlockState(LabelledEnum):
    IN_FORCE = "in_force", "解锁中", LabelTone.WAITING
    RUN_OUT = "run_out", "已到期", LabelTone.QUIET
    LOCKED_AGAIN = "locked_again", "已重新锁定", LabelTone.QUIET


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a calendar year. Its code is written ``2026Q3``."""

    year: int
    number: int

    @property
    def code(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def words(self) -> str:
        return f"{self.year}年{QUARTER_WORDS[self.number]}"

    @property
    def short_words(self) -> str:
        """Return it without the year: 第三季度."""
        return QUARTER_WORDS[self.number]

    @property
    def first_day(self) -> date:
        return first_day_of_quarter(self.year, self.number)

    @property
    def last_day(self) -> date:
        return self.next_quarter.first_day - timedelta(days=1)

    @property
    def ends_the_year(self) -> bool:
        return self.number == max(QUARTERS)

    @property
    def next_quarter(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def elapsed_percent(self) -> int:
        """Return the share of the year that has passed at the quarter's end, in per cent (序时进度)."""
        return 25 * self.number


def quarter_of_day(day: date) -> Quarter:
    return Quarter(day.year, (day.month - 1) // MONTHS_PER_QUARTER + 1)


def parse_quarter(code: str) -> Quarter:
    """Read ``2026Q3``. Raises BadInput with how to write it."""
    found = re.fullmatch(r"(\d{4})[Qq]([1-4])", code.strip())
    if found is None:
        raise BadInput(f"不认识季度{quoted_input(code)}。请写成 2026Q3 的样子：年份、字母 Q、1 至 4。")
    return Quarter(int(found[1]), int(found[2]))


class AcceptedShare(NamedTuple):
    """The number of accepted filings of a quarter, and of all."""

    accepted: int = 0
    total: int = 0

    @property
    def is_half(self) -> bool:
        """Return whether at least half is accepted; False if there are none."""
        return 0 < self.total <= 2 * self.accepted


@dataclass(frozen=True)
class QuarterFacts:
    """What decides which quarter is the current one."""

    quarter: Quarter
    office_due: date
    is_closed: bool
    share: AcceptedShare

    def is_readable_on(self, day: date) -> bool:
        """Return whether there is something to read: its office deadline is over or at least half of it is accepted."""
        return self.office_due < day or self.share.is_half


def current_quarter(facts: Iterable[QuarterFacts], day: date) -> Quarter | None:
    """Return the newest quarter that is readable, else the oldest open one, else the newest.

    A quarter opened early thus does not replace the one before it.
    """
    known = sorted(facts, key=lambda one: one.quarter)
    readable = [one for one in known if one.is_readable_on(day)]
    still_open = [one for one in known if not one.is_closed]
    chosen = [*readable[-1:], *still_open[:1], *known[-1:]]
    return chosen[0].quarter if chosen else None
