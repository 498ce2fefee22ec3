"""The range that a date has to lie in: whatever takes one from people declares its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


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
        return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in (self.first, self.last))

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
