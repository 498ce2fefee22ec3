"""Reading tables kept in Excel: CSV (UTF-8, GB18030) and XLSX, by the column names in the first row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.base.errors import BadInput
from app.base.tables.spreadsheets import (
    read_csv,
    read_first_sheet,
    runs_of,
    shortened_problems,
)
from app.base.text import plain_text

FILE_BYTES = 20_000_000
SEVERAL = 3  # rows
YES, NO = "是", "否"


@dataclass(frozen=True)
class TableRow:
    """A row as written. `number` counts from 1 with the head as row 1, as in Excel, or as `counted` says."""

    number: int
    cells: dict[str, str]
    counted: str = "行"

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def is_marked(self, column: str) -> bool:
        return self[column] == YES


@dataclass
class TableProblems:
    """Collects problems with their places, so that all can be corrected at once."""

    found: list[tuple[TableRow, str, str]] = field(default_factory=list)

    def add_problem(self, row: TableRow, column: str, sentence: str) -> None:
        self.found.append((row, column, sentence))

    def check_mark(self, row: TableRow, column: str) -> None:
        if row[column] not in (YES, NO, ""):
            self.add_problem(row, column, f"请填“{YES}”或“{NO}”。")

    def raise_problems(self, name: str) -> None:
        """Raise BadInput with every problem, if there are any: nothing is then imported."""
        if self.found:
            raise BadInput(
                f"“{name}”有 {len(self.found)} 处需要改正，未导入任何内容。请改正后重新导入。",
                tuple(shortened_problems(self.problem_sentences)),
            )

    @property
    def problem_sentences(self) -> list[str]:
        """Return the problems in words; the same one in several rows of a column once, at its first row."""
        rows: dict[tuple[str, str], list[int]] = {}
        for row, column, sentence in self.found:
            rows.setdefault((column, sentence), []).append(row.number)
        gathered = {place: runs_of(numbers) for place, numbers in rows.items() if len(numbers) >= SEVERAL}
        lines = [
            f"第 {gathered.get((column, sentence), row.number)} {row.counted}“{column}”：{sentence}"
            for row, column, sentence in self.found
        ]
        return list(dict.fromkeys(lines))


def read_table(path: Path, columns: Sequence[str]) -> list[TableRow]:
    """Return the rows of a table file that are not empty.

    path: a .csv or .xlsx file; of a workbook, the first sheet. columns: names that the head must have; others are read
    too. Raises BadInput if the file cannot be read, a column is missing, or there is nothing below the head.
    """
    return parse_table(read_table_bytes(path), path.name, columns)


def read_table_bytes(path: Path, advice: str = "请拆成几个文件，再试。") -> bytes:
    """Return the content of a file. Raises BadInput if it cannot be read or is too large.

    advice: a sentence on what to do about a large one.
    """
    if not path.is_file():
        raise BadInput(f"没有找到文件“{path.name}”，请核对路径。")
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
    except OSError:
        raise BadInput(f"读不到文件“{path.name}”，请核对权限。") from None
    if len(data) > FILE_BYTES:
        raise BadInput(f"“{path.name}”超过 {FILE_BYTES // 1_000_000} MB，没有打开。{advice}")
    return data


def parse_table(data: bytes, name: str, columns: Sequence[str]) -> list[TableRow]:
    """Return the same as `read_table` from the content of a file; `name` ends in .csv or .xlsx."""
    read = read_first_sheet if name.lower().endswith(".xlsx") else read_csv
    lines = ([cell.value_text for cell in row] for row in read(data, file=f"“{name}”"))
    rows = rows_below_head(lines, name, columns)
    if not rows:
        raise BadInput(f"“{name}”的表头下面没有内容，未导入任何内容。请填写后重新导入。")
    return rows


def rows_below_head(lines: Iterator[list[str]], name: str, columns: Sequence[str]) -> list[TableRow]:
    """Return the rows below the head that are not empty. Raises BadInput if a column is missing."""
    head = [label.strip() for label in next(lines, [])]
    missing = [column for column in columns if column not in head]
    if missing:
        raise BadInput(f"“{name}”的表头缺少：{'、'.join(missing)}。请按示例表的表头填写。")
    rows = (TableRow(number, clean_cells(head, cells)) for number, cells in enumerate(lines, 2))
    return [row for row in rows if any(row.cells.values())]


def clean_cells(head: Sequence[str], cells: Iterable[str]) -> dict[str, str]:
    """Return the cells of a row by column name, without outer white space and invisible characters."""
    return {name: plain_text(cell).strip() for name, cell in zip(head, cells, strict=False) if name}
