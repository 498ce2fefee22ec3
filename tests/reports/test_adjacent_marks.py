"""Marks beside each other leave no hole of a whole square, and lines still fill the type area."""

from __future__ import annotations

import pytest

from reports.fonts import FontRole, find_fonts
from reports.gbt9704 import CHARACTER_MM
from reports.model import OfficialDocument, Paragraph
from tests.reports import samples
from tests.reports.ink import Extent, sheets, text_lines


def pieces_of(text: str) -> list[Extent]:
    """The ink of the first line of a text that is set in one line, piece by piece."""
    page = sheets(samples.pdf(OfficialDocument("通知", (Paragraph(text),))), 1)[0]
    line = page.part(top=60, bottom=262).lines()[0]
    return page.part(top=line.top - 1, bottom=line.bottom + 1).pieces(0.4)


@pytest.mark.parametrize("pair", ["”“", "。“", "，“", "”。", "”，", "；“", "》《", "）（", "：“"])
def test_two_marks_take_a_square_and_a_half(pair: str) -> None:
    alone, both = (pieces_of(f"国{marks}国") for marks in (pair[0], pair))
    widths = [found[-1].left - found[0].left for found in (alone, both)]
    if find_fonts()[FontRole.TEXT].main.advance_width(pair[0]) < 0.9:
        return
    assert widths[1] - widths[0] == pytest.approx(CHARACTER_MM / 2, abs=0.15)


def test_lines_with_such_marks_end_where_all_others_do() -> None:
    text = "".join(
        f"推进“举措{'甲乙丙丁'[number % 4] * (number % 9)}”“任务”。“{number}”，" for number in range(60)
    )
    *lines, _ = text_lines(samples.pdf(OfficialDocument("通知", (Paragraph(text),))))
    full = [line for line in lines if line.words.startswith(("推", "举", "任", "甲", "“", "措", "务"))][1:-1]
    assert len(full) > 10
    for line in full:
        assert line.right == pytest.approx(184, abs=0.7), line.words
