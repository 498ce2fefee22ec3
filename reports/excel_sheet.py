"""What Excel takes of a text and how a sheet is printed: for annex tables as for what is filled in and listed."""

import re
from collections.abc import Iterable
from typing import cast

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.characters import NOT_IN_XML, visible_text

A4 = 9  # ECMA-376 part 1, 18.3.1.63, paperSize
CELL_LENGTH = 32_767  # in UTF-16 units; openpyxl would cut the rest off without a word
SHEET_NAME_LENGTH = 31
FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\x00-\x1f\[\]:*?/\\']")


def allowed_in_sheet_name(text: str) -> str:
    """A text without what Excel takes in no sheet's name; still to be cut to SHEET_NAME_LENGTH."""
    return FORBIDDEN_IN_SHEET_NAME.sub("", NOT_IN_XML.sub("", visible_text(text)))


def free_sheet_name(text: str, taken: Iterable[str], *, when_empty: str) -> str:
    """A name for a sheet that Excel accepts and that no other sheet has."""
    name = allowed_in_sheet_name(text)[:SHEET_NAME_LENGTH] or when_empty
    others = {other.casefold() for other in taken}
    names = (name, *(f"{name[: SHEET_NAME_LENGTH - 4]}（{number}）" for number in range(2, len(others) + 3)))
    return next(free for free in names if free.casefold() not in others)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that is not hidden in a merged one."""
    return cast(Cell, sheet.cell(row, column))


def fits_cell(text: str) -> bool:
    """Whether Excel has room for a text in one cell."""
    return len(text.encode("utf-16-le")) // 2 <= CELL_LENGTH


def set_text(cell: Cell, text: str) -> None:
    """Write a text as a text, whatever it begins with: = + - @ start no formula, not even when it is edited."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def freeze_head_row(sheet: Worksheet, head_row: int, *, columns: int = 0) -> None:
    """Keep all down to the head, and so many columns, in sight; print the head on every page."""
    sheet.freeze_panes = f"{get_column_letter(columns + 1)}{head_row + 1}"
    sheet.print_title_rows = f"{head_row}:{head_row}"


def fit_to_a4(sheet: Worksheet, *, footer: str) -> None:
    """Print on A4 landscape, as wide as the page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(footer))
