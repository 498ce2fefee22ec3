"""Filled Chinese lines: an extension of WeasyPrint, which stretches only spaces when it justifies a line.

A line's slack is spread over the gaps between its characters. Glyphs are placed in whole thousandths of the
type size, since that is how finely WeasyPrint writes their positions, and what rounding leaves over is carried
on to the next gap. `reports.extension` puts `fill_line` in its place.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import TO_UNITS, ffi, pango, unicode_to_char_p
from weasyprint.text.line_break import Layout

ZERO_WIDTH = "\u200b\u2060"
SOLID_PAIRS = ("——", "……")
# A line that would be torn further apart than this (in ems for each gap) stays ragged.
WIDEST_GAP = 0.15


def opens(before: str, after: str) -> bool:
    """Whether there is a gap between two neighbours that may be widened: not in words, figures, —— and ……."""
    if before + after in SOLID_PAIRS:
        return False
    return not (before.isascii() and after.isascii()) or " " in before + after


class FilledLayout(Layout):
    """A laid-out line of text that is drawn with a spacing of its own behind each character."""

    def __init__(self, layout: Any, spacings: dict[int, int]) -> None:
        """Take over `layout`; `spacings` maps a character's byte offset to thousandths of the type size."""
        self.__dict__.update(layout.__dict__)
        self.spacings = spacings

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set the text without the letter-spacing of its style: `spacings` contains it already."""
        self.text = text
        characters, _ = unicode_to_char_p(text)
        pango.pango_layout_set_text(self.layout, characters, -1)

    def get_first_line(self) -> Any:
        """Return the line as Pango laid it out, its glyphs widened by the spacings."""
        first_line, index = super().get_first_line()
        thousandth = self.style["font_size"] * TO_UNITS / 1000
        run = first_line.runs[0]
        while run != ffi.NULL:
            self._widen(run.data, thousandth)
            run = run.next
        return first_line, index

    def _widen(self, item: Any, thousandth: float) -> None:
        """Widen one run's glyphs; WeasyPrint cuts fractions off, so a quarter more keeps the number whole."""
        glyphs, clusters, start = item.glyphs.glyphs, item.glyphs.log_clusters, item.item.offset
        for index in range(item.glyphs.num_glyphs):
            if spacing := self.spacings.get(start + clusters[index]):
                spare = 0.25 if spacing > 0 else -0.25
                glyphs[index].geometry.width += round((spacing + spare) * thousandth)


def _text_boxes(box: Any) -> Iterator[Any]:
    """The text boxes in a line, in reading order."""
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _text_boxes(child)


def _letter_spacing(box: Any) -> float:
    spacing = box.style["letter_spacing"]
    return 0.0 if spacing == "normal" else float(spacing)


class Filling:
    """One line's slack, shared out among its gaps (all lengths in CSS pixels).

    Pango gives letter-spacing to the last character and to those without width too; here they have none.
    """

    def __init__(self, line: Any, slack: float) -> None:
        self.texts = list(_text_boxes(line))
        visible = [char for box in self.texts for char in box.text if char not in ZERO_WIDTH]
        self.gaps = [opens(*pair) for pair in pairwise(visible)] + [False]
        unused = sum(_letter_spacing(box) * sum(map(box.text.count, ZERO_WIDTH)) for box in self.texts)
        unused += _letter_spacing(self.texts[-1]) if self.texts else 0.0
        self.share = (slack + unused) / max(1, sum(self.gaps))
        self.place = 0
        self.carry = 0.0

    def fits(self) -> bool:
        """Whether there are gaps, and little enough slack not to tear the line apart."""
        return any(self.gaps) and self.share <= WIDEST_GAP * self.texts[0].style["font_size"]

    def widen(self, box: Any, shift: float) -> float:
        """Move a box right by `shift`, widen what it holds, and return the shift of the box behind it."""
        if isinstance(box, boxes.TextBox):
            box.position_x += shift
            growth = self._space_out(box)
            box.width += growth
            return shift + growth
        if not isinstance(box, boxes.LineBox | boxes.InlineBox):
            box.translate(shift, 0)
            return shift
        box.position_x += shift
        end = shift
        for child in box.children:
            if child.is_in_normal_flow():
                end = self.widen(child, end)
        box.width += end - shift
        return end

    def _space_out(self, box: Any) -> float:
        """Give each character of a text box its spacing and return by how much the box grows."""
        thousandth = box.style["font_size"] / 1000
        normal = _letter_spacing(box)
        spacings: dict[int, int] = {}
        offset, growth = 0, 0.0
        for char in box.text:
            spacing = 0 if char in ZERO_WIDTH else self._next_spacing(normal, thousandth)
            spacings[offset] = spacing
            growth += spacing * thousandth - normal
            offset += len(char.encode())
        box.pango_layout = FilledLayout(box.pango_layout, spacings)
        return growth

    def _next_spacing(self, normal: float, thousandth: float) -> int:
        """The spacing behind the line's next character, in thousandths of the type size."""
        is_last = self.place == len(self.gaps) - 1
        wanted = 0.0 if is_last else normal + self.share * self.gaps[self.place] + self.carry
        spacing = round(wanted / thousandth)
        self.carry = wanted - spacing * thousandth
        self.place += 1
        return spacing


def fill_line(context: Any, line: Any, slack: float) -> None:
    """Make a line end at the right edge; takes the place of `weasyprint.layout.inline.justify_line`."""
    filling = Filling(line, slack)
    if filling.fits():
        filling.widen(line, 0.0)
