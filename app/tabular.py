"""Reading tables that people keep in Excel: CSV (UTF-8, GB18030) and XLSX, by the names in the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook

from app.errors import BadInput
from app.packed import is_modest
from app.text import plain_text


@dataclass(frozen=True)
class Row:
    """A row as written. `number` counts from 1 with the head as row 1, as Excel shows it."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class Problems:
    """Collects what is wrong, each with its place, so that a person mends everything at once."""

    sentences: list[str] = field(default_factory=list)

    def add(self, row: Row, column: str, sentence: str) -> None:
        """Note a problem at a row and column."""
        self.sentences.append(f"第 {row.number} 行“{column}”：{sentence}")

    def stop(self, name: str) -> None:
        """Raise BadInput with every problem, if there is one: nothing is then imported."""
        if self.sentences:
            raise BadInput(
                f"“{name}”有 {len(self.sentences)} 处需要改正，未导入任何内容。请改正后重新导入。",
                tuple(self.sentences),
            )


def read_table(path: Path, columns: Sequence[str]) -> list[Row]:
    """Return the rows of a table file that are not empty.

    Args:
        path: a .csv or .xlsx file; of a workbook the first sheet is read.
        columns: names that the head must have; others are read too.

    Raises BadInput when the file cannot be read, a column is missing, or nothing stands below the head.
    """
    if not path.is_file():
        raise BadInput(f"没有找到文件“{path.name}”，请核对路径。")
    return table_in(path.read_bytes(), path.name, columns)


def table_in(data: bytes, name: str, columns: Sequence[str]) -> list[Row]:
    """Return what `read_table` returns, of a file whose content is at hand; `name` ends in .csv or .xlsx."""
    lines = workbook_lines(data, name) if name.lower().endswith(".xlsx") else csv_lines(data, name)
    rows = under_head(lines, name, columns)
    if not rows:
        raise BadInput(f"“{name}”的表头下面没有内容，未导入任何内容。请填写后重新导入。")
    return rows


def under_head(lines: Iterator[list[str]], name: str, columns: Sequence[str]) -> list[Row]:
    """Return the rows below a table's first line that are not empty. Raises BadInput when a column is missing."""
    head = [label.strip() for label in next(lines, [])]
    missing = [column for column in columns if column not in head]
    if missing:
        raise BadInput(f"“{name}”的表头缺少：{'、'.join(missing)}。请按示例表的表头填写。")
    rows = (Row(number, clean(head, cells)) for number, cells in enumerate(lines, 2))
    return [row for row in rows if any(row.cells.values())]


def clean(head: Sequence[str], cells: Iterable[str]) -> dict[str, str]:
    """Return the cells of one row by the names of the head, without outer white space and what nobody sees."""
    return {name: plain_text(cell).strip() for name, cell in zip(head, cells, strict=False) if name}


def csv_lines(data: bytes, name: str) -> Iterator[list[str]]:
    """Return an iterator over the lines of a CSV file."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return csv.reader(io.StringIO(text, newline=""))
    raise BadInput(f"“{name}”不是可读的 CSV 文件，请用 Excel 另存为“CSV UTF-8”后再导入。")


def workbook_lines(data: bytes, name: str) -> Iterator[list[str]]:
    """Return an iterator over the rows of a workbook's first sheet."""
    try:
        is_table = is_modest(data)
        rows = first_sheet(data) if is_table else []
    except Exception:  # openpyxl raises whatever it stumbles over in a file that was made by hand
        raise BadInput(f"“{name}”不是可读的 Excel 文件，请用 Excel 另存为 .xlsx 后再导入。") from None
    if not is_table:
        raise BadInput(f"“{name}”展开后太大，没有打开。请去掉插入的图片和多余的工作表，只留要导入的表。")
    return iter(rows)


def first_sheet(data: bytes) -> list[list[str]]:
    """Return the cells of a workbook's first sheet as they are written."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].values]
