"""The one way to read a table that somebody sends (.xlsx, .csv): within limits, in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from app.base.processes.confined_reader import current_reader
from app.base.tables.sheet_parsing import SheetLimits, parse_csv, parse_workbook

ROWS, COLUMNS, CELLS, CHARACTERS = 5_000, 200, 200_000, 5_000_000
PROBLEMS = 200  # so many are listed
FIELD = 131_072  # characters: what Python's csv takes at most, four times what a cell of Excel holds


@dataclass(frozen=True)
class SheetCell:
    """A cell as it was read: `kind` is openpyxl's letter for its type, `is_percent` its way of showing numbers.

    The value of a day or a time (kind d) is a text; so is that of a formula (kind f), of which nothing more is known.
    """

    value: str | int | float | None = None
    kind: str = "n"
    is_percent: bool = False

    @property
    def has_no_text(self) -> bool:
        return not self.value_text.strip()

    @property
    def value_text(self) -> str:
        return "" if self.value is None else str(self.value)


SheetRows = list[tuple[SheetCell, ...]]
BLANK = SheetCell()


def read_sheets(data: bytes, names: Sequence[str], *, file: str, rows: int = ROWS) -> dict[str, SheetRows]:
    """Return the rows of a workbook's sheets with these names, those that there are; formulas stay formulas.

    `file` is how the file is called in a sentence. Raises BadInput for what is no workbook or too much of one.
    """
    found = current_reader().call_with_file(
        parse_workbook, BytesIO(data), names=list(names), computed=False, limits=limits_for(file, rows)
    )
    return {name: sheet_cells(sheet) for name, sheet in found.items()}


def read_first_sheet(data: bytes, *, file: str, rows: int = ROWS) -> SheetRows:
    """Return the rows of a workbook's first sheet, with what its formulas came to. Raises as `read_sheets` does."""
    found = current_reader().call_with_file(
        parse_workbook, BytesIO(data), names=None, computed=True, limits=limits_for(file, rows)
    )
    return next((sheet_cells(sheet) for sheet in found.values()), [])


def read_csv(data: bytes, *, file: str, rows: int = ROWS) -> SheetRows:
    """Return the rows of a CSV file (UTF-8, GB18030). Raises BadInput for what is none or too much of one."""
    return sheet_cells(
        current_reader().call_with_file(parse_csv, BytesIO(data), limits=limits_for(file, rows))
    )


def limits_for(file: str, rows: int) -> dict[str, Any]:
    return asdict(SheetLimits(file, rows, COLUMNS, CELLS, CHARACTERS, FIELD))


def sheet_cells(rows: list[list[Any]]) -> SheetRows:
    return [tuple(BLANK if cell is None else SheetCell(*cell) for cell in row) for row in rows]


def runs_of(numbers: Sequence[int]) -> str:
    """Return rising numbers of rows in words, those that follow one another as a run: 2、4 至 9、12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        elif not runs or number != runs[-1][-1]:
            runs.append([number])
    return "、".join(" 至 ".join(map(str, run)) for run in runs)


def shortened_problems(sentences: Sequence[str]) -> list[str]:
    """Return what is wrong in a table as far as a person reads it, and how many more there are."""
    rest = len(sentences) - PROBLEMS
    return [*sentences[:PROBLEMS], *([f"另有 {rest} 处，改正以上各处后会继续列出。"] if rest > 0 else [])]
