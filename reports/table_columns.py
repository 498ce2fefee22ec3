"""How wide a table's columns are, which of its rows are kept in one piece and which together.

Widths are ems of the table's type.
"""

from collections.abc import Sequence
from math import ceil, floor, inf, sqrt

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.characters import split_paragraphs
from reports.form_words import unit_line
from reports.gbt9704 import MM_PER_PT
from reports.line_breaks import longest_word, rough_width
from reports.model import DocumentError, Table

PADDING_EMS = 0.8
NARROWEST_TEXT_EMS = 4.0
NARROWEST_COLUMN_EMS = 2 + PADDING_EMS  # two hanzi side by side
WIDEST_WORD_EMS = 5.0
RAGGED_EMS = 0.5  # by so much a line falls short of its column on average: marks and words go to the next one
BUTTON_EMS = 1.0
TOTALS = ("合计", "总计", "小计")
STEPS = 40
LARGEST_STEP_EMS = 4.0


def table_width(landscape: bool) -> float:
    """How many characters of its type fit across a table, on an upright or a landscape page."""
    width = standard.TYPE_AREA_HEIGHT_MM if landscape else standard.TYPE_AREA_WIDTH_MM
    size = chosen.LANDSCAPE_TABLE_SIZE_PT if landscape else chosen.UPRIGHT_TABLE_SIZE_PT
    return width / (size * MM_PER_PT)


def column_widths(table: Table, landscape: bool) -> list[float]:
    """The columns' widths on a page, as wide as the table together.

    Raises DocumentError for more columns than can be read.
    """
    _refuse_too_many_columns(len(table.columns), landscape)
    return share_width(table, table_width(landscape))


def column_widths_in_workbook(table: Table) -> list[float]:
    """The columns' widths where a table may be as wide as it likes: a landscape page's if its columns have room, also
    for the button of its filter beside each head.
    """
    widths = share_width(table, max(table_width(landscape=True), NARROWEST_COLUMN_EMS * len(table.columns)))
    heads = (min(WIDEST_WORD_EMS, rough_width(column.title)) for column in table.columns)
    return [max(width, head + BUTTON_EMS + PADDING_EMS) for width, head in zip(widths, heads, strict=True)]


def share_width(table: Table, available: float) -> list[float]:
    """Some width shared out among the columns as given, or by what the columns hold."""
    given = [column.width for column in table.columns if column.width is not None]
    widths = given if len(given) == len(table.columns) else _fitted_widths(table, available)
    stretch = available / sum(widths)
    return [width * stretch for width in widths]


def _refuse_too_many_columns(count: int, landscape: bool) -> None:
    most = int(table_width(landscape) / NARROWEST_COLUMN_EMS)
    if count > most:
        page, advice = ("横排", "") if landscape else ("竖排", "，或放到横排的附件里")
        raise DocumentError(
            f"表格有{count}列，{page}的页面上最多排得下{most}列；请减少列数、拆成几张表{advice}。"
        )


def stands_whole(row: tuple[str, ...], widths: list[float]) -> bool:
    """Whether a row is short enough to be kept on one page; a longer one is broken across pages."""
    return _row_lines(row, widths) <= chosen.WHOLE_ROW_LINES


def joins_row_above(rows: Sequence[tuple[str, ...]], index: int, widths: list[float]) -> bool:
    """Whether a row stays on the page of the one above, so that neither the first nor the last is left alone.

    Totals never stand alone, however tall the row above them is.
    """
    if index and is_total(rows[index]):
        return True
    if index == 0 or index not in (1, len(rows) - 1):
        return False
    lines = sum(_row_lines(row, widths) for row in rows[index - 1 : index + 1])
    return lines <= chosen.JOINED_ROWS_LINES


def stands_whole_in_word(rows: Sequence[tuple[str, ...]], widths: list[float]) -> bool:
    """Whether a table is too small to be broken where nothing can say that it goes on (续表).

    Each of its rows has half a line free above and below.
    """
    head = 2
    return head + sum(_row_lines(row, widths) + 1 for row in rows) <= chosen.WHOLE_TABLE_LINES_IN_WORD


def has_room_for_unit(table: Table) -> bool:
    """Whether a table's unit stands on the line of its caption, at the right of it."""
    unit = 2 * rough_width(unit_line(table)) * chosen.UPRIGHT_TABLE_SIZE_PT
    room = standard.TYPE_AREA_WIDTH_MM / MM_PER_PT - standard.SIZE_3_PT * rough_width(table.caption)
    return bool(table.caption and table.unit) and unit + standard.SIZE_3_PT <= room


