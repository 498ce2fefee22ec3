"""Tables in plain text: copied out of a spreadsheet (tabs between cells), a CSV file, or Markdown's bars."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.plan.importer.blocks import SourceText
from app.plan.importer.numbering import mark_of
from app.plan.importer.source_text import source_from_text
from app.plan.importer.sources.source_file import FileContents, TableShare, source_of_contents
from app.plan.importer.sources.table_grid import PLAIN, TableCell, TableGrid, WordsAndHints
from app.plan.importer.sources.task_tables import task_table_of

MARKDOWN_ROW = re.compile(r"\s*\|.*\|\s*")
GAP = re.compile(r"[ \u3000]{2,}|\u3000")
MARKDOWN_RULE = re.compile(r"[\s|:-]+")
LONGEST_FIELD = 131_072  # characters
NUMBER_LABELS = (["序号"], ["编号"])
MOST_LABELS = 10
LONGEST_LABEL = 20  # characters
FEWEST_ROWS = 2
MOST_SURPLUS = 4  # lines between two rows, such as the head of a part


def source_of_plain(text: str, *, separator: str = "\t") -> SourceText:
    """Return a text; where a table of tasks holds most of it, as its measures. Raises BadInput."""
    items = list(items_of_text(text, separator))
    tables = {id(item): task_table_of(item) for item in items if isinstance(item, TableGrid)}
    contents = FileContents(items)
    if TableShare(contents, tables).is_task_list:
        return source_of_contents(contents)
    return source_from_text(text)


def items_of_text(text: str, separator: str) -> Iterator[WordsAndHints | TableGrid]:
    rows = keep_part_rows(gather_cell_lines(split_rows(text, separator)))
    for is_table, group in groupby(rows, key=lambda row: len(row) > 1):
        rows = list(group)
        if is_table:
            yield grid_of_cells(rows)
        else:
            yield from ((row[0] if row else "", PLAIN) for row in rows)


def split_rows(text: str, separator: str) -> list[list[str]]:
    """Return the cells of every line; a line that is none of a table has one."""
    if separator not in text:
        lines = text.splitlines()
        return cells_between_gaps(lines) or [cells_of_markdown(line) for line in lines if not is_rule(line)]
    csv.field_size_limit(LONGEST_FIELD)
    try:
        return [row or [""] for row in csv.reader(text.splitlines(keepends=True), delimiter=separator)]
    except csv.Error:
        return [line.split(separator) for line in text.splitlines()]


def cells_between_gaps(lines: Sequence[str]) -> list[list[str]]:
    """The cells of every line where wide gaps part them under a header (序号  工作任务  责任单位); else nothing."""
    rows = [GAP.split(line.strip()) for line in lines]
    header = next(
        (place for place, row in enumerate(rows) if row[:1] in NUMBER_LABELS and len(row) > 2), None
    )
    if header is None:
        return []
    numbered = {
        place
        for place, row in enumerate(rows)
        if place > header and len(row) == len(rows[header]) and row[0].isdigit()
    }
    if len(numbered) < FEWEST_ROWS:
        return []
    return [
        row if place == header or place in numbered else [line]
        for place, (row, line) in enumerate(zip(rows, lines, strict=True))
    ]


def cells_of_markdown(line: str) -> list[str]:
    if not MARKDOWN_ROW.fullmatch(line):
        return [line]
    return [cell.replace("<br>", "\n") for cell in line.strip().strip("|").split("|")]


def keep_part_rows(rows: Sequence[list[str]]) -> list[list[str]]:
    """Keep a numbered line between two rows of a table in it: a merged row that lost the gaps behind its words."""
    widths = [0, *map(len, rows), 0]
    return [
        alone_in_row(row[0], before) if len(row) == 1 and min(before, after) > 1 and mark_of(row[0]) else row
        for row, before, after in zip(rows, widths, widths[2:], strict=False)
    ]


def gather_cell_lines(rows: Sequence[list[str]]) -> list[list[str]]:
    """Put together the rows of tables that were copied with a line for every cell: 序号, labels, 1, its cells, 2, …"""
    gathered: list[list[str]] = []
    place = 0
    while place < len(rows):
        found, end = _table_of_cell_lines(rows, place) if rows[place] in NUMBER_LABELS else ([], place)
        gathered += found or [rows[place]]
        place = end if found else place + 1
    return gathered


def _table_of_cell_lines(rows: Sequence[list[str]], start: int) -> tuple[list[list[str]], int]:
    """The rows of the table whose header begins at `start`, and where it ends; none where it is no such table."""
    filled = [place for place in range(start, len(rows)) if "".join(rows[place]).strip()]
    words = ["".join(rows[place]).strip() for place in filled]
    first = words.index("1") if "1" in words[: MOST_LABELS + 1] else 0
    width = next((place for place in range(1, first) if mark_of(words[place])), first)
    numbers = list(_places_of_numbers(words, first, width)) if width > 1 else []
    if len(numbers) < FEWEST_ROWS or any(len(label) > LONGEST_LABEL for label in words[:width]):
        return [], start
    ends = [*numbers[1:], min(numbers[-1] + width, len(words))]
    table = [words[:width], *(alone_in_row(line, width) for line in words[width:first])]
    for number, end in zip(numbers, ends, strict=True):
        cells, surplus = words[number : number + width], words[number + width : end]
        table += [cells, *(alone_in_row(line, width) for line in surplus)]
    return table, filled[ends[-1]] if ends[-1] < len(filled) else len(rows)


def alone_in_row(words: str, width: int) -> list[str]:
    return [words, *[""] * (width - 1)]


def _places_of_numbers(words: Sequence[str], place: int, width: int) -> Iterator[int]:
    """Where 1, 2, 3 … stand, each a row after the one before, or a few lines later."""
    number = 1
    while place < len(words) and words[place] == str(number):
        yield place
        number += 1
        near = (place + width, *range(place + 2, place + width + MOST_SURPLUS))
        place = next((one for one in near if one < len(words) and words[one] == str(number)), len(words))


def is_rule(line: str) -> bool:
    """Whether a line only divides the head of a Markdown table from its body."""
    return "|" in line and "-" in line and bool(MARKDOWN_RULE.fullmatch(line))


def grid_of_cells(rows: Sequence[Sequence[str]]) -> TableGrid:
    grid = TableGrid([[] for _ in rows])
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            lines = tuple((line.strip(), PLAIN) for line in words.split("\n"))
            if words.strip():
                grid.place_cell(TableCell(number, column, lines=lines))
    return grid
