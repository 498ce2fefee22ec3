"""Marks beside each other: each takes a whole square, and the halves that both leave empty make a hole in the line.

Of two such marks the hole becomes half a square narrower (标点挤压), as typesetters do; at the end of a line a mark
keeps its square, so that the line ends where all others do.
"""

import re
from typing import Any

from weasyprint.text.ffi import TO_UNITS, ffi, pango

ZERO_WIDTH = "\u200b\u2060"
CLOSING, OPENING = "，。、；：？！”’）》〉】〕", "“‘（《〈【〔"
FIRST_OF_PAIR = re.compile(
    f"[{CLOSING}](?=[{ZERO_WIDTH}]*[{CLOSING}{OPENING}])|[{OPENING}](?=[{ZERO_WIDTH}]*[{OPENING}])"
)
# In ems: what a mark of the square takes at least, the hole that is narrowed, and by how much.
SQUARE, HOLE, NARROWING = 0.9, 0.6, 0.5


class MarkInks:
    """How much of their squares a face's marks leave empty on either side, in Pango's units; each asked once."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self._known: dict[int, tuple[int, int]] = {}

    def blanks(self, glyph: int, width: int) -> tuple[int, int]:
        """Return what is empty before and behind the ink of a glyph."""
        if glyph not in self._known:
            ink = ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(self._font, glyph, ink, ffi.NULL)
            self._known[glyph] = (ink.x, width - ink.x - ink.width)
        return self._known[glyph]


def narrow_marks(text: str, glyphs: Any, size: float, inks: MarkInks) -> dict[int, int]:
    """Make the first of two marks narrower where there is a hole between them.

    text: one character for each glyph. size: of the type, in CSS pixels.
    Returns by how much, by the glyph's place.
    """
    em, narrowed = size * TO_UNITS, dict[int, int]()
    for pair in FIRST_OF_PAIR.finditer(text):
        first = pair.start()
        second = next(place for place in range(first + 1, len(text)) if text[place] not in ZERO_WIDTH)
        widths = glyphs.widths[first], glyphs.widths[second]
        if min(widths) < SQUARE * em:
            continue
        _, behind = inks.blanks(glyphs.numbers[first], widths[0])
        before, _ = inks.blanks(glyphs.numbers[second], widths[1])
        if behind + before >= HOLE * em:
            narrowed[first] = int(NARROWING * em)
    for place, narrowing in narrowed.items():
        glyphs.widths[place] -= narrowing
    return narrowed
