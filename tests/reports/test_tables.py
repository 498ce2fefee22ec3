"""Tables and charts in body and annex: repeated heads, whole rows, long cells, nothing left alone."""

import re
from dataclasses import replace

import pytest

from reports.charts import status_bars
from reports.chosen_sizes import UPRIGHT_TABLE_LINE_MM
from reports.gbt9704 import LINE_PITCH_MM
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
            further = LINE_PITCH_MM if document is whole else 0  # 续表 stands above the frame
            assert above.top == pytest.approx(37 + further, abs=0.3)
            assert below.bottom <= 262.2


def test_a_table_says_that_it_goes_on_on_each_further_page_and_on_no_other() -> None:
    table = replace(samples.table(60), caption="推进情况", unit="项")
    document = replace(samples.UPWARD, body=(Paragraph("国"), table))
    pages = [text for text in page_texts(samples.pdf(document)) if "举措" in text]
    assert len(pages) > 2
    assert ["续表　单位：项" in text.replace(" ", "　") for text in pages] == [False] + [True] * (
        len(pages) - 1
    )
    first, second = (sheets(samples.pdf(document), number)[0] for number in (1, 2))
    frame = second.rules(150)[0]
    words = second.part(bottom=frame.top - 0.2).extent()
    assert words.top >= 37
    assert words.right > 180  # at the upper right
    assert not second.part(left=20, right=150, bottom=frame.top - 0.5).inked.any()
    assert first.rules(150)


def test_a_unit_stands_at_the_upper_right_on_the_line_of_a_short_caption() -> None:
    for caption, is_beside in (("推进情况", True), ("推进状态" * 7, False), ("", False)):
        document = replace(samples.UPWARD, body=(Paragraph("国"), replace(SMALL, caption=caption, unit="项")))
        lines = text_lines(samples.pdf(document))
        (unit,) = [line for line in lines if line.words.endswith("单位：项")]
        assert unit.right == pytest.approx(184, abs=0.5)
        assert (caption[:4] in unit.words) == is_beside or not caption


def test_totals_are_never_left_alone() -> None:
    rows = tuple((f"部分{number}", "字" * 30 * 22) for number in range(1, 3))
    for more in range(12):
        table = Table((Column("部分", 4), Column("情况", 30)), (*rows, ("合计", "2")))
        text = Paragraph("国" * (28 * more + 10))
        pages = page_texts(samples.pdf(replace(samples.UPWARD, body=(text, table))))
        (page,) = [one for one in pages if "合计" in one]
        assert "字字" in page


def test_names_are_broken_between_their_words() -> None:
    name = "社区党建服务和群众工作办公室"
    table = Table((Column("部门", 6), Column("情况", 30)), ((name, "走访。"),))
    document = replace(samples.UPWARD, body=(table,))
    lines = [line.words for line in text_lines(samples.pdf(document)) if set(line.words) & set(name)]
    broken = "".join(f"{line}|" for line in lines if line in name)
    assert not re.search("社\\|区|党\\|建|服\\|务|办\\|公|公\\|室", broken)


def test_a_name_is_broken_before_the_word_in_its_quotation_marks() -> None:
    table = Table((Column("举措", 9), Column("情况", 27)), (("夯实招商项目“蓄水池”", "走访。"),))
    document = replace(samples.UPWARD, body=(table,))
    assert "“蓄水池”" in [line.words for line in text_lines(samples.pdf(document))]


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
    lines = re.findall('text-anchor="end">([^<]*)<', svg)
    assert lines == ["优化营商环境、", "厚植创新沃土，", "推动经济动能更加澎湃强劲"]
    assert 'font-size="2.8">1<' in svg


def test_a_label_that_is_broken_has_lines_of_equal_length() -> None:
    label = "突出建管并举，推动人民城市建设更加系统深入"
    svg = status_bars(Chart("图", ("甲",), (ChartRow(label, (1,)),)))
    for line in ("突出建管并举，", "推动人民城市建", "设更加系统深入"):
        assert f">{line}</text>" in svg


def test_chart_prints_in_greys_that_differ() -> None:
    sheet = sheets(samples.pdf(samples.REPORT), 2)[0]
    levels = {int(level) // 24 for level in sheet.pixels[0][sheet.pixels[0] < 250][::7]}
    assert len(levels) >= 4
    assert (sheet.pixels[0] == sheet.pixels[2]).all()
