"""Where the page number stands (7.5)."""

from reports import gbt9704 as standard
from reports.fonts import FontBook, FontRole
from reports.gbt9704 import MM_PER_PT
from reports.placement.issuer_mark import em_baseline


def page_number_top(fonts: FontBook) -> float:
    """Top of the page number's line, one em high, below the body's box (mm), so that its dash lies right (7.5)."""
    family = fonts[FontRole.FOLIO]
    size = standard.SIZE_4_PT * MM_PER_PT
    dash_middle = sum(family.ink_of_text("—")) / 2
    box_bottom = standard.PAGE_HEIGHT_MM - standard.BOX_BOTTOM_MM
    dash_place = standard.TYPE_AREA_BOTTOM_MM + standard.PAGE_NUMBER_BELOW_MM
    return dash_place - box_bottom - (em_baseline(family) - dash_middle) * size
