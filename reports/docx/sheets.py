"""Ruled sheets with labelled fields, such as a 呈批单."""

from reports.characters import split_paragraphs
from reports.docx.measures import TYPE_AREA_WIDTH, mm_to_twips
from reports.docx.tables import grid_table, share_twips, table_cell
from reports.docx.text import styled_paragraph
from reports.docx.wordml import Element, w
from reports.model import Sheet
from reports.sheets import FieldPlace, RowPlace, sheet_grid


def sheet_table(sheet: Sheet) -> Element:
    """A sheet as a table; its rows grow with what is written into them."""
    grid = sheet_grid(sheet)
    widths = share_twips(TYPE_AREA_WIDTH, grid.widths)
    return grid_table("SheetTable", widths, [_sheet_row(row, widths) for row in grid.rows])


def _sheet_row(row: RowPlace, widths: list[int]) -> Element:
    cells: list[Element] = []
    column = 0
    for place in row.fields:
        end = column + place.label_span
        label, text = sum(widths[column:end]), sum(widths[end : end + place.text_span])
        cells += _field_cells(place, label, text, row.is_tall)
        column = end + place.text_span
    whole = w("cantSplit") if row.is_whole else None
    height = w("trHeight", val=mm_to_twips(row.height), hRule="atLeast")
    return w("tr", w("trPr", whole, height), *cells)


def _field_cells(
    place: FieldPlace, label_width: int, text_width: int, is_tall: bool
) -> tuple[Element, Element]:
    """The cells of a field's label and of its text."""
    texts = split_paragraphs(place.field.text)
    style = "SheetParagraph" if is_tall or len(texts) > 1 else "SheetText"
    label = table_cell(
        label_width, styled_paragraph("SheetLabel", place.field.label), span=place.label_span, middle=True
    )
    written = (styled_paragraph(style, text) for text in texts)
    return label, table_cell(text_width, *written, span=place.text_span, middle=not is_tall)
