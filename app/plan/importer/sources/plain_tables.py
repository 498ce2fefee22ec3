"""Tables in plain text: copied out of a spreadsheet (tabs between cells), a CSV file, or Markdown's bars."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.plan.importer.blocks import SourceText
from app.plan.importer.source_text import source_from_text
from app.plan.importer.sources.source_file import FileContents, TableShare, source_of_contents
from app.plan.importer.sources.table_grid import PLAIN, TableCell, TableGrid, WordsAndHints
from app.plan.importer.sources.task_tables import task_table_of

MARKDOWN_ROW = re.compile(r"\s*\|.*\|\s*")
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
    for is_table, group in groupby(split_rows(text, separator), key=lambda row: len(row) > 1):
        rows = list(group)
        if is_table:
            yield grid_of_cells(rows)
        else:
            yield from ((row[0] if row else "", PLAIN) for row in rows)


def split_rows(text: str, separator: str) -> list[list[str]]:
    """Return the cells of every line; a line that is none of a table has one."""
    if separator not in text:
        return [cells_of_markdown(line) for line in text.splitlines() if not is_rule(line)]
    csv.field_size_limit(LONGEST_FIELD)
    try:
        return [row or [""] for row in csv.reader(text.splitlines(keepends=True), delimiter=separator)]
    except csv.Error:
        return [line.split(separator) for line in text.splitlines()]


def cells_of_markdown(line: str) -> list[str]:
    if not MARKDOWN_ROW.fullmatch(line):
        return [line]
    return [cell.replace("<br>", "\n") for cell in line.strip().strip("|").split("|")]


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
