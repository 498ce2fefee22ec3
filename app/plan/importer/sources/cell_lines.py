"""Tables that were copied with a line for every cell: 序号, the other labels, 1, its cells, 2, …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.plan.importer.duty_names import looks_like_organ
from app.plan.importer.numbering import mark_of
from app.plan.importer.sources.task_tables import LONGEST_LABEL, ColumnRole, clean_label, role_of_label

NUMBER_LABELS = (["序号"], ["编号"])
MOST_LABELS = 10
FEWEST_ROWS = 2
MOST_SURPLUS = 4  # lines between two rows, such as the head of a part
NOBODY = ("/", "—", "-", "无")

Rows = list[list[str]]


def gather_cell_lines(rows: Sequence[list[str]]) -> Rows:
    """Put the rows of such tables together."""
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
    """Whether the label of the numbers stands here, or right below what the parts of the table are called."""
    if rows[place] in NUMBER_LABELS:
        return True
    below = next((row for row in rows[place + 1 : place + 3] if "".join(row).strip()), [])
    return below in NUMBER_LABELS and role_of_label(clean_label("".join(rows[place]))) is ColumnRole.GROUP


def _table_at(rows: Sequence[list[str]], start: int) -> tuple[Rows, int]:
    """The rows of the table whose header begins at `start`, and where it ends; none where it is no such table."""
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
    """A column for the heads of parts, each in the row below it."""
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
    """The rows of a table where each has a line for every column; other lines are heads of parts.

    Where parts have a label of their own, the head of the first stands above its row, and is no label.
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
    """Where 1, 2, 3 … stand, each a row after the one before, or a few lines later."""
    number = 1
    while place < len(words) and words[place] == str(number):
        yield place
        number += 1
        near = range(place + width, place + width + MOST_SURPLUS)
        place = next((one for one in near if one < len(words) and words[one] == str(number)), len(words))


def _uneven_rows(words: Sequence[str], first: int) -> tuple[Rows, int]:
    """The rows of a table whose last column has a line for each department, and whose groups are merged cells.

    What leads tells where the columns of a row stand: it is the first department in it.
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
    """The departments that a row ends with, or the sign that there are none."""
    for cell in cells:
        if not (_is_department(cell) or cell in NOBODY):
            return
        yield cell
