"""How the fields of a sheet (表单) share its width, so that one table can hold rows of different counts."""

from dataclasses import dataclass
from itertools import pairwise

from reports import gbt9704 as standard
from reports.gbt9704 import MM_PER_PT
from reports.line_breaks import rough_width
from reports.model import Sheet, SheetField, SheetRow

CHARACTER_MM = standard.SHEET_SIZE_PT * MM_PER_PT


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


def _label_width(sheet: Sheet) -> float:
    """The width of every label's cell: that of the longest label, and at most half of the narrowest field (mm)."""
    longest = max(rough_width(field.label) for row in sheet.rows for field in row.fields)
    characters = min(longest, standard.SHEET_LABEL_CHARACTERS) * CHARACTER_MM
    width = characters + 2 * standard.SHEET_PADDING_MM + standard.TABLE_FRAME_MM
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
    room = standard.TYPE_AREA_WIDTH_MM / len(row.fields) - _label_width(sheet) - 2 * standard.SHEET_PADDING_MM
    longest = max(rough_width(field.text) for field in row.fields) * CHARACTER_MM
    return RowPlace(
        fields=tuple(FieldPlace(*place) for place in places),
        height=min(row.lines, standard.SHEET_MOST_LINES) * standard.LINE_PITCH_MM,
        is_tall=row.lines > 1,
        is_whole=longest / room <= standard.WHOLE_ROW_LINES,
    )
