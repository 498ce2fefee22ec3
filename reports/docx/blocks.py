"""The blocks of a text as Word elements: headings, paragraphs, tables, charts and sheets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.characters import paragraphs
from reports.docx.package import WordFile
from reports.docx.pictures import chart_blocks
from reports.docx.sheets import sheet_table
from reports.docx.styles import run_in_style
from reports.docx.tables import table_blocks
from reports.docx.text import paragraph, run
from reports.docx.wordml import Element
from reports.fonts import FontBook
from reports.model import Block, Chart, Heading, Paragraph, Sheet, Table
from reports.numbering import numbered


@dataclass(frozen=True)
class BlockWriter:
    """Writes blocks for a file; charts are drawn with the fonts' letters."""

    file: WordFile
    fonts: FontBook

    def write(self, blocks: Iterable[Block], turned: bool = False) -> Iterator[Element]:
        """The elements of these blocks, on upright or turned pages."""
        for label, block in numbered(blocks):
            yield from self._block(label, block, turned)

    def _block(self, label: str, block: Block, turned: bool) -> Iterator[Element]:
        match block:
            case Heading():
                yield paragraph(f"Heading{block.level}", label + block.text)
            case Paragraph():
                yield from _paragraphs(label, block)
            case Table():
                yield from table_blocks(block, turned)
            case Sheet():
                yield sheet_table(block)
                yield paragraph("End")
            case Chart():
                yield from chart_blocks(block, self.file, self.fonts)


def _paragraphs(label: str, block: Paragraph) -> Iterator[Element]:
    """A paragraph for each line of the text, the first behind its run-in head."""
    head = [run(label + block.head.text, run_in_style(block.head.level))] if block.head else []
    for text in paragraphs(block.text):
        yield paragraph("BodyText", *head, text)
        head = []
