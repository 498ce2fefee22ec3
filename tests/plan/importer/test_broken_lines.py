"""Lines that a page broke at its width: which are put together, and which pages break lines at all."""

from __future__ import annotations

import pytest

from app.plan.importer.page_layout import broken_page_of, join_broken_lines, join_numbers, separate_page_lines
from tests.plan.importer.texts import lines_of

FULL, END = "统筹推进民生实事项目按期落地见效接受监督", "落实到位见到成效。"
PARAGRAPH = (FULL, FULL, END)
HEADED = ("（一）抓经济", *PARAGRAPH, "（二）抓城管", *PARAGRAPH, *PARAGRAPH, *PARAGRAPH)


def joined(*texts: str) -> list[str]:
    text, page = separate_page_lines(lines_of(*texts))
    return [line.text for line in join_broken_lines(text, page)]


def width_of_page(*texts: str) -> float | None:
    page = broken_page_of(lines_of(*texts))
    return page.width if page else None


@pytest.mark.parametrize(
    ("texts", "width"),
    [
        (PARAGRAPH * 4, 20),
        ((*PARAGRAPH * 3, FULL, FULL), None),  # too few lines
        ((*PARAGRAPH * 2, *[END] * 6), 20),
        ((*PARAGRAPH[1:] * 3, *[END] * 6), None),  # three broken lines
        ((*PARAGRAPH * 2, *[END] * 20), 20),
        ((*PARAGRAPH * 2, *[END] * 21), None),  # four of 27 lines are too few
        ((*PARAGRAPH * 3, *[END] * 31), 20),
        ((*PARAGRAPH * 3, *[END] * 32), None),
        ((FULL[:16], FULL[:16], END) * 4, 16),
        ((FULL[:15], FULL[:15], END) * 4, None),
        ((FULL * 3, FULL * 3, END) * 4, 60),
        ((FULL * 3 + "a", FULL * 3 + "a", END) * 4, None),
        ((FULL + "ab", FULL + "ab", END) * 4, 21),
        ((*PARAGRAPH * 4, "|甲|乙|"), 20),
    ],
)
def test_a_page_that_breaks_lines_shows_it_by_their_width(
    texts: tuple[str, ...], width: float | None
) -> None:
    assert width_of_page(*texts) == width


@pytest.mark.parametrize(
    ("before", "line", "is_joined"),
    [
        (FULL, "按季度通报进展", True),
        (FULL[:17] + "a", "按季度通报进展", True),  # two characters and a half short
        (FULL[:17], "按季度通报进展", False),
        (FULL[:19] + "。", FULL, True),  # a sentence that ends where the page does
        (FULL[:18] + "a。", FULL, True),
        (FULL[:18] + "。", FULL, False),
        (FULL[:19] + "；", FULL, False),
        (FULL[:19] + "。", "按季度通报进展。", True),
        (FULL[:19] + "。", "按季度通报进展", False),
        (FULL[:19] + "。", "（三）抓民生。" + FULL[:13], False),
        (FULL, "3.抓民生", False),
        (FULL[:10] + "，" + FULL[:9], "3.抓民生", True),
        (FULL[:10] + "。" + FULL[:9], "3.抓民生", True),
        ("（三）" + FULL[:17], "按季度通报进展", True),  # the rest of a head
        ("（三）" + FULL[:17], "按季度通报进展。", False),
        ("（三）" + FULL[:17], FULL, False),
        ("（三）" + FULL[:6] + "。" + FULL[:10], FULL, True),
        ("（三）" + FULL[:8] + "，" + FULL[:8], "（四）抓民生", False),
        (FULL[:16] + "工作计划", "按季度通报进展", False),
        (FULL[:16] + "，要点", "按季度通报进展", True),
        (FULL[:18] + "通知", "按季度通报进展", False),
        (FULL, "title: 按季度通报", False),
        (FULL[:16] + "工作计划", "）按季度通报进展", True),
        (FULL, "|甲|乙|", False),
        ("|" + FULL[:18] + "|", "按季度通报进展", False),
        ("——" + FULL[:18], "按季度通报进展", True),
        ("# " + FULL, "按季度通报进展", False),
        (FULL, "# 按季度通报进展", False),
        (FULL[:11] + "（责任单位：办公室）", "按季度通报进展", False),
    ],
)
def test_a_line_is_joined_where_it_goes_on(before: str, line: str, is_joined: bool) -> None:
    assert len(joined(*HEADED, before, line)) == len(joined(*HEADED)) + (1 if is_joined else 2)


