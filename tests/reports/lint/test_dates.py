"""Dates and document numbers."""

from dataclasses import replace
from datetime import date

import pytest

from reports.model import Signature
from tests.reports.lint.cases import (
    assert_left_alone,
    assert_put_right,
    quotes,
    with_text,
)

BROKEN = [
    (
        "padded-date",
        "2026年09月05日印发，10月08日施行。",
        ["2026年09月05日", "10月08日"],
        "2026年9月5日印发，10月8日施行。",
    ),
    ("padded-date", "截至09月底。", ["09月"], "截至9月底。"),
    ("spaced-date", "2026 年 9 月 5 日印发。", ["2026 年 9 月 5 日"], "2026年9月5日印发。"),
    ("short-year", "26年9月5日印发。", ["26年"], "2026年9月5日印发。"),
    ("short-year", "’25年完成立项，25年底前完工。", ["’25年", "25年"], "2025年完成立项，2025年底前完工。"),
    (
        "numeric-date",
        "于2026-09-05印发，2026.9.5施行。",
        ["2026-09-05", "2026.9.5"],
        "于2026年9月5日印发，2026年9月5日施行。",
    ),
    ("numeric-date", "于2026/12/31完成。", ["2026/12/31"], "于2026年12月31日完成。"),
    ("chinese-date", "二〇二六年九月五日印发。", ["二〇二六年九月五日"], "2026年9月5日印发。"),
    ("chinese-date", "2026年九月完成。", ["九月"], "2026年9月完成。"),
    ("chinese-date", "9月二十一日完成。", ["二十一日"], "9月21日完成。"),
    ("chinese-date", "9月九十九日完成。", ["九十九日"], "9月99日完成。"),
    (
        "impossible-date",
        "9月31日完成，2025年2月29日施行。",
        ["9月31日", "2025年2月29日"],
        "9月31日完成，2025年2月29日施行。",
    ),
    ("impossible-date", "13月1日完成。", ["13月1日"], "13月1日完成。"),
    ("short-year", "'26年9月完成。", ["'26年"], "2026年9月完成。"),
    ("chinese-date", "九月二五日完成。", [], "九月二五日完成。"),
    ("impossible-date", "0000年2月9日完成。", ["0000年2月9日"], "0000年2月9日完成。"),
    ("impossible-date", "0月9日和9月0日完成。", ["0月9日", "9月0日"], "0月9日和9月0日完成。"),
    ("weekday", "2026年10月9日（星期四）召开。", ["2026年10月9日（星期四"], "2026年10月9日（星期四）召开。"),
    ("weekday", "2026年10月9日周日召开。", ["2026年10月9日周日"], "2026年10月9日周日召开。"),
    ("colloquial-day", "9月5号，完成。", ["5号"], "9月5日，完成。"),
    (
        "number-brackets",
        "华街[2026]12号、华街（2026）3号。",
        ["[2026]", "（2026）"],
        "华街〔2026〕12号、华街〔2026〕3号。",
    ),
    ("number-brackets", "华街【2026】12号。", ["【2026】"], "华街〔2026〕12号。"),
    ("number-year", "华街〔26〕12号。", ["26"], "华街〔2026〕12号。"),
    ("number-ordinal", "华街〔2026〕第12号。", ["第"], "华街〔2026〕12号。"),
    ("number-padding", "华街〔2026〕012号。", ["0"], "华街〔2026〕12号。"),
    (
        "citation-order",
        "根据华街〔2026〕12号《工作计划》要求。",
        ["根据华街〔2026〕12号"],
        "根据华街〔2026〕12号《工作计划》要求。",
    ),
]
SOUND = [
    "2026年9月5日印发，10月9日施行，2024年2月29日、12月31日均已完成。",
    "历时12年6月，工期10年3个月，服刑12年6月。",
    "版本2026.9.5.1、编号A2026-09-05B、IP为10.20.26.9。",
    "《工作计划》（华街〔2026〕12号）要求，10月9号线开通，9月5号楼封顶。",
    "住（2026）12号楼，（2026）沪0105民初12号判决，2026年第12号公告，市政府令第12号。",
    "二月二龙抬头，农历八月十五，九月九日重阳节，二十大、“十五五”规划。",
    "落实《第十四个五年规划和二〇三五年远景目标纲要》，实现二〇三五年远景目标。",
    "一二三产融合，二〇二六系列，2026年度、2026年底、9月份。",
    "2026年10月9日（星期五）、2026年10月11日（星期天），2026年10月9日周年庆。",
    "楼宇从2026 年的20幢增加到42幢。",
]


@pytest.mark.parametrize(("rule", "text", "quoted", "right"), BROKEN)
def test_a_wrong_date_or_number_is_quoted_and_put_right(
    rule: str, text: str, quoted: list[str], right: str
) -> None:
    assert_put_right(rule, text, quoted, right)


@pytest.mark.parametrize("text", SOUND)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert_left_alone(text)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("定于10月9日（星期五）召开。", []),
        ("定于10月9日（星期四）召开。", ["10月9日（星期四"]),
        ("定于1月4日（星期一）召开。", []),
    ],
)
def test_a_day_without_its_year_is_of_the_year_of_issue_or_of_the_next(text: str, quoted: list[str]) -> None:
    signature = Signature(("华阳路街道办事处",), date(2026, 10, 1))
    assert quotes("weekday", replace(with_text(text), signature=signature)) == quoted
    assert quotes("weekday", replace(with_text(text), masthead=None, signature=None)) == []
