"""Numbers as people type and read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plan.core.numbers import (
    number_in_words,
    parse_decimal,
    plain_number,
    share_of,
)

NUMBERS = st.decimals(-(10**11) + 1, 10**11 - 1, places=4)


@pytest.mark.parametrize(
    "typed", ["1200", "1,200", "１２００", "１，２００", " 1200.0 ", "1,200.00", "　1200　"]
)
def test_a_number_is_understood_as_people_type_it(typed: str) -> None:
    assert parse_decimal(typed) == 1200


@pytest.mark.parametrize(
    "typed", ["12家", "97%", "1.2万", "约12", "1,20", "12,5", "1 200", "一百", "1e3", "--1", "", "1.23456"]
)
def test_a_unit_and_whatever_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="请只填数字，不写单位"):
        parse_decimal(typed)


@pytest.mark.parametrize("typed", ["952531020777.3216", "123,456,789,012.3456", "-999999999999.9999"])
def test_more_digits_than_a_workbook_keeps_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="超过 15 位有效数字"):
        parse_decimal(typed)


@pytest.mark.parametrize("typed", ["95253102077.3216", "952531020777.3210", "999999999999"])
def test_as_many_digits_as_a_workbook_keeps_are_read(typed: str) -> None:
    assert parse_decimal(typed) == Decimal(typed)


@given(NUMBERS)
def test_every_number_comes_back(number: Decimal) -> None:
    assert parse_decimal(plain_number(number)) == parse_decimal(number_in_words(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [("1200.50", "1,200.5"), ("-1234567", "-1,234,567"), ("0.10", "0.1"), ("-0.5", "-0.5"), ("0", "0")],
)
def test_a_number_is_read_in_groups_of_three(number: str, words: str) -> None:
    assert number_in_words(Decimal(number)) == words


@pytest.mark.parametrize(
    ("number", "target", "share"), [("48", "60", 80), ("1", "8", 13), ("21", "20", 105), ("3", "0", None)]
)
def test_a_share_is_in_whole_per_cent(number: str, target: str, share: int | None) -> None:
    assert share_of(Decimal(number), Decimal(target)) == share
