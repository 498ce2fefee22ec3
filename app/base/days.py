"""Writing days and moments for people, and ranges that entered days must lie in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

WEEKDAYS = "一二三四五六日"
MONTHS_PER_QUARTER = 3
TYPED_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})日?(?: 00:00:00)?")


def written_day(day: date | None) -> str:
    """Return 2026年10月9日: without leading zeros, as in official documents (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def day_in_year(day: date, today: date) -> str:
    """Return 10月9日; with its year if that is not the present one."""
    return f"{day.month}月{day.day}日" if day.year == today.year else written_day(day)


def written_moment(moment: datetime | None) -> str:
    """Return 2026年10月9日 10:32."""
    return f"{written_day(moment)} {moment:%H:%M}" if moment else ""


def day_with_weekday(day: date, name: str = "周") -> str:
    """Return 2026年10月14日（周三）."""
    return f"{written_day(day)}（{name}{WEEKDAYS[day.weekday()]}）"


def moment_with_weekday(moment: datetime) -> str:
    """Return 2026年10月14日（周三）18:00."""
    return f"{day_with_weekday(moment)}{moment:%H:%M}"


def first_day_of_quarter(year: int, number: int) -> date:
    return date(year, MONTHS_PER_QUARTER * (number - 1) + 1, 1)


@dataclass(frozen=True)
class DayRange:
    """A range of days, both ends included."""

    first: date
    last: date

    @classmethod
    def of_years(cls, first: int, last: int) -> DayRange:
        """Return the range from the first day of a year to the last day of another."""
        return cls(date(first, 1, 1), date(last, 12, 31))

    @property
    def range_words(self) -> str:
        """Return the range in words: 2026年1月1日至2027年12月31日."""
        return f"{written_day(self.first)}至{written_day(self.last)}"

    def problem_of_day(self, day: date | datetime, label: str) -> str:
        """Return what is wrong with a day or moment outside the range, or ""."""
        written = day.date() if isinstance(day, datetime) else day
        if self.first <= written <= self.last:
            return ""
        return f"{label}应在{self.range_words}之间，请核对年份和月份。"


def any_year(_today: date) -> DayRange:
    """Return a wide range for fields whose own range depends on their subject and is checked elsewhere."""
    return DayRange.of_years(2000, 2099)


def years_around(today: date) -> DayRange:
    """Return the range from the first day of last year to the last day of next year."""
    return DayRange.of_years(today.year - 1, today.year + 1)


def parse_day(text: str) -> date | None:
    """Read 2027-02-06, 2027/2/6 or 2027年2月6日; None for anything else."""
    found = TYPED_DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
