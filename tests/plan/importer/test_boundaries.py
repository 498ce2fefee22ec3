"""Where the lengths and counts that the reader goes by begin and end to hold."""

from __future__ import annotations

import pytest

from app.plan.importer import PlanDraft, PlanUnreadable, read_plan
from app.plan.importer.duties import is_duty_text
from app.plan.importer.numbering import value_of
from app.plan.importer.page_layout import separate_page_lines
from app.plan.importer.plan_frame import frame_of
from app.plan.importer.reading import MOST_LINES, MOST_SENTENCES
from app.plan.importer.sentences import text_spans
from tests.plan.importer.texts import lines_of

TITLE = "青山街道2026年工作计划"
SENTENCE = "压实监督管理责任，控制各类事故发生，确保全年平安。"


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
    lines, stops = f"{TITLE}\n" + "字\n" * (MOST_LINES - 1), f"{TITLE}\n字" + "。" * MOST_SENTENCES
    for text in (lines, stops):
        assert isinstance(read_plan(text), PlanDraft)
    for text in (lines + "字\n", stops + "。"):
        with pytest.raises(PlanUnreadable, match="不像一份工作计划"):
            read_plan(text)
    assert (MOST_LINES, MOST_SENTENCES) == (4_000, 10_000)


def test_a_line_of_departments_has_a_thousand_characters_at_most() -> None:
    for length, holds in ((1_000, True), (1_001, False)):
        assert is_duty_text("责任单位：".ljust(length, "办")) is holds


def test_a_pair_protects_eighty_characters() -> None:
    for inside, pieces in ((79, 1), (80, 2)):
        text = "字" * 90 + "“" + "。".ljust(inside, "字") + "”"
        assert len(text_spans(text, "。")) == pieces


def headings_of(*items: str) -> list[str]:
    """The headings of numbered items."""
    numbered = (f"{number}. {item}" for number, item in enumerate(items, start=1))
    plan = read_plan("\n".join((TITLE, *numbered)))
    return [measure.heading for measure in plan.measures()]


def test_a_colon_closes_a_head_of_twenty_four_characters() -> None:
    for length, headed in ((23, True), (24, True), (25, False)):
        heading = headings_of(f"{'字' * length}：压实责任。{SENTENCE}", SENTENCE)[0]
        assert (heading == f"1. {'字' * length}：") is headed
    assert headings_of("甲：乙。", SENTENCE)[0] == "1. 甲："
    assert headings_of("压实责任：", SENTENCE)[0] == "1. 压实责任："


def test_a_numbered_sentence_is_longer_than_forty_characters() -> None:
    for length, head in ((40, "1. 字，"), (41, "1. 字，")):
        text = "字，" + "字" * (length - 3) + "。"
        assert (headings_of(f"{text}{SENTENCE}", SENTENCE)[0] == head) is (length == 41)


def test_a_purpose_has_sixteen_characters_at_most() -> None:
    for length, measures in ((16, 0), (17, 1)):
        title = "指导思想".rjust(length, "字")
        plan = read_plan(
            f"{TITLE}\n一、{title}\n{SENTENCE}\n二、推进\n（一）夯实。{SENTENCE}\n（二）推动。{SENTENCE}"
        )
        assert len(plan.parts[0].measures) == measures
        assert plan.parts[0].reporting is bool(measures)


def test_a_header_has_forty_characters_at_most() -> None:
    for length, page in ((40, 6), (41, 3)):
        lines = [line for number in (1, 2, 3) for line in (f"— {number} —", "长" * length, "正文。")]
        assert len(separate_page_lines(lines_of(*lines))[1]) == page


def test_bold_spans_lie_within_the_line() -> None:
    [line] = lines_of("\u200b**  字** 其")
    assert (line.text, line.marks) == ("字 其", (0, 1))


def test_a_date_that_is_the_first_line_after_the_heading_closes_the_plan() -> None:
    lines = lines_of(TITLE, "一、强化治理", "2026年3月1日")
    assert [line.number for line in frame_of(lines).closing] == [3]
    lines = lines_of(TITLE, "一、强化治理", "附件：清单")
    assert [line.number for line in frame_of(lines).closing] == [3]
