"""The rows of task tables as lines: heads of parts and groups, measures, and below each the contents of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.plan.importer.blocks import SourceLine
from app.plan.importer.duties import find_duties
from app.plan.importer.numbering import mark_of
from app.plan.importer.sources.table_grid import (
    PLAIN,
    TABLE_ROW,
    TableCell,
    TableGrid,
    WordsAndHints,
    squeezed_text,
)
from app.plan.importer.sources.task_tables import ColumnRole, TaskTable

LONGEST_PART = 60  # characters
REMARKS = re.compile(r"(?:注|备注|说明|附注|填表人|制表|填报人|联系人|联系电话)[：:]")
CHINESE_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}")
DIGITS = re.compile(r"\d{1,3}")
OPEN_END = tuple("、，,；;")
TOP_RANK = 0  # for the head of a part without a number


@dataclass(frozen=True)
class RowHead:
    """The head of a part or group: `depth` counts groups below the parts, `rank` is that of its number."""

    words: str
    rank: int = TOP_RANK
    depth: int = 0


@dataclass(frozen=True)
class TaskRow:
    """A measure: the lines of its head, then of its text, each with the role of its column."""

    lines: tuple[tuple[str, ColumnRole], ...]


@dataclass(frozen=True)
class PlainRow:
    """Any other line, such as a title above or a note below a table; repeated headers are page lines."""

    words: str
    hints: SourceLine = PLAIN


TaskItem = RowHead | TaskRow | PlainRow


def lines_of_tasks(items: Sequence[TaskItem]) -> Iterator[WordsAndHints]:
    """Yield the rows as lines; heads get levels: parts by the rank of their numbers, groups, then measures."""
    heads = [item for item in items if isinstance(item, RowHead)]
    ranks = sorted({head.rank for head in heads if not head.depth})
    groups = max((head.depth for head in heads), default=0)
    for item in items:
        match item:
            case RowHead(words, rank, depth):
                level = len(ranks) + depth if depth else ranks.index(rank) + 1
                yield words, replace(TABLE_ROW, outline_level=level)
            case TaskRow(lines):
                head = replace(TABLE_ROW, outline_level=len(ranks) + groups + 1, role=ColumnRole.MEASURE)
                for place, (words, role) in enumerate(lines):
                    yield words, replace(TABLE_ROW, role=role) if place else head
            case PlainRow(words, hints):
                yield words, hints


@dataclass
class TableReading:
    """Reads the body of a table row by row; a measure continues while its cell does, or where there is none."""

    table: TaskTable
    items: list[TaskItem] = field(default_factory=list)
    groups: dict[int, TableCell] = field(default_factory=dict)
    measure: TableCell | None = None
    numbered: set[int] = field(default_factory=set)  # number cells that a head already uses

    def read_rows(self) -> list[TaskItem]:
        grid = self.table.grid
        for row in range(self.table.first):
            self.items += [PlainRow(words, hints) for words, hints in grid.lines_of_row(row)]
        for row in range(self.table.first, len(grid.rows)):
            if row < self.table.body or self.table.repeats_header(row):
                self.items += header_lines(grid, row)
            elif grid.cells_beginning_in(row):
                self.read_row(row, grid.cells_of_row(row))
        return self.items

    def read_row(self, row: int, cells: list[TableCell]) -> None:
        alone = self.part_head(cells)
        if alone:
            self.items.append(RowHead(alone, rank_of(alone)))
            self.groups.clear()
            self.measure = None
            return
        match cells:
            case [cell] if not self.is_measure(cell):
                self.items += [PlainRow(words) for words in cell.text.split("\n")]
            case _:
                self.read_groups(row)
                self.read_measure(row)

    def part_head(self, cells: list[TableCell]) -> str:
        """Return a row's head of a part (one short cell alone, or one with a Chinese numeral); empty if it has none."""
        numbers = self.table.columns_of(ColumnRole.NUMBER)
        number = next((cell for cell in cells if cell.column in numbers and cell.width == 1), None)
        others = [cell for cell in cells if cell is not number]
        if len(others) > 1 or (number and not others and mark_of(number.text) is None):
            return ""
        words = squeezed_text((number or others[0]).text if not others else others[0].text)
        if len(words) > LONGEST_PART or words.endswith("。") or REMARKS.match(words):
            return ""
        if number is None:
            return "" if self.is_measure(others[0]) and mark_of(words) is None else words
        if not others:
            return words
        return "" if DIGITS.fullmatch(number.text) else numbered_words(number.text, words)

    def is_measure(self, cell: TableCell) -> bool:
        return cell.width == 1 and cell.column in self.table.columns_of(ColumnRole.MEASURE)

    def read_groups(self, row: int) -> None:
        """Add the heads of groups that begin in a row."""
        columns = self.table.columns_of(ColumnRole.GROUP)
        for depth, column in enumerate(columns, 1):
            cell, known = self.table.cell_at(row, column), self.groups.get(column)
            if cell is None or (known and (cell is known or cell.text == known.text)):
                continue
            self.groups[column] = cell
            for below in columns[depth:]:
                self.groups.pop(below, None)
            number = self.number_beside(cell, row)
            words = squeezed_text(cell.text)
            if number and self.table.gathers_rows(number.column):
                self.numbered.add(id(number))
                words = numbered_words(number.text, words)
            self.items.append(RowHead(words, depth=depth))
            self.measure = None

    def number_beside(self, cell: TableCell, row: int) -> TableCell | None:
        """Return the number cell to the left of a cell in the same row; None if a head already uses it."""
        for column in reversed(self.table.columns_of(ColumnRole.NUMBER)):
            number = self.table.cell_at(row, column)
            if number and number.row == cell.row and column < cell.column:
                return None if id(number) in self.numbered else number
        return None

    def read_measure(self, row: int) -> None:
        columns = self.table.columns_of(ColumnRole.MEASURE)
        found = [cell for column in columns if (cell := self.table.cell_at(row, column))]
        first = found[0] if found else None
        goes_on = self.measure is not None and (first is None or first is self.measure)
        if goes_on and isinstance(self.items[-1], TaskRow):
            added = self.lines_beside(row, first)
            self.items[-1] = TaskRow((*self.items[-1].lines, *added))
            return
        self.measure = first
        lines = list(self.measure_lines(row, found))
        self.items.append(TaskRow((*lines, *self.lines_beside(row, None))))

    def measure_lines(self, row: int, cells: list[TableCell]) -> Iterator[tuple[str, ColumnRole]]:
        lines = [line for cell in cells for line in cell.text.split("\n")]
        number = self.number_beside(cells[0], row) if cells else None
        self.numbered |= {id(number)} if number else set()
        for place, line in enumerate(lines):
            words = numbered_words(number.text, line) if number and place == 0 else line
            yield words, ColumnRole.MEASURE

    def lines_beside(self, row: int, measure: TableCell | None) -> Iterator[tuple[str, ColumnRole]]:
        """Yield the other contents of a row; if its measure continues from above, only what begins in this row."""
        seen = set[int]()
        for column, role in enumerate(self.table.roles):
            cell = self.table.cell_at(row, column)
            if cell is None or id(cell) in seen or role in (ColumnRole.MEASURE, ColumnRole.GROUP):
                continue
            has_head = role is ColumnRole.NUMBER and (id(cell) in self.numbered or cell.row < row)
            if has_head or (measure and cell.row < row):
                continue
            seen.add(id(cell))
            yield from labelled_lines(self.table.labels[column], cell.text, role)


