"""The working days of China, and the office's exceptions to them: pure, without any network.

Counting takes no longer for centuries than for a week, so a mistyped year holds nobody up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate

from chinese_calendar import holidays, workdays

# Month and day of the holidays that fall on the same date every year: New Year, Labour Day, National Day
# (全国年节及纪念日放假办法, as of 2025, article 2).
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
FIRST_ANNOUNCED, LAST_ANNOUNCED = min(holidays).year, max(holidays).year
# After so many years weekdays come back to the same dates (they are 20,871 weeks).
CYCLE_YEARS = 400


def china_works_on(day: date) -> bool:
    """Return whether China works on `day`, 调休 included.

    For years whose holidays are not announced yet: Monday to Friday except the holidays of fixed date.
    """
    if is_announced(day):
        return day in workdays or (day.weekday() < 5 and day not in holidays)
    return usually_works_on(day)


def usually_works_on(day: date) -> bool:
    """Return whether `day` is a working day by default, without announced holidays."""
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def is_announced(day: date) -> bool:
    """Return whether the holidays of that year (放假安排) are in the installed calendar."""
    return FIRST_ANNOUNCED <= day.year <= LAST_ANNOUNCED


@dataclass(frozen=True)
class DayCount:
    """Sorted days that each add to or subtract from a count; `totals` are the running sums."""

    days: tuple[int, ...]
    totals: tuple[int, ...]

    @classmethod
    def of(cls, changes: Iterable[tuple[date, int]]) -> DayCount:
        """Return the count of days with what each adds."""
        known = sorted((day.toordinal(), change) for day, change in changes if change)
        totals = accumulate((change for _, change in known), initial=0)
        return cls(tuple(day for day, _ in known), tuple(totals))

    def up_to(self, day: date) -> int:
        """Return the sum of all days up to and including one."""
        return self.totals[bisect_right(self.days, day.toordinal())]


def fixed_days(year: int) -> list[date]:
    """Return the holidays of fixed date in a year."""
    return [date(year, *month_and_day) for month_and_day in sorted(FIXED_HOLIDAYS)]


def missing_days(year: int) -> int:
    """Return the number of working days lost to holidays of fixed date in a year."""
    return sum(day.weekday() < 5 for day in fixed_days(year))


MISSING_BEFORE = tuple(accumulate(map(missing_days, range(1, CYCLE_YEARS + 1)), initial=0))
ANNOUNCED = DayCount.of(
    (day, china_works_on(day) - usually_works_on(day))
    for day in {
        *holidays,
        *workdays,
        *(day for year in {one.year for one in holidays} for day in fixed_days(year)),
    }
)


def china_worked_up_to(day: date) -> int:
    """Return the number of working days from 1 January of the year 1 up to and including `day`."""
    weeks, rest = divmod(day.toordinal(), 7)
    cycles, years = divmod(day.year - 1, CYCLE_YEARS)
    missing = cycles * MISSING_BEFORE[-1] + MISSING_BEFORE[years]
    missing += sum(fixed <= day and fixed.weekday() < 5 for fixed in fixed_days(day.year))
    return 5 * weeks + min(rest, 5) - missing + ANNOUNCED.up_to(day)


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of China with exceptions: days that are worked (True) or off (False) here."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    @cached_property
    def changes(self) -> DayCount:
        """Return what the exceptions add to the working days of China."""
        return DayCount.of((day, works - china_works_on(day)) for day, works in self.exceptions.items())

    def works_on(self, day: date) -> bool:
        return self.exceptions.get(day, china_works_on(day))

    def worked_up_to(self, day: date) -> int:
        """Return the number of working days from the year 1 up to and including `day`."""
        return china_worked_up_to(day) + self.changes.up_to(day)

    def working_day_from(self, day: date) -> date:
        """Return `day` or the next working day after it."""
        return day if self.works_on(day) else self.working_day_after(day, 1)

    def working_day_after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; 31 December 9999 where there are not so many."""
        if count == 0:  # as of every quarter without grace: there is nothing to search for
            return day
        wanted = self.worked_up_to(day) + count
        days = range(day.toordinal(), date.max.toordinal())
        place = bisect_left(days, wanted, key=lambda number: self.worked_up_to(date.fromordinal(number)))
        return date.fromordinal(days.start + place)

    def days_between(self, start: date, end: date) -> int:
        """Return the number of working days after `start` up to and including `end`; 0 if `end` is not later."""
        return max(0, self.worked_up_to(end) - self.worked_up_to(start))


# The calendar of a sub-district that made no exceptions.
CHINA = WorkCalendar()
