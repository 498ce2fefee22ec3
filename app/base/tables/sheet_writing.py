"""Writing sheets: cells, title, head, print set-up."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.base.text import plain_text
from reports.characters import NOT_IN_XML
from reports.excel_sheet import (
    SHEET_NAME_LENGTH,
    allowed_in_sheet_name,
    cell_at,
    fit_to_a4,
    fits_cell,
    free_sheet_name,
    freeze_head_row,
    set_text,
)

__all__ = [
    "HEAD_ROW",
    "SHEET_NAME_LENGTH",
    "TOO_MUCH_FOR_CELL",
    "allowed_in_sheet_name",
    "carried_text",
    "cell_at",
    "free_sheet_name",
    "freeze_head",
    "print_on_a4",
    "shade_locked",
    "style_body",
    "style_guidance",
    "workbook_bytes",
    "write_head",
    "write_text",
]

HEAD_ROW = 3  # below a title and a note
TOO_MUCH_FOR_CELL = "（这段文字 Excel 的一格放不下。请在网页上查看和修改，这一格保持原样。）"

# Excel reads _x000D_ as a carriage return: a text that literally holds such a thing would come back as another.
ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_|x005F_")

FACE = "宋体"
THIN = Side(style="thin", color="A6A6A6")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
TOP = Alignment(vertical="top", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="top", wrap_text=True)
HEAD = Alignment(horizontal="center", vertical="center", wrap_text=True)
GREY = PatternFill("solid", fgColor="EDEDED")
BLUE = PatternFill("solid", fgColor="D9E2F3")
OPEN = Protection(locked=False)


def carried_text(text: str) -> str:
    """Return a text as a cell can hold it, without characters that XML forbids; or TOO_MUCH, so that one text that is
    too long does not prevent the whole form.
    """
    plain = NOT_IN_XML.sub("", plain_text(text))
    return plain if fits_cell(plain) and not ESCAPE.search(plain) else TOO_MUCH_FOR_CELL


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text into a cell; return the cell."""
    cell = cell_at(sheet, row, column)
    set_text(cell, carried_text(text))
    return cell


def write_head(
    sheet: Worksheet, columns: Iterable[tuple[str, int]], *, title: str, note: str, first_shown: int = 1
) -> None:
    """Write the title and the note below it, then the labels of the columns with their widths in characters."""
    write_text(sheet, 1, first_shown, title).font = Font(name=FACE, size=14, bold=True)
    write_text(sheet, 2, first_shown, note).font = Font(name=FACE, size=10, color="595959")
    for place, (label, width) in enumerate(columns, 1):
        cell = write_text(sheet, HEAD_ROW, place, label)
        cell.font = Font(name=FACE, size=10, bold=True)
        cell.fill, cell.border, cell.alignment = BLUE, FRAME, HEAD
        sheet.column_dimensions[get_column_letter(place)].width = width


def style_body(cell: Cell, *, shown_as: str, is_short: bool, is_open: bool = False) -> None:
    """Give a cell the style of the table, or of input if it is open."""
    cell.font = Font(name=FACE, size=10)
    cell.border, cell.alignment = FRAME, CENTRE if is_short else TOP
    cell.number_format = shown_as
    if is_open:
        cell.protection = OPEN


def style_guidance(cell: Cell, *, is_title: bool) -> None:
    """Give a cell the style of a sentence of guidance."""
    cell.font = Font(name=FACE, size=14 if is_title else 11, bold=is_title)
    cell.alignment = TOP


def shade_locked(cells: Iterable[Cell]) -> None:
    """Shade the cells that cannot be filled in."""
    for cell in cells:
        if cell.protection.locked:
            cell.fill = GREY


def freeze_head(sheet: Worksheet, *, columns: int = 0) -> None:
    """Keep the head and some columns in view; print the head on every page."""
    freeze_head_row(sheet, HEAD_ROW, columns=columns)
    print_on_a4(sheet)


def print_on_a4(sheet: Worksheet) -> None:
    """Print with narrow margins; the footer counts the pages, so that none is missing when it is signed."""
    fit_to_a4(sheet, footer="第 &P 页，共 &N 页")
    sheet.page_margins.left = sheet.page_margins.right = 0.4


def workbook_bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
