"""Arithmetic of quarters and working days: pure, offline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from app.errors import BadInput

QUARTERS = (1, 2, 3, 4)
QUARTER_WORDS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}
MONTHS_PER_QUARTER = 3


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
    def first_day(self) -> date:
        return date(self.year, MONTHS_PER_QUARTER * (self.number - 1) + 1, 1)

    @property
    def last_day(self) -> date:
        beginning_of_next = date(self.year + self.number // 4, self.number % 4 * MONTHS_PER_QUARTER + 1, 1)
        return beginning_of_next - timedelta(days=1)

    @property
    def elapsed_percent(self) -> int:
        """Return the share of the year that has gone by at the quarter's end, in per cent (序时进度)."""
        return 25 * self.number


def parse_quarter(code: str) -> Quarter:
    """Read ``2026Q3``. Raises BadInput with how it should be written."""
    found = re.fullmatch(r"(\d{4})[Qq]([1-4])", code.strip())
    if found is None:
        raise BadInput(f"不认识季度“{code}”。请写成 2026Q3 的样子：年份、字母 Q、1 至 4。")
    return Quarter(int(found[1]), int(found[2]))


def is_working_day(day: date) -> bool:
    """Return whether China works on `day`, 调休 included; outside the calendar's years, Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def on_or_after_working_day(day: date) -> date:
    """Return `day` or the next working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`."""
    for _ in range(count):
        day = on_or_after_working_day(day + timedelta(days=1))
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after `start` up to and including `end` (0 when `end` is not later)."""
    return sum(is_working_day(start + timedelta(days=offset)) for offset in range(1, (end - start).days + 1))


def due_in_words(due: date, today: date) -> str:
    """Return how far off a due date is, as people say it: 还有 4 个工作日, 今天截止, 已逾期 2 个工作日."""
    if today == due:
        return "今天截止"
    if today < due:
        return f"还有 {working_days_between(today, due)} 个工作日"
    return f"已逾期 {working_days_between(due, today)} 个工作日"


@dataclass(frozen=True)
class DueDates:
    """When a quarter's work is to be done, each on a working day."""

    opens_on: date
    department_due: date
    office_due: date
    leader_due: date


def usual_due_dates(quarter: Quarter) -> DueDates:
    """Return the usual rhythm: open on the last month's 20th, departments 5, office 8, leaders 10 working days
    after the quarter's end.
    """
    end = quarter.last_day
    return DueDates(
        opens_on=on_or_after_working_day(end.replace(day=20)),
        department_due=add_working_days(end, 5),
        office_due=add_working_days(end, 8),
        leader_due=add_working_days(end, 10),
    )
