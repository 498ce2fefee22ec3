"""Shapes a text once and cuts all its lines from it; WeasyPrint shapes the rest again for each line.

Pango shapes the text and determines where a line may end; lines are then cut by adding up widths. Places in a text
are counted in glyphs. Widths are integers in Pango's units, so that lines end exactly where Pango would end them.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import Any, ClassVar

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango, unicode_to_char_p
from weasyprint.text.fonts import get_pango_font_key
from weasyprint.text.line_break import Layout, line_size, strut

from reports.weasyprint_extension.adjacent_marks import (
    CLOSING,
    FIRST_OF_PAIR,
    OPENING,
    ZERO_WIDTH,
    MarkInks,
    narrow_marks,
)
from reports.weasyprint_extension.glyphs import INTEGERS, GlyphRun, read_glyphs, read_integers

# Tabs, line feeds and soft hyphens have line breaking rules of their own.
SPECIAL = re.compile("[\t\n\u00ad]")
# No line begins with a closing mark or ends with an opening one, or breaks at a character of no width.
NEVER_FIRST, NEVER_LAST = frozenset(CLOSING + ZERO_WIDTH), frozenset(OPENING + ZERO_WIDTH)
# The values of white-space that plain texts may have; all of them collapse spaces.
WRAPPED, UNWRAPPED = ("normal", "pre-line"), ("nowrap",)
BREAKING_WORDS = ("anywhere", "break-word")
# The bit of Pango's attributes by which a line may begin with a character.
LINE_BREAK = 1 << dict(ffi.typeof("PangoLogAttr").fields)["is_line_break"].bitshift


class LineMetrics:
    """The heights of a style's lines in one face, in CSS pixels; baselines are measured from a line's top.

    Also holds the key of the face in a PDF, so that it is computed only once.
    """

    def __init__(self, style: Any, layout: Any, line: Any, font: Any) -> None:
        _, self.height = line_size(line, style)
        self.inks = MarkInks(font)
        self.font_key, _, self.font_size = get_pango_font_key(font)
        self.line_height, self.strut_baseline = strut(style)
        self.half_leading = (self.line_height - self.height) / 2
        self.baseline = pango.pango_layout_get_baseline(layout) * FROM_UNITS + self.half_leading
        self._layout = layout  # owns the face that glyphs refer to


class ShapedText:
    """A text with its glyphs, the edges between them, and the places where a line may end."""

    def __init__(self, text: str, style: Any, layout: Any, glyphs: GlyphRun, metrics: LineMetrics) -> None:
        self.text = text
        self.style = style
        self.glyphs = glyphs
        self.metrics = metrics
        self.pieces = glyphs.printed_pieces(text)
        self.offsets = INTEGERS([*glyphs.offsets, len(text.encode())])
        self.narrowed = self._narrowed_marks()
        spacing = 0 if style["letter_spacing"] == "normal" else int(style["letter_spacing"] * TO_UNITS)
        self.letter_spacing = spacing * FROM_UNITS
        widths = [width and width + spacing for width in glyphs.widths] if spacing else glyphs.widths
        self.edges = array("q", accumulate(widths, initial=0))
        self.ends = self._line_ends(layout)
        ends = map(self._without_spaces, self.ends) if " " in text else self.ends
        self.reaches = array("q", map(self.edges.__getitem__, ends))
        for index in {bisect_right(self.ends, mark) for mark in self.narrowed}:
            self.reaches[index] = self.reach_of(self.ends[index])

    def _narrowed_marks(self) -> dict[int, int]:
        """Narrow adjacent marks; return by how much, by their index."""
        if FIRST_OF_PAIR.search(self.text) is None:
            return {}
        firsts = self.pieces if isinstance(self.pieces, str) else "".join(piece[0] for piece in self.pieces)
        return narrow_marks(firsts, self.glyphs, self.style["font_size"], self.metrics.inks)

    def reach_of(self, end: int) -> int:
        """Return the right edge of a line that ends at this place, with its last mark at full width."""
        last = end - 1
        while last > 0 and self.pieces[last] in ZERO_WIDTH:
            last -= 1
        return self.edges[end] + self.narrowed.get(last, 0)

    def _line_ends(self, layout: Any) -> "array[int]":
        """Return the places at which a line may end by Pango's rules, and the end of the text."""
        attributes = pango.pango_layout_get_log_attrs_readonly(layout, ffi.NULL)
        may_begin = [bits & LINE_BREAK for bits in read_integers(attributes, len(self.text))]
        if not isinstance(self.pieces, str):
            may_begin = [may_begin[start] for start in accumulate(map(len, self.pieces[:-1]), initial=0)]
        inner = compress(range(1, len(may_begin)), may_begin[1:])
        return INTEGERS([*inner, len(self.pieces)])

    def _without_spaces(self, end: int) -> int:
        """Return the end of a line without its trailing spaces."""
        while end and self.pieces[end - 1] == " ":
            end -= 1
        return end

    def piece_at(self, skip: int) -> str:
        """Return the text of the glyph at a byte offset; "" at the end of the text."""
        place = bisect_left(self.offsets, skip)
        return self.pieces[place] if place < len(self.pieces) else ""

    def cut_line(self, skip: int, room: float | None, is_line_start: bool) -> "ShapedLine":
        """Return the line from a byte offset: what fits into `room` (CSS pixels), or all if lines do not wrap.

        A first word that is too long is broken at the start of a line, and overflows after other text.
        """
        start = bisect_left(self.offsets, skip)
        if room is None or self.style["white_space"] in UNWRAPPED:
            return ShapedLine(self, start, len(self.pieces), None, room)
        limit = self.edges[start] + int(max(0, room) * TO_UNITS)
        if self.edges[-1] <= limit:
            return ShapedLine(self, start, len(self.pieces), None, room)
        end = self._last_end(start, limit, is_line_start and self.style["overflow_wrap"] in BREAKING_WORDS)
        resume = None if end == len(self.pieces) else self.offsets[end]
        return ShapedLine(self, start, max(start, self._without_spaces(end)), resume, room)

    def _last_end(self, start: int, limit: int, may_break_word: bool) -> int:
        """Return the last place within the limit at which a line may end."""
        fitting = bisect_right(self.reaches, limit)
        if fitting and self.ends[fitting - 1] > start:
            return self.ends[fitting - 1]
        if may_break_word:
            return self._end_in_word(start, bisect_right(self.edges, limit) - 1)
        return self.ends[bisect_right(self.ends, start)]

    def _end_in_word(self, start: int, end: int) -> int:
        """Return where to break a word that is too long for a line, if possible by GB/T 15834-2011, 5.1."""
        places = range(max(start + 1, end), start, -1)
        good = (
            place
            for place in places
            if self.pieces[place] not in NEVER_FIRST and self.pieces[place - 1] not in NEVER_LAST
        )
        return next(good, places[0])


