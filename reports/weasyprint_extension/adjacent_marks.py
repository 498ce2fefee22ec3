"""Narrows adjacent punctuation marks (标点挤压).

Each mark is as wide as a hanzi, so two empty halves next to each other leave a hole in the line. As typesetters
do, the first of the two marks is made half an em narrower. A mark at the end of a line keeps its full width, so
that all lines end at the same edge.
"""

import re
from typing import Any

from weasyprint.text.ffi import TO_UNITS, ffi, pango

ZERO_WIDTH = "\u200b\u2060"
CLOSING, OPENING = "，。、；：？！”’）》〉】〕", "“‘（《〈【〔"
FIRST_OF_PAIR = re.compile(
    f"[{CLOSING}](?=[{ZERO_WIDTH}]*[{CLOSING}{OPENING}])|[{OPENING}](?=[{ZERO_WIDTH}]*[{OPENING}])"
)
# In ems: the minimum width of a full-width mark, that of a hole which is narrowed, and by how much.
SQUARE, HOLE, NARROWING = 0.9, 0.6, 0.5


class MarkInks:
    """Measures and caches how much empty space a font's marks have on either side, in Pango's units."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self._known: dict[int, tuple[int, int]] = {}

    def blanks(self, glyph: int, width: int) -> tuple[int, int]:
        """Return the widths of the empty space before and after the ink of a glyph."""
        if glyph not in self._known:
            ink = ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(self._font, glyph, ink, ffi.NULL)
            self._known[glyph] = (ink.x, width - ink.x - ink.width)
        return self._known[glyph]


def narrow_marks(text: str, glyphs: Any, size: float, inks: MarkInks) -> dict[int, int]:
    """Narrow the first of two adjacent marks if there is a hole between them; changes `glyphs.widths`.

    text: one character for each glyph. size: the type size in CSS pixels.
    Returns by how much each glyph was narrowed in Pango's units, by its index.
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
