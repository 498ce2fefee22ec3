"""The one way to read an uploaded table (.xlsx, .csv): within limits, in a process of its own."""

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
    """A cell: `kind` is openpyxl's letter for its type, `is_percent` whether it is shown as a percentage.

    The value of a day, a time (kind d) or a formula (kind f) is a text.
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
    """Return the rows of those of the named sheets that exist; formulas stay formulas.

    `file` is the file's name in a sentence. Raises BadInput for a file that is no workbook, or too large.
    """
    found = current_reader().call_with_file(
        parse_workbook, BytesIO(data), names=list(names), computed=False, limits=limits_for(file, rows)
    )
    return {name: sheet_cells(sheet) for name, sheet in found.items()}


def read_first_sheet(data: bytes, *, file: str, rows: int = ROWS) -> SheetRows:
    """Return the rows of the first sheet with the results of formulas. Raises as `read_sheets` does."""
    found = current_reader().call_with_file(
        parse_workbook, BytesIO(data), names=None, computed=True, limits=limits_for(file, rows)
    )
    return next((sheet_cells(sheet) for sheet in found.values()), [])


def read_csv(data: bytes, *, file: str, rows: int = ROWS) -> SheetRows:
    """Return the rows of a CSV file (UTF-8, GB18030). Raises BadInput for a file that is none, or too large."""
    return sheet_cells(
        current_reader().call_with_file(parse_csv, BytesIO(data), limits=limits_for(file, rows))
    )


def limits_for(file: str, rows: int) -> dict[str, Any]:
    return asdict(SheetLimits(file, rows, COLUMNS, CELLS, CHARACTERS, FIELD))


def sheet_cells(rows: list[list[Any]]) -> SheetRows:
    return [tuple(BLANK if cell is None else SheetCell(*cell) for cell in row) for row in rows]


def runs_of(numbers: Sequence[int]) -> str:
    """Return ascending row numbers in words, consecutive ones as a range: 2、4 至 9、12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        elif not runs or number != runs[-1][-1]:
            runs.append([number])
    return "、".join(" 至 ".join(map(str, run)) for run in runs)


def shortened_problems(sentences: Sequence[str]) -> list[str]:
    """Return the problems of a table, up to a limit, and how many more there are."""
    rest = len(sentences) - PROBLEMS
    return [*sentences[:PROBLEMS], *([f"另有 {rest} 处，改正以上各处后会继续列出。"] if rest > 0 else [])]