@dataclass(slots=True)
class ShapedLine:
    """A line of a shaped text, from glyph `start` to `end`.

    `resume` is the byte offset of the next line, None for the last. A line is used in place of WeasyPrint's layout of a
    line. `spread` widens the gaps of a justified line (CSS pixels).
    """

    shaped: ShapedText
    start: int
    end: int
    resume: int | None
    max_width: float | None
    spread: float = 0.0
    first_line_direction: ClassVar[int] = 0

    @property
    def text(self) -> str:
        pieces = self.shaped.pieces[self.start : self.end]
        return pieces if isinstance(pieces, str) else "".join(pieces)

    @property
    def width(self) -> float:
        """Return the width of the line before it is justified, in CSS pixels."""
        return float((self.shaped.reach_of(self.end) - self.shaped.edges[self.start]) * FROM_UNITS)

    def reactivate(self, style: Any) -> None:
        """Do nothing: WeasyPrint lays a line out again to draw it, but this one has its glyphs."""

    def deactivate(self) -> None:
        """Do nothing: WeasyPrint frees a layout's memory, but there is none here."""


class StyleShaper:
    """Shapes all texts of a style with the same Pango layout."""

    def __init__(self, style: Any) -> None:
        self._layout = Layout(style).layout
        self._metrics: dict[Any, LineMetrics] = {}  # by face

    def shape_text(self, text: str, style: Any) -> ShapedText | None:
        """Shape a text; returns None if it is not a simple row of glyphs in one face."""
        layout = self._layout
        characters, _ = unicode_to_char_p(text)
        pango.pango_layout_set_text(layout, characters, -1)
        line = pango.pango_layout_get_line_readonly(layout, 0)
        glyphs = read_glyphs(line)
        if glyphs is None:
            return None
        if glyphs.font not in self._metrics:
            self._metrics[glyphs.font] = LineMetrics(style, layout, line, glyphs.font)
            self._layout = Layout(style).layout
        return ShapedText(text, style, layout, glyphs, self._metrics[glyphs.font])


def is_plain(style: Any) -> bool:
    """Whether texts of a style are plain: left to right, without hyphenation, decoration and the like."""
    return bool(
        style["font_size"]
        and style["direction"] == "ltr"
        and style["hyphens"] != "auto"
        and style["text_decoration_line"] == "none"
        and style["word_break"] == "normal"
        and style["white_space"] in WRAPPED + UNWRAPPED
        and not style["word_spacing"]
    )


def shape_in_style(text: str, style: Any) -> ShapedText | None:
    """Shape a text in its style; returns None for a text that is left to WeasyPrint."""
    known = vars(style)
    if "setting" not in known:
        known["setting"] = StyleShaper(style) if is_plain(style) else None
    setting: StyleShaper | None = known["setting"]
    return setting.shape_text(text, style) if setting and text and not SPECIAL.search(text) else None


def shaped_text_of(box: Any) -> ShapedText | None:
    """Return the shaped text of a text box, which is cached on the box; None if the text is not plain."""
    text, style, made = vars(box).get("shaping", (None, None, None))
    if text != box.text or style is not box.style:
        made = shape_in_style(box.text, box.style)
        box.shaping = (box.text, box.style, made)
    return made
