"""The line of an upward document's number and its 签发人 (7.2.5-6): two names a line, the number on the last."""

from collections.abc import Sequence

from reports import gbt9704 as standard
from reports.characters import clean_text
from reports.docx.measures import CHARACTER, TYPE_AREA_WIDTH
from reports.docx.styles import NAME, SIDE
from reports.docx.text import styled_paragraph, tab_run, text_run
from reports.docx.wordml import Element, w
from reports.fonts import FontBook, FontRole
from reports.model import AnyMasthead

LABEL = "签发人："
UNNAMED = "　　　"


def number_lines(head: AnyMasthead, places: Sequence[Element], fonts: FontBook) -> list[Element]:
    """The lines, each with the property that places it; the names stand below each other."""
    names = head.signatories or (UNNAMED,)
    most = standard.SIGNATORIES_PER_LINE
    rows = [names[start : start + most] for start in range(0, len(names), most)]
    stops = _tab_stops(rows, fonts)
    lines = []
    for index, (row, place) in enumerate(zip(rows, places, strict=True)):
        tabs = w("tabs", *(w("tab", val="left", pos=stop) for stop in stops))
        number = str(head.number) if row is rows[-1] else ""
        first, *second = (text_run(name, NAME) for name in row)
        label = tab_run() if index else text_run(LABEL)
        others = [part for name in second for part in (tab_run(), name)]
        lines.append(
            styled_paragraph(
                "UpwardNumber", number, tab_run(), label, first, *others, properties=(tabs, place)
            )
        )
    return lines


def _tab_stops(rows: Sequence[Sequence[str]], fonts: FontBook) -> list[int]:
    """Where label and names begin (twips), so that the widest row ends one character from the right edge."""
    columns = [[row[index] for row in rows if index < len(row)] for index in range(len(rows[0]))]
    widths = [max(_name_width(name, fonts) for name in column) for column in columns]
    names = sum(widths) + (len(widths) - 1) * CHARACTER
    first = TYPE_AREA_WIDTH - SIDE - names
    starts = [first + sum(widths[:index]) + index * CHARACTER for index in range(len(widths))]
    return [first - len(LABEL) * CHARACTER, *starts]


def _name_width(name: str, fonts: FontBook) -> int:
    return round(fonts[FontRole.LEVEL2].text_width(clean_text(name)) * CHARACTER)