def test_a_whole_sentence_behind_a_number_goes_on_where_all_numbers_have_one() -> None:
    text = [f"{number}.{FULL[:18]}\n{FULL}\n{FULL[:9]}。" for number in range(1, 6)]
    assert len(joined(*text)) == 5
    assert len(joined("6.抓民生", "7.抓稳定", *text)) == 12


def test_indented_paragraphs_stay_apart() -> None:
    indented = (f"\u3000\u3000{FULL[:18]}", FULL[:19] + "。", END)
    assert len(joined(*indented * 4)) == 4
    assert len(joined(*indented * 4, f"\u3000\u3000{FULL[:18]}", f"\u3000\u3000{FULL[:18]}")) == 6
    half = (*PARAGRAPH, *indented, *PARAGRAPH, *PARAGRAPH)
    assert len(joined(*half, f"\u3000\u3000{FULL[:18]}", f"\u3000\u3000{FULL[:18]}")) == 5


def test_a_blank_line_parts_unless_a_page_ends_there() -> None:
    assert len(joined(*PARAGRAPH * 4, FULL, "", "按季度通报进展")) == 6
    assert len(joined(*PARAGRAPH * 4, FULL, "", "— 2 —", "", "按季度通报进展")) == 5


def test_the_usual_width_is_that_of_most_full_lines() -> None:
    first = FULL[:18]  # a paragraph's first line without its indent
    assert width_of_page(*(first, FULL, END) * 5, *[FULL + "，"] * 2) == 20
    lines = joined(*(first, FULL, END) * 5, *(FULL + "，", END) * 2)
    assert lines == [first + FULL + END] * 5 + [FULL + "，" + END] * 2


def test_a_paragraph_without_end_is_cut() -> None:
    for first, lengths in ((FULL, [10_020, 1_980]), (FULL + "a", [10_001, 2_000])):
        lines = join_broken_lines(lines_of(*PARAGRAPH * 4, first, *[FULL] * 599), [])
        assert [len(line.text) for line in lines[-2:]] == lengths


def test_what_was_joined_keeps_its_places() -> None:
    [*_, last] = join_broken_lines(
        lines_of(*PARAGRAPH * 4, "统筹**推进**民生实事项目按期落地见效接受监督", "**落实**到位。"), []
    )
    pieces = ((0, last.start), (20, last.start + 21))
    assert (last.pieces, last.marks, last.end) == (pieces, (2, 4, 20, 22), last.start + 26)


def test_a_number_alone_stands_before_the_dash_below_it() -> None:
    lines = join_numbers(lines_of("一、抓经济", "1", f"——{END}", "2", f"——{END}"))
    assert [line.text for line in lines] == ["一、抓经济", f"1——{END}", f"2——{END}"]
    assert len(join_numbers(lines_of("1", f"——{END}", "2", END))) == 4


@pytest.mark.parametrize(
    ("head", "rest", "is_joined"),
    [
        ("（一）完善养老服务体系，提升助老服务", "能力水平", True),
        ("（一）完善养老服务体系，提升助老服务", "能力水平。", False),
        ("（一）完善养老服务体系，提升助老服务", "（二）能力", False),
        ("完善各个方面的养老服务体系，提升助老服务", "能力水平", False),
        ("（一）完善养老服务体系，提升助老", "服务", True),
        ("（一）完善养老服务体系，提升助", "老服务", False),  # too short for the width of a page
    ],
)
def test_a_heading_goes_on_over_the_end_of_a_page(head: str, rest: str, is_joined: bool) -> None:
    assert (joined("一、抓民生", head, "- 3 -", rest, END)[1] == head + rest) is is_joined


def test_a_head_that_fills_the_last_line_of_a_page_goes_on_on_the_next() -> None:
    head = "（三）" + FULL[:13]
    for first, rest, is_joined in (
        (head, "通报进展", True),
        (head, FULL[:16], False),  # as long as the head
        (head[:15], "通报进展", False),  # too short to fill a line
        (head[:8] + "。" + head[8:15], "通报进展", False),
        (head[:15] + "。", "通报进展", False),
        (head, "通报进展。", False),
        (head, "（四）抓民生", False),
        (FULL[:16], "通报进展", False),
    ):
        assert len(joined(first, "— 2 —", rest)) == (1 if is_joined else 2), (first, rest)
