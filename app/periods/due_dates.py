"""The dates of a quarter: opening, the due dates of department, office and leader, the grace; and when
to remind. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.base.days import day_with_weekday
from app.base.labels import LabelledEnum
from app.periods.calendar import CHINA, WorkCalendar, is_announced
from app.periods.rules import Quarter

GRACE_CEILING = 20
# The usual rhythm: a day of the quarter's last month, then working days after the quarter's end.
USUAL_OPENING_DAY = 20
USUAL_DEPARTMENT_DAYS = 5
USUAL_OFFICE_DAYS = 8
USUAL_LEADER_DAYS = 10


def due_in_words(due: date, today: date, calendar: WorkCalendar = CHINA, *, passed: str = "已逾期") -> str:
    """Return how far off a due date is: 还有 4 个工作日, 今天截止, 已逾期 2 个工作日."""
    if today == due:
        return "今天截止"
    if today < due:
        return f"还有 {calendar.days_between(today, due)} 个工作日"
    return f"{passed} {calendar.days_between(due, today)} 个工作日"


def date_in_words(due: date, today: date, calendar: WorkCalendar = CHINA) -> str:
    """Return how far off a date of a quarter is, without saying that anything is overdue."""
    return due_in_words(due, today, calendar, passed="已过")


class ReminderStage(LabelledEnum):
    """The stages of automatic reminders."""

    OPENED = "opened", "开始填报"
    AHEAD = "ahead", "临近截止"
    DUE = "due", "截止当日"
    LATE = "late", "逾期"


def reminder_stage(
    day: date, due_on: date, *, days_ahead: int, late_from: int, calendar: WorkCalendar
) -> ReminderStage | None:
    """Return the reminder of `due_on` that is to be sent on `day`; None on days off and days without one.

    days_ahead, late_from: in working days before and after. A stage lasts until the next one, so that a worker that was
    down catches up.
    """
    if not calendar.works_on(day):
        return None
    if day < due_on:
        return ReminderStage.AHEAD if calendar.days_between(day, due_on) <= days_ahead else None
    if day == due_on:
        return ReminderStage.DUE
    return ReminderStage.LATE if calendar.days_between(due_on, day) >= late_from else None


@dataclass(frozen=True)
class DueDates:
    """The dates of a quarter's work, in order; due dates are working days.

    A missing filing is overdue `grace_days` working days after `department_due`.
    """

    opens_on: date
    department_due: date
    office_due: date
    leader_due: date
    grace_days: int = 0

    def grace_ends_on(self, calendar: WorkCalendar = CHINA) -> date:
        """Return the last day on which a department can submit without being overdue."""
        return calendar.working_day_after(self.department_due, self.grace_days)

    @property
    def are_announced(self) -> bool:
        """Return whether all dates are in years whose holidays are known."""
        return is_announced(self.opens_on) and is_announced(self.leader_due)


DATE_LABELS = {
    "opens_on": "开始填报",
    "department_due": "部门报送截止",
    "office_due": "办公室审核截止",
    "leader_due": "领导审阅截止",
}


def changed_words(before: DueDates, after: DueDates, names: Iterable[str]) -> str:
    """Return the dates that changed: 部门报送截止改为2026年10月15日（周四）; "" if none."""
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    words = (
        f"{DATE_LABELS[name]}改为{day_with_weekday(getattr(after, name))}"
        if name in DATE_LABELS
        else f"宽限改为 {after.grace_days} 个工作日"
        for name in changed
    )
    return "，".join(words)


def usual_due_dates(quarter: Quarter, calendar: WorkCalendar = CHINA) -> DueDates:
    end = quarter.last_day
    return DueDates(
        opens_on=calendar.working_day_from(end.replace(day=USUAL_OPENING_DAY)),
        department_due=calendar.working_day_after(end, USUAL_DEPARTMENT_DAYS),
        office_due=calendar.working_day_after(end, USUAL_OFFICE_DAYS),
        leader_due=calendar.working_day_after(end, USUAL_LEADER_DAYS),
    )


def usual_rhythm_words() -> str:
    """Return how a quarter's dates usually follow from its end, as part of a sentence."""
    counts = f"{USUAL_DEPARTMENT_DAYS}、{USUAL_OFFICE_DAYS}、{USUAL_LEADER_DAYS}"
    return f"末月{USUAL_OPENING_DAY}日起填报，季度结束后第 {counts} 个工作日依次截止"


def early_words(day: date, quarter: Quarter, calendar: WorkCalendar = CHINA) -> str:
    """Return how much earlier than usual filing would begin on a day, or ""."""
    usual = usual_due_dates(quarter, calendar).opens_on
    if day >= usual:
        return ""
    return f"通常从{day_with_weekday(usual)}开始填报，现在早 {(usual - day).days} 天"


def schedule_problems(dates: DueDates, quarter: Quarter, calendar: WorkCalendar = CHINA) -> dict[str, str]:
    """Return, by field, what is wrong with the dates of a quarter; a better date is proposed, never set."""
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
    """Return what is wrong with a date that is far from its quarter, or ""."""
    if quarter.first_day <= day <= quarter.next_quarter.last_day:
        return ""
    first, last = day_with_weekday(quarter.first_day), day_with_weekday(quarter.next_quarter.last_day)
    return f"应在{quarter.words}的首日（{first}）至下一季度末（{last}）之间，请核对年份和月份。"


def day_off_problem(day: date, calendar: WorkCalendar) -> str:
    """Return what is wrong with a due date on a day off, or ""."""
    if calendar.works_on(day):
        return ""
    return f"{day_with_weekday(day)}不是工作日，可改为{day_with_weekday(calendar.working_day_from(day))}。"
