"""Tables in plain text: copied from a spreadsheet (cells separated by tabs), CSV, Markdown, or one line per cell:
序号, the other labels, 1, its cells, 2, …
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from app.base.errors import BadInput
from app.plan.importer.blocks import SourceText
from app.plan.importer.duty_names import looks_like_organ
from app.plan.importer.numbering import mark_of
from app.plan.importer.source_text import source_from_text
from app.plan.importer.sources.source_file import NO_HEADER, FileContents, TableShare, source_of_contents
from app.plan.importer.sources.table_grid import PLAIN, TableCell, TableGrid, WordsAndHints
from app.plan.importer.sources.task_tables import (
    LONGEST_LABEL,
    ColumnRole,
    clean_label,
    role_of_label,
    task_table_of,
)

MARKDOWN_ROW = re.compile(r"\s*\|.*\|\s*|[^|]*\|[^|]*\|.*")  # the outer bars may be missing
GAP = re.compile(r"[ \u3000]{2,}|\u3000")
MARKDOWN_RULE = re.compile(r"[\s|:-]+")
LONGEST_FIELD = 131_072  # characters


def source_of_plain(text: str, *, separator: str = "\t") -> SourceText:
    """Return a text; if most of it is a table of tasks, as measures. Raises BadInput if its header is missing."""
    items = list(items_of_text(text, separator))
    tables = {id(item): task_table_of(item) for item in items if isinstance(item, TableGrid)}
    contents = FileContents(items)
    share = TableShare(contents, tables)
    if share.is_task_list:
        return source_of_contents(contents)
    if share.lacks_header and any(isinstance(item, TableGrid) and is_wide(item) for item in items):
        raise BadInput(NO_HEADER)
    return source_from_text(text)


def is_wide(grid: TableGrid) -> bool:
    """Return whether most rows have more than a number and its text, unlike a list copied from Word."""
    return median(len(grid.cells_of_row(row)) for row in range(len(grid.rows))) > NUMBER_AND_TEXT


def items_of_text(text: str, separator: str) -> Iterator[WordsAndHints | TableGrid]:
    rows = keep_part_rows(gather_cell_lines(split_rows(text, separator)))
    for is_table, group in groupby(rows, key=lambda row: len(row) > 1):
        rows = list(group)
        if is_table:
            yield grid_of_cells(rows)
        else:
            yield from ((row[0] if row else "", PLAIN) for row in rows)


def split_rows(text: str, separator: str) -> list[list[str]]:
    """Return the cells of every line; a line outside tables has one cell."""
    if separator not in text:
        lines = text.splitlines()
        return cells_between_gaps(lines) or [cells_of_markdown(line) for line in lines if not is_rule(line)]
    csv.field_size_limit(LONGEST_FIELD)
    try:
        return [row or [""] for row in csv.reader(text.splitlines(keepends=True), delimiter=separator)]
    except csv.Error:
        return [line.split(separator) for line in text.splitlines()]


def cells_between_gaps(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of every line if wide gaps separate them under a header; empty otherwise.

    Example of a header: 序号  工作任务  责任单位.
    """
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
    """Keep a numbered line between two rows in the table: a merged row whose trailing gaps were lost."""
    widths = [0, *map(len, rows), 0]
    return [
        alone_in_row(row[0], before) if len(row) == 1 and min(before, after) > 1 and mark_of(row[0]) else row
        for row, before, after in zip(rows, widths, widths[2:], strict=False)
    ]


def is_rule(line: str) -> bool:
    """Return whether a line only separates the header of a Markdown table from its body."""
    return "|" in line and "-" in line and bool(MARKDOWN_RULE.fullmatch(line))


def grid_of_cells(rows: Sequence[Sequence[str]]) -> TableGrid:
    grid = TableGrid([[] for _ in rows])
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            lines = tuple((line.strip(), PLAIN) for line in words.split("\n"))
            if words.strip():
                grid.place_cell(TableCell(number, column, lines=lines))
    return grid


NUMBER_LABELS = (["序号"], ["编号"])
MOST_LABELS = 10
FEWEST_ROWS = 2
NUMBER_AND_TEXT = 2  # cells
MOST_SURPLUS = 4  # lines between two rows, such as the head of a part
NOBODY = ("/", "—", "-", "无")

Rows = list[list[str]]


def gather_cell_lines(rows: Sequence[list[str]]) -> Rows:
    """Assemble the rows of tables with one line per cell."""
    gathered: Rows = []
    place = 0
    while place < len(rows):
        found, end = _table_at(rows, place) if _begins_header(rows, place) else ([], place)
        gathered += found or [rows[place]]
        place = end if found else place + 1
    return gathered


def alone_in_row(words: str, width: int) -> list[str]:
    return [words, *[""] * (width - 1)]


def _begins_header(rows: Sequence[list[str]], place: int) -> bool:
    """Return whether the label of the number column is here, or directly below the label of the parts."""
    if rows[place] in NUMBER_LABELS:
        return True
    below = next((row for row in rows[place + 1 : place + 3] if "".join(row).strip()), [])
    return below in NUMBER_LABELS and role_of_label(clean_label("".join(rows[place]))) is ColumnRole.GROUP


