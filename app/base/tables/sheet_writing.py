"""Writing workbooks: what a cell can hold and how it looks, a sheet's title, head and print set-up."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.base.text import plain_text

HEAD_ROW = 3  # below a title and a note
A4 = 9  # ECMA-376 part 1, 18.3.1.63, paperSize
CELL_LENGTH = 32_767  # Excel's limit, in UTF-16 units; openpyxl would cut the rest off without a word
SHEET_NAME_LENGTH = 31
FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\x00-\x1f\[\]:*?/\\']")
TOO_MUCH_FOR_CELL = "（这段文字 Excel 的一格放不下。请在网页上查看和修改，这一格保持原样。）"

# XML 1.0, production 2 (Char), without the delete character, which forms on the web do not take either.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
    """Return a text as a cell can hold it, without what XML cannot or nobody sees, or TOO_MUCH in its place."""
    plain = NOT_IN_XML.sub("", plain_text(text))
    fits = len(plain.encode("utf-16-le")) // 2 <= CELL_LENGTH and not ESCAPE.search(plain)
    return plain if fits else TOO_MUCH_FOR_CELL


def allowed_in_sheet_name(text: str) -> str:
    """Return a text without what Excel takes in no sheet's name, which is of 31 characters at most."""
    return FORBIDDEN_IN_SHEET_NAME.sub("", NOT_IN_XML.sub("", plain_text(text)))


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell; none here is part of a merged one."""
    return cast(Cell, sheet.cell(row, column))


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text as text, whatever it begins with: = + - @ start no formula. Return its cell."""
    cell = cell_at(sheet, row, column)
    cell.value = carried_text(text)
    cell.data_type = "s"
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
    """Make a cell part of the table, to be filled in where it is open."""
    cell.font = Font(name=FACE, size=10)
    cell.border, cell.alignment = FRAME, CENTRE if is_short else TOP
    cell.number_format = shown_as
    if is_open:
        cell.protection = OPEN


def style_guidance(cell: Cell, *, is_title: bool) -> None:
    """Make a cell a sentence of a sheet that holds nothing else."""
    cell.font = Font(name=FACE, size=14 if is_title else 11, bold=is_title)
    cell.alignment = TOP


def shade_locked(cells: Iterable[Cell]) -> None:
    """Make grey what cannot be filled in."""
    for cell in cells:
        if cell.protection.locked:
            cell.fill = GREY


def freeze_head(sheet: Worksheet, *, columns: int = 0) -> None:
    """Keep the head, and so many columns, in sight; print the head on every page."""
    sheet.freeze_panes = f"{get_column_letter(columns + 1)}{HEAD_ROW + 1}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    print_on_a4(sheet)


def print_on_a4(sheet: Worksheet) -> None:
    """Print on A4 landscape, as wide as the page, with the number of the page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    footer: Any = sheet.oddFooter
    footer.center.text = "第 &P 页，共 &N 页"


def workbook_bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
