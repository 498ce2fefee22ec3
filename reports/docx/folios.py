"""Page numbers (7.5): "— 1 —", counted by Word, on turned pages at the foot of the sheet (8)."""

from reports import gbt9704 as standard
from reports.docx.measures import SMALL_CHARACTER, mm_to_twips
from reports.docx.tables import grid_table
from reports.docx.text import styled_paragraph, text_run
from reports.docx.wordml import Element, w


def folio_line(style: str) -> Element:
    return styled_paragraph(style, "— ", w("fldSimple", text_run("1"), instr=" PAGE "), " —")


def turned_folio(style: str) -> Element:
    """The same from top to bottom along the left edge, in a cell as high as the type area is wide.

    The cell is as wide as the letters are tall, so that the dash stands in its middle.
    """
    middle = standard.BOTTOM_MM - standard.PAGE_NUMBER_BELOW_MM
    left = mm_to_twips(middle) - SMALL_CHARACTER // 2
    place = w("tblpPr", vertAnchor="page", horzAnchor="page", tblpX=left, tblpY=mm_to_twips(standard.LEFT_MM))
    height = w("trHeight", val=mm_to_twips(standard.TYPE_AREA_WIDTH_MM), hRule="exact")
    width = w("tcW", w=SMALL_CHARACTER, type="dxa")
    box = w("tc", w("tcPr", width, w("textDirection", val="tbRl")), folio_line(f"Turned{style}"))
    return grid_table("PlainTable", [SMALL_CHARACTER], [w("tr", w("trPr", height), box)], place)
