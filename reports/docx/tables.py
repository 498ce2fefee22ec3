"""Tables, built directly with lxml for speed, since an annex easily has a thousand cells."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from reports.characters import split_paragraphs
from reports.docx.text import keep_with_next, styled_paragraph
from reports.docx.units import TYPE_AREA_HEIGHT, TYPE_AREA_WIDTH
from reports.docx.wordml import WORD, Element, w
from reports.form_words import unit_line
from reports.model import Align, Column, Table
from reports.table_columns import column_widths, joins_row_above, stands_whole, stands_whole_in_word

PARAGRAPH = f"{{{WORD}}}p"
TEXT_STYLES = {Align.LEFT: "TableText", Align.CENTER: "TableTextCenter", Align.RIGHT: "TableTextRight"}


def share_twips(width: int, shares: Sequence[float]) -> list[int]:
    """Divide a width in proportion to `shares` into whole twips that add up to it exactly."""
    edges = [round(width * part / sum(shares)) for part in accumulate(shares, initial=0.0)]
    return [right - left for left, right in pairwise(edges)]


def grid_table(style: str, widths: Sequence[int], rows: Sequence[Element], *place: Element) -> Element:
    """Return a table with columns of these widths in twips; `place` is a property for its position on the page."""
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=style),
            *place,
            w("tblW", w=sum(widths), type="dxa"),
            w("tblInd", w=0, type="dxa"),
            w("tblLayout", type="fixed"),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        *rows,
    )


def table_cell(width: int, *content: Element, span: int = 1, middle: bool = False) -> Element:
    """Return a cell of this width in twips that spans `span` columns; `middle` centres it vertically."""
    return w(
        "tc",
        w(
            "tcPr",
            w("tcW", w=width, type="dxa"),
            w("gridSpan", val=span) if span > 1 else None,
            w("vAlign", val="center") if middle else None,
        ),
        *content,
    )


def table_blocks(table: Table, landscape: bool) -> Iterator[Element]:
    """Yield caption, unit, table and note."""
    if table.caption:
        yield styled_paragraph("Caption", table.caption)
    if table.unit:
        yield styled_paragraph("TableUnit", unit_line(table))
    prefix = "Turned" if landscape else ""
    ems = column_widths(table, landscape)
    widths = share_twips(TYPE_AREA_HEIGHT if landscape else TYPE_AREA_WIDTH, ems)
    styles = [prefix + TEXT_STYLES[column.align] for column in table.columns]
    whole = [stands_whole(row, ems) for row in table.rows]
    rows = [_body_row(row, widths, styles, one) for row, one in zip(table.rows, whole, strict=True)]
    is_whole = not landscape and stands_whole_in_word(table.rows, ems)
    for index in range(1, len(rows)):
        if is_whole or joins_row_above(table.rows, index, ems):
            _keep_row_with_next(rows[index - 1])
    if table.note and whole and whole[-1]:
        _keep_row_with_next(rows[-1])
    head = _head_row(table.columns, widths, f"{prefix}TableHead")
    yield grid_table("TurnedTable" if landscape else "OfficialTable", widths, [head, *rows])
    yield styled_paragraph("TableNote", table.note) if table.note else styled_paragraph("End")


def _keep_row_with_next(row: Element) -> None:
    """Keep a row on the same page as the row or paragraph that follows it."""
    for element in row.iter(PARAGRAPH):
        keep_with_next(element)


def _head_row(columns: Sequence[Column], widths: Sequence[int], style: str) -> Element:
    """Return the head row, which Word repeats on each page."""
    cells = (
        table_cell(width, styled_paragraph(style, column.title), middle=True)
        for column, width in zip(columns, widths, strict=True)
    )
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _body_row(row: Sequence[str], widths: Sequence[int], styles: Sequence[str], whole: bool) -> Element:
    cells = (
        table_cell(width, *(styled_paragraph(style, line) for line in split_paragraphs(text)))
        for text, width, style in zip(row, widths, styles, strict=True)
    )
    return w("tr", w("trPr", w("cantSplit")) if whole else None, *cells)
