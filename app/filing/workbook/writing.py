"""Writing a workbook from plain rows: pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.base.labels import LabelledEnum
from app.base.tables.sheet_writing import (
    HEAD_ROW,
    TOO_MUCH_FOR_CELL,
    cell_at,
    freeze_head,
    print_on_a4,
    shade_locked,
    style_body,
    style_guidance,
    workbook_bytes,
    write_head,
    write_text,
)
from app.base.tables.tabular import NO, YES
from app.filing.core.content import FIELD_LABELS, NOTE_CEILING, PERCENT_CEILING, FilingContent
from app.filing.workbook.layout import (
    CONTRIBUTIONS,
    FILING_SHEETS,
    GUIDANCE,
    MEASURE,
    MILESTONES,
    SUMMARY,
    SUMMARY_CONTRIBUTIONS,
    SUMMARY_INDICATORS,
    SUMMARY_MILESTONES,
    SUMMARY_TASKS,
    ContributionRow,
    FormRow,
    PartKey,
    SheetColumn,
    SheetLayout,
)

CellValue = str | int | Decimal | None
LARGEST_NUMBER = "999999999999"  # what app.plan.core.numbers reads at most
CONTRIBUTION_NOTE = "写一句做了什么即可；没有的，在“本季无需配合”中选“是”。上传并确认后直接交给牵头部门。"
SHORT = 10  # characters: columns up to this width hold a word, which stands in the middle


@dataclass(frozen=True)
class SheetRecord:
    """A row of a sheet by column name; if `is_open`, it can be filled in but for `closed_columns`."""

    values: Mapping[str, CellValue]
    is_open: bool = False
    closed_columns: frozenset[str] = frozenset()

    def is_open_in(self, column: SheetColumn) -> bool:
        """Return whether the cell in a column can be filled in."""
        return self.is_open and column.to_fill and column.name not in self.closed_columns


def form_workbook(
    rows: Sequence[FormRow],
    contributions: Sequence[ContributionRow] = (),
    *,
    title: str,
    note: str,
    guidance: Iterable[str],
) -> bytes:
    """Return the form that a department fills in offline: filings, tasks, indicators and milestones of the measures it
    leads, contributions, and a guidance.
    """
    book = Workbook()
    if rows:
        write_sheets(book, (*FILING_SHEETS, MILESTONES), rows, title=title, note=note)
    if contributions:
        sheet = book.create_sheet() if rows else book.worksheets[0]
        records = [contribution_record(row) for row in contributions]
        heading = f"{title}：{CONTRIBUTIONS.name}"
        write_sheet(sheet, CONTRIBUTIONS, records, title=heading, note=CONTRIBUTION_NOTE)
    for protected in book.worksheets:
        protect_sheet(protected)
    write_guidance(book.create_sheet(GUIDANCE), guidance)
    book.security = WorkbookProtection(lockStructure=True)
    return workbook_bytes(book)


def quarter_workbook(
    rows: Sequence[FormRow], contributions: Sequence[ContributionRow] = (), *, title: str, note: str
) -> bytes:
    """Return all filings of a quarter, in sheets for reading, sorting and filtering."""
    book = Workbook()
    closed = [replace(row, is_open=False) for row in rows]
    layouts = SUMMARY, SUMMARY_TASKS, SUMMARY_INDICATORS, SUMMARY_MILESTONES
    write_sheets(book, layouts, closed, title=title, note=note)
    if contributions:
        records = [contribution_record(replace(row, is_open=False)) for row in contributions]
        heading = f"{title}：{CONTRIBUTIONS.name}"
        write_sheet(book.create_sheet(), SUMMARY_CONTRIBUTIONS, records, title=heading, note=note)
    for listed in book.worksheets:
        listed.auto_filter.ref = f"A{HEAD_ROW}:{listed.dimensions.rpartition(':')[2]}"
    return workbook_bytes(book)


def write_sheets(
    book: Workbook,
    layouts: tuple[SheetLayout, SheetLayout, SheetLayout, SheetLayout],
    rows: Sequence[FormRow],
    *,
    title: str,
    note: str,
) -> None:
    """Write the sheets of filings; that of milestones only if there are any."""
    filings, tasks, indicators, milestones = layouts
    sheet = book.worksheets[0]
    write_sheet(sheet, filings, [filing_record(row) for row in rows], title=title, note=note)
    heading = f"{title}：任务办结情况"
    write_sheet(book.create_sheet(), tasks, list(task_records(rows)), title=heading, note=note)
    heading = f"{title}：量化指标"
    write_sheet(book.create_sheet(), indicators, list(indicator_records(rows)), title=heading, note=note)
    if due := list(milestone_records(rows)):
        write_sheet(book.create_sheet(), milestones, due, title=f"{title}：节点完成情况", note=note)


def filing_record(row: FormRow) -> SheetRecord:
    return SheetRecord({"key": str(row.key), **row.facts, **answer_cells(row.content)}, row.is_open)


def task_records(rows: Iterable[FormRow]) -> Iterator[SheetRecord]:
    """Yield a row for each commitment of each filing."""
    for row in rows:
        for commitment_id, wording in row.tasks.items():
            tick = row.content.ticks[commitment_id]
            key = PartKey(row.key.filing_id, commitment_id)
            shown = {"done": YES if tick.done else NO, "note": tick.note}
            yield SheetRecord({**row.facts, "key": str(key), "task": wording, **shown}, row.is_open)


def indicator_records(rows: Iterable[FormRow]) -> Iterator[SheetRecord]:
    """Yield a row for each indicator that a filing is asked for."""
    for row in rows:
        for indicator_id, indicator in row.indicators.items():
            key, filed = PartKey(row.key.filing_id, indicator_id), row.content.filed_number(indicator_id)
            shown: dict[str, CellValue] = {"indicator": indicator.name, "yearly": indicator.yearly}
            shown |= {"filed_words": indicator.filed_words, "value": filed.value, "base": filed.base}
            closed = frozenset() if indicator.is_ratio else frozenset({"base"})
            yield SheetRecord({**row.facts, "key": str(key), **shown}, row.is_open, closed)


def milestone_records(rows: Iterable[FormRow]) -> Iterator[SheetRecord]:
    """Yield a row for each milestone that a filing is asked for."""
    for row in rows:
        for milestone_id, wording in row.milestones.items():
            key, is_reached = PartKey(row.key.filing_id, milestone_id), row.content.milestones[milestone_id]
            shown = {"milestone": wording, "reached": YES if is_reached else NO}
            yield SheetRecord({**row.facts, "key": str(key), **shown}, row.is_open)


def contribution_record(row: ContributionRow) -> SheetRecord:
    filled = {"text": row.answer.text, "not_needed": YES if row.answer.is_idle else ""}
    return SheetRecord({"key": str(row.key), **row.facts, **filled}, row.is_open)


def answer_cells(content: FilingContent) -> dict[str, CellValue]:
    answers = {name: getattr(content, name) for name in FIELD_LABELS}
    return {
        name: value.label if isinstance(value, LabelledEnum) else value for name, value in answers.items()
    }


def write_sheet(
    sheet: Worksheet, layout: SheetLayout, records: list[SheetRecord], *, title: str, note: str
) -> None:
    """Write a table with title, head and print set-up."""
    sheet.title = layout.name
    write_head(
        sheet,
        [(column.label, column.width) for column in layout.columns],
        title=title,
        note=note,
        first_shown=1 + layout.columns.index(layout.first_shown),
    )
    for place, column in enumerate(layout.columns, 1):
        sheet.column_dimensions[layout.letter_of(column.name)].hidden = column.hidden
        for number, record in enumerate(records, HEAD_ROW + 1):
            write_cell(sheet, number, place, column, record)
    for column in layout.columns:
        numbered = enumerate(records, HEAD_ROW + 1)
        open_rows = [number for number, record in numbered if record.is_open_in(column)]
        validate_cells(sheet, column, [f"{layout.letter_of(column.name)}{number}" for number in open_rows])
    freeze_head(sheet, columns=layout.columns.index(MEASURE) + 1)


def write_cell(sheet: Worksheet, number: int, place: int, column: SheetColumn, record: SheetRecord) -> None:
    value = record.values.get(column.name)
    if isinstance(value, str):
        cell = write_text(sheet, number, place, value)
    else:
        cell = cell_at(sheet, number, place)
        cell.value = value
    is_open = record.is_open_in(column) and value != TOO_MUCH_FOR_CELL
    style_body(cell, shown_as=column.shown_as, is_short=column.width <= SHORT, is_open=is_open)


def protect_sheet(sheet: Worksheet) -> None:
    """Lock the cells that are not to be filled in, without a password; column widths can still be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    for row in sheet.iter_rows(min_row=HEAD_ROW + 1):
        shade_locked(cast(tuple[Cell, ...], row))


