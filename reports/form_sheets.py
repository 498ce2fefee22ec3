"""How the fields of a sheet (表单) share its width, so that one table can hold rows of different counts."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.characters import split_paragraphs
from reports.gbt9704 import MM_PER_PT
from reports.line_breaks import rough_width
from reports.model import Sheet, SheetField, SheetRow
from reports.titles import title_lines

CHARACTER_MM = chosen.SHEET_SIZE_PT * MM_PER_PT
# A line of the text above the title, and one below it; what a row has above and below its text.
TITLE_MARGIN_LINES = 2
ROW_PADDING_MM = standard.LINE_PITCH_MM - chosen.SHEET_LINE_MM


@dataclass(frozen=True)
class FieldPlace:
    """A field and how many of the sheet's fine columns its label and its text span."""

    field: SheetField
    label_span: int
    text_span: int


@dataclass(frozen=True)
class RowPlace:
    """A row: its fields, its least height in mm, whether it leaves room to write, and whether a page may break it."""

    fields: tuple[FieldPlace, ...]
    height: float
    is_tall: bool
    is_whole: bool


@dataclass(frozen=True)
class SheetGrid:
    """The fine columns' widths in mm, and the rows."""

    widths: tuple[float, ...]
    rows: tuple[RowPlace, ...]


def sheet_grid(sheet: Sheet) -> SheetGrid:
    """The grid of a sheet: a row's fields are equally wide, and all labels are as wide as the longest one."""
    edges = sorted({edge for row in sheet.rows for edge in _cell_edges(sheet, row)})
    rows = tuple(_row_place(sheet, row, edges) for row in sheet.rows)
    return SheetGrid(tuple(right - left for left, right in pairwise(edges)), rows)


def fits_one_page(sheet: Sheet, title: str, note: str = "") -> bool:
    """Whether a sheet stands on the page of its title, and of a note below it; reckoned, not set.

    On Word's pages lines lie as close as 22 of them are the type area, and each row has its rule beside its height.
    """
    around = len(title_lines(title, chosen.TITLE_CHARACTERS)) + TITLE_MARGIN_LINES
    around += _note_lines(note) if note else 0
    room = (1 - around / standard.LINES_PER_PAGE) * standard.TYPE_AREA_HEIGHT_MM
    return sum(_row_height(sheet, row) + chosen.TABLE_RULE_MM for row in sheet.rows) <= room


def _note_lines(note: str) -> int:
    """How many lines a note takes in its brackets, indented as a paragraph is."""
    width = rough_width(f"（{note}）") + standard.INDENT_CHARACTERS
    return ceil(width / (standard.CHARACTERS_PER_LINE - 1))


def _row_height(sheet: Sheet, row: SheetRow) -> float:
    """The height of a row in mm: its least one, or what its longest text takes."""
    lines = max(_text_lines(field.text, _text_room(sheet, row), row.lines > 1) for field in row.fields)
    return max(row.lines * standard.LINE_PITCH_MM, lines * chosen.SHEET_LINE_MM + ROW_PADDING_MM)


def _text_lines(text: str, room: float, is_tall: bool) -> int:
    """How many lines a text takes at most: a mark that may not begin a line takes a character along to it."""
    characters = int(room / CHARACTER_MM) - 1
    paragraphs = split_paragraphs(text)
    indent = standard.INDENT_CHARACTERS if is_tall or len(paragraphs) > 1 else 0
    return sum(max(1, ceil((rough_width(one) + indent) / characters)) for one in paragraphs)


def _text_room(sheet: Sheet, row: SheetRow) -> float:
    """The width of each text of a row in mm."""
    return standard.TYPE_AREA_WIDTH_MM / len(row.fields) - _label_width(sheet) - 2 * chosen.SHEET_PADDING_MM


def _label_width(sheet: Sheet) -> float:
    """The width of every label's cell: that of the longest label, and at most half of the narrowest field (mm)."""
    longest = max(rough_width(field.label) for row in sheet.rows for field in row.fields)
    characters = min(longest, chosen.SHEET_LABEL_CHARACTERS) * CHARACTER_MM
    width = characters + 2 * chosen.SHEET_PADDING_MM + chosen.TABLE_FRAME_MM
    most = max(len(row.fields) for row in sheet.rows)
    return min(width, standard.TYPE_AREA_WIDTH_MM / most / 2)


def _cell_edges(sheet: Sheet, row: SheetRow) -> list[float]:
    """Where the cells of a row begin and end, from the sheet's left (mm)."""
    width = standard.TYPE_AREA_WIDTH_MM / len(row.fields)
    starts = [index * width for index in range(len(row.fields))]
    inner = [edge for start in starts for edge in (start, start + _label_width(sheet))]
    return [round(edge, 2) for edge in (*inner, standard.TYPE_AREA_WIDTH_MM)]


def _row_place(sheet: Sheet, row: SheetRow, edges: list[float]) -> RowPlace:
    columns = [edges.index(edge) for edge in _cell_edges(sheet, row)]
    spans = [right - left for left, right in pairwise(columns)]
    places = zip(row.fields, spans[::2], spans[1::2], strict=True)
    longest = max(rough_width(field.text) for field in row.fields) * CHARACTER_MM
    return RowPlace(
        fields=tuple(FieldPlace(*place) for place in places),
        height=min(row.lines, chosen.SHEET_MOST_LINES) * standard.LINE_PITCH_MM,
        is_tall=row.lines > 1,
        is_whole=longest / _text_room(sheet, row) <= chosen.WHOLE_ROW_LINES,
    )
