"""Sections of pages: size and margins (5.1, 5.2.1, 8), headers and footers."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reports import gbt9704 as standard
from reports.docx.folios import folio_line, turned_folio
from reports.docx.frames import frame_property
from reports.docx.measures import BOX_TOP_MM, FOLIO_LINE, mm_to_twips
from reports.docx.package import WordFile
from reports.docx.text import styled_paragraph
from reports.docx.wordml import RELATIONSHIPS, Element, w
from reports.fonts import FontBook
from reports.model import LetterMasthead, OfficialDocument
from reports.placement import letter_placement

# Where even pages have their own, Word calls those of the odd ones "default".
FOLIO_STYLES = {"default": "Footer", "even": "EvenFooter"}
NEXT_PAGE, EVEN_PAGE = "nextPage", "evenPage"
HEADER_MM = 15.0  # the headers are empty, or carry what has a place of its own


@dataclass
class PageSection:
    """Pages that lie the same way, all with a number or none.

    start: whether it begins on the next page or on the next even one.
    """

    content: list[Element] = field(default_factory=list)
    start: str = NEXT_PAGE
    turned: bool = False
    numbered: bool = True


class MarginReference(NamedTuple):
    """How a section names a header or footer of its first, odd or even pages."""

    tag: str
    kind: str
    relation: str

    def as_element(self) -> Element:
        element = w(self.tag, type=self.kind)
        element.set(f"{{{RELATIONSHIPS}}}id", self.relation)
        return element


class SectionWriter:
    """The sections' properties; all sections of a kind share their headers and footers."""

    def __init__(self, document: OfficialDocument, file: WordFile, fonts: FontBook) -> None:
        self._head = document.masthead
        self._file = file
        self._fonts = fonts

    def section_properties(self, section: PageSection, *, first: bool = False) -> Element:
        """The properties of a section; the first page of the document's first may have a foot of its own."""
        own_foot = self._letter_foot if first else ()
        bottom = standard.LETTER_BOX_BOTTOM_MM if own_foot else standard.BOTTOM_MM
        return w(
            "sectPr",
            *(reference.as_element() for reference in (*self._references_of(section), *own_foot)),
            w("type", val=section.start),
            *_paper_size(section.turned, bottom),
            w("titlePg") if own_foot else None,
        )

    def _references_of(self, section: PageSection) -> tuple[MarginReference, ...]:
        if not section.numbered:
            return self._unnumbered_references
        return self._turned_references if section.turned else self._upright_references

    @cached_property
    def _upright_references(self) -> tuple[MarginReference, ...]:
        """Numbers in the footers; the headers are empty, lest a turned section's are taken over."""
        empty = self._file.add_header(w("hdr", styled_paragraph("End")))
        return tuple(
            reference
            for kind, style in FOLIO_STYLES.items()
            for reference in (
                MarginReference("headerReference", kind, empty),
                self._footer_reference(kind, folio_line(style)),
            )
        )

    @cached_property
    def _unnumbered_references(self) -> tuple[MarginReference, ...]:
        """As high as a number, so that the text ends where it does above one."""
        return tuple(
            self._footer_reference(kind, styled_paragraph(style)) for kind, style in FOLIO_STYLES.items()
        )

    @cached_property
    def _turned_references(self) -> tuple[MarginReference, ...]:
        """Turned pages' numbers stand in the header, at the left edge (8); their feet are empty."""
        return tuple(
            reference
            for kind, style in FOLIO_STYLES.items()
            for reference in (
                self._footer_reference(kind, styled_paragraph("End")),
                self._header_reference(kind, turned_folio(style)),
            )
        )

    @cached_property
    def _letter_foot(self) -> tuple[MarginReference, ...]:
        """The lower red line on a letter's first page, which has no number (10.1)."""
        if not isinstance(self._head, LetterMasthead):
            return ()
        thin_top = standard.BOX_TOP_MM + letter_placement(self._head, self._fonts).lower_line_top
        place = frame_property(
            standard.LETTER_LINE_LEFT_MM,
            thin_top,
            standard.LETTER_LINE_WIDTH_MM,
            standard.LETTER_LINE_WEIGHT_MM,
        )
        line = styled_paragraph("LowerDoubleLine", properties=(place,))
        return (self._footer_reference("first", line, styled_paragraph("End")),)

    def _footer_reference(self, kind: str, *content: Element) -> MarginReference:
        return MarginReference("footerReference", kind, self._file.add_footer(w("ftr", *content)))

    def _header_reference(self, kind: str, *content: Element) -> MarginReference:
        return MarginReference(
            "headerReference", kind, self._file.add_header(w("hdr", *content, styled_paragraph("End")))
        )


def _paper_size(turned: bool, bottom: float) -> tuple[Element, Element]:
    """Size and margins; the left edge of a turned page is the foot of the sheet.

    bottom: where the text may end on a page with a low footer (mm); a page number's reaches up to the type area.
    """
    width, height = standard.PAGE_WIDTH_MM, standard.PAGE_HEIGHT_MM
    margins = (BOX_TOP_MM, standard.RIGHT_MM, bottom, standard.LEFT_MM)
    size = w("pgSz", w=mm_to_twips(width), h=mm_to_twips(height))
    if turned:
        margins = (standard.LEFT_MM, standard.TOP_MM, standard.RIGHT_MM, standard.BOTTOM_MM)
        size = w("pgSz", w=mm_to_twips(height), h=mm_to_twips(width), orient="landscape")
    top, right, bottom, left = map(mm_to_twips, margins)
    distances = {
        "header": mm_to_twips(HEADER_MM),
        "footer": mm_to_twips(standard.BOTTOM_MM) - FOLIO_LINE,
        "gutter": 0,
    }
    return size, w("pgMar", top=top, right=right, bottom=bottom, left=left, **distances)
