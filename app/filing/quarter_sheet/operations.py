"""The workbook of quarter sheets, to be printed and signed."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.tables.sheet_writing import (
    HEAD_ROW,
    free_sheet_name,
    freeze_head,
    style_body,
    style_guidance,
    workbook_bytes,
    write_head,
    write_text,
)
from app.filing.core.content import LONG_TEXTS
from app.filing.quarter_sheet.queries import FiledMeasure, QuarterSheet, quarter_sheets
from app.filing.workbook.operations import record_form_event
from app.periods.models import Period

COLUMNS = (
    ("序号", 6),
    ("举措", 20),
    ("完成率等", 24),
    *((label, 34) for label in LONG_TEXTS.values()),
    ("佐证材料", 16),
    ("以前采用的进展情况", 34),
    ("填报状态", 10),
)
SHORT = (1, len(COLUMNS))  # columns whose words are centred
SIGNATURES = ("填报人：", "部门负责人（签字）：", "日期：　　　年　　月　　日")


def download_sheet(period: Period, *, by: Actor) -> tuple[str, bytes]:
    """Return name and content of the workbook of a person's departments, and record the download. Raises NotAllowed."""
    require(by, Action.DOWNLOAD_SHEET)
    sheets = quarter_sheets(period, user=by)
    names = "、".join(sheet.department.short_name for sheet in sheets)
    data = sheets_workbook(sheets)
    record_form_event(Action.DOWNLOAD_SHEET, period, data, by=by, summary=names)
    return f"{names}{period.quarter.words}填报表（签字）.xlsx", data


def sheets_workbook(sheets: Sequence[QuarterSheet]) -> bytes:
    """Return a workbook with a sheet for each department, as bytes."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        name = free_sheet_name(sheet.department.short_name, workbook.sheetnames, when_empty="填报表")
        write_sheet(workbook.create_sheet(name), sheet)
    return workbook_bytes(workbook)


def write_sheet(sheet: Worksheet, content: QuarterSheet) -> None:
    note = f"共 {len(content.rows)} 项举措，其中 {content.unwritten_count} 项未填写。"
    write_head(sheet, COLUMNS, title=content.title, note=note)
    for place, row in enumerate(content.rows, HEAD_ROW + 1):
        for column, words in enumerate(cells_of(row), 1):
            cell = write_text(sheet, place, column, words)
            style_body(cell, shown_as="@", is_short=column in SHORT)
    signed_at = HEAD_ROW + len(content.rows) + 2
    for column, words in zip((2, 4, 7), SIGNATURES, strict=True):
        style_guidance(write_text(sheet, signed_at, column, words), is_title=False)
    freeze_head(sheet, columns=2)


def cells_of(row: FiledMeasure) -> tuple[str, ...]:
    filing = row.filing
    last = f"{row.last_quarter_words}：{row.last.progress}" if row.last else ""
    return (
        str(filing.measure.position),
        filing.measure.title,
        "\n".join(f"{label}：{words}" for label, words in row.answers),
        *(getattr(filing, name) for name in LONG_TEXTS),
        "\n".join(row.evidence),
        last,
        filing.own_state.label,
    )
