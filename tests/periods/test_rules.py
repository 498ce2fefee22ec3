"""Quarters, working days of the Chinese calendar, and the dates of a quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInput
from app.periods.rules import (
    DATE_LABELS,
    GRACE_CEILING,
    DueDates,
    Quarter,
    add_working_days,
    day_in_words,
    due_in_words,
    is_announced,
    is_working_day,
    on_or_after_working_day,
    parse_quarter,
    schedule_problems,
    usual_due_dates,
    working_days_between,
)

QUARTERS = [Quarter(year, number) for year, number in product(range(2024, 2028), range(1, 5))]
THIRD = Quarter(2026, 3)

days = st.dates(date(2023, 1, 1), date(2028, 12, 31))
counts = st.integers(0, 30)


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
    assert is_working_day(day) is works


@pytest.mark.parametrize("day", [date(2050, 1, 3), date(2050, 5, 2), date(2050, 10, 3)])
def test_before_holidays_are_announced_weekdays_count_save_those_of_fixed_date(day: date) -> None:
    assert not is_announced(day)
    fixed = (day.month, day.day) in {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
    assert is_working_day(day) is (day.weekday() < 5 and not fixed)
    assert not is_working_day(date(2050, 1, 1))


@pytest.mark.parametrize("quarter", QUARTERS, ids=lambda quarter: quarter.code)
def test_usual_dates_are_working_days_in_order_after_the_quarter(quarter: Quarter) -> None:
    due = usual_due_dates(quarter)
    dates = [getattr(due, name) for name in DATE_LABELS]
    assert all(is_working_day(day) for day in dates)
    assert all(first < second for first, second in pairwise(dates))
    assert quarter.first_day < due.opens_on <= quarter.last_day < due.department_due
    assert working_days_between(quarter.last_day, due.leader_due) == 10
    assert schedule_problems(due, quarter) == {}


@given(days, counts)
def test_adding_working_days_and_counting_them_agree(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert working_days_between(day, later) == count
    assert count == 0 or is_working_day(later)


@given(days, counts, counts)
def test_working_days_add_up(day: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)


@given(days)
def test_the_next_working_day_is_the_first_that_works(day: date) -> None:
    found = on_or_after_working_day(day)
    skipped = [day + timedelta(days=offset) for offset in range((found - day).days)]
    assert is_working_day(found)
    assert not any(is_working_day(other) for other in skipped)


def test_quarters_follow_each_other_without_a_gap() -> None:
    for quarter, following in pairwise(QUARTERS):
        assert quarter.next == following
        assert quarter.last_day + timedelta(days=1) == following.first_day


def test_words_for_days() -> None:
    assert day_in_words(date(2026, 10, 14)) == "2026年10月14日（周三）"
    assert due_in_words(date(2026, 10, 13), date(2026, 10, 8)) == "还有 4 个工作日"
    assert due_in_words(date(2026, 10, 13), date(2026, 10, 13)) == "今天截止"
    assert due_in_words(date(2026, 10, 13), date(2026, 10, 15)) == "已逾期 2 个工作日"


@pytest.mark.parametrize("code", ["2026Q3", " 2026q3 "])
def test_a_quarters_code_is_read(code: str) -> None:
    assert parse_quarter(code) == THIRD


@pytest.mark.parametrize("code", ["", "2026", "2026Q5", "26Q1", "2026年第三季度"])
def test_what_is_no_quarter_is_refused_with_an_example(code: str) -> None:
    with pytest.raises(BadInput, match="2026Q3"):
        parse_quarter(code)


USUAL = usual_due_dates(THIRD)


@pytest.mark.parametrize(
    ("dates", "field", "sentence"),
    [
        (
            replace(USUAL, office_due=date(2026, 10, 12)),
            "office_due",
            "不能早于部门报送截止（2026年10月13日（周二））",
        ),
        (replace(USUAL, opens_on=date(2026, 10, 14)), "department_due", "不能早于开始填报"),
        (replace(USUAL, department_due=date(2026, 10, 11)), "department_due", "可改为2026年10月12日（周一）"),
        (replace(USUAL, leader_due=date(2062, 10, 20)), "leader_due", "请核对年份和月份"),
        (replace(USUAL, opens_on=date(2026, 6, 30)), "opens_on", "请核对年份和月份"),
        (replace(USUAL, grace_days=GRACE_CEILING + 1), "grace_days", "0 至 20"),
        (replace(USUAL, grace_days=-1), "grace_days", "0 至 20"),
    ],
)
def test_each_wrong_date_gets_a_sentence_that_says_what_to_do(
    dates: DueDates, field: str, sentence: str
) -> None:
    problems = schedule_problems(dates, THIRD)
    assert list(problems) == [field]
    assert sentence in problems[field]


def test_filing_may_begin_on_a_day_off_and_dates_may_coincide() -> None:
    dates = replace(USUAL, opens_on=date(2026, 9, 19), leader_due=USUAL.office_due)
    assert not is_working_day(dates.opens_on)
    assert schedule_problems(dates, THIRD) == {}


def test_grace_is_counted_in_working_days() -> None:
    assert replace(USUAL, grace_days=0).grace_ends_on == date(2026, 10, 13)
    assert replace(USUAL, grace_days=4).grace_ends_on == date(2026, 10, 19)
