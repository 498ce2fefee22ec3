"""Exceptions to the calendar of China: days that are worked or off here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import transaction
from app.base.days import DayRange, day_with_weekday, parse_day, years_around
from app.base.errors import raise_field_problems
from app.base.labels import LabelledEnum
from app.base.tables.tabular import TableProblems, parse_table
from app.base.text import text_problem
from app.periods.models import CalendarException

NOTE_LENGTH = 100
LONGEST_RUN = 31  # days: the longest run of holidays and then some
CALENDAR_COLUMNS = ("日期", "安排", "说明")


class DayArrangement(LabelledEnum):
    OFF = "off", "放假"
    WORKED = "worked", "上班"


@dataclass(frozen=True)
class DayException:
    """One day with what it is, and why."""

    day: date
    arrangement: DayArrangement
    note: str = ""


@transaction
def arrange_days(first: date, last: date, arrangement: DayArrangement, note: str, *, by: Actor) -> int:
    """Make the days from `first` to `last` worked or off; return how many. Raises NotAllowed, FieldProblems."""
    require(by, Action.EDIT_CALENDAR)
    note = note.strip()
    raise_field_problems(run_problems(first, last, note, years_around(today())))
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return store_exceptions((DayException(day, arrangement, note) for day in days), by=by)


def run_problems(first: date, last: date, note: str, within: DayRange) -> dict[str, str]:
    problems = {
        "first": within.problem_of_day(first, "开始日期"),
        "last": within.problem_of_day(last, "结束日期"),
    }
    if last < first:
        problems["last"] = "结束日期不能早于开始日期。"
    elif (last - first).days >= LONGEST_RUN:
        problems["last"] = f"一次最多设置 {LONGEST_RUN} 天，请核对年份和月份。"
    return problems | {"note": text_problem(note, "说明", NOTE_LENGTH)}


def import_calendar_table(data: bytes, name: str, *, by: Actor) -> int:
    """Import a table of days (CSV or XLSX: 日期, 安排, 说明), all or nothing; return how many.

    Raises NotAllowed, BadInput naming every mistake with row and column.
    """
    require(by, Action.EDIT_CALENDAR)
    return store_exceptions(read_days(data, name), by=by)


def read_days(data: bytes, name: str) -> list[DayException]:
    """Return the days of a table. Raises BadInput naming every mistake with row and column."""
    problems, days, within = TableProblems(), [], years_around(today())
    for row in parse_table(data, name, CALENDAR_COLUMNS[:2]):
        day, arrangement = parse_day(row["日期"]), DayArrangement.from_label(row["安排"])
        if day is None:
            problems.add_problem(row, "日期", f"“{row['日期']}”不是日期，请写成 2027-02-06 的样子。")
        elif problem := within.problem_of_day(day, "日期"):
            problems.add_problem(row, "日期", problem)
        if arrangement is None:
            problems.add_problem(row, "安排", f"“{row['安排']}”不认识，请填“放假”或“上班”。")
        if problem := text_problem(row["说明"], "", NOTE_LENGTH):
            problems.add_problem(row, "说明", problem)
        if day and arrangement:
            days.append(DayException(day, arrangement, row["说明"]))
    problems.raise_problems(name)
    return days


@transaction
def store_exceptions(days: Iterable[DayException], *, by: Actor) -> int:
    """Store exceptions, replacing those of the same days."""
    by_day = {one.day: one for one in days}
    CalendarException.delete().where(CalendarException.day.in_(list(by_day))).execute()
    for one in by_day.values():
        works = one.arrangement is DayArrangement.WORKED
        CalendarException.create(day=one.day, is_working_day=works, note=one.note)
    detail = {str(one.day): one.arrangement.label for one in by_day.values()}
    record_event(Action.EDIT_CALENDAR, by=by, summary=f"设置 {len(by_day)} 天的放假、上班", detail=detail)
    return len(by_day)


@transaction
def remove_exception(exception: CalendarException, *, by: Actor) -> None:
    """Remove an exception, so that the calendar of China applies. Raises NotAllowed."""
    require(by, Action.EDIT_CALENDAR)
    exception.delete_instance()
    record_event(Action.EDIT_CALENDAR, by=by, summary=f"取消{day_with_weekday(exception.day)}的设置")
