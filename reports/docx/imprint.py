"""The imprint (版记, 7.4): a table whose last line lies on the bottom of the type area of the last page."""

from reports.docx.measures import TYPE_AREA_WIDTH
from reports.docx.tables import grid_table, table_cell
from reports.docx.text import styled_paragraph, tab_run
from reports.docx.wordml import Element, w
from reports.model import Imprint
from reports.wording import written_copies, written_date

COPIES = "抄送："


def imprint_table(imprint: Imprint, is_full: bool) -> Element:
    """The table on the foot of the page that it is anchored to.

    is_full: whether it names office and day; a letter's only names who gets a copy, without any rule (10.1).
    """
    lines = []
    if imprint.copies_to:
        lines.append(styled_paragraph("Copies", COPIES + written_copies(imprint)))
    if is_full:
        day = f"{written_date(imprint.issued_on)}印发"
        lines.append(styled_paragraph("Imprint", imprint.office, tab_run(), day))
    place = w("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="left", tblpYSpec="bottom")
    rows = [w("tr", w("trPr", w("cantSplit")), table_cell(TYPE_AREA_WIDTH, line)) for line in lines]
    style = "ImprintTable" if is_full else "PlainTable"
    return grid_table(style, [TYPE_AREA_WIDTH], rows, place)
