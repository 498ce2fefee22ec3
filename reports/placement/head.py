"""The red head (版头, 7.2) of the form 文件 and, with the same mark and line, of minutes (10.3)."""

from dataclasses import dataclass
from itertools import takewhile

from reports import gbt9704 as standard
from reports.characters import on_one_line
from reports.fonts import FontBook, FontRole
from reports.model import AnyMasthead, Heading, OfficialDocument
from reports.placement.issuer_mark import MarkSetter, PlacedMark
from reports.titles import title_lines


@dataclass(frozen=True)
class HeadPlacement:
    """The red head; tops in mm from the top of the body's box. `number_top` is of no use without a number."""

    mark: PlacedMark
    number_top: float
    red_line_top: float


def head_placement(document: OfficialDocument, fonts: FontBook) -> HeadPlacement:
    """Place mark, number and red line (7.2.4-7), the mark small enough to leave page 1 some body (7.3.3)."""
    head = document.masthead
    if head is None:
        raise TypeError("no red head")
    below = _number_height(head)
    ink_top = standard.TOP_MM - standard.BOX_TOP_MM + standard.MARK_INK_TOP_MM
    text_lines = _lines_below_red_line(document, fonts) * standard.LINE_PITCH_MM
    box_height = standard.PAGE_HEIGHT_MM - standard.BOX_TOP_MM - standard.BOX_BOTTOM_MM
    lines = tuple(map(on_one_line, head.mark_lines))
    setter = MarkSetter(fonts[FontRole.TITLE], lines, on_one_line(head.mark_suffix), ink_top)
    mark = setter.set_mark(box_height - ink_top - below - text_lines)
    number_top = mark.ink_bottom + _number_gap()
    return HeadPlacement(mark, number_top, mark.ink_bottom + below)


def _number_gap() -> float:
    """From the mark's ink to the top of the number's line: two lines free (7.2.5)."""
    return standard.HALF_GAP_MM + standard.NUMBER_BELOW_MARK_LINES * standard.LINE_PITCH_MM


def _number_height(head: AnyMasthead) -> float:
    """From the mark's ink to the red line: the number, beside the signatories, and 4 mm (7.2.5-7)."""
    if head.number is None:
        return standard.MINUTES_LINE_BELOW_MARK_LINES * standard.LINE_PITCH_MM
    rows = max(1, -(-len(head.signatories) // standard.SIGNATORIES_PER_LINE))
    number_bottom = _number_gap() + rows * standard.LINE_PITCH_MM - standard.HALF_GAP_MM
    return number_bottom + standard.RED_LINE_BELOW_NUMBER_MM


def _lines_below_red_line(document: OfficialDocument, fonts: FontBook) -> int:
    """How many lines of page 1 the title, the addressee and the first lines of the body take."""
    title = len(title_lines(document.title, standard.TITLE_CHARACTERS))
    width = fonts[FontRole.TEXT].text_width(on_one_line(document.addressee))
    addressee = -(-int(width + 1) // standard.CHARACTERS_PER_LINE) if document.addressee else 0
    body = _opening_lines(document) + standard.BODY_LINES_ON_PAGE_1
    return standard.TITLE_BELOW_RED_LINE_LINES + title + 1 + addressee + body


def _opening_lines(document: OfficialDocument) -> int:
    """How many headings stand before the first text: they keep together with it."""
    return len(list(takewhile(lambda block: isinstance(block, Heading), document.body)))
