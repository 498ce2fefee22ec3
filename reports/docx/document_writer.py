"""Writes the document as a sequence of sections: the text, upright and landscape annexes, the imprint."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports import chosen_sizes as chosen
from reports.docx.blocks import BlockWriter
from reports.docx.closing import closing_lists, imprint_table, signature_and_note
from reports.docx.head import WORD_HEADS, HeadWriter
from reports.docx.pages import EVEN_PAGE, NEXT_PAGE, PageSection, SectionWriter
from reports.docx.text import keep_with_next, line_break, styled_paragraph
from reports.docx.wordml import Element, w
from reports.fonts import FontBook
from reports.form_words import annex_mark, has_imprint
from reports.imprint_place import ImprintPlace
from reports.model import Annex, Enclosure, Heading, OfficialDocument
from reports.text_fitting import TextLayout
from reports.titles import title_lines


@dataclass(frozen=True)
class DocumentWriter:
    document: OfficialDocument
    blocks: BlockWriter
    fonts: FontBook
    layout: TextLayout

    def body_elements(self, pages: SectionWriter) -> Iterator[Element]:
        """Yield the content of the file's body.

        Each section's properties are in its last paragraph, those of the last section follow at the end.
        """
        *earlier, last = self._split_sections()
        for index, section in enumerate(earlier):
            section.content[-1][0].append(pages.section_properties(section, first=index == 0))
            yield from section.content
        yield from last.content
        yield pages.section_properties(last, first=not earlier)

    def _split_sections(self) -> list[PageSection]:
        sections = [PageSection(list(self._main_text()))]
        for number, annex in enumerate(self.document.annexes, start=1):
            if annex.landscape != sections[-1].landscape:
                sections.append(PageSection(landscape=annex.landscape))
            sections[-1].content += self._annex_elements(annex, number)
        if self.document.imprint and has_imprint(self.document):
            is_full = self.document.has_full_imprint
            place = self._place_imprint(sections[-1])
            if place is not ImprintPlace.WITH_TEXT:
                numbered = place is not ImprintPlace.BEHIND_BLANK_PAGE
                sections.append(PageSection(start=EVEN_PAGE if is_full else NEXT_PAGE, numbered=numbered))
            sections[-1].content += [imprint_table(self.document.imprint, is_full), styled_paragraph("End")]
        return sections

    def _place_imprint(self, last: PageSection) -> ImprintPlace:
        """Return where the imprint goes: as in the PDF, since Word's page breaks are not known here.

        A letter's imprint is on its last page, or on the next one if the last is landscape.
        """
        if self.document.has_full_imprint:
            return self.layout.imprint or ImprintPlace.NEXT_PAGE
        return ImprintPlace.NEXT_PAGE if last.landscape else ImprintPlace.WITH_TEXT

    def _main_text(self) -> Iterator[Element]:
        """Yield everything from the red head to the note, and the enclosure."""
        document = self.document
        title_style = "Title"
        if head := document.masthead:
            form = WORD_HEADS[head.template]
            yield from form.write_head(HeadWriter(document, head, self.fonts))
            title_style = form.title_style
        yield title_paragraph(title_style, document.title)
        if document.addressee:
            yield styled_paragraph("Addressee", f"{document.addressee}：")
        yield from self._body_and_lists()
        yield from signature_and_note(document, self.fonts)
        if document.enclosure:
            yield from self._enclosed_text(document.enclosure)

    def _body_and_lists(self) -> Iterator[Element]:
        """Yield the body and the lists below it; their end is kept with the signature on one page.

        If the body has a single paragraph, only the lists are kept with the signature: LibreOffice would
        otherwise move that paragraph with its headings off page 1.
        """
        body, lists = list(self.blocks.write_blocks(self.document.body)), list(closing_lists(self.document))
        if self.document.signature:
            follows_text = any(not isinstance(block, Heading) for block in self.document.body[:-1])
            for element in (*body[-1:], *lists) if follows_text else lists:
                keep_with_next(element)
        yield from body
        yield from lists

    def _enclosed_text(self, enclosure: Enclosure) -> Iterator[Element]:
        yield title_paragraph("EnclosureTitle", enclosure.title)
        if enclosure.byline:
            yield styled_paragraph("Byline", enclosure.byline)
        yield from self.blocks.write_blocks(enclosure.blocks)

    def _annex_elements(self, annex: Annex, number: int) -> Iterator[Element]:
        """Yield an annex, which begins with its number on a new page (7.3.7)."""
        longest = chosen.LANDSCAPE_TITLE_CHARACTERS if annex.landscape else chosen.TITLE_CHARACTERS
        yield styled_paragraph("AnnexNumber", annex_mark(self.document, number))
        yield title_paragraph("AnnexTitle", annex.title, longest)
        yield from self.blocks.write_blocks(annex.blocks, annex.landscape)


def title_paragraph(style: str, text: str, longest: int = chosen.TITLE_CHARACTERS) -> Element:
    """Return a title as one paragraph with lines broken by meaning (7.3.1).

    longest: the longest line, in characters. It is centred directly, for programs that do not read styles.
    """
    first, *others = title_lines(text, longest)
    lines = (part for line in others for part in (line_break(), line))
    return styled_paragraph(style, first, *lines, properties=(w("jc", val="center"),))
