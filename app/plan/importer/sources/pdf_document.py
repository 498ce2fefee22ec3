"""A PDF with text: lines with their places, page headers and footers set apart, and lines joined to paragraphs.

Lines are only joined in a document that marks paragraphs by an indent.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from statistics import median
from typing import IO, Any

import pypdfium2
import pypdfium2.raw as pdfium

from app.base.errors import BadInput
from app.plan.importer.blocks import SourceLine
from app.plan.importer.sources.file_kinds import DAMAGED, LOCKED, refusing_damage
from app.plan.importer.sources.source_file import FileContents, source_of_contents
from app.plan.importer.sources.table_grid import PAGE_LINE, WordsAndHints

PAGES = 300
RADICAL = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=\S)|(?<=\S) (?=[\u3000-\u9fff\uff00-\uffef])")
BOLD_NAME = re.compile(rb"bold|heavy|black|simhei|stheiti", re.IGNORECASE)
FONT_NAME = 128  # bytes
WIDE_GAP = 0.4  # of the height of a character
FEWEST_CHINESE = 20

NO_TEXT = (
    "这份 PDF 是扫描的图片，里面没有文字。请找到原来的 Word 文件；没有的，用 WPS 等软件识别成文字后粘贴进来。"
)
NO_CHINESE = "这份 PDF 里的文字读不出来（没有带文字编码）。请找到原来的 Word 文件，或者识别成文字后粘贴进来。"
TOO_MANY_PAGES = f"这份 PDF 超过 {PAGES} 页，不像一份工作计划，没有读入。请只留计划全文另存一份，再试。"


def read_pdf_pages(file: IO[bytes]) -> dict[str, Any]:
    """Return the text of a PDF as `SourceText.as_json` has it. Raises BadInput if it has no text."""
    return source_of_contents(refusing_damage(pdf_contents, file)).as_json()


def pdf_contents(file: IO[bytes]) -> FileContents:
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        raise BadInput(LOCKED if "password" in str(error).lower() else DAMAGED) from None
    if len(document) > PAGES:
        raise BadInput(TOO_MANY_PAGES)
    pages = [read_page(document[number]) for number in range(len(document))]
    words = "".join(line.text for page in pages for line in page.lines)
    if sum(1 for _ in islice(CHINESE.finditer(words), FEWEST_CHINESE)) < FEWEST_CHINESE:
        raise BadInput(NO_CHINESE if len(words.strip()) > FEWEST_CHINESE else NO_TEXT)
    return FileContents(list(lines_of_pages(pages)), tuple(empty_page_notes(pages)))


def empty_page_notes(pages: Sequence[TextPage]) -> Iterator[str]:
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.lines]
    if empty:
        yield f"第 {'、'.join(empty)} 页没有文字，可能是图片，没有读。"


def read_page(page: Any) -> TextPage:
    """Read a page; its lines are sorted from top to bottom unless they are in columns."""
    lines = PageText(page.get_textpage()).read_lines()
    return TextPage(page.get_height(), tuple(join_rows(order_lines(lines))))


class PageText:
    """The characters of a page, indexed as the library counts them."""

    def __init__(self, text_page: Any) -> None:
        self.page = text_page
        self.text: str = text_page.get_text_range()
        self.places = character_places(self.text)
        if self.places[-1] != text_page.count_chars():  # the library counts differently
            self.places = range(len(self.text) + 1)
        self.font_name = ctypes.create_string_buffer(FONT_NAME)
        self.font_flags = ctypes.c_int()

    def read_lines(self) -> list[PageLine]:
        found = (self.read_line(match) for match in re.finditer(r"[^\r\n]+", self.text))
        return [line for line in found if line]

    def read_line(self, match: re.Match[str]) -> PageLine | None:
        words, bold = self.line_words(match)
        if not words or match[0].isspace():
            return None
        first = match.end() - len(match[0].lstrip())
        last = match.start() + len(match[0].rstrip()) - 1
        left, bottom, _, top = self.page.get_charbox(self.places[first], loose=True)
        _, _, right, _ = self.page.get_charbox(self.places[last], loose=True)
        return PageLine(words, left, right, bottom, top, bold)

    def line_words(self, match: re.Match[str]) -> tuple[str, int]:
        """Return the words of a line, and how many characters at its start are bold.

        Spaces that are only gaps beside Chinese characters are left out; radicals are replaced by characters.
        """
        words = list(match[0])
        for gap in GAP.finditer(match[0]):
            if self.is_narrow(match.start() + gap.start()):
                words[gap.start()] = ""
        bold = next(
            (n for n, word in enumerate(words) if word.strip() and not self.is_bold(match.start() + n)),
            len(words),
        )
        lead, rest = clean_words(words[:bold]).lstrip(), clean_words(words[bold:]).rstrip()
        return (lead + rest, len(lead)) if lead else (rest.lstrip(), 0)

    def is_narrow(self, place: int) -> bool:
        """Return whether a space is narrower than one that is typed between Chinese characters."""
        before = self.page.get_charbox(self.places[place - 1], loose=True)
        after = self.page.get_charbox(self.places[place + 1], loose=True)
        return bool(after[0] - before[2] < WIDE_GAP * (before[3] - before[1]))

    def is_bold(self, place: int) -> bool:
        """Return whether the name of a character's font says bold."""
        length = pdfium.FPDFText_GetFontInfo(
            self.page, self.places[place], self.font_name, FONT_NAME, self.font_flags
        )
        return length > 0 and bool(BOLD_NAME.search(self.font_name.value))


