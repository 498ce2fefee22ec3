"""The mark (发文机关标志, 7.2.4): one line, or the names of joint issuers with 文件 beside them."""

from dataclasses import dataclass

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.fonts import FontFamily
from reports.gbt9704 import MM_PER_PT
from reports.line_breaks import mark_line_breaks


@dataclass(frozen=True)
class MarkText:
    """A piece of the mark; lengths in mm.

    left, top: from the left of the type area and the top of the body's box.
    spacing: what is added behind each character, before the mark is narrowed.
    """

    text: str
    left: float
    top: float
    spacing: float = 0.0


@dataclass(frozen=True)
class PlacedMark:
    """The mark: its type size in mm, the factor that narrows it, its pieces, and the bottom of its ink."""

    size: float
    narrowing: float
    texts: tuple[MarkText, ...]
    ink_bottom: float


def em_baseline(family: FontFamily) -> float:
    """How far the baseline lies below the top of a line that is one em high, in ems."""
    return 0.5 + family.main.baseline_shift


@dataclass(frozen=True)
class MarkSetter:
    """Sets names one below the other, spread to one width, and a suffix beside the middle of the stack.

    ink_top: where the ink begins, from the top of the body's box (mm).
    """

    family: FontFamily
    names: tuple[str, ...]
    suffix: str
    ink_top: float

    @property
    def _widest_name(self) -> float:
        """The width of the widest name (ems)."""
        return max(map(self.family.text_width, self.names))

    @property
    def _whole_width(self) -> float:
        """The width of names and suffix (ems)."""
        beside = chosen.MARK_SUFFIX_GAP_EMS + self.family.text_width(self.suffix) if self.suffix else 0.0
        return self._widest_name + beside

    @property
    def _stack_height(self) -> float:
        """The height of the stack's ink (ems)."""
        _, top = self.family.ink_of_text(self.names[0])
        bottom, _ = self.family.ink_of_text(self.names[-1])
        return (len(self.names) - 1) * chosen.MARK_PITCH_EMS + top - bottom

    def set_mark(self, height: float, largest: float = chosen.MARK_SIZE_PT) -> PlacedMark:
        """Set the mark at most `height` mm high, in type of at most `largest` points.

        What is too wide for the type area is first narrowed and then made smaller.
        """
        smallest = chosen.MARK_SMALLEST_PT * MM_PER_PT
        size = max(smallest, min(largest * MM_PER_PT, height / self._stack_height))
        width = self._whole_width
        narrowing = max(chosen.MARK_NARROWEST, min(1.0, standard.TYPE_AREA_WIDTH_MM / (width * size)))
        size = min(size, standard.TYPE_AREA_WIDTH_MM / (width * narrowing))
        ink_bottom = self.ink_top + self._stack_height * size
        texts = [*self._stacked_names(size, narrowing), *self._suffix_beside(size, narrowing, ink_bottom)]
        return PlacedMark(size, narrowing, tuple(texts), ink_bottom)

    def _left_edge(self, size: float, narrowing: float) -> float:
        return (standard.TYPE_AREA_WIDTH_MM - self._whole_width * size * narrowing) / 2

    def _stacked_names(self, size: float, narrowing: float) -> list[MarkText]:
        """The names, each spread over the width of the widest; a name of one character stands in the middle."""
        left = self._left_edge(size, narrowing)
        top = self.ink_top - (em_baseline(self.family) - self.family.ink_of_text(self.names[0])[1]) * size
        texts = []
        for index, name in enumerate(self.names):
            free = (self._widest_name - self.family.text_width(name)) * size
            spacing = free / (len(mark_line_breaks(name)) - 1) if len(name) > 1 else 0.0
            indent = 0.0 if len(name) > 1 else free / 2 * narrowing
            line_top = top + index * chosen.MARK_PITCH_EMS * size
            texts.append(MarkText(name, left + indent, line_top, spacing))
        return texts

    def _suffix_beside(self, size: float, narrowing: float, ink_bottom: float) -> list[MarkText]:
        """The suffix, its ink centred on that of the stack."""
        if not self.suffix:
            return []
        middle = sum(self.family.ink_of_text(self.suffix)) / 2
        top = (self.ink_top + ink_bottom) / 2 - (em_baseline(self.family) - middle) * size
        offset = (self._widest_name + chosen.MARK_SUFFIX_GAP_EMS) * size * narrowing
        return [MarkText(self.suffix, self._left_edge(size, narrowing) + offset, top)]
