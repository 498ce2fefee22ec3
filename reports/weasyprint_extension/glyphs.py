"""Reading what Pango made of a text: its glyphs, copied out of Pango's memory.

They stay in arrays for as long as the document does: a list's own number for each would take ten times as much.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from weasyprint.text.ffi import ffi, pango

INTEGERS = partial(array, "i")  # C's int, as Pango's own numbers are
INTEGER_BYTES = ffi.sizeof("int")
INTS_PER_GLYPH = ffi.sizeof("PangoGlyphInfo") // INTEGER_BYTES
NUMBER, WIDTH, SHIFT_RIGHT, SHIFT_DOWN = range(4)


@dataclass(slots=True)
class GlyphRun:
    """A text's glyphs in reading order: their numbers, widths in Pango's units, and the bytes at which they begin."""

    font: Any = None
    numbers: "array[int]" = field(default_factory=INTEGERS)
    widths: "array[int]" = field(default_factory=INTEGERS)
    offsets: "array[int]" = field(default_factory=INTEGERS)

    def printed_pieces(self, text: str) -> Sequence[str]:
        """What each glyph prints: as a rule one character, so that the text itself says it."""
        if len(self.offsets) == len(text):
            return text
        data = text.encode()
        return [data[start:end].decode() for start, end in pairwise([*self.offsets, len(data)])]


def read_glyphs(line: Any) -> GlyphRun | None:
    """The glyphs of a line of Pango's; None if some face lacks one, or if they are more than a row in one face."""
    glyphs = GlyphRun()
    run = line.runs[0]
    while run != ffi.NULL:
        if not _add_run(glyphs, run.data):
            return None
        run = run.next
    return glyphs


def _add_run(glyphs: GlyphRun, item: Any) -> bool:
    """Add a run to the glyphs; whether it goes on in the same face, to the right, a glyph for each cluster."""
    font, string, offset = item.item.analysis.font, item.glyphs, item.item.offset
    infos = read_integers(string.glyphs, string.num_glyphs * INTS_PER_GLYPH)
    numbers = infos[NUMBER::INTS_PER_GLYPH]
    clusters = read_integers(string.log_clusters, string.num_glyphs)
    glyphs.font = glyphs.font or font
    glyphs.numbers += numbers
    glyphs.widths += infos[WIDTH::INTS_PER_GLYPH]
    glyphs.offsets.extend([offset + start for start in clusters] if offset else clusters)
    return (
        glyphs.font == font
        and item.item.analysis.level % 2 == 0
        and len(set(clusters)) == len(clusters)
        and not any(infos[SHIFT_RIGHT::INTS_PER_GLYPH])
        and not any(infos[SHIFT_DOWN::INTS_PER_GLYPH])
        and max(numbers) < pango.PANGO_GLYPH_UNKNOWN_FLAG
    )


def read_integers(place: Any, count: int) -> "array[int]":
    """As many of C's integers as stand from a place in memory on."""
    return INTEGERS(bytes(ffi.buffer(ffi.cast("int *", place), count * INTEGER_BYTES)))