def character_places(text: str) -> Sequence[int]:
    """Return the index of each character in the library's count, which is that of UTF-16."""
    if not text or max(text) <= "\uffff":
        return range(len(text) + 1)
    places = [0]
    for character in text:
        places.append(places[-1] + (2 if ord(character) > 0xFFFF else 1))
    return places


def clean_words(words: Sequence[str]) -> str:
    joined = "".join(words).replace("\x02", "").replace("\ufffe", "").replace("\x00", "")
    return RADICAL.sub(lambda radical: unicodedata.normalize("NFKC", radical[0]), joined)


def order_lines(lines: list[PageLine]) -> list[PageLine]:
    """Sort lines from top to bottom, unless one is beside those before it, as in columns."""
    for before, line in pairwise(lines):
        goes_up = line.bottom > before.top + SAME_HEIGHT
        if goes_up and line.left > before.right:
            return lines
    return sorted(lines, key=lambda line: -line.top)


def join_rows(lines: Sequence[PageLine]) -> Iterator[PageLine]:
    """Join pieces that are side by side on one line."""
    row: PageLine | None = None
    for line in lines:
        if row and abs(row.bottom - line.bottom) < SAME_HEIGHT and line.left >= row.right:
            row = replace(row, text=f"{row.text}  {line.text}", right=line.right)
            continue
        if row:
            yield row
        row = line
    if row:
        yield row


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
)  # of a line without spaces
LATIN_SEAM = re.compile(r"[A-Za-z0-9,.;:]$")


@dataclass(frozen=True)
class PageLine:
    """A line of a page in points from the lower left corner; `bold` characters at its start are bold."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: int = 0

    @property
    def pattern(self) -> str:
        """Return its text without numbers, which differ from page to page."""
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
    """The left and right margins of a document's lines, and the width of a character."""

    left: float
    right: float
    em: float

    def indent_of(self, line: PageLine) -> float:
        return (line.left - self.left) / self.em

    def is_indented(self, line: PageLine) -> bool:
        return INDENT[0] <= self.indent_of(line) <= INDENT[1]

    def continues_line(self, before: PageLine, line: PageLine) -> bool:
        """Return whether a line continues a paragraph: the line before is full, and it begins at the margin."""
        is_full = before.right > self.right - NEARLY_FULL * self.em
        same_size = abs(before.size - line.size) <= SAME_SIZE * before.size
        return is_full and same_size and abs(self.indent_of(line)) < AT_MARGIN


def lines_of_pages(pages: Sequence[TextPage]) -> Iterator[WordsAndHints]:
    """Yield the paragraphs of a document; headers and footers follow the paragraph that they interrupt."""
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
    """Yield the paragraph that lines make, if there are any lines."""
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
    """Return the usual margins of lines; None if there are too few lines, or none with a size."""
    lefts = Counter(round(line.left) for line in lines)
    usual = [left for left, count in lefts.items() if count >= max(2, len(lines) // 50)]
    widths = [(line.right - line.left) / len(line.text) for line in lines if len(line.text) > LONG_LINE]
    if not usual or not widths:
        return None
    rights = sorted(line.right for line in lines)
    return TextMeasure(min(usual), rights[int(len(rights) * 0.9)], median(widths))


LONG_LINE = 12  # characters


def repeated_edges(pages: Sequence[TextPage]) -> set[tuple[int, int]]:
    """Return page and index of lines that belong to the page layout.

    These are page numbers, lines repeated at the same place, and lines above the text area of all other pages.
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
    """Yield the first line of a later page if the text of no other page reaches as high."""
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
