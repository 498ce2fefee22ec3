"""The blocks of a text as Word elements: headings, paragraphs, tables, charts and sheets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.characters import split_paragraphs
from reports.charts import WIDTH, chart_in_words, status_bars
from reports.docx.chart_image import draw_png
from reports.docx.package import WordFile
from reports.docx.styles import run_in_style
from reports.docx.tables import grid_table, share_twips, table_blocks, table_cell
from reports.docx.text import styled_paragraph, text_run
from reports.docx.units import TYPE_AREA_WIDTH, mm_to_twips
from reports.docx.wordml import Element, w
from reports.fonts import FontBook, FontRole
from reports.form_sheets import FieldPlace, RowPlace, sheet_grid
from reports.model import Block, Chart, Heading, Paragraph, Sheet, Table
from reports.numbering import number_blocks
from reports.plaintext import writable_text


@dataclass(frozen=True)
class BlockWriter:
    """Writes the blocks of a document; `fonts` are used to draw the charts."""

    file: WordFile
    fonts: FontBook

    def write_blocks(self, blocks: Iterable[Block], landscape: bool = False) -> Iterator[Element]:
        numbered = [*number_blocks(blocks)]
        below = [*(block for _, block in numbered[1:]), None]
        for (label, block), following in zip(numbered, below, strict=True):
            yield from self._write_block(label, block, following, landscape)

    def _write_block(
        self, label: str, block: Block, following: Block | None, landscape: bool
    ) -> Iterator[Element]:
        match block:
            case Heading():
                yield styled_paragraph(f"Heading{block.level}", label + block.text)
            case Paragraph():
                yield from _paragraph_elements(
                    label, block, isinstance(following, Table) and not following.caption
                )
            case Table():
                yield from table_blocks(block, landscape)
            case Sheet():
                yield _sheet_table(block)
                yield styled_paragraph("End")
            case Chart():
                yield from _chart_blocks(block, self.file, self.fonts)


def _paragraph_elements(label: str, block: Paragraph, is_above_table: bool) -> Iterator[Element]:
    """Yield a paragraph for each line of the text, the first after the run-in heading."""
    head = [text_run(label + block.head.text, run_in_style(block.head.level))] if block.head else []
    *texts, last = split_paragraphs(block.text)
    for text in texts:
        yield styled_paragraph("BodyText", *head, text)
        head = []
    yield styled_paragraph("TextAboveTable" if is_above_table else "BodyText", *head, last)


def _sheet_table(sheet: Sheet) -> Element:
    """Return a form with labelled fields (呈批单) as a ruled table whose rows grow with their content."""
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
    """Return two cells: one for the field's label and one for its text."""
    texts = split_paragraphs(place.field.text)
    style = "SheetParagraph" if is_tall or len(texts) > 1 else "SheetText"
    label = table_cell(
        label_width, styled_paragraph("SheetLabel", place.field.label), span=place.label_span, middle=True
    )
    written = (styled_paragraph(style, text) for text in texts)
    return label, table_cell(text_width, *written, span=place.text_span, middle=not is_tall)


def _chart_blocks(chart: Chart, file: WordFile, fonts: FontBook) -> Iterator[Element]:
    """Yield the caption and the chart as an inline picture, whose alternative text gives its numbers."""
    png = draw_png(status_bars(chart), fonts[FontRole.TEXT])
    yield styled_paragraph("Caption", chart.caption)
    yield styled_paragraph(
        "Picture", w("r", w("drawing", file.add_picture(png, WIDTH, writable_text(chart_in_words(chart)))))
    )
