"""Issuers and date below the text (7.3.5), of one issuer or of several."""

from dataclasses import dataclass, replace

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.characters import on_one_line, split_paragraphs
from reports.fonts import FontBook, FontRole
from reports.model import OfficialDocument, Paragraph, Signature
from reports.numbering import number_blocks


@dataclass(frozen=True)
class SignatureRow:
    """Names on one line; widths are whole characters of the body.

    right: what is left free behind them.
    cell: the width of each name's cell; None where it is as wide as the name.
    lines: how far below the next row begins.
    """

    names: tuple[str, ...]
    right: float
    cell: float | None = None
    lines: int = 1


@dataclass(frozen=True)
class SignaturePlacement:
    """Rows of names, characters left free on the right of the date, and lines left free above the first row."""

    rows: tuple[SignatureRow, ...]
    date_right: float
    lines_above: int

    @property
    def fits_a_page(self) -> bool:
        """Whether it can be kept in one piece, a line of the text with it."""
        lines = self.lines_above + sum(row.lines for row in self.rows) + 1
        return lines < standard.LINES_PER_PAGE


def ends_in_one_line(document: OfficialDocument, fonts: FontBook) -> bool:
    """Whether the text's last paragraph is but a line, and so too little to stay alone with the signature."""
    label, block = list(number_blocks(document.body))[-1]
    if not isinstance(block, Paragraph):
        return False
    *before, last = split_paragraphs(block.text)
    head = label + block.head.text if block.head and not before else ""
    return (
        standard.INDENT_CHARACTERS + width_in_characters(fonts, head + last) <= standard.CHARACTERS_PER_LINE
    )


def signature_placement(signature: Signature, date: str, fonts: FontBook) -> SignaturePlacement:
    """Place issuers and date (7.3.5.1 with seals, 7.3.5.2 without)."""
    place = _place_sealed if signature.sealed else _place_unsealed
    names = tuple(map(on_one_line, signature.issuers))
    widest = standard.CHARACTERS_PER_LINE - standard.UNSEALED_RIGHT_CHARACTERS
    widths = [min(widest, width_in_characters(fonts, name)) for name in names]
    return place(names, widths, width_in_characters(fonts, date))


def _place_unsealed(names: tuple[str, ...], widths: list[float], date_width: float) -> SignaturePlacement:
    """The host first, the others below, all ending at one edge, two characters free; the date two characters behind
    the beginning of the name above it, or itself two characters from the edge where it is the longer (7.3.5.2).
    """
    right = float(standard.UNSEALED_RIGHT_CHARACTERS)
    shift = standard.UNSEALED_DATE_SHIFT_CHARACTERS
    *_, above = widths
    date_right = right + above - shift - date_width
    if date_width > above:
        date_right, right = right, right + date_width + shift - above
    return SignaturePlacement(tuple(SignatureRow((name,), right) for name in names), date_right, 1)


def _place_sealed(names: tuple[str, ...], widths: list[float], date_width: float) -> SignaturePlacement:
    """Rows of names with room for their seals, the date centred below the last name (7.3.5.1)."""
    columns, cell = _seal_columns(len(names), max(widths), date_width)
    right = max(0.0, standard.SEALED_RIGHT_CHARACTERS + (date_width - cell) / 2)
    starts = range(0, len(names), columns)
    rows = [
        SignatureRow(names[start : start + columns], right, cell, chosen.SEAL_ROW_LINES) for start in starts
    ]
    if columns == 1:
        rows = [
            replace(row, right=right + (cell - width) / 2, cell=None)
            for row, width in zip(rows, widths, strict=True)
        ]
    rows[-1] = replace(rows[-1], lines=1)
    return SignaturePlacement(tuple(rows), right + (cell - date_width) / 2, chosen.SEAL_ROOM_LINES)


def _seal_columns(count: int, widest: float, date_width: float) -> tuple[int, float]:
    """How many names stand side by side, and the width of each one's cell in characters.

    As many as fit with their seals into the type area while the date keeps its four characters free; their cells
    are as wide as keeps the row in the middle.
    """
    seal = (standard.SEAL_MM + chosen.SEAL_GAP_MM) / standard.CHARACTER_MM
    free = standard.CHARACTERS_PER_LINE - 2 * standard.SEALED_RIGHT_CHARACTERS - date_width
    for most in range(min(standard.SEALS_PER_ROW, count), 1, -1):
        columns = -(-count // -(-count // most))
        cell = max(seal, widest + 1, free / (columns - 1))
        right = standard.SEALED_RIGHT_CHARACTERS + (date_width - cell) / 2
        if right >= 0 and right + columns * cell <= standard.CHARACTERS_PER_LINE:
            return columns, cell
    return 1, widest


def width_in_characters(fonts: FontBook, text: str) -> float:
    """The width of a text in whole characters of the body, its letter-spacing counted."""
    text = on_one_line(text)
    points = (
        fonts[FontRole.TEXT].text_width(text) * standard.SIZE_3_PT + len(text) * standard.LETTER_SPACING_PT
    )
    return points / standard.CHARACTER_PT
