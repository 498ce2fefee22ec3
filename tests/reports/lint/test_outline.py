"""Headings, numbers written by hand, lists that count within the text."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reports.lint import Severity
from reports.model import Annex, Block, Heading, OfficialDocument, Paragraph
from tests.reports.lint.cases import (
    UPWARD,
    fix_findings,
    of_rule,
    quotes,
    text_of,
    with_head,
    with_heading,
    with_text,
)

TEXT = Paragraph("工作有序推进。")

# Body, the headings quoted.
LEVELS: list[tuple[tuple[Block, ...], list[str]]] = [
    ((Heading(1, "甲"), TEXT, Heading(3, "乙"), TEXT), ["乙"]),
    ((Heading(1, "甲"), Paragraph("文。", head=Heading(4, "乙。"))), ["乙。"]),
    ((Heading(2, "甲"), TEXT, Heading(4, "乙"), TEXT, Heading(3, "丙"), TEXT), ["乙"]),
    ((Heading(1, "甲"), Heading(2, "乙"), Heading(3, "丙"), TEXT, Heading(1, "丁"), TEXT), []),
    ((Heading(3, "甲"), TEXT, Heading(1, "乙"), Heading(2, "丙"), TEXT), []),
]
EMPTY: list[tuple[tuple[Block, ...], list[str]]] = [
    ((TEXT, Heading(1, "甲")), ["甲"]),
    ((Heading(1, "甲"), Heading(1, "乙"), TEXT), ["甲"]),
    ((Heading(2, "甲"), Heading(1, "乙"), TEXT), ["甲"]),
    ((Heading(1, "甲"), Heading(2, "乙"), TEXT), []),
    ((Heading(1, "甲"), Paragraph("文。", head=Heading(2, "乙。"))), []),
]
HAND_NUMBERED = [
    (with_heading, "一、总体情况", "一、", "总体情况"),
    (with_heading, "（二）存在问题", "（二）", "存在问题"),
    (with_heading, "3.下一步打算", "3.", "下一步打算"),
    (with_heading, "(4)、工作要求", "(4)、", "工作要求"),
    (with_head, "① 夯实“蓄水池”。", "① ", "夯实“蓄水池”。"),
]
FORMS = [
    ("1、走访企业。", ["1、"], "1.走访企业。"),
    ("(一)走访企业。", ["(一)"], "（一）走访企业。"),
    ("（一)走访企业。", ["（一)"], "（一）走访企业。"),
    ("（一）、走访企业。", ["（一）、"], "（一）走访企业。"),
    ("(1)走访企业。", ["(1)"], "（1）走访企业。"),
    ("1）走访企业。", ["1）"], "（1）走访企业。"),
    ("一.走访企业。", ["一."], "一、走访企业。"),
    ("第一、走访企业。", ["第一、"], "第一，走访企业。"),
    ("一是、走访企业。", ["一是、"], "一是走访企业。"),
    ("主要做了：1、走访；2、座谈。", ["1、", "2、"], "主要做了：1.走访；2.座谈。"),
    ("概述。\n1、走访。\n2、座谈。", ["1、", "2、"], "概述。\n1.走访。\n2.座谈。"),
]
WELL_NUMBERED = [
    "第一，走访企业；第二，召开座谈。",
    "1.5亿元投资落地。",
    "一、二季度完成投资。",
    "3、4号线沿线整治。",
    "一是走访企业，二是召开座谈。",
    "第一、第二季度均已完成。",
    "①走访企业，②召开座谈。",
    "（示例）这是一段话。",
    "2026年走访企业。",
    "包括：3、4号线沿线，一、二级响应。",
]
GAPS = [
    ("一是走访，三是座谈。", ["三是"]),
    ("一是走访。二是座谈。二是调研。", ["二是"]),
    ("做法有：二是座谈。", ["二是"]),
    ("第一，走访；第三，座谈。", ["第三，"]),
    ("①走访，③座谈。", ["③"]),
    ("①②③④⑤⑥⑦⑧⑨⑩⑩走访。", ["⑩"]),
    ("一是走访。\n四是座谈。", ["四是"]),
]
COMPLETE = [
    "一是走访，二是座谈，三是调研。一是谋划，二是落实。",
    "统一是前提，三是单数，十是整数。",
    "一是一，二是二。",
    "一一是名字，十十是名字。",
    "排名全市第一，第三季度保持。",
    "第一，走访；第二，座谈。①甲②乙③丙。",
]


@pytest.mark.parametrize(("body", "quoted"), LEVELS)
def test_a_level_is_not_skipped(body: tuple[Block, ...], quoted: list[str]) -> None:
    assert quotes("skipped-level", replace(UPWARD, body=body)) == quoted


def test_levels_of_an_annex_are_its_own() -> None:
    annex = Annex("情况表", (Heading(3, "甲"), TEXT, Heading(4, "乙"), TEXT))
    assert quotes("skipped-level", replace(with_heading("甲"), annexes=(annex,))) == []


def test_a_skipped_level_says_which_level_to_use() -> None:
    (finding,) = of_rule("skipped-level", replace(UPWARD, body=LEVELS[0][0]))
    assert "请改用二级标题“（一）”" in finding.reason
    assert finding.severity is Severity.WARNING
    assert finding.place.block == 2


@pytest.mark.parametrize(("body", "quoted"), EMPTY)
def test_a_heading_has_something_under_it(body: tuple[Block, ...], quoted: list[str]) -> None:
    assert quotes("empty-heading", replace(UPWARD, body=body)) == quoted


@pytest.mark.parametrize(("build", "text", "quoted", "right"), HAND_NUMBERED)
def test_a_number_before_a_heading_is_taken_away(
    build: Callable[[str], OfficialDocument], text: str, quoted: str, right: str
) -> None:
    document = build(text)
    (finding,) = of_rule("hand-number", document)
    assert finding.quote == quoted
    assert fix_findings(document, [finding]) == build(right)


def test_a_numbered_paragraph_is_to_become_a_heading() -> None:
    (finding,) = of_rule("hand-number", with_text("（一）走访企业。"))
    assert finding.fix is None
    assert "请改设为标题" in finding.reason


@pytest.mark.parametrize(("text", "quoted", "right"), FORMS)
def test_a_wrong_number_is_put_right(text: str, quoted: list[str], right: str) -> None:
    document = with_text(text)
    assert quotes("number-form", document) == quoted
    assert text_of(fix_findings(document, of_rule("number-form", document))) == right


@pytest.mark.parametrize("text", WELL_NUMBERED)
def test_numbers_that_are_right_and_figures_are_left_alone(text: str) -> None:
    assert quotes("number-form", with_text(text)) == []
    assert quotes("hand-number", with_text(text)) == []


def test_a_heading_of_its_own_line_ends_without_a_mark_and_a_run_in_head_with_one() -> None:
    document = with_heading("总体情况：")
    assert fix_findings(document, of_rule("heading-mark", document)) == with_heading("总体情况")
    assert quotes("heading-mark", with_heading("夯实“蓄水池”")) == []
    document = with_head("夯实“蓄水池”")
    assert fix_findings(document, of_rule("head-mark", document)) == with_head("夯实“蓄水池”。")
    assert quotes("head-mark", with_head("夯实“蓄水池”。")) == []


@pytest.mark.parametrize(("text", "quoted"), GAPS)
def test_a_list_leaves_no_number_out(text: str, quoted: list[str]) -> None:
    assert quotes("ordinal-gap", with_text(text)) == quoted


@pytest.mark.parametrize("text", COMPLETE)
def test_complete_lists_and_other_words_are_left_alone(text: str) -> None:
    assert quotes("ordinal-gap", with_text(text)) == []


def test_a_list_may_run_over_paragraphs_but_not_over_headings() -> None:
    paragraphs = (Paragraph("一是走访。"), Paragraph("二是座谈。"))
    assert quotes("ordinal-gap", replace(UPWARD, body=paragraphs)) == []
    apart = (paragraphs[0], Heading(1, "甲"), paragraphs[1])
    assert quotes("ordinal-gap", replace(UPWARD, body=apart)) == ["二是"]


def test_under_a_new_heading_no_list_has_begun() -> None:
    body = (Paragraph("一是抓实。二是抓细。"), Heading(1, "乙"), Paragraph("三是单数。"))
    assert quotes("ordinal-gap", replace(UPWARD, body=body)) == []
