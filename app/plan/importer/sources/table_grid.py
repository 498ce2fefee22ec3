"""Tables as rectangles of places: a merged cell stands in every place that it covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.plan.importer.blocks import SourceLine

COLUMNS, PLACES = 200, 200_000  # a table of more is none that people read

WordsAndHints = tuple[str, SourceLine]
PLAIN = SourceLine(0, 0)
TABLE_ROW = SourceLine(0, 0, is_table_row=True)
PAGE_LINE = SourceLine(0, 0, is_page_line=True)
CELL_GAP = "\t"
LINE_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True)
class TableCell:
    """A cell with its lines, where it begins and how many rows and columns it covers."""

    row: int
    column: int
    height: int = 1
    width: int = 1
    lines: tuple[WordsAndHints, ...] = ()

    @cached_property
    def text(self) -> str:
        """Its lines that hold something, without white space around them."""
        stripped = (words.strip() for words, _ in self.lines)
        return "\n".join(words for words in stripped if words)


@dataclass
class TableGrid:
    """The places of a table, row by row; None where there is no cell."""

    rows: list[list[TableCell | None]] = field(default_factory=list)

    def place_cell(self, cell: TableCell) -> None:
        """Put a cell wherever it covers a free place; it begins in the first row with one. Raises OverlargeTable."""
        if cell.column + cell.width > COLUMNS or (cell.row + cell.height) * COLUMNS > PLACES * 5:
            raise OverlargeTable
        while len(self.rows) < cell.row + cell.height:
            self.rows.append([])
        for row in self.rows[cell.row : cell.row + cell.height]:
            row += [None] * (cell.column + cell.width - len(row))
        end, columns = cell.row + cell.height, range(cell.column, cell.column + cell.width)
        free = [(at, one) for at in range(cell.row, end) for one in columns if self.rows[at][one] is None]
        first = min((at for at, _ in free), default=end)
        placed = cell if first == cell.row else replace(cell, row=first, height=end - first)
        for at, column in free:
            self.rows[at][column] = placed

    def next_free_column(self, row: int) -> int:
        """Return the first place of a row that no cell covers."""
        places = self.rows[row] if row < len(self.rows) else []
        return next((column for column, cell in enumerate(places) if cell is None), len(places))

    def cells_of_row(self, row: int) -> list[TableCell]:
        """Return the cells that hold something in a row, each once, those that began above included."""
        found = {id(cell): cell for cell in self.rows[row] if cell and cell.text}
        return list(found.values())

    def cells_beginning_in(self, row: int) -> list[TableCell]:
        return [cell for cell in self.cells_of_row(row) if cell.row == row]

    @property
    def has_words(self) -> bool:
        return any(self.cells_of_row(row) for row in range(len(self.rows)))

    @property
    def is_layout(self) -> bool:
        """Whether no row holds two things: such a table only puts text in a place of the page."""
        return all(len(self.cells_of_row(row)) <= 1 for row in range(len(self.rows)))

    def plain_lines(self) -> Iterator[WordsAndHints]:
        """Yield every cell once: those of a layout as they are, else a line for each row."""
        is_layout = self.is_layout
        for row in range(len(self.rows)):
            if is_layout:
                yield from (line for cell in self.cells_beginning_in(row) for line in cell.lines)
            else:
                yield from self.lines_of_row(row)

    def lines_of_row(self, row: int) -> Iterator[WordsAndHints]:
        """Yield what begins in a row: one cell alone as it is, several as one line."""
        cells = self.cells_beginning_in(row)
        if len(cells) == 1:
            yield from ((words, replace(line, is_table_row=True)) for words, line in cells[0].lines)
        elif cells:
            yield CELL_GAP.join(" ".join(cell.text.split("\n")) for cell in cells), TABLE_ROW


def squeezed_text(text: str) -> str:
    """Return lines as one; between Chinese characters there is nothing to put for the break."""
    return LINE_BREAK.sub("", text).replace("\n", " ")


class OverlargeTable(ValueError):
    """A table has more places than anything that people read."""


def grid_of_rows(rows: Iterable[Sequence[tuple[int, int, tuple[WordsAndHints, ...]]]]) -> TableGrid:
    """Lay out rows of cells given as height, width and lines, each in the first free place, as HTML does."""
    grid = TableGrid()
    for row, cells in enumerate(rows):
        if row == len(grid.rows):
            grid.rows.append([])
        for height, width, lines in cells:
            grid.place_cell(TableCell(row, grid.next_free_column(row), height, width, lines))
    return grid
