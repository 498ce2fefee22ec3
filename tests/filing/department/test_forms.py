"""How what people type becomes plain values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.filing.core.rules import MeasureStatus
from app.filing.department.forms import member_of, read_whole_number


@pytest.mark.parametrize("typed", ["76", "76%", " 76 ", "７６", "７６％", "76 %", "076", "　76　"])
def test_a_number_is_understood_as_people_type_it(typed: str) -> None:
    assert read_whole_number(typed) == 76


@pytest.mark.parametrize("typed", ["七成", "76.5", "7 6", "76%%", "1_000", "1e2", "约76", "%"])
def test_what_is_no_whole_number_is_named(typed: str) -> None:
    with pytest.raises(ValueError, match="不是整数，请填写整数"):
        read_whole_number(typed)


@pytest.mark.parametrize("typed", ["9" * 19, "9" * 5000])
def test_a_number_that_nothing_needs_is_out_of_range(typed: str) -> None:
    with pytest.raises(ValueError, match="超出范围"):
        read_whole_number(typed)


@given(st.integers(-(10**8), 10**8))
def test_every_whole_number_comes_back(number: int) -> None:
    assert read_whole_number(f" {number}% ") == number


def test_a_value_that_is_none_of_the_choices_is_no_choice() -> None:
    status = member_of(MeasureStatus)
    assert status("lagging") is MeasureStatus.LAGGING
    assert status("") is None
    assert status("bogus") is None
