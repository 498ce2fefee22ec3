"""How days and moments are written for people, and the range in which one that they give has to lie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

WEEKDAYS = "一二三四五六日"
MONTHS_PER_QUARTER = 3
TYPED_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})日?(?: 00:00:00)?")


def written_day(day: date | None) -> str:
    """Return 2026年10月9日: no leading zeros, as official documents write it (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def day_in_year(day: date, today: date) -> str:
    """Return 10月9日 of a day in the present year, with the year of any other."""
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
    """From a first day to a last one, both of them in it."""

    first: date
    last: date

    @classmethod
    def of_years(cls, first: int, last: int) -> DayRange:
        """Return the range from the first day of a year to the last day of another."""
        return cls(date(first, 1, 1), date(last, 12, 31))

    @property
    def range_words(self) -> str:
        """Return it as it is written: 2026年1月1日至2027年12月31日."""
        return f"{written_day(self.first)}至{written_day(self.last)}"

    def problem_of_day(self, day: date | datetime, label: str) -> str:
        """Return what is wrong with a day, or a moment, that is not in the range, or nothing."""
        written = day.date() if isinstance(day, datetime) else day
        if self.first <= written <= self.last:
            return ""
        return f"{label}应在{self.range_words}之间，请核对年份和月份。"


def any_year(_today: date) -> DayRange:
    """Return the range of a field whose own depends on what it is about, and is checked there."""
    return DayRange.of_years(2000, 2099)


def years_around(today: date) -> DayRange:
    """Return the range from the first day of the year before to the last day of the year after."""
    return DayRange.of_years(today.year - 1, today.year + 1)


def parse_day(text: str) -> date | None:
    """Return the day written 2027-02-06, 2027/2/6 or 2027年2月6日; None for anything else."""
    found = TYPED_DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
