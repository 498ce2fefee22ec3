"""Shares, sums, percentage points, units, approximations."""

from dataclasses import replace

import pytest

from reports.lint import place_words
from reports.model import Annex, Column, Table
from tests.reports.lint.cases import (
    UPWARD,
    assert_left_alone,
    assert_put_right,
    of_rule,
    with_text,
)

BROKEN = [
    ("percentage-point", "同比提高5%点。", ["%点"], "同比提高5个百分点。"),
    (
        "percentage-point",
        "同比提高5个%，降低2个百分比。",
        ["个%", "个百分比"],
        "同比提高5个百分点，降低2个百分点。",
    ),
    ("gap-in-percent", "落后序时进度5%。", ["%"], "落后序时进度5个百分点。"),
    (
        "gap-in-percent",
        "高于序时进度3.5%，推进有序。",
        ["%"],
        "高于序时进度3.5个百分点，推进有序。",
    ),
    ("less-by-times", "投诉量下降了2倍。", ["下降了2倍"], "投诉量下降了2倍。"),
    ("double-approximation", "约30户左右完成签约。", ["约30户左右"], "约30户完成签约。"),
    ("double-approximation", "清运近1900余吨。", ["近1900余"], "清运近1900吨。"),
    ("double-approximation", "超过30家次以上。", ["超过30家次以上"], "超过30家次。"),
    (
        "double-approximation",
        "至少30家以上，30余户左右。",
        ["至少30家以上", "30余户左右"],
        "至少30家，30余户。",
    ),
    ("double-approximation", "不足5%以下。", ["不足5%以下"], "不足5%。"),
    ("unit", "面积720m2，容积3m3。", ["m2", "m3"], "面积720平方米，容积3立方米。"),
    ("unit", "长5KM，重3KG，功率7KW。", ["KM", "KG", "KW"], "长5km，重3kg，功率7kW。"),
    (
        "rate",
        "45项举措中，已完成12项，占36.7%。",
        ["45项举措中，已完成12项，占36.7%"],
        "45项举措中，已完成12项，占36.7%。",
    ),
    (
        "rate",
        "38项中，正常推进29项，占76.3%；滞后6项，占16.8%。",
        ["38项中，正常推进29项，占76.3%；滞后6项，占16.8%"],
        "",
    ),
    (
        "respectively",
        "第一、第二、第三季度分别完成12项、15项。",
        ["第一、第二、第三季度分别完成12项、15项"],
        "",
    ),
    ("respectively", "甲、乙分别为1家、2家、3家。", ["甲、乙分别为1家、2家、3家"], ""),
]
SOUND = [
    "同比提高5个百分点，完成5%点位改造，占全市5%。",
    "序时进度为75%，达到序时进度，落后序时进度5个百分点。",
    "增长2倍，降低20%，减少到原来的一半。",
    "约30户签约，1900余吨垃圾，超过30家，30人以上，预约30余人。",
    "面积720㎡、720平方米，5km、5G、4K、3M胶带、A2栋。",
    "45项举措中，已完成12项，占26.7%；正常推进33项，占73.3%。",
    "3项中，1项，占33%。全部45项中，12项，占26.7%，其中5项中，1项，占20%。",
    "已完成12项，占全部任务的30%；45项中，涉及企业12家，占30%。",
    "0项中，0项，占0%。",
    "甲、乙和丙分别为1家、2家和3家，满意率、完成率分别提高2.3个和1.8个百分点。",
    "业委会、物业和居委会分别完成1项、2项。",
]
COLUMNS = (Column("部分"), Column("举措"), Column("备注"))


@pytest.mark.parametrize(("rule", "text", "quoted", "right"), BROKEN)
def test_a_wrong_figure_is_quoted_and_put_right(rule: str, text: str, quoted: list[str], right: str) -> None:
    assert_put_right(rule, text, quoted, right or text)


@pytest.mark.parametrize("text", SOUND)
def test_figures_that_are_right_are_left_alone(text: str) -> None:
    assert_left_alone(text)


def test_a_wrong_share_says_what_it_should_be() -> None:
    (finding,) = of_rule("rate", with_text("45项举措中，已完成12项，占36.7%。"))
    assert finding.reason == "45项中的12项应为26.7%，请核对。"


@pytest.mark.parametrize(
    ("rows", "quoted"),
    [
        ((("甲", "9", ""), ("乙", "6", ""), ("合计", "16", "")), ["16"]),
        ((("甲", "9", ""), ("乙", "6", ""), ("合计", "15", "")), []),
        ((("甲", "9", ""), ("乙", "6", ""), ("丙", "16", "")), []),
        ((("甲", "9", ""), ("乙", "—", ""), ("合计", "16", "")), []),
        ((("甲", "9", ""), ("合计", "16", "")), []),
    ],
)
def test_a_total_is_the_sum_of_what_stands_above_it(
    rows: tuple[tuple[str, ...], ...], quoted: list[str]
) -> None:
    document = replace(UPWARD, annexes=(Annex("情况表", (Table(COLUMNS, rows),)),))
    findings = of_rule("total", document)
    assert [finding.quote for finding in findings] == quoted
    assert [place_words(document, finding.place) for finding in findings] == ["附件表第3行第2列（举措）"][
        : len(quoted)
    ]
