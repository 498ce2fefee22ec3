"""The register as a workbook: for reading, sorting and filing away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.tables.sheet_writing import (
    HEAD_ROW,
    SHEET_NAME_LENGTH,
    allowed_in_sheet_name,
    freeze_head,
    style_body,
    workbook_bytes,
    write_head,
    write_text,
)
from app.drafting.jobs.downloads import REGISTER_EXPORTED
from app.issuing import register as numbers
from app.issuing.models import RegisterEntry
from app.issuing.register import RegisterSeries, number_of

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
    return allowed_in_sheet_name(f"{book.word}{book.year}")[-SHEET_NAME_LENGTH:]


def write_book(sheet: Worksheet, book: RegisterSeries, *, title: str) -> None:
    """Write one book with its head, ready to be printed."""
    write_head(sheet, COLUMNS, title=f"{title}（{book.word}〔{book.year}〕）", note=book.completeness)
    for row, entry in enumerate(book.entries, HEAD_ROW + 1):
        for place, value in enumerate(values_of(entry), 1):
            cell = write_text(sheet, row, place, value)
            style_body(cell, shown_as="@", is_short=COLUMNS[place - 1][1] < SHORT)
    freeze_head(sheet)


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


def export_register(year: int, sought: str, *, title: str, by: Actor) -> bytes:
    """Return a year's register as a workbook, narrowed down to what was sought, and write down who took it."""
    require(by, Action.READ_REGISTER)
    data = register_workbook(numbers.matching_series(numbers.series_of_year(year), sought), title=title)
    detail = {"year": year, "sought": sought, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    record_event(REGISTER_EXPORTED, by=by, summary=f"{year}年发文登记簿", detail=detail)
    return data
