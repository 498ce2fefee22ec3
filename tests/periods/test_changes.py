"""Every operation on quarters and the calendar, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from app.base.clock import clock_stopped_at
from app.filing.core.models import Filing
from app.filing.core.operations import save_filing
from app.periods import calendar_exceptions, operations
from app.periods.calendar_exceptions import NOTE_LENGTH, DayArrangement
from app.periods.due_dates import DueDates
from app.periods.models import CalendarException, Period
from app.periods.rules import Quarter
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import THRESHOLDS, World, full_content

MOMENT = datetime(2026, 10, 14, 9, 30)
UNTIL = MOMENT + timedelta(days=2)
TABLE = "日期,安排,说明\n2026-10-01,放假,国庆节\n2026/10/10,上班,\n"
WRONG = f"日期,安排,说明\n2026-13-01,放假,\n2026-10-02,休息,{'长' * 300}\n1999-01-01,上班,\n"


def test_each_operation_changes_what_it_names_and_nothing_else(world: World) -> None:
    found = changes_beside(__file__)
    with clock_stopped_at(MOMENT):
        open_and_close(found, world)
        unlock_and_lock(found, world)
        set_calendar(found, world)
        take_back(found, world)
    found.compare()


def open_and_close(found: RecordedChanges, world: World) -> None:
    office, period = world.users["office"], world.period
    for name, quarter in (("open", (2026, 4)), ("open again", (2026, 4)), ("open 2027", (2027, 1))):
        found.record(name, partial(operations.open_period, world.plan, Quarter(*quarter), by=office))
    second = Quarter(2026, 2)
    own = DueDates(date(2026, 5, 6), date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3), grace_days=1)
    late = replace(own, office_due=date(2026, 6, 30))
    for name, given in (("open with wrong dates", late), ("open with dates", own)):
        found.record(name, partial(operations.open_period, world.plan, second, by=office, dates=given))
    dates = replace(period.due_dates, department_due=date(2026, 10, 15), grace_days=2)
    wrong = replace(dates, office_due=date(2026, 10, 10), department_due=date(2026, 10, 16))
    found.record("reschedule", partial(operations.reschedule_period, period, dates, by=office))
    found.record("reschedule wrongly", partial(operations.reschedule_period, period, wrong, by=office))
    found.record("unlock an open quarter", unlocking(world))
    for name in ("close", "close again"):
        found.record(name, partial(operations.close_period, Period.get_by_id(period.id), by=office))
    closed = Period.get_by_id(period.id)
    found.record("reschedule a closed one", partial(operations.reschedule_period, closed, dates, by=office))


def take_back(found: RecordedChanges, world: World) -> None:
    office = world.users["office"]
    opened, closed = (Period.get(Period.number == number) for number in (4, 3))
    found.record("undo as filer", partial(operations.undo_opening, opened, by=world.users["filer"]))
    found.record("undo", partial(operations.undo_opening, opened, by=office))
    written = Period.get(Period.number == 2)
    filing = Filing.get((Filing.period == written) & (Filing.department == world.departments["经发办"]))
    save_filing(filing, full_content(), by=world.users["filer"], version=1, thresholds=THRESHOLDS)
    found.record("undo one with words in it", partial(operations.undo_opening, written, by=office))
    found.record("reopen an open one", partial(operations.reopen_period, written, reason="补报。", by=office))
    found.record("undo a closed one", partial(operations.undo_opening, closed, by=office))
    for name, reason in (("reopen without reason", " "), ("reopen", "补报。"), ("reopen again", "补报。")):
        found.record(name, partial(operations.reopen_period, closed, reason=reason, by=office))


def unlocking(world: World, **changes: Any) -> Callable[[], Any]:
    given = {
        "until": UNTIL,
        "reason": " 补报数据 ",
        "by": world.users["office"],
        "department": "经发办",
    } | changes
    department = world.departments[given.pop("department")]
    return partial(operations.unlock_department, Period.get_by_id(world.period.id), department, **given)


def unlock_and_lock(found: RecordedChanges, world: World) -> None:
    office = world.users["office"]
    found.record("unlock without reason", unlocking(world, reason=" "))
    found.record("unlock too long", unlocking(world, until=MOMENT + timedelta(days=31)))
    found.record("unlock into the past", unlocking(world, until=MOMENT))
    found.record("unlock as filer", unlocking(world, by=world.users["filer"]))
    first = found.record("unlock", unlocking(world))
    found.record("unlock another", unlocking(world, department="城管办"))
    second = found.record("unlock once more", unlocking(world, until=UNTIL + timedelta(days=1)))
    lock = operations.lock_department_again
    found.record("lock what was replaced", lambda: lock(first, by=office))
    found.record("lock as head", lambda: lock(second, by=world.users["head"]))
    found.record("lock", lambda: lock(second, by=office))
    found.record("lock again", lambda: lock(second, by=office))


def set_calendar(found: RecordedChanges, world: World) -> None:
    office = world.users["office"]
    arrange = partial(calendar_exceptions.arrange_days, by=office)
    off, worked, longest = DayArrangement.OFF, DayArrangement.WORKED, "长" * NOTE_LENGTH
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    found.record("arrange days", lambda: arrange(first, date(2026, 12, 2), off, f" {longest} "))
    found.record("arrange a day again", lambda: arrange(first, first, worked, ""))
    found.record("arrange the longest run", lambda: arrange(first, last, worked, ""))
    found.record("arrange too many", lambda: arrange(first, date(2027, 1, 1), off, ""))
    found.record("arrange backwards", lambda: arrange(last, first, off, f"{longest}长"))
    found.record("arrange far away", lambda: arrange(date(2024, 12, 31), date(2028, 1, 1), off, ""))
    take = partial(calendar_exceptions.import_calendar_table, name="日历.csv")
    found.record("import days", lambda: take(TABLE.encode(), by=office))
    found.record("import days again", lambda: take(TABLE.encode(), by=office))
    found.record("import wrong days", lambda: take(WRONG.encode(), by=office))
    found.record("import as filer", lambda: take(TABLE.encode(), by=world.users["filer"]))
    day = CalendarException.get(CalendarException.day == date(2026, 10, 1))
    found.record("remove a day", lambda: calendar_exceptions.remove_exception(day, by=office))
