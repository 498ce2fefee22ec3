"""The blocks of a text as Word elements: headings, paragraphs, tables, charts and sheets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.characters import split_paragraphs
from reports.docx.package import WordFile
from reports.docx.pictures import chart_blocks
from reports.docx.sheets import sheet_table
from reports.docx.styles import run_in_style
from reports.docx.tables import table_blocks
from reports.docx.text import styled_paragraph, text_run
from reports.docx.wordml import Element
from reports.fonts import FontBook
from reports.model import Block, Chart, Heading, Paragraph, Sheet, Table
from reports.numbering import number_blocks


@dataclass(frozen=True)
class BlockWriter:
    """Writes blocks for a file; charts are drawn with the fonts' letters."""

    file: WordFile
    fonts: FontBook

    def write_blocks(self, blocks: Iterable[Block], turned: bool = False) -> Iterator[Element]:
        for label, block in number_blocks(blocks):
            yield from self._write_block(label, block, turned)

    def _write_block(self, label: str, block: Block, turned: bool) -> Iterator[Element]:
        match block:
            case Heading():
                yield styled_paragraph(f"Heading{block.level}", label + block.text)
            case Paragraph():
                yield from _paragraph_elements(label, block)
            case Table():
                yield from table_blocks(block, turned)
            case Sheet():
                yield sheet_table(block)
                yield styled_paragraph("End")
            case Chart():
                yield from chart_blocks(block, self.file, self.fonts)


def _paragraph_elements(label: str, block: Paragraph) -> Iterator[Element]:
    """A paragraph for each line of the text, the first behind its run-in head."""
    head = [text_run(label + block.head.text, run_in_style(block.head.level))] if block.head else []
    for text in split_paragraphs(block.text):
        yield styled_paragraph("BodyText", *head, text)
        head = []
