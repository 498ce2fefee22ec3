"""Sections of pages: size and margins (5.1, 5.2.1, 8), headers and footers, page numbers (7.5)."""

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
    landscape: bool = False
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
        self._document = document
        self._file = file
        self._fonts = fonts

    def section_properties(self, section: PageSection, *, first: bool = False) -> Element:
        """The properties of a section; the first page of the document's first may have a foot of its own."""
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
        """As high as a number, so that the text ends where it does above one."""
        return self._foot_references({kind: styled_paragraph(style) for kind, style in FOLIO_STYLES.items()})

    def _foot_references(self, feet: Mapping[str, Element]) -> tuple[MarginReference, ...]:
        """Footers by kind; the headers are empty, lest a landscape section's are taken over."""
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
        """Landscape pages' numbers stand in the header, at the left edge (8); their feet are empty."""
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
        """The foot that the masthead gives to the first page, if any, and where the text may end above it (mm)."""
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
    """Size and margins; the left edge of a landscape page is the foot of the sheet.

    bottom: where the text may end on a page with a low footer (mm); a page number's reaches up to the type area.
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
    """— 1 —, counted by Word."""
    return styled_paragraph(style, "— ", w("fldSimple", text_run("1"), instr=" PAGE "), " —")


def _landscape_folio(style: str) -> Element:
    """The same from top to bottom along the left edge, in a cell as high as the type area is wide.

    The cell is as wide as the letters are tall, so that the dash stands in its middle.
    """
    middle = standard.BOTTOM_MM - standard.PAGE_NUMBER_BELOW_MM
    left = mm_to_twips(middle) - SMALL_CHARACTER // 2
    place = w("tblpPr", vertAnchor="page", horzAnchor="page", tblpX=left, tblpY=mm_to_twips(standard.LEFT_MM))
    height = w("trHeight", val=mm_to_twips(standard.TYPE_AREA_WIDTH_MM), hRule="exact")
    width = w("tcW", w=SMALL_CHARACTER, type="dxa")
    box = w("tc", w("tcPr", width, w("textDirection", val="tbRl")), _folio_line(f"Turned{style}"))
    return grid_table("PlainTable", [SMALL_CHARACTER], [w("tr", w("trPr", height), box)], place)
