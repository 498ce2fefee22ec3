"""Tables keep their rules in the type area at the edges of a page, and end at their last row there.

The box of an upright page holds lines of text, whose ink leaves half a gap free above the first line and below the
last one. A rule is ink up to its very edge, so a table begins and ends half a gap further in. The box of a turned page
is the type area. What is only set like a table has no rules, such as 签发人 with their names.

Where rows are taken back to stay with what follows them, WeasyPrint leaves the frame as long as it was with them.
"""

from typing import Any

from weasyprint.layout import block

from reports import gbt9704 as standard
from reports.gbt9704 import MM_PER_PIXEL

ordinary_table = block.table_layout
ordinary_break = block.find_earlier_page_break


def lay_out_table(context: Any, table: Any, bottom_space: float, *others: Any) -> Any:
    """Lay out what a page holds of a table; takes the place of `weasyprint.layout.table.table_layout`."""
    bottom_space += table.border_bottom_width
    if table.element_tag == "table" and context.page_bottom * MM_PER_PIXEL > standard.PAGE_WIDTH_MM:
        table.position_y = max(table.position_y, standard.TOP_MM / MM_PER_PIXEL)
        bottom_space += standard.HALF_GAP_MM / MM_PER_PIXEL
    part, resume_at, *rest = ordinary_table(context, table, bottom_space, *others)
    if part and resume_at:
        _end_at_last_row(part)
    return part, resume_at, *rest


def break_earlier(context: Any, children: Any, *others: Any) -> Any:
    """Break a page before its end; takes the place of `weasyprint.layout.block.find_earlier_page_break`."""
    found = ordinary_break(context, children, *others)
    if found and found[0][-1].is_table_wrapper:
        wrapper = found[0][-1]
        table = wrapper.get_wrapped_table()
        before = table.height
        _end_at_last_row(table)
        wrapper.height -= before - table.height
    return found


def _end_at_last_row(table: Any) -> None:
    """Make a table and its groups of rows as high as the rows that are left."""
    for group in table.children:
        row = group.children[-1]
        group.height = row.position_y + row.height - group.position_y
    table.height = group.position_y + group.height - table.content_box_y()
