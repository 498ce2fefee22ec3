"""Tables as rectangular grids: a merged cell occupies every place that it covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.plan.importer.blocks import SourceLine

COLUMNS, PLACES = 200, 200_000  # a larger table is not made for reading

WordsAndHints = tuple[str, SourceLine]
PLAIN = SourceLine(0, 0)
TABLE_ROW = SourceLine(0, 0, is_table_row=True)
PAGE_LINE = SourceLine(0, 0, is_page_line=True)
CELL_GAP = "\t"
LINE_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True)
class TableCell:
    """A cell with its lines, its position, and how many rows and columns it covers."""

    row: int
    column: int
    height: int = 1
    width: int = 1
    lines: tuple[WordsAndHints, ...] = ()

    @cached_property
    def text(self) -> str:
        """Return its lines without blank ones and surrounding white space."""
        stripped = (words.strip() for words, _ in self.lines)
        return "\n".join(words for words in stripped if words)


@dataclass
class TableGrid:
    """The cells of a table, row by row; a merged cell is in every place that it covers, None means no cell."""

    rows: list[list[TableCell | None]] = field(default_factory=list)

    def place_cell(self, cell: TableCell) -> None:
        """Put a cell into the free places that it covers, starting in the first row with one. Raises OverlargeTable."""
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
        """Return the first free column of a row."""
        places = self.rows[row] if row < len(self.rows) else []
        return next((column for column, cell in enumerate(places) if cell is None), len(places))

    def cells_of_row(self, row: int) -> list[TableCell]:
        """Return the cells with text in a row, each once, including those that began above."""
        found = {id(cell): cell for cell in self.rows[row] if cell and cell.text}
        return list(found.values())

    def cells_beginning_in(self, row: int) -> list[TableCell]:
        return [cell for cell in self.cells_of_row(row) if cell.row == row]

    @property
    def has_words(self) -> bool:
        return any(self.cells_of_row(row) for row in range(len(self.rows)))

    @property
    def is_layout(self) -> bool:
        """Return whether no row has two cells with text: such a table is only used for layout."""
        return all(len(self.cells_of_row(row)) <= 1 for row in range(len(self.rows)))

    def plain_lines(self) -> Iterator[WordsAndHints]:
        """Yield every cell once: separately for a layout table, otherwise one line per row."""
        is_layout = self.is_layout
        for row in range(len(self.rows)):
            if is_layout:
                yield from (line for cell in self.cells_beginning_in(row) for line in cell.lines)
            else:
                yield from self.lines_of_row(row)

    def lines_of_row(self, row: int) -> Iterator[WordsAndHints]:
        """Yield the cells that begin in a row: a single one with its own lines, several as one line."""
        cells = self.cells_beginning_in(row)
        if len(cells) == 1:
            yield from ((words, replace(line, is_table_row=True)) for words, line in cells[0].lines)
        elif cells:
            yield CELL_GAP.join(" ".join(cell.text.split("\n")) for cell in cells), TABLE_ROW


def squeezed_text(text: str) -> str:
    """Return lines as one; no space replaces a break between Chinese characters."""
    return LINE_BREAK.sub("", text).replace("\n", " ")


class OverlargeTable(ValueError):
    """A table has more places than any table made for reading."""


def grid_of_rows(rows: Iterable[Sequence[tuple[int, int, tuple[WordsAndHints, ...]]]]) -> TableGrid:
    """Return a grid of cells given as height, width and lines, each put into the first free place, as in HTML."""
    grid = TableGrid()
    for row, cells in enumerate(rows):
        if row == len(grid.rows):
            grid.rows.append([])
        for height, width, lines in cells:
            grid.place_cell(TableCell(row, grid.next_free_column(row), height, width, lines))
    return grid
