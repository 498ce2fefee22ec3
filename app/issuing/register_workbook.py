"""The register as a workbook: for reading, sorting and filing away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.filing.workbook import styles
from app.filing.workbook.writing import (
    A4,
    cell_at,
    workbook_bytes,
    write_text,
)
from app.issuing.models import RegisterEntry
from app.issuing.register import RegisterSeries, number_of

HEAD_ROW = 3
COLUMNS = (
    ("文号", 20),
    ("版次", 6),
    ("标题", 52),
    ("种类", 16),
    ("成文日期", 12),
    ("状态", 10),
    ("登记时间", 16),
    ("登记人", 12),
    ("备注", 40),
)
SHEET_NAME = 31  # characters, as Excel has it
FORBIDDEN = re.compile(r"[\x00-\x1f\\*?:/\[\]']")
SHORT = 20  # characters: what stands in narrower columns is centred


def register_workbook(books: Iterable[RegisterSeries], *, title: str) -> bytes:
    """Return the bytes of a workbook with a sheet for each book."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for book in books:
        write_book(workbook.create_sheet(sheet_name(book)), book, title=title)
    if not workbook.worksheets:
        workbook.create_sheet("发文登记")
    return workbook_bytes(workbook)


def sheet_name(book: RegisterSeries) -> str:
    """Return a book's name as Excel takes it for a sheet: some marks are forbidden, the year stays in any case."""
    return FORBIDDEN.sub("", f"{book.word}{book.year}")[-SHEET_NAME:]


def write_book(sheet: Worksheet, book: RegisterSeries, *, title: str) -> None:
    """Write one book with its head, ready to be printed."""
    write_text(cell_at(sheet, 1, 1), f"{title}（{book.word}〔{book.year}〕）")
    styles.as_title(cell_at(sheet, 1, 1))
    write_text(cell_at(sheet, 2, 1), book.completeness)
    styles.as_note(cell_at(sheet, 2, 1))
    for place, (label, width) in enumerate(COLUMNS, 1):
        write_text(cell_at(sheet, HEAD_ROW, place), label)
        styles.as_head(cell_at(sheet, HEAD_ROW, place))
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row, entry in enumerate(book.entries, HEAD_ROW + 1):
        for place, value in enumerate(values_of(entry), 1):
            cell = cell_at(sheet, row, place)
            write_text(cell, value)
            styles.as_body(cell, shown_as="@", is_short=COLUMNS[place - 1][1] < SHORT, is_open=False)
    set_up(sheet)


def values_of(entry: RegisterEntry) -> tuple[str, ...]:
    """Return what stands in the cells of an entry's row."""
    document = entry.document
    return (
        str(number_of(entry)),
        str(entry.edition),
        entry.title,
        document.kind.label if document else "",
        f"{document.dated:%Y-%m-%d}" if document else "",
        document.state.label if document else "",
        f"{entry.entered_at:%Y-%m-%d %H:%M}",
        entry.entered_by,
        entry.note,
    )


def set_up(sheet: Worksheet) -> None:
    """Freeze the head, and print on A4 landscape as wide as the page with the head on every page."""
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
