"""Sections with their page size and margins (5.1, 5.2.1, 8), headers, footers and page numbers (7.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reports import gbt9704 as standard
from reports.docx.head import WORD_HEADS, HeadWriter
from reports.docx.package import WordFile
from reports.docx.tables import grid_table
from reports.docx.text import styled_paragraph, text_run
from reports.docx.units import BOX_TOP_MM, FOLIO_LINE, SMALL_CHARACTER, mm_to_twips
from reports.docx.wordml import RELATIONSHIPS, Element, w
from reports.fonts import FontBook
from reports.model import OfficialDocument

# If even pages have footers of their own, Word's "default" is the footer of the odd pages.
FOLIO_STYLES = {"default": "Footer", "even": "EvenFooter"}
NEXT_PAGE, EVEN_PAGE = "nextPage", "evenPage"
HEADER_MM = 15.0  # headers are empty or contain a table with a position of its own


@dataclass
class PageSection:
    """Content on pages of the same orientation, either all numbered or all unnumbered.

    start: NEXT_PAGE or EVEN_PAGE, where the section begins.
    """

    content: list[Element] = field(default_factory=list)
    start: str = NEXT_PAGE
    landscape: bool = False
    numbered: bool = True


class MarginReference(NamedTuple):
    """A section's reference to a header or footer for its first, odd ("default") or even pages."""

    tag: str
    kind: str
    relation: str

    def as_element(self) -> Element:
        element = w(self.tag, type=self.kind)
        element.set(f"{{{RELATIONSHIPS}}}id", self.relation)
        return element


class SectionWriter:
    """Makes the properties of sections; sections of the same kind share headers and footers."""

    def __init__(self, document: OfficialDocument, file: WordFile, fonts: FontBook) -> None:
        self._document = document
        self._file = file
        self._fonts = fonts

    def section_properties(self, section: PageSection, *, first: bool = False) -> Element:
        """Return a section's properties; with `first`, including the masthead's footer for page 1, if any."""
        own_foot, bottom = self._first_foot if first else ((), standard.BOTTOM_MM)
        return w(
            "sectPr",
            *(reference.as_element() for reference in (*self._references_of(section), *own_foot)),
            w("type", val=section.start),
            *_paper_size(section.landscape, bottom),
            w("titlePg") if own_foot else None,
        )

    def _references_of(self, section: PageSection) -> tuple[MarginReference, ...]:
        if not section.numbered:
            return self._unnumbered_references
        return self._landscape_references if section.landscape else self._upright_references

    @cached_property
    def _upright_references(self) -> tuple[MarginReference, ...]:
        return self._foot_references({kind: _folio_line(style) for kind, style in FOLIO_STYLES.items()})

    @cached_property
    def _unnumbered_references(self) -> tuple[MarginReference, ...]:
        """Empty footers as high as a page number, so that the text ends at the same height."""
        return self._foot_references({kind: styled_paragraph(style) for kind, style in FOLIO_STYLES.items()})

    def _foot_references(self, feet: Mapping[str, Element]) -> tuple[MarginReference, ...]:
        """Add footers by kind, with empty headers, since Word would else repeat a landscape section's."""
        empty = self._file.add_header(w("hdr", styled_paragraph("End")))
        return tuple(
            reference
            for kind, foot in feet.items()
            for reference in (
                MarginReference("headerReference", kind, empty),
                self._footer_reference(kind, foot),
            )
        )

    @cached_property
    def _landscape_references(self) -> tuple[MarginReference, ...]:
        """Landscape pages have their numbers at the left edge, in the header (8); footers are empty."""
        return tuple(
            reference
            for kind, style in FOLIO_STYLES.items()
            for reference in (
                self._footer_reference(kind, styled_paragraph("End")),
                self._header_reference(kind, _landscape_folio(style)),
            )
        )

    @cached_property
    def _first_foot(self) -> tuple[tuple[MarginReference, ...], float]:
        """The masthead's footer for the first page, if any, and the bottom margin above it (mm)."""
        head = self._document.masthead
        form = WORD_HEADS[head.template] if head else None
        if head is None or form is None or form.first_foot is None:
            return (), standard.BOTTOM_MM
        foot = form.first_foot(HeadWriter(self._document, head, self._fonts))
        return (self._footer_reference("first", foot, styled_paragraph("End")),), form.bottom

    def _footer_reference(self, kind: str, *content: Element) -> MarginReference:
        return MarginReference("footerReference", kind, self._file.add_footer(w("ftr", *content)))

    def _header_reference(self, kind: str, *content: Element) -> MarginReference:
        return MarginReference(
            "headerReference", kind, self._file.add_header(w("hdr", *content, styled_paragraph("End")))
        )


def _paper_size(landscape: bool, bottom: float) -> tuple[Element, Element]:
    """Return page size and margins; the left edge of a landscape page is the bottom edge of the sheet.

    bottom: the bottom margin of an upright page (mm); a page number's line reaches up to the type area.
    """
    width, height = standard.PAGE_WIDTH_MM, standard.PAGE_HEIGHT_MM
    margins = (BOX_TOP_MM, standard.RIGHT_MM, bottom, standard.LEFT_MM)
    size = w("pgSz", w=mm_to_twips(width), h=mm_to_twips(height))
    if landscape:
        margins = (standard.LEFT_MM, standard.TOP_MM, standard.RIGHT_MM, standard.BOTTOM_MM)
        size = w("pgSz", w=mm_to_twips(height), h=mm_to_twips(width), orient="landscape")
    top, right, bottom, left = map(mm_to_twips, margins)
    distances = {
        "header": mm_to_twips(HEADER_MM),
        "footer": mm_to_twips(standard.BOTTOM_MM) - FOLIO_LINE,
        "gutter": 0,
    }
    return size, w("pgMar", top=top, right=right, bottom=bottom, left=left, **distances)


def _folio_line(style: str) -> Element:
    """Return a page number such as — 1 —, which Word counts."""
    return styled_paragraph(style, "— ", w("fldSimple", text_run("1"), instr=" PAGE "), " —")


def _landscape_folio(style: str) -> Element:
    """Return a page number that runs downwards along the left edge of a landscape page.

    Its cell is as high as the type area is wide, and as wide as the letters are tall: the dash is in its middle.
    """
    middle = standard.BOTTOM_MM - standard.PAGE_NUMBER_BELOW_MM
    left = mm_to_twips(middle) - SMALL_CHARACTER // 2
    place = w("tblpPr", vertAnchor="page", horzAnchor="page", tblpX=left, tblpY=mm_to_twips(standard.LEFT_MM))
    height = w("trHeight", val=mm_to_twips(standard.TYPE_AREA_WIDTH_MM), hRule="exact")
    width = w("tcW", w=SMALL_CHARACTER, type="dxa")
    box = w("tc", w("tcPr", width, w("textDirection", val="tbRl")), _folio_line(f"Turned{style}"))
    return grid_table("PlainTable", [SMALL_CHARACTER], [w("tr", w("trPr", height), box)], place)
