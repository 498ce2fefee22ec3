"""Arithmetic of quarters and working days: pure, offline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from app.errors import BadInput
from app.labels import Labelled, Tone

QUARTERS = (1, 2, 3, 4)
QUARTER_WORDS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}
MONTHS_PER_QUARTER = 3
WEEKDAYS = "一二三四五六日"
GRACE_CEILING = 20

# Month and day of the holidays that fall on the same date every year: New Year, Labour Day, National Day
# (全国年节及纪念日放假办法, as of 2025, article 2).
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


class PeriodState(Labelled):
    """How far a quarter's filing is."""

    PLANNED = "planned", "未开启", Tone.QUIET
    OPEN = "open", "填报中", Tone.WAITING
    CLOSED = "closed", "已关闭", Tone.NEUTRAL


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
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

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


@cache
def is_working_day(day: date) -> bool:
    """Return whether China works on `day`, 调休 included.

    For a year whose holidays are not announced yet: Monday to Friday without the holidays of fixed date.
    """
    if is_announced(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def is_announced(day: date) -> bool:
    """Return whether the State Council's holidays of that year (放假安排) are in the installed calendar."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


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


def day_in_words(day: date) -> str:
    """Return 2026年10月14日（周三）."""
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def due_in_words(due: date, today: date) -> str:
    """Return how far off a due date is, as people say it: 还有 4 个工作日, 今天截止, 已逾期 2 个工作日."""
    if today == due:
        return "今天截止"
    if today < due:
        return f"还有 {working_days_between(today, due)} 个工作日"
    return f"已逾期 {working_days_between(due, today)} 个工作日"


@dataclass(frozen=True)
class DueDates:
    """When a quarter's work is to be done, in this order; the due dates are working days.

    A filing that is missing is overdue `grace_days` working days after `department_due`.
    """

    opens_on: date
    department_due: date
    office_due: date
    leader_due: date
    grace_days: int = 0

    @property
    def grace_ends_on(self) -> date:
        """Return the last day on which a department can still hand in without being overdue."""
        return add_working_days(self.department_due, self.grace_days)

    @property
    def are_announced(self) -> bool:
        """Return whether all days lie in years whose holidays are known."""
        return is_announced(self.opens_on) and is_announced(self.leader_due)


DATE_LABELS = {
    "opens_on": "开始填报",
    "department_due": "部门报送截止",
    "office_due": "办公室审核截止",
    "leader_due": "领导审阅截止",
}


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


def schedule_problems(dates: DueDates, quarter: Quarter) -> dict[str, str]:
    """Return, by field, what is wrong with the dates of a quarter; a better day is proposed, never taken."""
    problems = {}
    before = "opens_on"
    for name in DATE_LABELS:
        problem = date_problem(getattr(dates, name), quarter, is_due=name != "opens_on")
        if getattr(dates, name) < getattr(dates, before):
            earliest = day_in_words(getattr(dates, before))
            problem = f"{DATE_LABELS[name]}不能早于{DATE_LABELS[before]}（{earliest}）。"
        if problem:
            problems[name] = problem
        before = name
    if not 0 <= dates.grace_days <= GRACE_CEILING:
        problems["grace_days"] = f"宽限请填 0 至 {GRACE_CEILING} 之间的整数（工作日）。"
    return problems


def date_problem(day: date, quarter: Quarter, *, is_due: bool) -> str:
    """Return what is wrong with one date by itself, or nothing."""
    if not quarter.first_day <= day <= quarter.next.last_day:
        first, last = day_in_words(quarter.first_day), day_in_words(quarter.next.last_day)
        return f"应在{quarter.words}的首日（{first}）至下一季度末（{last}）之间，请核对年份和月份。"
    if is_due and not is_working_day(day):
        return f"{day_in_words(day)}不是工作日，可改为{day_in_words(on_or_after_working_day(day))}。"
    return ""
