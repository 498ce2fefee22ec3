"""Dashes, connecting marks, ranges."""

from dataclasses import replace

import pytest

from reports.lint.finding import SuggestedFix
from reports.model import Annex, Column, Table
from tests.reports.lint.cases import UPWARD, assert_left_alone, assert_put_right, of_rule

BROKEN = [
    ("dash-form", "华阳――长宁的东门户，看齐──赶上。", ["――", "──"], "华阳——长宁的东门户，看齐——赶上。"),
    ("dash-form", "华阳———长宁的东门户。", ["———"], "华阳——长宁的东门户。"),
    ("dash-form", "走访5–8家。", ["–"], "走访5—8家。"),
    ("dash-form", "愚园路–定西路。", ["–"], "愚园路–定西路。"),
    ("wave-form", "走访5~8家，提高3%〜5%。", ["~", "〜"], "走访5～8家，提高3%～5%。"),
    ("range-hyphen", "1-9月走访3-5家。", ["1-", "3-"], "1至9月走访3至5家。"),
    ("range-unit", "投资13～17万元。", ["13～17万"], "投资13万～17万元。"),
    ("range-unit", "提高15至30%。", ["15至30%"], "提高15%至30%。"),
    ("range-unit", "提高1.5—3%。", ["1.5—3%"], "提高1.5%—3%。"),
    ("reversed-range", "2027年至2026年，9月30日至1日。", ["2027年至2026年", "9月30日至1日"], ""),
]
TABLE = replace(UPWARD, annexes=(Annex("情况表", (Table((Column("时间"),), (("1-9月",),)),)),))
SOUND = [
    "形成“诉求—匹配—闭环”链条——这是首次，北京—上海专列，沪AB-1234。",
    "走访5～8家，提高3%～5%，投资13万元～17万元、9亿至16亿元，占15%至30%。",
    "2026—2026年，9月1日至1日。",
    "2025—2027年，9月1日至30日，9月1—30日，12月25日至次年1月5日，1—9月。",
    "面积5至8平方米，从第3至第5万个，5至10万级。",
    "1月至9月5%，2026年9月30日至2027年1月1日。",
]


@pytest.mark.parametrize(("rule", "text", "quoted", "right"), BROKEN)
def test_a_wrong_dash_or_range_is_quoted_and_put_right(
    rule: str, text: str, quoted: list[str], right: str
) -> None:
    assert_put_right(rule, text, quoted, right or text)


def test_a_table_has_a_sign_where_running_text_has_a_word() -> None:
    (finding,) = of_rule("range-hyphen", TABLE)
    assert finding.fix == SuggestedFix("1—")


@pytest.mark.parametrize("text", SOUND)
def test_dashes_and_ranges_that_are_right_are_left_alone(text: str) -> None:
    assert_left_alone(text)
