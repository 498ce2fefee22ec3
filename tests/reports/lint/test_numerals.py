"""Numbers in figures and in words, and what they are compared with."""

import pytest

from tests.reports.lint.cases import assert_left_alone, assert_put_right

BROKEN = [
    ("percent-in-words", "占百分之30、百分之3.5。", ["百分之30", "百分之3.5"], "占30%、3.5%。"),
    (
        "mixed-numeral",
        "涉及3百户、5千余人、2千万元、4十余个。",
        ["3百", "5千", "2千", "4十"],
        "涉及300户、5000余人、2000万元、40余个。",
    ),
    ("approximate-number", "需要3、4个月，约5、6家。", ["3、4", "5、6"], "需要三四个月，约五六家。"),
    ("approximate-number", "有三、四个项目。", ["三、四"], "有三四个项目。"),
    ("yuan", "投入1200000元，拨付30万元。", ["1200000元"], "投入120万元，拨付30万元。"),
    ("basis", "较去年同期同比增长5%。", ["同比"], "较去年同期增长5%。"),
    ("basis", "与上季度相比，环比下降5%。", ["环比"], "与上季度相比，下降5%。"),
    ("basis", "环比去年同期增长5%，比上月同比增长3%。", ["环比去年同期", "比上月同比"], ""),
    ("wide-character", "已完成5％。", ["％"], "已完成5%。"),
]
SOUND = [
    "占百分之三十，一百余户、5000人、3千米、5千克、5千瓦、第3百货、2026百日攻坚。",
    "轨交3、4号线，附件3、4处，1、2号楼，三、四季度，需要三四个月，一二十个。",
    "投入1200000元，拨付300000元。",
    "投入1234567元，拨付30万元，单价500元。",
    "同比增长5%，环比下降3%，较去年同期增长5%，与上季度相比持平。",
    "80%以上的为绿灯，不满80%的为黄灯，60%以下的为红灯；30人以上、30户以下。",
]


@pytest.mark.parametrize(("rule", "text", "quoted", "right"), BROKEN)
def test_a_wrong_number_is_quoted_and_put_right(rule: str, text: str, quoted: list[str], right: str) -> None:
    assert_put_right(rule, text, quoted, right or text)


@pytest.mark.parametrize("text", SOUND)
def test_numbers_that_are_right_are_left_alone(text: str) -> None:
    of_other_rules = ["missing-annex"] if "附件" in text else []
    assert_left_alone(text, *of_other_rules)
