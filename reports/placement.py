"""Places in a document that depend on how wide or tall its letters are: the red head and the signature."""

from dataclasses import dataclass

from reports import gbt9704 as standard
from reports.fonts import Family, FontBook, Role
from reports.gbt9704 import MM_PER_PT
from reports.model import Masthead, Signature


@dataclass(frozen=True)
class HeadPlacement:
    """The red head; lengths in mm, tops measured from the top of the body's box."""

    mark_size: float
    mark_narrowing: float
    mark_top: float
    mark_left: float
    mark_width: float
    number_top: float
    red_line_top: float


def head_placement(masthead: Masthead, fonts: FontBook) -> HeadPlacement:
    """Place mark, number and red line (7.2.4-7).

    A long mark is first narrowed and then made smaller until it fits the type area.
    """
    family = fonts[Role.TITLE]
    ems = family.width(masthead.mark)
    size = standard.MARK_SIZE_PT * MM_PER_PT
    narrowing = max(standard.MARK_NARROWEST, min(1.0, standard.TYPE_AREA_WIDTH_MM / (ems * size)))
    size = min(size, standard.TYPE_AREA_WIDTH_MM / (ems * narrowing))
    bottom, top = family.ink(masthead.mark)
    ink_top = standard.TOP_MM - standard.BOX_TOP_MM + standard.MARK_INK_TOP_MM
    ink_bottom = ink_top + (top - bottom) * size
    number_top = ink_bottom + standard.HALF_GAP_MM + standard.NUMBER_BELOW_MARK_LINES * standard.LINE_PITCH_MM
    rows = max(1, -(-len(masthead.signatories) // standard.SIGNATORIES_PER_LINE))
    number_bottom = number_top + rows * standard.LINE_PITCH_MM - standard.HALF_GAP_MM
    width = max(standard.TYPE_AREA_WIDTH_MM, ems * size + 1)
    return HeadPlacement(
        mark_size=size,
        mark_narrowing=narrowing,
        mark_top=ink_top - (baseline(family) - top) * size,
        mark_left=(standard.TYPE_AREA_WIDTH_MM - width) / 2,
        mark_width=width,
        number_top=number_top,
        red_line_top=number_bottom + standard.RED_LINE_BELOW_NUMBER_MM,
    )


def baseline(family: Family) -> float:
    """How far the baseline lies below the top of a line that is one em high, in ems."""
    return 0.5 + family.main.baseline_shift


def page_number_top(fonts: FontBook) -> float:
    """Top of the page number's line, one em high, below the body's box (mm), so that its dash lies right (7.5)."""
    family = fonts[Role.FOLIO]
    size = standard.SIZE_4_PT * MM_PER_PT
    dash_middle = sum(family.ink("—")) / 2
    box_bottom = standard.PAGE_HEIGHT_MM - standard.BOX_BOTTOM_MM
    dash_place = standard.TYPE_AREA_BOTTOM_MM + standard.PAGE_NUMBER_BELOW_MM
    return dash_place - box_bottom - (baseline(family) - dash_middle) * size


@dataclass(frozen=True)
class SignaturePlacement:
    """How many characters stay free on the right of issuer and date; lines left free above the issuer."""

    issuer_right: float
    date_right: float
    lines_above: int


def signature_placement(signature: Signature, date: str, fonts: FontBook) -> SignaturePlacement:
    """Place issuer and date (7.3.5.1 with a seal, 7.3.5.2 without one)."""
    issuer_width = _characters(fonts, signature.issuers[0])
    date_width = _characters(fonts, date)
    if signature.sealed:
        date_right = float(standard.SEALED_RIGHT_CHARACTERS)
        issuer_right = max(0.0, date_right + (date_width - issuer_width) / 2)
        date_right = issuer_right + (issuer_width - date_width) / 2
        return SignaturePlacement(issuer_right, date_right, standard.SEAL_ROOM_LINES)
    right = float(standard.UNSEALED_RIGHT_CHARACTERS)
    shift = standard.UNSEALED_DATE_SHIFT_CHARACTERS
    if date_width > issuer_width:
        return SignaturePlacement(right + date_width + shift - issuer_width, right, 1)
    return SignaturePlacement(right, right + issuer_width - shift - date_width, 1)


def _characters(fonts: FontBook, text: str) -> float:
    """The width of a text in whole characters of the body, its letter-spacing counted."""
    points = fonts[Role.TEXT].width(text) * standard.SIZE_3_PT + len(text) * standard.LETTER_SPACING_PT
    return points / standard.CHARACTER_PT
