"""Tables in plain text: copied out of a spreadsheet (tabs between cells), a CSV file, or Markdown's bars."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.plan.importer.blocks import SourceText
from app.plan.importer.numbering import mark_of
from app.plan.importer.source_text import source_from_text
from app.plan.importer.sources.cell_lines import FEWEST_ROWS, NUMBER_LABELS, alone_in_row, gather_cell_lines
from app.plan.importer.sources.source_file import FileContents, TableShare, source_of_contents
from app.plan.importer.sources.table_grid import PLAIN, TableCell, TableGrid, WordsAndHints
from app.plan.importer.sources.task_tables import task_table_of

MARKDOWN_ROW = re.compile(r"\s*\|.*\|\s*|[^|]*\|[^|]*\|.*")  # the outer bars may be missing
GAP = re.compile(r"[ \u3000]{2,}|\u3000")
MARKDOWN_RULE = re.compile(r"[\s|:-]+")
LONGEST_FIELD = 131_072  # characters


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