def _table_at(rows: Sequence[list[str]], start: int) -> tuple[Rows, int]:
    """Return the rows of the table whose header begins at `start`, and its end; empty if it is no such table."""
    filled = [place for place in range(start, len(rows)) if "".join(rows[place]).strip()]
    words = ["".join(rows[place]).strip() for place in filled]
    parts = words[:1] if rows[start] not in NUMBER_LABELS else []
    del words[: len(parts)], filled[: len(parts)]
    first = words.index("1") if "1" in words[: MOST_LABELS + 1] else 0
    if first < FEWEST_ROWS or any(len(label) > LONGEST_LABEL for label in words[:first]):
        return [], start
    table, end = _uneven_rows(words, first)
    if not table:
        table, end = _even_rows(words, first, has_parts=bool(parts))
    if not table:
        return [], start
    return _with_parts(table, parts) if parts else table, filled[end] if end < len(filled) else len(rows)


def _with_parts(table: Rows, parts: Sequence[str]) -> Rows:
    """Return the rows with a column for the heads of parts, each in the row below it."""
    header, *body = table
    rows, head = [[*header, *parts]], ""
    for row in body:
        if any(row[1:]):
            rows.append([*row, head])
            head = ""
        else:
            rows += [[*alone_in_row(head, len(header)), ""]] if head else []
            head = row[0]
    return rows + ([[*alone_in_row(head, len(header)), ""]] if head else [])


def _even_rows(words: Sequence[str], first: int, *, has_parts: bool) -> tuple[Rows, int]:
    """Return the rows of a table with one line for every column; other lines are heads of parts.

    If parts have a label of their own, the head of the first part precedes its row and is no label.
    """
    width = next((place for place in range(1, first) if mark_of(words[place])), first)
    second = next((place for place, word in enumerate(words) if place > first and word == "2"), 0)
    if has_parts and 1 < second - first < width:
        width = second - first
    numbers = list(_places_of_numbers(words, first, width)) if width > 1 else []
    lacks_cells = bool(numbers) and str(len(numbers) + 1) in words[numbers[-1] + 1 : numbers[-1] + width]
    if len(numbers) < FEWEST_ROWS or lacks_cells:
        return [], 0
    ends = [*numbers[1:], min(numbers[-1] + width, len(words))]
    table = [list(words[:width]), *(alone_in_row(line, width) for line in words[width:first])]
    for number, end in zip(numbers, ends, strict=True):
        cells, surplus = words[number : number + width], words[number + width : end]
        table += [list(cells), *(alone_in_row(line, width) for line in surplus)]
    return table, ends[-1]


def _places_of_numbers(words: Sequence[str], place: int, width: int) -> Iterator[int]:
    """Yield the places of 1, 2, 3 …, each one row or a few lines after the one before."""
    number = 1
    while place < len(words) and words[place] == str(number):
        yield place
        number += 1
        near = range(place + width, place + width + MOST_SURPLUS)
        place = next((one for one in near if one < len(words) and words[one] == str(number)), len(words))


def _uneven_rows(words: Sequence[str], first: int) -> tuple[Rows, int]:
    """Return the rows of a table with one line per department in the last column, and merged cells for groups.

    The lead department, which is the first one of a row, shows where its columns are.
    """
    labels = list(words[:first])
    roles = [role_of_label(clean_label(label)) for label in labels]
    lead = roles.index(ColumnRole.LEAD) if ColumnRole.LEAD in roles else 0
    if lead < FEWEST_ROWS or lead < first - 2:
        return [], 0
    has_groups = roles[1] is ColumnRole.GROUP and lead > FEWEST_ROWS
    table, place, number = [labels], first, 1
    while place < len(words) and words[place] == str(number):
        end = words.index(str(number + 1), place) if str(number + 1) in words[place:] else len(words)
        before = lead - 1 - has_groups
        cells = words[place + 1 : end]
        at = next((n for n in range(before, lead) if n < len(cells) and _is_department(cells[n])), None)
        if at is None:
            return [], 0
        units = list(_leading_units(cells[at:]))
        is_last = end == len(words)
        if len(units) < len(cells) - at and not is_last:
            return [], 0
        row = [words[place], *[""] * (lead - 1 - at), *cells[:at]]
        table.append([*row, units[0], "\n".join(units[1:])] if lead < first - 1 else [*row, "\n".join(units)])
        place, number = place + 1 + at + len(units), number + 1
    is_uneven = any(not row[1] for row in table) or any("\n" in row[-1] for row in table)
    return (table, place) if is_uneven and len(table) > FEWEST_ROWS else ([], 0)


def _is_department(words: str) -> bool:
    return len(words) <= LONGEST_LABEL and looks_like_organ(words)


def _leading_units(cells: Sequence[str]) -> Iterator[str]:
    """Yield the departments that a row ends with, or the sign for none."""
    for cell in cells:
        if not (_is_department(cell) or cell in NOBODY):
            return
        yield cell
