"""How a form meets the person who fills it in: what is open, what Excel checks, how it prints."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.base.tables.sheet_writing import HEAD_ROW
from app.filing.core.content import FilingContent, Tick
from app.filing.core.measure_status import MeasureStatus
from app.filing.workbook.layout import (
    FORM,
    GUIDANCE,
    INDICATORS,
    MILESTONES,
    SHEETS,
    SUMMARY,
    TASKS,
    RowKey,
    SheetLayout,
    ShownIndicator,
    guidance_sentences,
)
from app.filing.workbook.writing import quarter_workbook, write_guidance
from tests.filing.workbook.forms import (
    FIRST,
    SECOND,
    contribution_row,
    form,
    form_row,
)
from tests.filing.workbook.forms import QUARTER as THIRD


@pytest.fixture
def book() -> Workbook:
    return load_workbook(
        io.BytesIO(form(form_row(), form_row(filing_id=2, is_open=False), contributions=[contribution_row()]))
    )


def open_columns(sheet: Worksheet, layout: SheetLayout, row: int) -> set[str]:
    places = enumerate(layout.columns, 1)
    return {column.name for place, column in places if not sheet.cell(row, place).protection.locked}


def rules(sheet: Worksheet) -> dict[str, tuple[str | None, str | None]]:
    listed = sheet.data_validations.dataValidation
    return {str(rule.sqref): (rule.type, rule.formula1) for rule in listed}


def test_only_what_is_to_be_filled_in_is_open(book: Workbook) -> None:
    for layout in SHEETS:
        sheet = book[layout.name]
        to_fill = {column.name for column in layout.columns if column.to_fill}
        assert sheet.protection.sheet
        assert open_columns(sheet, layout, FIRST) == to_fill
    assert book[GUIDANCE].protection.sheet
    assert book.security.lockStructure


def test_a_filing_that_cannot_be_written_is_locked_with_its_tasks_and_indicators(book: Workbook) -> None:
    assert open_columns(book[INDICATORS.name], INDICATORS, SECOND) == set()
    assert open_columns(book[FORM.name], FORM, SECOND) == set()
    assert [bool(open_columns(book[TASKS.name], TASKS, row)) for row in range(FIRST, FIRST + 4)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_denominator_is_asked_for_a_ratio_only() -> None:
    row = form_row()
    summed = {201: ShownIndicator("走访企业", "1,200 家", "填本季度的数", is_ratio=False)}
    sheet = load_workbook(io.BytesIO(form(replace(row, indicators=summed))))[INDICATORS.name]
    assert open_columns(sheet, INDICATORS, FIRST) == {"value"}


def test_excel_checks_choices_the_percent_and_the_length_of_notes(book: Workbook) -> None:
    assert rules(book[FORM.name]) == {
        "L4": ("whole", "0"),
        "M4": ("list", '"未启动,正常推进,滞后,已完成,暂停,取消"'),
        "O4": ("list", '"能够完成,有困难但能完成,不能完成"'),
        "P4": ("list", '"绿灯,黄灯,红灯,灰灯"'),
    }
    assert rules(book[MILESTONES.name]) == {"F4 F5": ("list", '"是,否"')}
    assert rules(book[TASKS.name]) == {"F4 F5": ("list", '"是,否"'), "G4 G5": ("textLength", "255")}
    assert rules(book[INDICATORS.name]) == {
        "H4": ("decimal", "-999999999999"),
        "I4": ("decimal", "-999999999999"),
    }
    for rule in book[FORM.name].data_validations.dataValidation:
        assert rule.showErrorMessage
        assert rule.error


def test_the_key_is_hidden_and_says_what_the_row_was(book: Workbook) -> None:
    sheet = book[FORM.name]
    assert sheet.column_dimensions["A"].hidden
    key = RowKey.parse_row_key(sheet[f"A{FIRST}"].value)
    assert key is not None
    assert (key.quarter, key.filing_id, key.version) == ("2026Q3", 1, 1)


def test_the_key_carries_the_mark_of_every_field_and_no_key_takes_long_to_read() -> None:
    key = RowKey("2026Q3", 12, 3, "0" * 16, {"progress": "ab12", "note_7": "0f"})
    assert RowKey.parse_row_key(str(key)) == key
    assert RowKey.parse_row_key(f"2026Q3-12-3-{'0' * 16}-{'a:aaaaaaaa' * 200}!") is None


def test_it_prints_on_a4_landscape_with_its_head_on_every_page(book: Workbook) -> None:
    for layout in SHEETS:
        sheet = book[layout.name]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
        assert sheet[f"{layout.letter_of('measure')}{FIRST}"].alignment.wrap_text
    assert book[FORM.name].freeze_panes == "F4"
    assert book[GUIDANCE].page_setup.fitToWidth == 1


def test_the_guidance_stands_under_its_title() -> None:
    sheet = Workbook().create_sheet()
    write_guidance(sheet, [GUIDANCE, *guidance_sentences(THIRD)])
    title, *sentences = (cell.font for cell in sheet["A"])
    assert title.b and not any(face.b or face.sz >= title.sz for face in sentences)


def test_the_guidance_names_every_choice_and_the_elapsed_share() -> None:
    guidance = "".join(guidance_sentences(THIRD))
    assert all(member.label in guidance for member in MeasureStatus)
    assert "序时进度是 75" in guidance


def test_numbers_are_numbers_and_everything_else_is_text(book: Workbook) -> None:
    shown = {
        column.name: book[FORM.name][f"{FORM.letter_of(column.name)}{FIRST}"].number_format
        for column in FORM.columns
    }
    assert {name for name, shown_as in shown.items() if shown_as != "@"} == {"number", "percent"}
    value = form(form_row(FilingContent(indicators={201: Decimal("97.5")})))
    cell = load_workbook(io.BytesIO(value))[INDICATORS.name][f"{INDICATORS.letter_of('value')}{FIRST}"]
    assert (cell.value, cell.number_format) == (97.5, "General")


def test_the_quarter_of_all_departments_can_be_filtered_and_not_be_mistaken_for_a_form() -> None:
    content = FilingContent(
        progress="=已走访",
        percent=76,
        status=MeasureStatus.ON_TRACK,
        ticks={101: Tick(True)},
        milestones={301: True},
    )
    data = quarter_workbook([form_row(content), form_row(filing_id=2)], title="填报汇总", note="")
    book = load_workbook(io.BytesIO(data))
    sheet = book[SUMMARY.name]
    assert sheet.auto_filter.ref == "A3:Q5"
    assert sheet[f"{SUMMARY.letter_of('progress')}{FIRST}"].value == "=已走访"
    assert sheet[f"{SUMMARY.letter_of('percent')}{FIRST}"].value == 76
    assert sheet[f"{SUMMARY.letter_of('status')}{FIRST}"].value == "正常推进"
    assert not sheet.protection.sheet
    assert FORM.name not in book.sheetnames
    for name in ("任务", "节点"):
        assert [cell.value for cell in book[name]["E"][HEAD_ROW:]] == ["是", "否", "否", "否"]
    for name in ("任务", "指标", "节点"):  # without the keys, from the number on
        assert [cell.value for cell in book[name]["A"][HEAD_ROW - 1 :]][:2] == ["序号", 1]


def test_without_a_milestone_there_is_no_sheet_and_no_sentence_for_them() -> None:
    book = load_workbook(io.BytesIO(form(replace(form_row(), milestones={}))))
    assert MILESTONES.name not in book.sheetnames
    assert MILESTONES.name not in "".join(guidance_sentences(THIRD))
    assert "在“节点”工作表中" in "".join(guidance_sentences(THIRD, has_milestones=True))
