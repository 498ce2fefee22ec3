"""A workbook (.xlsx) as tables: the visible sheets with their merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from app.base.tables.sheet_parsing import PlainCell, PlainRows, SheetLimits, rows_of_sheet
from app.plan.importer.sources.file_kinds import check_package, refusing_damage
from app.plan.importer.sources.source_file import FileContents, source_of_contents
from app.plan.importer.sources.table_grid import COLUMNS, PLAIN, TableCell, TableGrid

ELEMENTS = 300_000
ROWS, CELLS, CHARACTERS = 5_000, 200_000, 1_000_000
MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]{0,200}?\bref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)
MOST_MERGED = 20_000
LETTERS = 26

Area = tuple[int, int, int, int]


def read_workbook_sheets(file: IO[bytes]) -> dict[str, Any]:
    """Return the text of a workbook as `SourceText.as_json` has it. Raises BadInput."""
    check_package(file, elements=ELEMENTS)
    return source_of_contents(refusing_damage(workbook_contents, file)).as_json()


def workbook_contents(file: IO[bytes]) -> FileContents:
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    limits = SheetLimits("文件", ROWS, COLUMNS, CELLS, CHARACTERS, CHARACTERS)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    grids = [grid for sheet in shown if (grid := grid_of_sheet(sheet, limits)).has_words]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    notes = [f"隐藏的工作表没有读：{'、'.join(hidden)}。"] if hidden else []
    if len(grids) > 1:
        notes.append(f"工作簿里 {len(grids)} 张工作表都读了，按先后排列；不要的请删去后重新选择。")
    return FileContents(grids, notes)


def grid_of_sheet(sheet: Any, limits: SheetLimits) -> TableGrid:
    sheet.reset_dimensions()  # the file's own dimensions may be wrong
    rows = list(rows_of_sheet(sheet.iter_rows(max_row=limits.rows + 1), limits))
    with sheet._get_source() as source:  # the only way to the merged cells in openpyxl's read-only mode
        areas = merged_areas(source.read(), len(rows))
    grid = TableGrid([[] for _ in rows])
    for top, left, height, width in areas:
        grid.place_cell(cell_of_rows(rows, top, left, height, width))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                grid.place_cell(cell_of_rows(rows, row, column, 1, 1))
    return grid


def merged_areas(document: bytes, rows: int) -> Iterator[Area]:
    """Yield the merged areas of a sheet as top, left, height and width, limited to its rows and columns."""
    for count, found in enumerate(MERGED.finditer(document)):
        top, bottom = int(found[2]) - 1, min(int(found[4]), rows)
        left, right = column_number(found[1]) - 1, min(column_number(found[3]), COLUMNS)
        if count < MOST_MERGED and top < bottom and left < right:
            yield top, left, bottom - top, right - left


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ord("A") + 1
    return number


def cell_of_rows(rows: PlainRows, row: int, column: int, height: int, width: int) -> TableCell:
    cell = rows[row][column] if column < len(rows[row]) else None
    lines = tuple((line.strip(), PLAIN) for line in shown_text(cell).split("\n"))
    return TableCell(row, column, height, width, lines)


def shown_text(cell: PlainCell) -> str:
    """Return a value as Excel shows it: short numbers, percentages, written dates."""
    if cell is None:
        return ""
    value, kind, is_percent = cell
    if kind == "d":
        return shown_day(str(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if kind in ("f", "e") else str(value).replace("_x000D_", "").replace("\r", "")
    return f"{value * 100:.10g}%" if is_percent else f"{value:.10g}"


def shown_day(text: str) -> str:
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"