def header_lines(grid: TableGrid, row: int) -> Iterator[PlainRow]:
    """Yield a row of the header as page lines, because its labels are repeated before each value."""
    for words, _ in grid.lines_of_row(row):
        yield PlainRow(words, replace(TABLE_ROW, is_page_line=True))


def labelled_lines(label: str, text: str, role: ColumnRole) -> Iterator[tuple[str, ColumnRole]]:
    lines = text.split("\n")
    if role in (ColumnRole.LEAD, ColumnRole.SUPPORT, ColumnRole.LEADER):
        lines = ["".join(line if line.endswith(OPEN_END) else f"{line}、" for line in lines).rstrip("、")]
        label = duty_label(label, role)
    for place, line in enumerate(lines):
        yield f"{label}：{line}" if label and place == 0 else line, role


def duty_label(label: str, role: ColumnRole) -> str:
    """Return the label of a column of departments, or one by which its contents are recognised as duties."""
    found = find_duties(f"{label}：办公室")
    if role is ColumnRole.LEAD and not any(duty.leads for duty in found):
        return "牵头单位"
    if role is ColumnRole.SUPPORT and not any(duty.supports for duty in found):
        return "配合单位"
    return label


def numbered_words(number: str, words: str) -> str:
    """Return a head with the number from the cell beside it, unless it already has that number."""
    number = "".join(number.split())
    own = mark_of(words)
    if not number or (own and own.number.strip("（()）") == number.strip("（()）、．.")):
        return words
    if DIGITS.fullmatch(number):
        return f"{number}. {words}"
    if CHINESE_NUMERAL.fullmatch(number):
        return f"{number}、{words}"
    return f"{number}{words}" if number.endswith(("、", "）", ")", ".", "．")) else f"{number} {words}"


def rank_of(words: str) -> int:
    mark = mark_of(words)
    return mark.rank if mark else TOP_RANK
