"""Where the lengths and counts that the reader goes by begin and end to hold."""

from __future__ import annotations

import pytest

from app.plan.importer import PlanUnreadable, read_plan
from app.plan.importer.completeness import compare_with_source
from app.plan.importer.layout import separate_page_lines
from app.plan.importer.lines import read_lines
from app.plan.importer.numbering import value_of
from app.plan.importer.outline import build_outline
from app.plan.importer.paragraphs import PlanParagraph
from app.plan.importer.plan_draft import PlanDraft
from app.plan.importer.plan_frame import frame_of
from app.plan.importer.reading import MOST_LINES, MOST_SENTENCES
from app.plan.importer.sentences import text_spans

TITLE = "青山街道2026年工作计划"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("百", 100),
        ("一百二十三", 123),
        ("二百", 200),
        ("二十", 20),
        ("十", 10),
        ("零", 0),
        ("二零二六", 2026),
    ],
)
def test_values_of_numerals(numeral: str, value: int) -> None:
    assert value_of(numeral) == value


def test_the_longest_plan_that_is_read() -> None:
    for text in ("字\n" * MOST_LINES, "字" + "。" * MOST_SENTENCES):
        assert isinstance(read_plan(text), PlanDraft)
    for text in ("字\n" * (MOST_LINES + 1), "字" + "。" * (MOST_SENTENCES + 1)):
        with pytest.raises(PlanUnreadable, match="不像一份工作计划"):
            read_plan(text)
    assert (MOST_LINES, MOST_SENTENCES) == (4_000, 10_000)


def test_a_pair_protects_eighty_characters() -> None:
    for inside, pieces in ((79, 1), (80, 2)):
        text = "字" * 90 + "“" + "。".ljust(inside, "字") + "”"
        assert len(text_spans(text, "。")) == pieces


def test_a_colon_closes_a_head_of_twenty_four_characters() -> None:
    for length, heading in ((23, True), (24, True), (25, False)):
        root, _ = build_outline([PlanParagraph(f"1. {'字' * length}：压实责任", 1)])
        assert (root.children[0].heading == f"1. {'字' * length}：") is heading
    assert build_outline([PlanParagraph("1. 甲：乙", 1)])[0].children[0].heading == "1. 甲："
    for text in ("1. ：压实责任", "1. 压实责任："):
        assert build_outline([PlanParagraph(text, 1)])[0].children[0].heading == text


def test_a_numbered_sentence_is_longer_than_forty_characters() -> None:
    for length, sentence in ((40, False), (41, True)):
        root, _ = build_outline([PlanParagraph("1. ".ljust(length - 1, "字") + "。", 1)])
        assert root.children[0].sentence is sentence


def test_the_root_stands_on_the_first_line() -> None:
    assert build_outline([])[0].line == 0
    root, warnings = build_outline([PlanParagraph("一、强化治理", 7), PlanParagraph("三、推动发展", 8)])
    assert (root.line, root.mark.rank, root.mark.ordinal) == (7, 0, 0)
    assert [(one.place, one.line) for one in warnings] == [("三、推动发展", 8)]
    assert build_outline([PlanParagraph("# 强化治理", 1, depth=1)])[0].children[0].mark.ordinal == 0
    assert [one.line for one in build_outline([PlanParagraph("二、推动发展", 3)])[1]] == [3]


def test_a_purpose_has_sixteen_characters_at_most() -> None:
    for length, measures in ((16, 0), (17, 1)):
        title = "指导思想".rjust(length, "字")
        plan = read_plan(
            f"{TITLE}\n一、{title}\n夯实安全基础。压实监督管理责任，控制各类事故发生，确保平安。"
        )
        assert len(plan.parts[0].measures) == measures


def test_a_header_has_forty_characters_at_most() -> None:
    for length, page in ((40, 6), (41, 3)):
        lines = [line for number in (1, 2, 3) for line in (f"— {number} —", "长" * length, "正文。")]
        assert len(separate_page_lines(read_lines("\n".join(lines)))[1]) == page


@pytest.mark.parametrize(("lost", "line"), [("甲", 1), ("乙", 2), ("丙", 4)])
def test_what_was_lost_is_shown_with_twelve_characters(lost: str, line: int) -> None:
    source = (
        "甲字字字字字字字字字字字字字字\n乙字字字字字字字字字字字字字字\n\n丙字字字字字字字字字字字字字字"
    )
    joined = source.replace(lost, "").replace("\n", "")
    draft = PlanDraft(joined, None, "", None, None, "", "", ())
    [warning] = compare_with_source(source, draft, frozenset())
    assert (warning.line, f"原文此处为“{lost}{'字' * 11}”" in warning.message) == (line, True)


def test_what_was_added_at_the_end_is_on_the_last_line() -> None:
    draft = PlanDraft("甲乙丙", None, "", None, None, "", "", ())
    assert compare_with_source("甲\n乙", draft, frozenset())[0].line == 2
    assert compare_with_source("", draft, frozenset())[0].line == 0


def test_bold_marks_lie_within_the_line() -> None:
    [line] = read_lines("\u200b**  字** 其")
    assert (line.text, line.marks) == ("字 其", (0, 1))


def test_a_date_that_is_the_first_line_after_the_heading_closes_the_plan() -> None:
    lines = read_lines(f"{TITLE}\n一、强化治理\n2026年3月1日")
    assert [line.number for line in frame_of(lines).closing] == [3]
    lines = read_lines(f"{TITLE}\n一、强化治理\n附件：清单")
    assert [line.number for line in frame_of(lines).closing] == [3]
