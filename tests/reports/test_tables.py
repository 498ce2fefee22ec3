"""Tables and charts in body and annex: repeated heads, whole rows, long cells, nothing left alone."""

from dataclasses import replace

import pytest

from reports.charts import status_bars
from reports.gbt9704 import LINE_PITCH_MM, UPRIGHT_TABLE_LINE_MM
from reports.model import (
    Annex,
    Chart,
    ChartRow,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Sheet,
    SheetField,
    SheetRow,
    Table,
)
from tests.reports import samples
from tests.reports.ink import (
    page_sizes,
    page_texts,
    sheets,
    text_lines,
)

HEAD = "存在问题"


def annexed(table: Table) -> OfficialDocument:
    return replace(samples.UPWARD, annexes=(Annex("推进情况表", (table,), landscape=True),))


def turned_texts(document: OfficialDocument) -> list[str]:
    pdf = samples.pdf(document)
    return [
        text for text, (width, height) in zip(page_texts(pdf), page_sizes(pdf), strict=True) if width > height
    ]


def test_head_is_repeated_on_each_page() -> None:
    texts = turned_texts(annexed(samples.table(9)))
    assert len(texts) >= 3
    assert all(HEAD in text for text in texts)


def test_a_short_row_stays_on_one_page() -> None:
    progress = "甲" + "乙" * 90 + "丙"
    texts = turned_texts(annexed(samples.table(12, progress)))
    assert all(text.count("甲") == text.count("丙") for text in texts)


def test_a_cell_longer_than_a_page_runs_on_and_loses_nothing() -> None:
    texts = turned_texts(annexed(samples.table(2, "甲" + "乙" * 1200 + "丙")))
    assert sum(text.count("乙") for text in texts) == 2400
    assert all("乙" in text for text in texts)


def test_a_row_that_is_broken_keeps_two_lines_on_either_page_and_fills_them() -> None:
    for lines in range(3, 9):
        table = Table((Column("甲", 1), Column("乙", 3)), (("举措", "乙" * (1000 + 37 * lines)),))
        document = replace(samples.DOWNWARD, body=(Paragraph("国" * (28 * lines - 2)), table))
        cell = [line for line in text_lines(samples.pdf(document)) if "乙乙" in line.words]
        pages = [line.page for line in cell]
        assert all(pages.count(page) >= 2 for page in set(pages))
        ends = [line.right for line in cell[:-1]]
        assert len(set(pages)) >= 2
        assert ends == pytest.approx([184 - 1.1 - 0.44] * len(ends), abs=0.3)


def test_a_table_stays_within_the_turned_type_area() -> None:
    document = annexed(samples.table(9))
    numbers = [
        n for n, (width, height) in enumerate(page_sizes(samples.pdf(document)), start=1) if width > height
    ]
    for sheet in sheets(samples.pdf(document), *numbers):
        extent = sheet.part(left=34).extent()
        assert (extent.left, extent.right) == pytest.approx((35, 260), abs=0.3)
        assert extent.bottom <= 184.2
        assert sheet.rules(220)[-1].bottom == pytest.approx(extent.bottom, abs=0.1)


SMALL = Table(
    (Column("部分"), Column("举措数")),
    (("优化营商环境", "9"), ("城市更新", "9")),
    caption="推进情况",
    note="注：按项计。",
)


@pytest.mark.parametrize("lines", range(1, 9))
def test_no_table_head_caption_or_heading_is_left_alone(lines: int) -> None:
    body = (
        Paragraph("国" * (28 * lines - 2)),
        Heading(1, "总体情况"),
        SMALL,
        Heading(2, "分项"),
        samples.CHART,
        Paragraph("完。"),
    )
    for text in page_texts(samples.pdf(replace(samples.UPWARD, body=body))):
        content = text.split("\n—")[0].split()
        assert not content or content[-1] not in (
            "推进情况",
            "一、总体情况",
            "（一）分项",
            "部分举措数",
            "举措数",
        )


def test_text_after_a_table_of_single_lines_is_on_the_grid() -> None:
    lines = Paragraph("国" * 28 * 30)
    document = replace(samples.UPWARD, body=(lines, SMALL, lines))
    pages = sheets(samples.pdf(document))
    grid = [line.bottom for line in sheets(samples.pdf(samples.SQUARES), 2)[0].part(bottom=263).lines()]
    below = pages[1].part(bottom=263).lines()[-1].bottom
    assert min(abs(below - place) for place in grid) < 0.7


def test_a_caption_is_set_as_the_text_and_a_note_as_close_as_a_table() -> None:
    table = replace(SMALL, caption="推进状态" * 12, note="注：按项计。" * 9)
    lines = text_lines(samples.pdf(replace(samples.DOWNWARD, body=(Paragraph("国"), table))))
    for words, pitch in (("推进状态", LINE_PITCH_MM), ("按项计", UPRIGHT_TABLE_LINE_MM)):
        above, below = [line for line in lines if words in line.words]
        assert above.foot - below.foot == pytest.approx(pitch, abs=0.05)


def test_rules_stay_in_the_type_area_where_a_table_runs_over_pages() -> None:
    upright = Table(samples.COLUMNS[1:6], tuple(row[1:6] for row in samples.table(14).rows))
    whole = replace(samples.UPWARD, annexes=(Annex("推进情况表", (upright,)),))
    broken = OfficialDocument("呈批单", (Sheet((SheetRow((SheetField("意见", "国" * 4000),)),) * 2),))
    for document in (whole, broken):
        *pages, _ = (page.rules(150) for page in sheets(samples.pdf(document))[1:-1])
        assert len(pages) >= 2
        for above, *_, below in pages[1:]:
            assert above.top == pytest.approx(37, abs=0.2)
            assert below.bottom <= 262.2


def test_chart_shows_each_count_and_total_and_carries_nothing_active() -> None:
    chart = Chart("图<1>", ("已完成", "滞后"), (ChartRow("甲 & 乙", (12, 3)), ChartRow("丙", (0, 200))))
    svg = status_bars(chart, family="serif")
    for shown in (">12<", ">3<", ">15项<", ">200<", ">200项<", ">已完成<", "甲 &amp; 乙", "图&lt;1&gt;"):
        assert shown in svg
    assert ">0<" not in svg
    for active in ("<style", "<script", "style=", "href", "url(", " id="):
        assert active not in svg
    assert status_bars(chart, family="serif") == svg


def test_chart_wraps_long_labels_and_lifts_counts_that_do_not_fit() -> None:
    label = "优化营商环境、厚植创新沃土，推动经济动能更加澎湃强劲"
    svg = status_bars(Chart("图", ("甲", "乙"), (ChartRow(label, (1, 400)),)))
    assert f">{label}<" not in svg
    assert svg.count('text-anchor="end"') == 2
    assert 'font-size="2.8">1<' in svg


def test_chart_prints_in_greys_that_differ() -> None:
    sheet = sheets(samples.pdf(samples.REPORT), 2)[0]
    levels = {int(level) // 24 for level in sheet.pixels[0][sheet.pixels[0] < 250][::7]}
    assert len(levels) >= 4
    assert (sheet.pixels[0] == sheet.pixels[2]).all()
