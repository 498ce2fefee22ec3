"""From the lines of pages to paragraphs: what repeats at the edges set apart, and lines joined where they ran full.

Lines are joined only in a document that shows its paragraphs by an indent; elsewhere they stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from app.plan.importer.blocks import SourceLine
from app.plan.importer.sources.table_grid import PAGE_LINE, WordsAndHints

EDGE = 0.13  # of the page's height
EDGE_LINES = 2
SAME_HEIGHT = 3.0  # points
SAME_SIZE = 0.15
FEWEST_REPEATS = 2
LONGEST_HEADER = 60  # characters
INDENT = (1.3, 2.9)  # characters
INDENTED_SHARE = 0.04
AT_MARGIN, NEARLY_FULL = 0.6, 2.1  # characters
MOSTLY_BOLD = 0.5
PAGE_NUMBER = re.compile(
    r"[-—–－·•~]*第?(?:\d{1,4}|[ivxIVX]{1,5})页?(?:[/，,]?共?\d{1,4}页?)?[-—–－·•~]*"
)  # of a line without its spaces
LATIN_SEAM = re.compile(r"[A-Za-z0-9,.;:]$")


@dataclass(frozen=True)
class PageLine:
    """A line of a page in points from its lower left corner; `bold` is how many characters at its start are."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: int = 0

    @property
    def pattern(self) -> str:
        """What it says without its numbers, which differ from page to page."""
        return re.sub(r"\d+", "#", "".join(self.text.split()))

    @property
    def size(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True)
class TextPage:
    height: float
    lines: tuple[PageLine, ...]


@dataclass(frozen=True)
class TextMeasure:
    """Where the lines of a document begin and end, and how wide a character is."""

    left: float
    right: float
    em: float

    def indent_of(self, line: PageLine) -> float:
        return (line.left - self.left) / self.em

    def is_indented(self, line: PageLine) -> bool:
        return INDENT[0] <= self.indent_of(line) <= INDENT[1]

    def continues_line(self, before: PageLine, line: PageLine) -> bool:
        """Whether a line goes on with a paragraph: the one before ran full, and it begins at the margin."""
        is_full = before.right > self.right - NEARLY_FULL * self.em
        same_size = abs(before.size - line.size) <= SAME_SIZE * before.size
        return is_full and same_size and abs(self.indent_of(line)) < AT_MARGIN


def lines_of_pages(pages: Sequence[TextPage]) -> Iterator[WordsAndHints]:
    """Yield the paragraphs of a document; what is of the page stands behind the paragraph that it interrupts."""
    furniture = repeated_edges(pages)
    body = [
        line
        for number, page in enumerate(pages)
        for place, line in enumerate(page.lines)
        if (number, place) not in furniture
    ]
    measure = measure_lines(body)
    joins = measure is not None and share_of(map(measure.is_indented, body)) >= INDENTED_SHARE
    shows_bold = share_of(line.bold > 0 for line in body) <= MOSTLY_BOLD
    waiting: list[PageLine] = []
    interrupting: list[WordsAndHints] = []
    for number, page in enumerate(pages):
        for place, line in enumerate(page.lines):
            if (number, place) in furniture:
                interrupting.append((line.text, PAGE_LINE))
            elif joins and measure and waiting and measure.continues_line(waiting[-1], line):
                waiting.append(line)
            else:
                yield from (*joined_lines(waiting, shows_bold), *interrupting)
                waiting, interrupting = [line], []
    yield from (*joined_lines(waiting, shows_bold), *interrupting)


def joined_lines(lines: Sequence[PageLine], shows_bold: bool) -> Iterator[WordsAndHints]:
    """Yield the paragraph that lines make, if there are any."""
    text, bold = "", list[tuple[int, int]]()
    for line in lines:
        seam = " " if LATIN_SEAM.search(text) and line.text[:1].isascii() else ""
        start = len(text) + len(seam)
        text += seam + line.text
        if line.bold and bold and bold[-1][1] == start:
            bold[-1] = (bold[-1][0], start + line.bold)
        elif line.bold:
            bold.append((start, start + line.bold))
    if text:
        yield text, SourceLine(0, 0, bold=tuple(bold) if shows_bold else ())


def share_of(answers: Iterator[bool]) -> float:
    listed = list(answers)
    return sum(listed) / max(1, len(listed))


def measure_lines(lines: Sequence[PageLine]) -> TextMeasure | None:
    """Return where lines usually begin and end; None where there are too few, or none with a size."""
    lefts = Counter(round(line.left) for line in lines)
    usual = [left for left, count in lefts.items() if count >= max(2, len(lines) // 50)]
    widths = [(line.right - line.left) / len(line.text) for line in lines if len(line.text) > LONG_LINE]
    if not usual or not widths:
        return None
    rights = sorted(line.right for line in lines)
    return TextMeasure(min(usual), rights[int(len(rights) * 0.9)], median(widths))


LONG_LINE = 12  # characters


def repeated_edges(pages: Sequence[TextPage]) -> set[tuple[int, int]]:
    """Return page and place of lines that are of the page.

    These are numbers, what stands there again on another page, and what stands above the text of all other pages.
    """
    candidates = [
        (number, place, line)
        for number, page in enumerate(pages)
        for place, line in enumerate(page.lines)
        if is_at_edge(page, place)
    ]
    heights = defaultdict[str, list[float]](list)
    for _, _, line in candidates:
        heights[line.pattern].append(line.bottom)
    found = {
        (number, place)
        for number, place, line in candidates
        if PAGE_NUMBER.fullmatch("".join(line.text.split()))
        or (len(line.text) <= LONGEST_HEADER and repeats_at(heights[line.pattern], line.bottom))
    }
    return found | set(lines_above_text(pages, found))


def lines_above_text(pages: Sequence[TextPage], furniture: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the first line of a later page where the text of no other page reaches as high."""
    tops = [
        max(
            (line.top for place, line in enumerate(page.lines) if (number, place) not in furniture),
            default=0.0,
        )
        for number, page in enumerate(pages)
    ]
    for number, page in enumerate(pages[1:], 1):
        others = [*tops[:number], *tops[number + 1 :]]
        if page.lines and is_at_edge(page, 0) and page.lines[0].bottom > max(others):
            yield number, 0


def repeats_at(heights: Sequence[float], height: float) -> bool:
    return sum(abs(other - height) < SAME_HEIGHT for other in heights) >= FEWEST_REPEATS


def is_at_edge(page: TextPage, place: int) -> bool:
    line = page.lines[place]
    outermost = place < EDGE_LINES or place >= len(page.lines) - EDGE_LINES
    near = line.top > page.height * (1 - EDGE) or line.bottom < page.height * EDGE
    return outermost and near
