"""Copies the glyphs of a text that Pango has shaped out of Pango's memory.

They are kept in arrays as long as the document, since lists of Python integers would take ten times as much memory.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from weasyprint.text.ffi import ffi, pango

INTEGERS = partial(array, "i")  # C's int, the type that Pango uses
INTEGER_BYTES = ffi.sizeof("int")
INTS_PER_GLYPH = ffi.sizeof("PangoGlyphInfo") // INTEGER_BYTES
NUMBER, WIDTH, SHIFT_RIGHT, SHIFT_DOWN = range(4)


@dataclass(slots=True)
class GlyphRun:
    """A text's glyphs in reading order: their numbers, widths in Pango's units, and byte offsets in UTF-8."""

    font: Any = None
    numbers: "array[int]" = field(default_factory=INTEGERS)
    widths: "array[int]" = field(default_factory=INTEGERS)
    offsets: "array[int]" = field(default_factory=INTEGERS)

    def printed_pieces(self, text: str) -> Sequence[str]:
        """Return what each glyph prints of the text: the text itself if each prints one character."""
        if len(self.offsets) == len(text):
            return text
        data = text.encode()
        return [data[start:end].decode() for start, end in pairwise([*self.offsets, len(data)])]


def read_glyphs(line: Any) -> GlyphRun | None:
    """Return the glyphs of a line laid out by Pango.

    Returns None if a glyph is missing, or if the line is not a simple row of glyphs of one face (see `_add_run`).
    """
    glyphs = GlyphRun()
    run = line.runs[0]
    while run != ffi.NULL:
        if not _add_run(glyphs, run.data):
            return None
        run = run.next
    return glyphs


def _add_run(glyphs: GlyphRun, item: Any) -> bool:
    """Add a run to the glyphs, and return whether the line still is a simple row.

    That means: one face, left to right, one glyph for each cluster, none shifted and none missing.
    """
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
    """Copy `count` C integers from an address in memory."""
    return INTEGERS(bytes(ffi.buffer(ffi.cast("int *", place), count * INTEGER_BYTES)))
