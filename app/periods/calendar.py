"""The days on which China works, and what the office set otherwise: pure, offline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar

# Month and day of the holidays that fall on the same date every year: New Year, Labour Day, National Day
# (全国年节及纪念日放假办法, as of 2025, article 2).
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@cache
def china_works_on(day: date) -> bool:
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


@dataclass(frozen=True)
class Calendar:
    """China's working days, but for the exceptions: days that are worked (True) or off (False) here all the same."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def works_on(self, day: date) -> bool:
        """Return whether `day` is a working day."""
        return self.exceptions.get(day, china_works_on(day))

    def on_or_after(self, day: date) -> date:
        """Return `day` or the next working day after it."""
        while not self.works_on(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`."""
        for _ in range(count):
            day = self.on_or_after(day + timedelta(days=1))
        return day

    def days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` up to and including `end` (0 when `end` is not later)."""
        return sum(self.works_on(start + timedelta(days=day)) for day in range(1, (end - start).days + 1))


# The calendar of a sub-district that made no exceptions.
CHINA = Calendar()