def is_total(row: Sequence[str]) -> bool:
    return any(cell.replace(" ", "").replace("　", "") in TOTALS for cell in row[:2])


def _row_lines(row: tuple[str, ...], widths: list[float]) -> int:
    """About how many lines of text a row takes on its page."""
    rooms = (max(1.0, width - PADDING_EMS) for width in widths)
    return max(
        sum(max(1, ceil(rough_width(text) / room)) for text in split_paragraphs(cell))
        for cell, room in zip(row, rooms, strict=True)
    )


def _fitted_widths(table: Table, available: float) -> list[float]:
    """Widths by which the table comes out short, none narrower than its head and its words."""
    cells = [
        [column.title, *(row[index] for row in table.rows)] for index, column in enumerate(table.columns)
    ]
    least = [_least_width(texts) for texts in cells]
    lengths = [[rough_width(text) for text in texts] for texts in cells]
    even = _even_widths(lengths, least, available)
    return _in_whole_characters(_shortest_widths(even, least, [*zip(*lengths, strict=True)]), least)


def _in_whole_characters(widths: list[float], least: list[float]) -> list[float]:
    """Widths that hold whole characters, so that full lines of hanzi end at the rule; the widest has what is over."""
    whole = [
        max(narrowest, PADDING_EMS + floor(width - PADDING_EMS))
        for width, narrowest in zip(widths, least, strict=True)
    ]
    whole[widths.index(max(widths))] += sum(widths) - sum(whole)
    return whole


def _even_widths(lengths: list[list[float]], least: list[float], available: float) -> list[float]:
    """Widths by which the columns need about equally many lines in a typical row."""
    typical = [sqrt(sum(length**2 for length in column) / len(column)) for column in lengths]
    few, many = 1.0, max(1.0, *typical)
    for _ in range(20):
        lines = (few + many) / 2
        fits = sum(_widths_for_lines(typical, least, lines)) <= available
        few, many = (few, lines) if fits else (lines, many)
    return _widths_for_lines(typical, least, many)


def _shortest_widths(
    widths: list[float], least: list[float], rows: Sequence[tuple[float, ...]]
) -> list[float]:
    """The shortest table found by giving, step by step, room to the columns that make rows tall."""
    best, shortest = widths, inf
    for step in range(STEPS):
        lines = _lines_of_cells(widths, rows)
        if (height := _table_height(lines)) < shortest:
            best, shortest = widths, height
        spare = [width - narrowest for width, narrowest in zip(widths, least, strict=True)]
        pulls = _pull_of_columns(lines, len(widths))
        room = LARGEST_STEP_EMS * (1 - step / STEPS)
        if not (sum(spare) and sum(pulls)):
            break
        widths = [
            max(narrowest, width + room * (pull / sum(pulls) - free / sum(spare)))
            for width, narrowest, pull, free in zip(widths, least, pulls, spare, strict=True)
        ]
        widths = [width * sum(best) / sum(widths) for width in widths]
    return best


def _lines_of_cells(widths: list[float], rows: Sequence[tuple[float, ...]]) -> list[list[float]]:
    rooms = [max(1.0, width - PADDING_EMS) for width in widths]
    return [
        [
            length / (room if length <= room else max(1.0, room - RAGGED_EMS))
            for length, room in zip(row, rooms, strict=True)
        ]
        for row in rows
    ]


def _table_height(lines: list[list[float]]) -> int:
    """How many lines a table takes: each row as many as its longest cell."""
    return sum(ceil(max(row)) for row in lines)


def _pull_of_columns(lines: list[list[float]], columns: int) -> list[float]:
    """How many lines each column is to blame for, being the longest of its row."""
    pulls = [0.0] * columns
    for row in lines:
        longest = max(row)
        pulls[row.index(longest)] += longest
    return pulls


def _widths_for_lines(typical: list[float], least: list[float], lines: float) -> list[float]:
    """Each column's width when its typical cell is to have this many lines."""
    return [
        max(narrowest, text / lines + PADDING_EMS + RAGGED_EMS)
        for text, narrowest in zip(typical, least, strict=True)
    ]


def _least_width(texts: list[str]) -> float:
    """A head, a word or a figure stays on one line unless it is very long; a text is not set letter below letter."""
    words = max(rough_width(longest_word(text)) for text in texts)
    text = min(NARROWEST_TEXT_EMS, max(map(rough_width, texts)))
    return max(text, min(WIDEST_WORD_EMS, max(words, rough_width(texts[0])))) + PADDING_EMS
