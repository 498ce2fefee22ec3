"""China's working days, 调休 included, and what the office set otherwise."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.periods.calendar import CHINA, WorkCalendar, is_announced
from tests.hostile_texts import grows_too_fast

days = st.dates(date(2023, 1, 1), date(2028, 12, 31))
counts = st.integers(0, 30)
calendars = st.dictionaries(days, st.booleans(), max_size=5).map(WorkCalendar)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 28), True),
        (date(2026, 9, 20), True),  # a Sunday worked for National Day
        (date(2026, 9, 25), False),  # Mid-Autumn, a Friday
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
    ],
)
def test_working_days_of_2026_follow_the_announced_holidays(day: date, works: bool) -> None:
    assert is_announced(day)
    assert CHINA.works_on(day) is works


@pytest.mark.parametrize("year", range(2050, 2057))  # each date falls on a working day of the week in some
def test_before_holidays_are_announced_weekdays_count_save_those_of_fixed_date(year: int) -> None:
    fixed = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
    for number in range(365):
        day = date(year, 1, 1) + timedelta(days=number)
        assert not is_announced(day)
        assert CHINA.works_on(day) is (day.weekday() < 5 and (day.month, day.day) not in fixed)


def test_holidays_are_announced_since_2004() -> None:
    assert [is_announced(date(year, 1, 1)) for year in (2003, 2004, 2026)] == [False, True, True]


def test_working_days_are_counted_from_the_first_of_all_days() -> None:
    assert [CHINA.worked_up_to(date(1, 1, day)) for day in range(1, 9)] == [0, 1, 2, 3, 4, 4, 4, 5]


def test_no_working_day_lies_before_a_day() -> None:
    assert CHINA.days_between(date(2026, 10, 13), date(2026, 10, 9)) == 0
    assert CHINA.working_day_after(date(2026, 10, 9), -2) == date(2026, 10, 9)


@given(calendars, days, counts)
def test_adding_working_days_and_counting_them_agree(calendar: WorkCalendar, day: date, count: int) -> None:
    later = calendar.working_day_after(day, count)
    assert calendar.days_between(day, later) == count
    assert count == 0 or calendar.works_on(later)


@given(calendars, days, counts, counts)
def test_working_days_add_up(calendar: WorkCalendar, day: date, first: int, second: int) -> None:
    assert calendar.working_day_after(
        calendar.working_day_after(day, first), second
    ) == calendar.working_day_after(day, first + second)


@given(calendars, days)
def test_the_next_working_day_is_the_first_that_works(calendar: WorkCalendar, day: date) -> None:
    found = calendar.working_day_from(day)
    skipped = [day + timedelta(days=offset) for offset in range((found - day).days)]
    assert calendar.works_on(found)
    assert not any(calendar.works_on(other) for other in skipped)


@given(calendars)
def test_an_exception_overrules_the_calendar_on_its_day_alone(calendar: WorkCalendar) -> None:
    for day, works in calendar.exceptions.items():
        assert calendar.works_on(day) is works
        following = day + timedelta(days=1)
        if following not in calendar.exceptions:
            assert calendar.works_on(following) is CHINA.works_on(following)


def test_a_day_off_by_order_of_the_office_moves_what_comes_after_it() -> None:
    typhoon = WorkCalendar({date(2026, 10, 9): False})
    assert CHINA.working_day_after(date(2026, 9, 30), 2) == date(2026, 10, 9)
    assert typhoon.working_day_after(date(2026, 9, 30), 2) == date(2026, 10, 10)
    assert CHINA.days_between(date(2026, 10, 8), date(2026, 10, 13)) == 4
    assert typhoon.days_between(date(2026, 10, 8), date(2026, 10, 13)) == 3


@given(calendars, st.dates(), st.dates())
def test_counting_over_centuries_is_counting_day_by_day(
    calendar: WorkCalendar, day: date, other: date
) -> None:
    first = min(day, other)
    last = min(max(day, other), date.fromordinal(min(first.toordinal() + 800, date.max.toordinal())))
    each = (
        calendar.works_on(date.fromordinal(one)) for one in range(first.toordinal() + 1, last.toordinal() + 1)
    )
    assert calendar.days_between(first, last) == sum(each)


@pytest.mark.parametrize("day", [date.min, date.max, date(9999, 12, 30), date(2026, 1, 1)])
def test_no_day_is_beyond_counting(day: date) -> None:
    before = len(gc.get_objects())
    for calendar in (CHINA, WorkCalendar({date.max: False, date.min: True})):
        calendar.days_between(date.min, day)
        calendar.days_between(day, date.max)
        assert calendar.working_day_after(day, 10**9) == date.max
        calendar.working_day_from(day)
    assert len(gc.get_objects()) - before < 1_000
    assert CHINA.days_between(date(2026, 1, 1), date.max) > 2_000_000


def test_counting_takes_no_longer_for_centuries_than_for_a_week() -> None:
    def count(days: int) -> Callable[[], object]:
        return lambda: [
            CHINA.days_between(date(2027, 1, 1), date(2027, 1, 1) + timedelta(days)) for _ in range(99)
        ]

    assert grows_too_fast(count, 700_000, 0.0) == ""
