"""Doubled words, particles, missing parts, lone ordinals, times, names; what fixes make of them."""

from dataclasses import replace
from datetime import date

import pytest

from reports.lint import LintContext
from reports.model import Paragraph, Signature
from tests.reports.lint.cases import UPWARD, assert_left_alone, assert_put_right, of_rule, quotes, with_text

BROKEN = [
    ("doubled-word", "对重点区域的的巡查进行进行部署。", ["的的", "进行进行"], "对重点区域的巡查进行部署。"),
    ("hidden-subject", "通过走访，使企业满意。", ["通过走访，使"], "通过走访，企业满意。"),
    ("particle", "认真的落实各项任务，抓的很扎实。", ["的", "的"], "认真地落实各项任务，抓得很扎实。"),
    ("indirect-question", "研究如何推进？", ["？"], "研究如何推进。"),
    ("short-year", "26年上半年完成5项。", ["26年"], "2026年上半年完成5项。"),
    ("range-hyphen", "1-9月完成5项。", ["1-"], "1至9月完成5项。"),
    ("mixed-year", "二0二六年完成5项。", ["二0二六"], "2026年完成5项。"),
    ("comma-before-and", "甲、乙、和丙参加。", ["、"], "甲、乙和丙参加。"),
    ("five-year-plan", "编制十五五规划。", ["十五五"], "编制“十五五”规划。"),
    ("number-end", "示街〔2026〕12要求落实。", ["〔2026〕12"], "示街〔2026〕12号要求落实。"),
    ("short-body", "由街道办负责。", ["街道办"], "由街道办事处负责。"),
    ("until", "截至6月底为止，完成5项。", ["为止"], "截至6月底，完成5项。"),
]
FOUND = [
    ("missing-object", "开展了以安全为主题，取得成效。"),
    ("double-negation", "防止不再发生事故。"),
    ("double-negation", "切忌不要拖延。"),
    ("conjunction", "只有压实责任，就能做好。"),
    ("conjunction", "虽然时间很紧，街道按时完成了任务。"),
    ("lone-ordinal", "首先，加强领导。街道抓紧推进。"),
    ("impossible-month", "13月底前完成。"),
    ("impossible-month", "第五季度完成。"),
    ("period-months", "第三季度（4月至6月）完成5项。"),
    ("period-months", "第三季度序时进度为50%。"),
    ("clock", "下午15时召开。"),
    ("clock", "9时65分召开。"),
    ("reversed-months", "10月至9月开放。"),
    ("short-person", "会上，王书记讲话。"),
    ("work-without-title-marks", "印发“关于加强安全工作的通知”。"),
]
SOUND = [
    "为了了解情况，目的的确认真实，在在建工地现场办公。",
    "通过的议案使各方满意，街道通过走访，使企业满意。",
    "认真的态度、积极的作用、有效的落实机制。",
    "防止再次发生，避免不必要的支出。",
    "只有压实责任，才能做好；虽然时间紧，但按时完成。",
    "首先，加强领导；其次，抓紧推进。",
    "供暖期为11月至3月，当日22时至次日6时值班，下午3时召开。",
    "党工委书记讲话，街道办理诉求，居委会主任参加。",
    "电话021-12345678，3-2号楼，历时26年。",
]


@pytest.mark.parametrize(("rule", "text", "quoted", "right"), BROKEN)
def test_a_slip_is_quoted_and_put_right(rule: str, text: str, quoted: list[str], right: str) -> None:
    assert_put_right(rule, text, quoted, right)


@pytest.mark.parametrize(("rule", "text"), FOUND)
def test_a_sentence_that_only_its_writer_can_put_right_is_quoted(rule: str, text: str) -> None:
    findings = of_rule(rule, with_text(text))
    assert len(findings) == 1
    assert findings[0].quote


@pytest.mark.parametrize("text", SOUND)
def test_sentences_that_are_right_are_left_alone(text: str) -> None:
    assert_left_alone(text)


@pytest.mark.parametrize(
    ("rule", "text", "is_wrong"),
    [
        ("future-date", "2026年11月20日，街道召开了推进会。", True),
        ("future-date", "2026年9月20日，街道召开了推进会。", False),
        ("future-date", "2026年11月20日，街道将召开推进会。", False),
        ("past-deadline", "请于2026年9月30日前报送材料。", True),
        ("past-deadline", "请于2026年10月30日前报送材料。", False),
        ("past-deadline", "请对应于2026年9月30日前完成而尚未完成的报送原因。", False),
    ],
)
def test_a_date_is_held_against_that_of_the_document(rule: str, text: str, is_wrong: bool) -> None:
    signed = replace(
        UPWARD, body=(Paragraph(text),), signature=Signature(("华阳路街道办事处",), date(2026, 10, 9))
    )
    assert bool(quotes(rule, signed)) == is_wrong
    unsigned = replace(signed, signature=None)
    assert quotes(rule, unsigned) == []
    assert bool(quotes(rule, unsigned, LintContext(today=date(2026, 10, 9)))) == is_wrong
