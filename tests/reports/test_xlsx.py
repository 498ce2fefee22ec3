"""Annex tables as an Excel workbook: sheets, figures, print layout, and nothing that Excel would run."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.model import Align, Annex, Column, DocumentError, OfficialDocument, Paragraph, Table
from reports.xlsx import render_xlsx
from tests.reports import samples


def annexed(*tables: Table, title: str = "推进情况表") -> OfficialDocument:
    return replace(samples.UPWARD, annexes=(Annex(title, tables, landscape=True),))


def opened(document: OfficialDocument) -> Workbook:
    return load_workbook(BytesIO(render_xlsx(document)))


def cells(*texts: str) -> Iterator[object]:
    """What a table's cells become."""
    table = Table((Column("内容"),), tuple((text,) for text in texts))
    sheet = opened(annexed(table)).active
    assert isinstance(sheet, Worksheet)
    yield from (row[0] for row in sheet.iter_rows(min_row=3))


def test_title_head_and_rows_stand_below_each_other() -> None:
    sheet = opened(samples.REPORT).active
    assert sheet["A1"].value == samples.REPORT.annexes[0].title
    assert [cell.value for cell in sheet[2]] == list(samples.HEADS)
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == ["夯实“蓄水池”"] * 9
    assert "A1:J1" in sheet.merged_cells


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("75%", 0.75, "0%"),
        ("-2.5%", -0.025, "0.0%"),
        ("130%", 1.3, "0%"),
        ("12", 12, "0"),
        ("0", 0, "0"),
        ("-3.25", -3.25, "0.00"),
        ("1,234", 1234, "#,##0"),
    ],
)
def test_figures_are_numbers_in_the_form_in_which_they_stand(text: str, value: float, form: str) -> None:
    (cell,) = cells(text)
    assert (cell.data_type, cell.value, cell.number_format) == ("n", value, form)


@pytest.mark.parametrize(
    ("text", "form"), [("2026年10月9日", 'yyyy"年"m"月"d"日"'), ("2026-10-09", "yyyy-mm-dd")]
)
def test_full_dates_are_dates_in_the_form_in_which_they_stand(text: str, form: str) -> None:
    (cell,) = cells(text)
    assert (cell.data_type, cell.value, cell.number_format) == ("d", datetime(2026, 10, 9), form)


def test_the_head_filters_the_rows_and_nothing_else() -> None:
    assert opened(samples.REPORT).active.auto_filter.ref == "A2:J11"


def test_a_note_wraps_within_the_table_in_a_row_as_high_as_its_lines() -> None:
    table = Table(tuple(Column(name) for name in "甲乙丙丁"), (("国" * 30,) * 4,), note="注：按项计。" * 60)
    sheet = opened(annexed(table)).active
    assert "A4:D4" in sheet.merged_cells
    assert sheet["A4"].alignment.wrap_text
    assert sheet.row_dimensions[4].height > 5 * 14


@pytest.mark.parametrize(
    "text",
    [
        "2026年2月30日",
        "10月9日",
        "2026年10月",
        "2026-10-09 至 10-12",
        "000001",
        "12项",
        "1.2.3",
        "2026年",
        "75％",
        "1,23",
        "12345678901234567890",
        "—",
        "１２",
        "1e5",
        "②",
    ],
)
def test_whatever_else_looks_like_a_figure_is_text(text: str) -> None:
    (cell,) = cells(text)
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "+86", "-走访", "@SUM(A1)", "#N/A", "TRUE"])
def test_nothing_becomes_a_formula(text: str) -> None:
    (cell,) = cells(text)
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix == (text[0] in "=+-@")


def test_a_long_text_is_wrapped_and_keeps_its_paragraphs() -> None:
    (cell,) = cells("一是走访企业。\n\n二是落地项目。")
    assert cell.value == "一是走访企业。\n二是落地项目。"
    assert cell.alignment.wrap_text


def test_the_head_stays_in_sight_and_on_each_printed_page() -> None:
    sheet = opened(samples.REPORT).active
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_columns_are_as_wide_as_what_they_hold_and_aligned_as_in_print() -> None:
    sheet = opened(samples.REPORT).active
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJ"]
    assert max(widths) == widths[5]
    assert min(widths) in (widths[0], widths[7])
    # A character for each of the head's, one for the button of its filter; two units each.
    assert all(width >= 2 * (len(head) + 1) for width, head in zip(widths, samples.HEADS, strict=True))
    assert sheet["A3"].alignment.horizontal == "center"
    assert sheet["F3"].alignment.horizontal == "left"


def test_each_table_has_a_sheet_with_a_name_of_its_own() -> None:
    table = Table((Column("甲", align=Align.RIGHT),), (("1",),), note="注：按项计。")
    title = "第三季度[工作计划]推进情况/未完成任务及下一步打算一览表（按责任部门分列）"
    book = opened(annexed(table, table, replace(table, caption="小计"), title=title))
    assert book.sheetnames == [title.translate(dict.fromkeys(map(ord, "[]/")))[:31], *book.sheetnames[1:]]
    assert book.sheetnames[1].endswith("（2）")
    assert book.sheetnames[2] == "小计"
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert book.worksheets[0]["A4"].value == "注：按项计。"


def test_a_document_without_annex_tables_is_refused_in_a_sentence() -> None:
    document = replace(samples.UPWARD, annexes=(Annex("说明", (Paragraph("略。"),)),))
    with pytest.raises(DocumentError, match="附件里没有表格"):
        render_xlsx(document)


def test_a_table_too_wide_for_any_page_is_a_sheet_all_the_same() -> None:
    wide = Table(tuple(Column(f"指标{number}") for number in range(40)), (("75.5%",) * 40,))
    sheet = opened(annexed(wide)).active
    assert sheet.max_column == 40
    assert min(column.width for column in sheet.column_dimensions.values()) >= 5


def test_a_text_too_long_for_a_cell_is_refused_in_a_sentence() -> None:
    (cell,) = cells("国" * 32_767)
    assert len(cell.value) == 32_767
    with pytest.raises(DocumentError, match="一格超过32767字"):
        list(cells("国" * 32_768))


def test_the_same_document_gives_the_same_bytes_and_names_no_hour() -> None:
    assert render_xlsx(samples.REPORT) == render_xlsx(samples.REPORT)
    properties = opened(samples.REPORT).properties
    assert properties.created == properties.modified
    assert (properties.created.year, properties.created.month, properties.created.day) == (2026, 10, 9)
    assert properties.creator == "华阳路街道办事处"
