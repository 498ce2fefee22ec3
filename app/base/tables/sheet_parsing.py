"""Parsing tables into plain rows, within limits, in a process of `app.base.processes.confined_reader`.

A row is a list of cells without the empty ones at its end. A cell is None if empty, else a value, its kind, and whether
it is shown as a percentage. Kinds are openpyxl's letters: n number, s text, b boolean, d day or time (the value is a
text), f formula, e error.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import IO, Any

from app.base.errors import BadInput
from app.base.tables.archives import (
    LockedArchive,
    OversizeArchive,
    UnpackAllowance,
    XmlLimits,
    check_xml_parts,
    opened_archive,
    refuse_ambiguous_entries,
)

ENTRIES = 200
UNPACKED_BYTES = 20_000_000  # a form of 45 measures whose every text fills its cell takes 13 MB
ELEMENTS = 100_000  # ten microseconds each; a form of 45 measures with ten tasks each has 12,500

DAMAGED = "{file}不是可读的 Excel 文件，可能已损坏。请用 Excel 打开后另存为“Excel 工作簿（.xlsx）”，再试。"
LOCKED = "{file}加了密码，打不开。请去掉密码，另存为“Excel 工作簿（.xlsx）”，再试。"
OVERSIZE = "{file}展开后太大，没有打开。请去掉插入的图片和多余的工作表，只留要用的表，再试。"
NOT_TEXT = "{file}不是可读的 CSV 文件，请用 Excel 另存为“CSV UTF-8”后再试。"
LONG_FIELD = "{file}第 {row} 行有一格超过 {most} 字，多半是少了一个引号，把后面的行也引了进去。请改正后再试。"

PlainCell = tuple[Any, str, bool] | None
PlainRows = list[list[PlainCell]]


@dataclass
class SheetLimits:
    """Limits of one file, all its sheets together; `longest_field` counts characters of one CSV field."""

    file: str  # how the file is called in a sentence
    rows: int
    columns: int
    cells: int
    characters: int
    longest_field: int
    place: str = ""  # in the file, for the sentence

    def refusal_saying(self, sentence: str) -> BadInput:
        return BadInput(f"{self.file}{self.place}{sentence}")

    def count_row(self, number: int, row: Sequence[PlainCell]) -> None:
        """Count a row. Raises BadInput if there are too many, or it is too wide or has too much content."""
        if number > self.rows:
            raise self.refusal_saying(
                f"超过 {self.rows} 行，没有打开。请只留要用的行，或拆成几个文件，再试。"
            )
        if len(row) > self.columns:
            raise self.refusal_saying(
                f"第 {number} 行超过 {self.columns} 列，没有打开。请删去多余的列，再试。"
            )
        self.cells -= len(row)
        self.characters -= sum(len(cell[0]) for cell in row if cell and isinstance(cell[0], str))
        if self.cells < 0 or self.characters < 0:
            raise self.refusal_saying("的内容太多，没有打开。请只留要用的行和列，或拆成几个文件，再试。")


def parse_workbook(
    file: IO[bytes], *, names: list[str] | None, computed: bool, limits: dict[str, Any]
) -> dict[str, PlainRows]:
    """Return the rows of those of the named sheets that exist; without names, of the first sheet.

    `computed` gives the results of formulas instead of the formulas. Raises BadInput for a file that is no workbook, or
    too large.
    """
    within = SheetLimits(**limits)
    try:
        with opened_archive(file) as archive:
            entries = archive.infolist()
            UnpackAllowance(ENTRIES, UNPACKED_BYTES).spend_on(entries, file.seek(0, 2))
            refuse_ambiguous_entries(entries)
            check_xml_parts(archive, XmlLimits(ELEMENTS))
        return sheets_in(file, names, computed, within)
    except (BadInput, MemoryError):
        raise
    except OversizeArchive:
        raise BadInput(OVERSIZE.format(file=within.file)) from None
    except LockedArchive:
        raise BadInput(LOCKED.format(file=within.file)) from None
    except Exception:  # openpyxl raises whatever it stumbles over in a file made by hand
        raise BadInput(DAMAGED.format(file=within.file)) from None


def sheets_in(
    file: IO[bytes], names: list[str] | None, computed: bool, limits: SheetLimits
) -> dict[str, PlainRows]:
    for unneeded in ("numpy", "PIL"):  # openpyxl would load them, for charts and pictures
        sys.modules.setdefault(unneeded, None)  # type: ignore[arg-type]  # this is how an import is made to fail
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=computed, keep_links=False)
    wanted = book.worksheets[:1] if names is None else [book[one] for one in names if one in book.sheetnames]
    found = {}
    for sheet in wanted:
        sheet.reset_dimensions()  # they are what the file says, not what it has
        limits.place = f"的工作表“{sheet.title}”" if names else ""
        found[sheet.title] = list(rows_of_sheet(sheet.iter_rows(max_row=limits.rows + 1), limits))
    return found


def rows_of_sheet(rows: Iterable[Iterable[Any]], limits: SheetLimits) -> Iterator[list[PlainCell]]:
    """Yield the rows of a sheet, each once it is within the limits."""
    for number, row in enumerate(rows, 1):
        cells = [plain_cell(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        limits.count_row(number, cells)
        yield cells


def plain_cell(cell: Any) -> PlainCell:
    value = cell.value
    if value is None:
        return None
    is_percent = "%" in str(cell.number_format)
    if isinstance(value, date | time | timedelta):
        return str(value), "d", is_percent
    if cell.data_type == "f" or not isinstance(value, str | int | float):
        return "=", "f", is_percent
    return value, str(cell.data_type), is_percent


def parse_csv(file: IO[bytes], *, limits: dict[str, Any]) -> PlainRows:
    """Return the rows of a CSV file (UTF-8, GB18030). Raises BadInput for a file that is none, or too large."""
    within = SheetLimits(**limits)
    csv.field_size_limit(within.longest_field)
    rows: PlainRows = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(decoded_text(file, within), newline="")), 1):
            cells: list[PlainCell] = [(value, "s", False) if value else None for value in row]
            within.count_row(number, cells)
            rows.append(cells)
    except csv.Error:
        sentence = LONG_FIELD.format(file=within.file, row=len(rows) + 1, most=f"{within.longest_field:,}")
        raise BadInput(sentence) from None
    return rows


def decoded_text(file: IO[bytes], limits: SheetLimits) -> str:
    """Return the text of a file in one of the two encodings that Excel writes here. Raises BadInput for others."""
    data = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(NOT_TEXT.format(file=limits.file))
