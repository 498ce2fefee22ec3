"""The head of a letter (信函, 10.1) and the red line at the foot of its first page."""

from dataclasses import dataclass

from reports import gbt9704 as standard
from reports.characters import on_one_line
from reports.fonts import FontBook, FontRole
from reports.model import AnyMasthead
from reports.placement.issuer_mark import MarkSetter, PlacedMark


@dataclass(frozen=True)
class LetterPlacement:
    """A letter's head; tops in mm from the top of the body's box.

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
    lower_line_top = edge - standard.LETTER_LINE_ABOVE_EDGE_MM - standard.LETTER_LINE_WEIGHT_MM
    above_mark = standard.LETTER_LINE_BELOW_MARK_MM + standard.LETTER_LINE_WEIGHT_MM
    height = lower_line_top - ink_top - above_mark - _text_height()
    setter = MarkSetter(
        fonts[FontRole.TITLE], tuple(map(on_one_line, head.mark_lines)), head.mark_suffix, ink_top
    )
    mark = setter.set_mark(height, standard.LETTER_MARK_LARGEST_PT)
    upper_line_top = mark.ink_bottom + standard.LETTER_LINE_BELOW_MARK_MM
    line_bottom = upper_line_top + standard.LETTER_LINE_WEIGHT_MM
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
    lines = standard.LETTER_LINES * standard.LINE_PITCH_MM - 2 * standard.HALF_GAP_MM
    return lines + 2 * standard.CHARACTER_GAP_MM
