"""The document register as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook

from app.audit.event_kinds import EventKind
from app.audit.operations import file_detail, record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.tables.list_sheet import ListColumn, write_list_sheet
from app.base.tables.sheet_writing import (
    SHEET_NAME_LENGTH,
    allowed_in_sheet_name,
    workbook_bytes,
)
from app.issuing.models import RegisterEntry
from app.issuing.register import number_of
from app.issuing.register_series import RegisterSeries, matching_series, series_of_year

COLUMNS: tuple[ListColumn[RegisterEntry], ...] = (
    ListColumn("文号", 20, lambda entry: str(number_of(entry))),
    ListColumn("版次", 6, lambda entry: str(entry.edition)),
    ListColumn("标题", 52, lambda entry: entry.title),
    ListColumn("种类", 16, lambda entry: entry.document.kind.label if entry.document else ""),
    ListColumn("成文日期", 12, lambda entry: f"{entry.document.dated:%Y-%m-%d}" if entry.document else ""),
    ListColumn("状态", 10, lambda entry: entry.document.state.label if entry.document else ""),
    ListColumn("登记时间", 16, lambda entry: f"{entry.entered_at:%Y-%m-%d %H:%M}"),
    ListColumn("登记人", 12, lambda entry: entry.entered_by),
    ListColumn("备注", 40, lambda entry: entry.note),
)


def register_workbook(books: Iterable[RegisterSeries], *, title: str) -> bytes:
    """Return a workbook with a sheet for each series of numbers, as bytes."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for book in books:
        sheet = workbook.create_sheet(sheet_name(book))
        heading = f"{title}（{book.word}〔{book.year}〕）"
        write_list_sheet(sheet, COLUMNS, book.entries, title=heading, note=book.completeness)
    if not workbook.worksheets:
        workbook.create_sheet("发文登记")
    return workbook_bytes(workbook)


def sheet_name(book: RegisterSeries) -> str:
    """Return a name for a series that Excel accepts: without forbidden characters and always with the year."""
    return allowed_in_sheet_name(f"{book.word}{book.year}")[-SHEET_NAME_LENGTH:]


def export_register(year: int, sought: str, *, title: str, by: Actor) -> bytes:
    """Return a year's register as a workbook, filtered like the page, and record who took it."""
    require(by, Action.READ_REGISTER)
    data = register_workbook(matching_series(series_of_year(year), sought), title=title)
    detail = {"year": year, "sought": sought, **file_detail(data)}
    record_event(EventKind.EXPORT_REGISTER, by=by, summary=f"{year}年发文登记簿", detail=detail)
    return data
