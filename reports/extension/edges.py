"""Tables keep their rules in the type area at the edges of a page.

The box of an upright page holds lines of text, whose ink leaves half a gap free above the first line and below the
last one. A rule is ink up to its very edge, so a table begins and ends half a gap further in. The box of a turned page
is the type area. What is only set like a table has no rules, such as 签发人 with their names.
"""

from typing import Any

from weasyprint.layout import block

from reports import gbt9704 as standard
from reports.gbt9704 import MM_PER_PIXEL

ordinary_table = block.table_layout


def lay_out_table(context: Any, table: Any, bottom_space: float, *others: Any) -> Any:
    """Lay out what a page holds of a table; takes the place of `weasyprint.layout.table.table_layout`."""
    bottom_space += table.border_bottom_width
    if table.element_tag == "table" and context.page_bottom * MM_PER_PIXEL > standard.PAGE_WIDTH_MM:
        table.position_y = max(table.position_y, standard.TOP_MM / MM_PER_PIXEL)
        bottom_space += standard.HALF_GAP_MM / MM_PER_PIXEL
    return ordinary_table(context, table, bottom_space, *others)
