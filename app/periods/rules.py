"""Quarters and their dates: pure, offline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.base.days import day_with_weekday
from app.base.errors import BadInput
from app.base.labels import LabelledEnum, LabelTone
from app.periods.calendar import CHINA, WorkCalendar, is_announced

QUARTERS = (1, 2, 3, 4)
QUARTER_WORDS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}
MONTHS_PER_QUARTER = 3
GRACE_CEILING = 20
LONGEST_UNLOCK = timedelta(days=30)


class PeriodState(LabelledEnum):
    """How far a quarter's filing is."""

    PLANNED = "planned", "未开启", LabelTone.QUIET
    OPEN = "open", "填报中", LabelTone.WAITING
    CLOSED = "closed", "已关闭", LabelTone.NEUTRAL


class UnlockState(LabelledEnum):
    """How an unlock of a closed quarter stands."""

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
        """Return it without its year: 第三季度."""
        return QUARTER_WORDS[self.number]

    @property
    def first_day(self) -> date:
        return date(self.year, MONTHS_PER_QUARTER * (self.number - 1) + 1, 1)

    @property
    def last_day(self) -> date:
        return self.next_quarter.first_day - timedelta(days=1)

    @property
    def ends_the_year(self) -> bool:
        return self.number == QUARTERS[-1]

    @property
    def next_quarter(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def elapsed_percent(self) -> int:
        """Return the share of the year that has gone by at the quarter's end, in per cent (序时进度)."""
        return 25 * self.number


def quarter_of_day(day: date) -> Quarter:
    return Quarter(day.year, (day.month - 1) // MONTHS_PER_QUARTER + 1)


def parse_quarter(code: str) -> Quarter:
    """Read ``2026Q3``. Raises BadInput with how it should be written."""
    found = re.fullmatch(r"(\d{4})[Qq]([1-4])", code.strip())
    if found is None:
        raise BadInput(f"不认识季度“{code}”。请写成 2026Q3 的样子：年份、字母 Q、1 至 4。")
    return Quarter(int(found[1]), int(found[2]))


class AcceptedShare(NamedTuple):
    """How many of the filings of a quarter are accepted, of how many."""

    accepted: int = 0
    total: int = 0

    @property
    def is_half(self) -> bool:
        """Return whether at least half is accepted; of nothing there is no half."""
        return 0 < self.total <= 2 * self.accepted


@dataclass(frozen=True)
class QuarterFacts:
    """What decides which quarter is at hand."""

    quarter: Quarter
    office_due: date
    is_closed: bool
    share: AcceptedShare

    def is_readable_on(self, day: date) -> bool:
        """Return whether its office's time is over, or half of it at least is accepted: there is something to read."""
        return self.office_due < day or self.share.is_half


def quarter_at_hand(facts: Iterable[QuarterFacts], day: date) -> Quarter | None:
    """Return the newest quarter that is readable; before any is, the oldest open one, else the newest.

    So one that was opened early turns nobody away from the one before.
    """
    known = sorted(facts, key=lambda one: one.quarter)
    readable = [one for one in known if one.is_readable_on(day)]
    still_open = [one for one in known if not one.is_closed]
    chosen = [*readable[-1:], *still_open[:1], *known[-1:]]
    return chosen[0].quarter if chosen else None


def due_in_words(due: date, today: date, calendar: WorkCalendar = CHINA) -> str:
    """Return how far off a due date is, as people say it: 还有 4 个工作日, 今天截止, 已逾期 2 个工作日."""
    if today == due:
        return "今天截止"
    if today < due:
        return f"还有 {calendar.days_between(today, due)} 个工作日"
    return f"已逾期 {calendar.days_between(due, today)} 个工作日"


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

    def grace_ends_on(self, calendar: WorkCalendar = CHINA) -> date:
        """Return the last day on which a department can still hand in without being overdue."""
        return calendar.working_day_after(self.department_due, self.grace_days)

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


def changed_words(before: DueDates, after: DueDates, names: Iterable[str]) -> str:
    """Return what some of the dates were changed to: 部门报送截止改为2026年10月15日（周四）, or nothing."""
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    words = (
        f"{DATE_LABELS[name]}改为{day_with_weekday(getattr(after, name))}"
        if name in DATE_LABELS
        else f"宽限改为 {after.grace_days} 个工作日"
        for name in changed
    )
    return "，".join(words)


def usual_due_dates(quarter: Quarter, calendar: WorkCalendar = CHINA) -> DueDates:
    """Return the usual rhythm: open on the last month's 20th, departments 5, office 8, leaders 10 working days
    after the quarter's end.
    """
    end = quarter.last_day
    return DueDates(
        opens_on=calendar.working_day_from(end.replace(day=20)),
        department_due=calendar.working_day_after(end, 5),
        office_due=calendar.working_day_after(end, 8),
        leader_due=calendar.working_day_after(end, 10),
    )


def early_words(day: date, quarter: Quarter, calendar: WorkCalendar = CHINA) -> str:
    """Return how much earlier than usual filing for a quarter would begin on a day, or nothing."""
    usual = usual_due_dates(quarter, calendar).opens_on
    if day >= usual:
        return ""
    return f"通常从{day_with_weekday(usual)}开始填报，现在早 {(usual - day).days} 天"


def schedule_problems(dates: DueDates, quarter: Quarter, calendar: WorkCalendar = CHINA) -> dict[str, str]:
    """Return, by field, what is wrong with the dates of a quarter; a better day is proposed, never taken."""
    problems = {}
    before = "opens_on"
    for name in DATE_LABELS:
        problem = day_problem(getattr(dates, name), quarter)
        if name != "opens_on":
            problem = problem or day_off_problem(getattr(dates, name), calendar)
        if getattr(dates, name) < getattr(dates, before):
            earliest = day_with_weekday(getattr(dates, before))
            problem = f"{DATE_LABELS[name]}不能早于{DATE_LABELS[before]}（{earliest}）。"
        if problem:
            problems[name] = problem
        before = name
    if not 0 <= dates.grace_days <= GRACE_CEILING:
        problems["grace_days"] = f"宽限请填 0 至 {GRACE_CEILING} 之间的整数（工作日）。"
    return problems


def day_problem(day: date, quarter: Quarter) -> str:
    """Return what is wrong with a day that has nothing to do with the quarter, or nothing."""
    if quarter.first_day <= day <= quarter.next_quarter.last_day:
        return ""
    first, last = day_with_weekday(quarter.first_day), day_with_weekday(quarter.next_quarter.last_day)
    return f"应在{quarter.words}的首日（{first}）至下一季度末（{last}）之间，请核对年份和月份。"


def day_off_problem(day: date, calendar: WorkCalendar) -> str:
    """Return what is wrong with a due date on which nobody works, or nothing."""
    if calendar.works_on(day):
        return ""
    return f"{day_with_weekday(day)}不是工作日，可改为{day_with_weekday(calendar.working_day_from(day))}。"
