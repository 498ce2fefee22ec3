"""How the quarters of an indicator make a year."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plan.core.cumulation import Cumulation, FiledNumber
from app.plan.core.rules import CumulationRule, ItemAspect

QUARTERS = [FiledNumber(Decimal(number)) for number in (12, 30, 18)]
RATES = [FiledNumber(Decimal(32), Decimal(40)), FiledNumber(Decimal(9), Decimal(10))]
numbers = st.none() | st.decimals(-9_999, 9_999, places=4)
filed = st.lists(
    st.builds(FiledNumber, numbers, st.none() | st.decimals("0.0001", 9_999, places=4)), max_size=4
)


@pytest.mark.parametrize(
    ("rule", "year"),
    [
        (CumulationRule.SUM, 60),
        (CumulationRule.LATEST, 18),
        (CumulationRule.HIGHEST, 30),
        (CumulationRule.RATIO, None),
    ],
)
def test_each_rule_makes_its_year(rule: CumulationRule, year: int | None) -> None:
    cumulation = Cumulation(rule, "家")
    assert cumulation.number_of_year(QUARTERS) == year
    assert cumulation.words_of_year(QUARTERS) == (f"{year} 家" if year else "")


def test_each_rule_says_what_is_filed_in_a_quarter() -> None:
    assert [rule.filed_words for rule in CumulationRule] == [
        "填年初以来的累计数",
        "填本季度的数，不含以前各季",
        "填本季度的数",
        "填本季度的分子和分母",
    ]


def test_what_changes_stands_before_its_new_words() -> None:
    found = [aspect.changing_words for aspect in (ItemAspect.LEAD, ItemAspect.BEGINNING, ItemAspect.ENDING)]
    assert found == ["牵头部门改为", "新增", "结束"]


def test_a_ratio_weighs_its_quarters_by_their_denominators() -> None:
    assert Cumulation(CumulationRule.RATIO, "%").number_of_year(RATES) == Decimal("82.00")
    assert Cumulation(CumulationRule.RATIO, "次").number_of_year(RATES) == Decimal("0.82")


@given(filed, st.sampled_from(CumulationRule))
def test_quarters_that_filed_nothing_change_nothing(
    quarters: list[FiledNumber], rule: CumulationRule
) -> None:
    cumulation = Cumulation(rule, "%")
    counting = [one for one in quarters if one.value is not None]
    assert cumulation.number_of_year(quarters) == cumulation.number_of_year(counting)
    assert cumulation.number_of_year([]) is None


@given(filed)
def test_a_ratio_is_the_one_of_all_that_was_counted(quarters: list[FiledNumber]) -> None:
    pairs = [
        (Fraction(one.value), Fraction(one.base)) for one in quarters if one.value is not None and one.base
    ]
    year = Cumulation(CumulationRule.RATIO, "%").number_of_year(quarters)
    if not pairs:
        assert year is None
    else:
        exact = 100 * sum(above for above, _ in pairs) / sum(below for _, below in pairs)
        assert year is not None
        assert abs(Fraction(year) - exact) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("rule", "unit", "number", "words"),
    [
        (CumulationRule.SUM, "家", FiledNumber(Decimal(1200)), "1,200 家"),
        (CumulationRule.SUM, "家", FiledNumber(None), ""),
        (CumulationRule.RATIO, "%", RATES[0], "32/40（80%）"),
        (CumulationRule.RATIO, "%", FiledNumber(Decimal(32)), "32/?"),
        (CumulationRule.RATIO, "%", FiledNumber(None), ""),
    ],
)
def test_what_a_quarter_filed_is_read_as_people_say_it(
    rule: CumulationRule, unit: str, number: FiledNumber, words: str
) -> None:
    assert Cumulation(rule, unit).number_in_quarter(number) == words
