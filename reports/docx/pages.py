"""Sections of pages: size and margins (5.1, 5.2.1, 8), headers and footers."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reports import gbt9704 as standard
from reports.docx.folios import folio, turned_folio
from reports.docx.frames import frame
from reports.docx.measures import BOX_TOP_MM, FOLIO_LINE, twips
from reports.docx.package import WordFile
from reports.docx.text import paragraph
from reports.docx.wordml import RELATIONSHIPS, Element, w
from reports.fonts import FontBook
from reports.model import LetterMasthead, OfficialDocument
from reports.placement import letter_placement

# Where even pages have their own, Word calls those of the odd ones "default".
FOLIO_STYLES = {"default": "Footer", "even": "EvenFooter"}
NEXT_PAGE, EVEN_PAGE = "nextPage", "evenPage"
HEADER_MM = 15.0  # the headers are empty, or carry what has a place of its own


@dataclass
class Section:
    """Pages that lie the same way, all with a number or none.

    start: whether it begins on the next page or on the next even one.
    """

    content: list[Element] = field(default_factory=list)
    start: str = NEXT_PAGE
    turned: bool = False
    numbered: bool = True


class Reference(NamedTuple):
    """How a section names a header or footer of its first, odd or even pages."""

    tag: str
    kind: str
    relation: str

    def element(self) -> Element:
        """The reference in a section's properties."""
        element = w(self.tag, type=self.kind)
        element.set(f"{{{RELATIONSHIPS}}}id", self.relation)
        return element


class Pages:
    """The sections' properties; all sections of a kind share their headers and footers."""

    def __init__(self, document: OfficialDocument, file: WordFile, fonts: FontBook) -> None:
        self._head = document.masthead
        self._file = file
        self._fonts = fonts

    def properties(self, section: Section, *, first: bool = False) -> Element:
        """The properties of a section; the first page of the document's first may have a foot of its own."""
        own_foot = self._letter_foot if first else ()
        bottom = standard.LETTER_BOX_BOTTOM_MM if own_foot else standard.BOTTOM_MM
        return w(
            "sectPr",
            *(reference.element() for reference in (*self._references(section), *own_foot)),
            w("type", val=section.start),
            *_paper(section.turned, bottom),
            w("titlePg") if own_foot else None,
        )

    def _references(self, section: Section) -> tuple[Reference, ...]:
        if not section.numbered:
            return self._unnumbered
        return self._turned if section.turned else self._upright

    @cached_property
    def _upright(self) -> tuple[Reference, ...]:
        """Numbers in the footers; the headers are empty, lest a turned section's are taken over."""
        empty = self._file.add_header(w("hdr", paragraph("End")))
        return tuple(
            reference
            for kind, style in FOLIO_STYLES.items()
            for reference in (
                Reference("headerReference", kind, empty),
                self._footer(kind, folio(style)),
            )
        )

    @cached_property
    def _unnumbered(self) -> tuple[Reference, ...]:
        """As high as a number, so that the text ends where it does above one."""
        return tuple(self._footer(kind, paragraph(style)) for kind, style in FOLIO_STYLES.items())

    @cached_property
    def _turned(self) -> tuple[Reference, ...]:
        """Turned pages' numbers stand in the header, at the left edge (8); their feet are empty."""
        return tuple(
            reference
            for kind, style in FOLIO_STYLES.items()
            for reference in (
                self._footer(kind, paragraph("End")),
                self._header(kind, turned_folio(style)),
            )
        )

    @cached_property
    def _letter_foot(self) -> tuple[Reference, ...]:
        """The lower red line on a letter's first page, which has no number (10.1)."""
        if not isinstance(self._head, LetterMasthead):
            return ()
        thin_top = standard.BOX_TOP_MM + letter_placement(self._head, self._fonts).lower_line_top
        place = frame(
            standard.LETTER_LINE_LEFT_MM,
            thin_top,
            standard.LETTER_LINE_WIDTH_MM,
            standard.LETTER_LINE_WEIGHT_MM,
        )
        line = paragraph("LowerDoubleLine", properties=(place,))
        return (self._footer("first", line, paragraph("End")),)

    def _footer(self, kind: str, *content: Element) -> Reference:
        return Reference("footerReference", kind, self._file.add_footer(w("ftr", *content)))

    def _header(self, kind: str, *content: Element) -> Reference:
        return Reference("headerReference", kind, self._file.add_header(w("hdr", *content, paragraph("End"))))


def _paper(turned: bool, bottom: float) -> tuple[Element, Element]:
    """Size and margins; the left edge of a turned page is the foot of the sheet.

    bottom: where the text may end on a page with a low footer (mm); a page number's reaches up to the type area.
    """
    width, height = standard.PAGE_WIDTH_MM, standard.PAGE_HEIGHT_MM
    margins = (BOX_TOP_MM, standard.RIGHT_MM, bottom, standard.LEFT_MM)
    size = w("pgSz", w=twips(width), h=twips(height))
    if turned:
        margins = (standard.LEFT_MM, standard.TOP_MM, standard.RIGHT_MM, standard.BOTTOM_MM)
        size = w("pgSz", w=twips(height), h=twips(width), orient="landscape")
    top, right, bottom, left = map(twips, margins)
    distances = {
        "header": twips(HEADER_MM),
        "footer": twips(standard.BOTTOM_MM) - FOLIO_LINE,
        "gutter": 0,
    }
    return size, w("pgMar", top=top, right=right, bottom=bottom, left=left, **distances)