def write_guidance(sheet: Worksheet, guidance: Iterable[str]) -> None:
    """Write how to fill in the form, one sentence a row."""
    sheet.column_dimensions["A"].width = 100
    for number, sentence in enumerate(guidance, 1):
        style_guidance(write_text(sheet, number, 1, sentence), is_title=number == 1)
    sheet.protection.sheet = True
    print_on_a4(sheet)


def validate_cells(sheet: Worksheet, column: SheetColumn, cells: Iterable[str]) -> None:
    """Add Excel's validation to the cells of a column: drop-downs, the percent, the length of a note."""
    validation = validation_of(column)
    if validation is None:
        return
    for cell in cells:
        validation.add(cell)
    if validation.sqref:
        sheet.add_data_validation(validation)


def validation_of(column: SheetColumn) -> DataValidation | None:
    """Return the validation of a column, or None for any text."""
    if column.choices:
        listed = ",".join(column.choices)
        return refusing_rule(f"请从下拉列表中选择：{listed}。", type="list", formula1=f'"{listed}"')
    if column.name == "percent":
        sentence = f"完成率请填 0 至 {PERCENT_CEILING} 之间的整数，不写百分号。"
        return refusing_rule(
            sentence, type="whole", operator="between", formula1="0", formula2=str(PERCENT_CEILING)
        )
    if column.name in ("value", "base"):
        return refusing_rule(
            "请只填数字，不写单位。",
            type="decimal",
            operator="between",
            formula1=f"-{LARGEST_NUMBER}",
            formula2=LARGEST_NUMBER,
        )
    if column.name == "note":
        sentence = f"说明请控制在 {NOTE_CEILING} 字以内。"
        return refusing_rule(
            sentence, type="textLength", operator="lessThanOrEqual", formula1=str(NOTE_CEILING)
        )
    return None


def refusing_rule(sentence: str, **rule: Any) -> DataValidation:
    """Return a rule that refuses wrong input with a sentence; an empty cell is always valid."""
    validation = DataValidation(allow_blank=True, showErrorMessage=True, errorStyle="stop", **rule)
    validation.errorTitle, validation.error = "请核对", sentence
    return validation
