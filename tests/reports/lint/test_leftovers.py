"""Words that have no place in an official document, or not in this one."""

from dataclasses import replace

import pytest

from reports.model import Signature
from tests.reports.lint.cases import (
    UPWARD,
    assert_left_alone,
    assert_put_right,
    downward,
    quotes,
    with_text,
)

BROKEN = [
    ("leftover", "走访XX家企业，完成×××项目，涉及__人。", ["XX", "×××", "__"], ""),
    ("leftover", "进度为（待补充）。", ["（待补充）"], ""),
    (
        "markup",
        "**激活楼宇经济。**落实<b>方案</b>&nbsp;。",
        ["**", "**", "<b>", "</b>", "&nbsp;"],
        "激活楼宇经济。落实方案。",
    ),
    ("markup", "## 总体情况有序。", ["## "], "总体情况有序。"),
    ("leftover", "落实《》和“　”要求。", ["《》", "“　”"], ""),
    ("department-voice", "我办已走访5家，我中心完成改造。", ["我办", "我中心"], ""),
    (
        "personal-data",
        "身份证号310105199001011234，电话13800001234。",
        ["310105199001011234", "13800001234"],
        "",
    ),
]
SOUND = [
    "落实“1+11+17+X”招商机制，XXI世纪，4×100米接力，24小时×7天。",
    "自我办理，我办理，成本中心，我中心城区，由我队友完成。",
    "编号3101051990010112345，热线12345，投资13800001234567元。",
    "联系人：王玥，联系电话：13800001234。",
    "面积a<b，c>d，1*2*3。",
]


@pytest.mark.parametrize(("rule", "text", "quoted", "right"), BROKEN)
def test_a_wrong_word_is_quoted_and_put_right(rule: str, text: str, quoted: list[str], right: str) -> None:
    assert_put_right(rule, text, quoted, right or text)


@pytest.mark.parametrize("text", SOUND)
def test_other_words_are_left_alone(text: str) -> None:
    assert_left_alone(text)


def test_a_department_may_speak_of_itself_in_its_own_report() -> None:
    own = replace(downward(with_text("我办已走访5家。")), signature=Signature(("营商环境办公室",)))
    assert quotes("department-voice", own) == []
    joint = replace(own, signature=Signature(("示例街道办事处", "营商环境办公室")))
    assert quotes("department-voice", joint) == ["我办"]
    assert quotes("department-voice", replace(UPWARD, signature=None)) == []
