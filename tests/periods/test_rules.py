"""Quarters: their days, their codes, one after the other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product

import pytest

from app.base.errors import BadInput
from app.periods.rules import Quarter, parse_quarter, quarter_of_day

QUARTERS = [Quarter(year, number) for year, number in product(range(2024, 2028), range(1, 5))]
THIRD = Quarter(2026, 3)


def test_every_day_lies_in_the_quarter_of_its_month() -> None:
    found = [quarter_of_day(date(2026, month, 15)).number for month in range(1, 13)]
    assert found == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]


def test_a_quarter_of_the_year_has_gone_by_at_the_end_of_each() -> None:
    year = [Quarter(2026, number) for number in (1, 2, 3, 4)]
    assert [one.elapsed_percent for one in year] == [25, 50, 75, 100]
    assert [one.ends_the_year for one in year] == [False, False, False, True]


def test_quarters_follow_each_other_without_a_gap() -> None:
    for quarter, following in pairwise(QUARTERS):
        assert quarter.next_quarter == following
        assert quarter.last_day + timedelta(days=1) == following.first_day


@pytest.mark.parametrize("code", ["2026Q3", " 2026q3 "])
def test_a_quarters_code_is_read(code: str) -> None:
    assert parse_quarter(code) == THIRD


@pytest.mark.parametrize("code", ["", "2026", "2026Q5", "26Q1", "2026年第三季度"])
def test_what_is_no_quarter_is_refused_with_an_example(code: str) -> None:
    with pytest.raises(BadInput, match="2026Q3"):
        parse_quarter(code)
