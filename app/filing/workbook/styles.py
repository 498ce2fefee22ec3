"""How the cells of a workbook look, and which of them a department can change."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

FACE = "宋体"
THIN = Side(style="thin", color="A6A6A6")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
TOP = Alignment(vertical="top", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="top", wrap_text=True)
HEAD = Alignment(horizontal="center", vertical="center", wrap_text=True)
GREY = PatternFill("solid", fgColor="EDEDED")
BLUE = PatternFill("solid", fgColor="D9E2F3")
OPEN = Protection(locked=False)


def as_title(cell: Cell) -> None:
    cell.font = Font(name=FACE, size=14, bold=True)


def as_note(cell: Cell) -> None:
    """Make a cell the sentence below the title."""
    cell.font = Font(name=FACE, size=10, color="595959")


def as_head(cell: Cell) -> None:
    cell.font = Font(name=FACE, size=10, bold=True)
    cell.fill, cell.border, cell.alignment = BLUE, FRAME, HEAD


def as_body(cell: Cell, *, shown_as: str, is_short: bool, is_open: bool) -> None:
    """Make a cell part of the table, to be filled in where it is open."""
    cell.font = Font(name=FACE, size=10)
    cell.border, cell.alignment = FRAME, CENTRE if is_short else TOP
    cell.number_format = shown_as
    if is_open:
        cell.protection = OPEN


def shade_locked(cells: Iterable[Cell]) -> None:
    """Make grey what cannot be filled in."""
    for cell in cells:
        if cell.protection.locked:
            cell.fill = GREY


def as_guidance(cell: Cell, *, is_title: bool) -> None:
    cell.font = Font(name=FACE, size=14 if is_title else 11, bold=is_title)
    cell.alignment = TOP
