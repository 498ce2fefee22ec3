"""From plain rows to the bytes of a workbook: pure."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.base.labels import LabelledEnum
from app.filing.core.content import FIELD_LABELS, FilingContent
from app.filing.workbook import styles
from app.filing.workbook.carried import TOO_MUCH_FOR_CELL, carried_text
from app.filing.workbook.layout import (
    FORM,
    GUIDANCE,
    HEAD_ROW,
    INDICATORS,
    MEASURE,
    NO,
    QUARTER,
    QUARTER_INDICATORS,
    QUARTER_TASKS,
    TASKS,
    YES,
    FormRow,
    PartKey,
    SheetColumn,
    SheetLayout,
)
from app.filing.workbook.validation import validate_cells

CellValue = str | int | Decimal | None
A4 = 9  # ECMA-376 part 1, 18.3.1.63, paperSize
SHORT = 10  # characters: columns up to this width hold a word, which stands in the middle


@dataclass(frozen=True)
class SheetRecord:
    """A row of a sheet by the names of its columns; `is_open` says whether it can be filled in."""

    values: Mapping[str, CellValue]
    is_open: bool = False


def form_workbook(rows: Sequence[FormRow], *, title: str, note: str, guidance: Iterable[str]) -> bytes:
    """Return the form that a department fills in offline: filings, tasks, indicators, and how to fill them in."""
    book = Workbook()
    write_sheets(book, (FORM, TASKS, INDICATORS), rows, title=title, note=note)
    for protected in book.worksheets:
        protect_sheet(protected)
    write_guidance(book.create_sheet(GUIDANCE), guidance)
    book.security = WorkbookProtection(lockStructure=True)
    return workbook_bytes(book)


def quarter_workbook(rows: Sequence[FormRow], *, title: str, note: str) -> bytes:
    """Return a whole quarter for reading, sorting and counting: all departments in sheets that can be filtered."""
    book = Workbook()
    closed = [replace(row, is_open=False) for row in rows]
    write_sheets(book, (QUARTER, QUARTER_TASKS, QUARTER_INDICATORS), closed, title=title, note=note)
    for listed in book.worksheets:
        listed.auto_filter.ref = f"A{HEAD_ROW}:{listed.dimensions.rpartition(':')[2]}"
    return workbook_bytes(book)


def write_sheets(
    book: Workbook,
    layouts: tuple[SheetLayout, SheetLayout, SheetLayout],
    rows: Sequence[FormRow],
    *,
    title: str,
    note: str,
) -> None:
    filings, tasks, indicators = layouts
    sheet = book.worksheets[0]
    write_sheet(sheet, filings, [filing_record(row) for row in rows], title=title, note=note)
    heading = f"{title}：任务办结情况"
    write_sheet(book.create_sheet(), tasks, list(task_records(rows)), title=heading, note=note)
    heading = f"{title}：量化指标"
    write_sheet(book.create_sheet(), indicators, list(indicator_records(rows)), title=heading, note=note)


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
    """Yield a row for each indicator of each filing that is asked for it."""
    for row in rows:
        for indicator_id, (name, yearly) in row.indicators.items():
            key = PartKey(row.key.filing_id, indicator_id)
            shown = {"indicator": name, "yearly": yearly, "value": row.content.indicators.get(indicator_id)}
            yield SheetRecord({**row.facts, "key": str(key), **shown}, row.is_open)


def answer_cells(content: FilingContent) -> dict[str, CellValue]:
    answers = {name: getattr(content, name) for name in FIELD_LABELS}
    return {
        name: value.label if isinstance(value, LabelledEnum) else value for name, value in answers.items()
    }


def write_sheet(
    sheet: Worksheet, layout: SheetLayout, records: list[SheetRecord], *, title: str, note: str
) -> None:
    """Write a table with its title, head and print set-up."""
    sheet.title = layout.name
    first = layout.letter_of(layout.first_shown.name)
    sheet[f"{first}1"], sheet[f"{first}2"] = title, note
    styles.as_title(sheet[f"{first}1"])
    styles.as_note(sheet[f"{first}2"])
    for place, column in enumerate(layout.columns, 1):
        styles.as_head(sheet.cell(HEAD_ROW, place, column.label))
        dimension = sheet.column_dimensions[layout.letter_of(column.name)]
        dimension.width, dimension.hidden = column.width, column.hidden
        for number, record in enumerate(records, HEAD_ROW + 1):
            write_cell(sheet, number, place, column, record)
    for column in layout.columns:
        open_rows = [number for number, record in enumerate(records, HEAD_ROW + 1) if record.is_open]
        validate_cells(sheet, column, [f"{layout.letter_of(column.name)}{number}" for number in open_rows])
    freeze_head(sheet, layout)


def write_cell(sheet: Worksheet, number: int, place: int, column: SheetColumn, record: SheetRecord) -> None:
    value = record.values.get(column.name)
    cell = cell_at(sheet, number, place)
    if isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = value
    is_open = column.to_fill and record.is_open and value != TOO_MUCH_FOR_CELL
    styles.as_body(cell, shown_as=column.shown_as, is_short=column.width <= SHORT, is_open=is_open)


def freeze_head(sheet: Worksheet, layout: SheetLayout) -> None:
    """Freeze the head, and print it on every page."""
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, layout.columns.index(MEASURE) + 2).coordinate
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    print_on_a4(sheet)


def print_on_a4(sheet: Worksheet) -> None:
    """Print on A4 landscape, as wide as the page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    footer: Any = sheet.oddFooter
    footer.center.text = "第 &P 页，共 &N 页"


def protect_sheet(sheet: Worksheet) -> None:
    """Lock what is not to be filled in, without a password; widths and heights can still be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    for row in sheet.iter_rows(min_row=HEAD_ROW + 1):
        styles.shade_locked(cast(tuple[Cell, ...], row))


def write_guidance(sheet: Worksheet, guidance: Iterable[str]) -> None:
    """Write how the form is filled in, one sentence a row."""
    sheet.column_dimensions["A"].width = 100
    for number, sentence in enumerate(guidance, 1):
        cell = cell_at(sheet, number, 1)
        write_text(cell, sentence)
        styles.as_guidance(cell, is_title=number == 1)
    sheet.protection.sheet = True
    print_on_a4(sheet)


def write_text(cell: Cell, text: str) -> None:
    """Write a text as text, whatever it begins with: = + - @ start no formula."""
    cell.value = carried_text(text)
    cell.data_type = "s"


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell; none here is part of a merged one."""
    return cast(Cell, sheet.cell(row, column))


def workbook_bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
