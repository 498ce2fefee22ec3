"""Tables that a page ends within, at every place on the page where they may begin: measured by their ink."""

from dataclasses import replace
from itertools import pairwise

import pytest

from reports.gbt9704 import LINE_PITCH_MM, LINES_PER_PAGE
from reports.model import Annex, Block, Chart, ChartRow, Column, OfficialDocument, Paragraph, Table
from tests.reports import samples
from tests.reports.gates import type_area
from tests.reports.ink import Sheet, page_texts, sheets, text_lines

HEAD, TOTAL, NOTE = "各个部分", "合计", "注：按项计。"
COLUMNS = (Column(HEAD, 3), Column("举措", 7))
SOME = (*(f"第{number}部分" for number in "一二三四五六七"), TOTAL)
NAMES = (*SOME[:-1], *(f"第十{number}部分" for number in "一二三四五六七"), TOTAL)
SMALL = Table(COLUMNS, tuple((name, "9") for name in SOME), caption="推进状态", note=NOTE)
SHORT = replace(SMALL, rows=tuple((name, "9") for name in NAMES))
LONG_NOTE = replace(SMALL, note=NOTE * 12)
CHART = Chart("亮灯情况", ("绿灯", "红灯"), tuple(ChartRow(name, (8, 1)) for name in SOME[:5]))
TALL = Table(COLUMNS, (*((name, "国" * 80) for name in SOME[:-1]), (TOTAL, "9")))


def placed(table: Table, most_lines: int, landscape: bool) -> OfficialDocument:
    """A document with a table in its text and in many an annex, below ever more lines of text."""
    lines = (Paragraph("国"),) * 17
    annexes = (
        Annex("推进情况表", (*lines[:count], table, Paragraph("完。")), landscape)
        for count in range(most_lines + 1)
    )
    return replace(samples.UPWARD, body=(*lines, table), annexes=tuple(annexes), imprint=None)


def framed_rows(sheet: Sheet) -> list[bool]:
    """For each room between two rules that follow each other, whether anything stands in its first column."""
    return [
        not sheet.part(above.left + 1, above.bottom + 0.3, above.left + 44, below.top - 0.3).is_blank
        for above, below in pairwise(sheet.rules(150))
        if below.top - above.bottom > 1
    ]


@pytest.mark.parametrize(
    ("table", "most_lines", "landscape"), [(SHORT, 17, False), (TALL, 17, False), (LONG_NOTE, 10, True)]
)
def test_a_page_ends_a_table_at_a_whole_row_and_leaves_no_row_alone(
    table: Table, most_lines: int, landscape: bool
) -> None:
    pdf = samples.pdf(placed(table, most_lines, landscape))
    texts = page_texts(pdf)
    counts = [sum(text.count(name) for name in NAMES) if HEAD in text else 0 for text in texts]
    parts = [number for number, count in enumerate(counts, start=1) if 0 < count < len(table.rows)]
    assert len(parts) > most_lines / 2
    assert 1 not in counts
    assert all(TOTAL in text for text in texts if NOTE in text)
    for number, sheet in zip(parts, sheets(pdf, *parts), strict=True):
        assert framed_rows(sheet) == [True] * (counts[number - 1] + 1)
        top, bottom = (28, 184) if sheet.width > sheet.height else (37, 262)
        rules = sheet.rules(150)
        assert top - 0.2 <= rules[0].top < rules[-1].bottom <= bottom + 0.2


def below_lines(count: int, *blocks: Block) -> OfficialDocument:
    """A plain document of so many lines, below which some blocks follow."""
    return OfficialDocument("通知", (*(Paragraph("国"),) * count, *blocks, Paragraph("字" * 28 * 22)))


@pytest.mark.parametrize("block", [SMALL, CHART])
def test_no_table_or_chart_leaves_a_hole_of_more_than_four_lines(block: Block) -> None:
    for count in range(20):
        foot = type_area(sheets(samples.pdf(below_lines(count, block)), 1)[0]).extent().bottom
        assert -0.3 < 262 - foot < 4.5 * LINE_PITCH_MM, count


def test_a_table_with_its_note_fills_a_page_to_the_last_line() -> None:
    title, caption, head, note = 3, 1, 1, 1
    above = LINES_PER_PAGE - title - caption - head - len(SOME) - note
    first, second, _ = page_texts(samples.pdf(below_lines(above, SMALL)))
    assert TOTAL in first
    assert NOTE in first
    assert "字" in second
    assert HEAD not in second


def test_the_lines_below_a_table_are_those_of_a_page_without_one() -> None:
    grid, below = (
        {line.foot for line in text_lines(samples.pdf(document)) if "字字" in line.words}
        for document in (below_lines(0), below_lines(4, SMALL))
    )
    assert all(min(abs(foot - other) for other in grid) < 0.05 for foot in below)


def test_a_row_is_begun_only_where_each_of_its_cells_shows_something() -> None:
    columns = (Column("序号", 1), Column("举措", 3), Column("进展", 9))
    rows = (("第一", "丙" * 10, "丁"), ("第二", "甲" * 14, "乙" * 1200))
    for count in range(18):
        texts = page_texts(samples.pdf(below_lines(count, Table(columns, rows))))
        (begun,) = [text for text in texts if "第二" in text]
        assert "甲" in begun, count
        assert "乙乙" in begun, count
