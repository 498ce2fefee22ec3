"""The red head (版头, 7.2): of the form 文件, with the same mark and line of minutes (10.3), and of a letter (10.1)."""

from dataclasses import dataclass
from itertools import takewhile

from reports import chosen_sizes as chosen
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
        return chosen.MINUTES_LINE_BELOW_MARK_LINES * standard.LINE_PITCH_MM
    rows = max(1, -(-len(head.signatories) // standard.SIGNATORIES_PER_LINE))
    number_bottom = _number_gap() + rows * standard.LINE_PITCH_MM - standard.HALF_GAP_MM
    return number_bottom + standard.RED_LINE_BELOW_NUMBER_MM


def _lines_below_red_line(document: OfficialDocument, fonts: FontBook) -> int:
    """How many lines of page 1 the title, the addressee and the first lines of the body take."""
    title = len(title_lines(document.title, chosen.TITLE_CHARACTERS))
    width = fonts[FontRole.TEXT].text_width(on_one_line(document.addressee))
    addressee = -(-int(width + 1) // standard.CHARACTERS_PER_LINE) if document.addressee else 0
    body = _opening_lines(document) + chosen.BODY_LINES_ON_PAGE_1
    return standard.TITLE_BELOW_RED_LINE_LINES + title + 1 + addressee + body


def _opening_lines(document: OfficialDocument) -> int:
    """How many headings stand before the first text: they keep together with it."""
    return len(list(takewhile(lambda block: isinstance(block, Heading), document.body)))


@dataclass(frozen=True)
class LetterPlacement:
    """A letter's head, with the red line at the foot of its first page; tops in mm from the top of the body's box.

    text_top: where the first line below the upper red line begins.
    bottom: where the head ends: below the number and the markings.
    """

    mark: PlacedMark
    upper_line_top: float
    text_top: float
    bottom: float
    lower_line_top: float


def letter_placement(head: AnyMasthead, fonts: FontBook) -> LetterPlacement:
    """Place mark, red lines and number (10.1)."""
    ink_top = standard.LETTER_MARK_INK_TOP_MM - standard.BOX_TOP_MM
    edge = standard.PAGE_HEIGHT_MM - standard.BOX_TOP_MM
    lower_line_top = edge - standard.LETTER_LINE_ABOVE_EDGE_MM - chosen.LETTER_LINE_WEIGHT_MM
    above_mark = standard.LETTER_LINE_BELOW_MARK_MM + chosen.LETTER_LINE_WEIGHT_MM
    height = lower_line_top - ink_top - above_mark - _text_height()
    setter = MarkSetter(
        fonts[FontRole.TITLE], tuple(map(on_one_line, head.mark_lines)), head.mark_suffix, ink_top
    )
    mark = setter.set_mark(height, chosen.LETTER_MARK_LARGEST_PT)
    upper_line_top = mark.ink_bottom + standard.LETTER_LINE_BELOW_MARK_MM
    line_bottom = upper_line_top + chosen.LETTER_LINE_WEIGHT_MM
    text_top = line_bottom + standard.CHARACTER_GAP_MM - standard.HALF_GAP_MM
    rows = max(1, len(head.marking.lines))
    return LetterPlacement(
        mark=mark,
        upper_line_top=upper_line_top,
        text_top=text_top,
        bottom=text_top + rows * standard.LINE_PITCH_MM,
        lower_line_top=lower_line_top,
    )


def _text_height() -> float:
    """What the lines between the two red lines take when they fill the room, ⅞ of a character from either."""
    lines = chosen.LETTER_LINES * standard.LINE_PITCH_MM - 2 * standard.HALF_GAP_MM
    return lines + 2 * standard.CHARACTER_GAP_MM
