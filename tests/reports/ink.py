"""Measuring a PDF by its ink: what a ruler on the printed page would say, in millimetres."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pypdfium2

PIXELS_PER_MM = 8
POINTS_PER_MM = 72 / 25.4
DARK = 160  # a pixel below this brightness is ink
SAME_LINE_MM = 1.6  # strokes of one line of text lie closer together than this


@dataclass(frozen=True)
class Extent:
    """The smallest rectangle around some ink."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class TextLine:
    """A line of text: its page, its words, its em boxes' left and right end, and how high its foot is (mm)."""

    page: int
    words: str
    left: float
    right: float
    foot: float


@dataclass(frozen=True)
class Sheet:
    """A printed page, or a part of one that remembers where it lay; its pixels go by colour, row and column."""

    pixels: np.ndarray
    left: float = 0.0
    top: float = 0.0

    @property
    def width(self) -> float:
        return self.pixels.shape[2] / PIXELS_PER_MM

    @property
    def height(self) -> float:
        return self.pixels.shape[1] / PIXELS_PER_MM

    def part(self, left: float = 0, top: float = 0, right: float = 999, bottom: float = 999) -> "Sheet":
        """Cut out a rectangle of a page."""
        rows = slice(round(top * PIXELS_PER_MM), round(bottom * PIXELS_PER_MM))
        columns = slice(round(left * PIXELS_PER_MM), round(right * PIXELS_PER_MM))
        return Sheet(self.pixels[:, rows, columns], left, top)

    @property
    def red_only(self) -> "Sheet":
        """The page with nothing but its red ink."""
        red, green, blue = self.pixels
        is_red = (red > 200) & (green < 90) & (blue < 90)
        return replace(self, pixels=np.where(is_red, np.uint8(0), np.uint8(255))[np.newaxis])

    @property
    def without_red(self) -> "Sheet":
        """The page without its red ink."""
        red, green, _ = self.pixels
        is_red = red.astype(np.int16) - green > DARK // 4
        return replace(self, pixels=np.where(is_red, np.uint8(255), self.pixels))

    @cached_property
    def inked(self) -> np.ndarray:
        return self.pixels.min(axis=0) < DARK

    @property
    def is_blank(self) -> bool:
        return not self.inked.any()

    def extent(self) -> Extent:
        """Where the ink lies on the page."""
        rows, columns = np.flatnonzero(self.inked.any(axis=1)), np.flatnonzero(self.inked.any(axis=0))
        return Extent(
            self.left + columns[0] / PIXELS_PER_MM,
            self.top + rows[0] / PIXELS_PER_MM,
            self.left + (columns[-1] + 1) / PIXELS_PER_MM,
            self.top + (rows[-1] + 1) / PIXELS_PER_MM,
        )

    def lines(self) -> list[Extent]:
        """Lines of text, from top to bottom."""
        return [
            self.part_of(first, last).extent() for first, last in _bands(self.inked.any(axis=1), SAME_LINE_MM)
        ]

    def part_of(self, first: int, last: int) -> "Sheet":
        """The rows of pixels from `first` to `last`."""
        return Sheet(self.pixels[:, first : last + 1], self.left, self.top + first / PIXELS_PER_MM)

    def pieces(self, gap: float) -> list[Extent]:
        """Ink that stands more than `gap` mm apart, from left to right."""
        return [
            Sheet(self.pixels[:, :, first : last + 1], self.left + first / PIXELS_PER_MM, self.top).extent()
            for first, last in _bands(self.inked.any(axis=0), gap)
        ]

    def characters(self) -> int:
        """How many separate pieces of ink stand beside each other."""
        return len(_bands(self.inked.any(axis=0), 0))

    def rules(self, minimum: float) -> list[Extent]:
        """Horizontal rules at least `minimum` mm long, from top to bottom."""
        lengths = self.inked.sum(axis=1) >= minimum * PIXELS_PER_MM
        return [self.part_of(first, last).extent() for first, last in _bands(lengths, 0)]


def _bands(inked: np.ndarray, bridge_mm: float) -> list[tuple[int, int]]:
    """First and last index of each run of ink, gaps up to `bridge_mm` bridged."""
    places = np.flatnonzero(inked)
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > 1 + bridge_mm * PIXELS_PER_MM)
    return list(zip(places[[0, *(breaks + 1)]], places[[*breaks, -1]], strict=True))


def sheets(pdf: bytes, *numbers: int) -> list[Sheet]:
    """Print the pages with these numbers, from 1 on; without any, all pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        wanted = numbers or range(1, len(document) + 1)
        scale = PIXELS_PER_MM / POINTS_PER_MM
        return [Sheet(_colours(document[number - 1].render(scale=scale).to_numpy())) for number in wanted]


def _colours(blue_green_red: np.ndarray) -> np.ndarray:
    """One plane a colour, red, green and blue: looking through a plane is quick."""
    return np.ascontiguousarray(blue_green_red.transpose(2, 0, 1)[2::-1])


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, as a reader would copy it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            (width / POINTS_PER_MM, height / POINTS_PER_MM)
            for width, height in map(document.get_page_size, range(len(document)))
        ]


def text_lines(pdf: bytes) -> list[TextLine]:
    """Each line of a document in the order in which a reader would copy it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [line for number, page in enumerate(document, start=1) for line in _page_lines(number, page)]


def _page_lines(number: int, page: pypdfium2.PdfPage) -> Iterator[TextLine]:
    text = page.get_textpage()
    start = 0
    for words in text.get_text_range().split("\r\n"):
        if words.strip():
            first = text.get_charbox(start, loose=True)
            last = text.get_charbox(start + len(words) - 1, loose=True)
            places = (place / POINTS_PER_MM for place in (first[0], last[2], first[1]))
            yield TextLine(number, words, *places)
        start += len(words) + 2
