"""A web page as lines and tables in reading order, each with its element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.plan.importer.blocks import SourceLine
from app.plan.importer.numbering import mark_of
from app.plan.importer.sources.table_grid import TableGrid, WordsAndHints, grid_of_rows
from app.plan.importer.sources.word_styles import whole_number, written_number

UNSEEN = re.compile(
    "script|style|noscript|template|head|title|meta|link|svg|canvas|object|embed|iframe|audio|video|map|select"
    "|option|button|input|textarea|datalist|dialog|rp|rt"
)
BLOCKS = re.compile(
    "address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|header|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|caption"
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD_TAGS = frozenset({"b", "strong", "th", *HEADINGS})
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00)", re.IGNORECASE)
PLAIN_STYLE = re.compile(r"font-weight\s*:\s*(normal|lighter|[1-5]00)", re.IGNORECASE)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
CHINESE_LIST = re.compile(r"list-style(?:-type)?\s*:\s*(?:cjk-ideographic|simp-chinese-\w+|trad-chinese-\w+)")
SPACE = re.compile(r"[ \t\r\n\f]+")
BROKEN_CHINESE = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef])"
)
INDENTED = re.compile(r"^(?:[\u3000 ][ ]*){2,}(?=[^\s])")
LAYOUT_CELL, LAYOUT_SHARE = 300, 0.6
MOST_SPAN = 500
DEPTH = 200


@dataclass(frozen=True)
class PageItem:
    """A line or table, the element that contains it, and whether it is only a link."""

    content: WordsAndHints | TableGrid
    element: Any
    is_link: bool = False

    @property
    def text(self) -> str:
        """Return its text without white space."""
        lines = [self.content] if isinstance(self.content, tuple) else self.content.plain_lines()
        return "".join("".join(words.split()) for words, _ in lines)


@dataclass
class LineGathering:
    """The pieces of a line, each with whether it is bold and in a link."""

    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)

    def line_items(self, element: Any, level: int, lead: str) -> Iterator[PageItem]:
        """Yield the line made of the pieces, unless it is empty, and start a new one."""
        pieces, self.pieces = self.pieces, []
        words, bold = "", list[tuple[int, int]]()
        for text, is_bold, _ in pieces:
            shown = SPACE.sub(" ", text)
            shown = shown[1:] if shown.startswith(" ") and (not words or words.endswith(" ")) else shown
            start, words = len(words), words + shown
            if is_bold and bold and bold[-1][1] == start:
                bold[-1] = (bold[-1][0], len(words))
            elif is_bold and shown.strip():
                bold.append((start, len(words)))
        if not words.strip():
            return
        is_link = all(linked for text, _, linked in pieces if text.strip())
        lead = "" if mark_of(words) else lead
        spans = tuple((start + len(lead) * (start > 0), end + len(lead)) for start, end in bold)
        yield PageItem((lead + words.rstrip(), SourceLine(0, 0, level, spans)), element, is_link)


@dataclass(frozen=True)
class TextContext:
    """What an element passes down to the text inside it."""

    level: int = 0
    is_bold: bool = False
    in_link: bool = False
    depth: int = 0

    def context_in(self, element: Any) -> TextContext:
        tag = element.tag
        return TextContext(
            HEADINGS.get(tag, self.level),
            bold_of(element, self.is_bold),
            self.in_link or tag == "a",
            self.depth + 1,
        )


class PageReader:
    """Reads an HTML tree as a browser shows it."""

    def __init__(self) -> None:
        self.line = LineGathering()
        self.numbers: list[str] = []

    def read_items(self, element: Any) -> list[PageItem]:
        items = list(self.element_items(element, TextContext()))
        return [*items, *self.finish_line(element, 0)]

    def element_items(self, element: Any, above: TextContext) -> Iterator[PageItem]:
        """Yield the lines and tables of an element; an unfinished line at its end stays open."""
        tag = element.tag
        if not isinstance(tag, str) or is_unseen(element) or above.depth > DEPTH:
            return
        is_block = tag == "br" or BLOCKS.fullmatch(tag)
        if is_block:
            yield from self.finish_line(element.getparent(), above.level)
        if tag == "table" and is_data_table(element):
            yield PageItem(self.grid_of(element), element)
            return
        if tag == "li":
            self.numbers.append(number_of_item(element))
        context = above.context_in(element)
        self.append_text(element.text, context)
        for child in element.iterchildren():
            yield from self.element_items(child, context)
            self.append_text(child.tail, context)
        if is_block:
            yield from self.finish_line(element, context.level)
        if tag == "li":
            self.numbers.pop()

    def append_text(self, text: str | None, context: TextContext) -> None:
        if text:
            shown = BROKEN_CHINESE.sub("", text).replace("\xa0", " ")
            shown = INDENTED.sub("　　", shown)
            self.line.pieces.append((shown, context.is_bold, context.in_link))

    def finish_line(self, element: Any, level: int) -> Iterator[PageItem]:
        """Yield the line gathered so far; the first line of a numbered item begins with its number."""
        lead = self.numbers[-1] if self.numbers else ""
        for item in self.line.line_items(element, level, lead):
            if self.numbers:
                self.numbers[-1] = ""
            yield item

    def grid_of(self, table: Any) -> TableGrid:
        return grid_of_rows(
            [(span_of(cell, "rowspan"), span_of(cell, "colspan"), self.cell_lines(cell)) for cell in cells]
            for cells in rows_of_table(table)
        )

    def cell_lines(self, cell: Any) -> tuple[WordsAndHints, ...]:
        items = PageReader().read_items(cell)
        return tuple(item.content for item in items if isinstance(item.content, tuple))


def rows_of_table(table: Any) -> Iterator[list[Any]]:
    """Yield the cells of each row, without those of nested tables."""
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield list(child.iterchildren("td", "th"))
        else:
            yield from rows_of_table(child)


def is_data_table(table: Any) -> bool:
    """Return whether a table holds data, and is not only used for layout."""
    rows = list(rows_of_table(table))
    if len(rows) < 2 or max(map(len, rows)) < 2 or next(table.iterdescendants("table"), None) is not None:
        return False
    lengths = [len("".join(cell.itertext()).strip()) for cells in rows for cell in cells]
    return not (max(lengths) > LAYOUT_CELL and max(lengths) > LAYOUT_SHARE * sum(lengths))


def span_of(cell: Any, name: str) -> int:
    return min(max(1, whole_number(cell.get(name), 1)), MOST_SPAN)


def is_unseen(element: Any) -> bool:
    style = element.get("style")
    if UNSEEN.fullmatch(element.tag):
        return True
    return element.get("hidden") is not None or bool(style and HIDDEN_STYLE.search(style))


def bold_of(element: Any, otherwise: bool) -> bool:
    style = element.get("style") or ""
    if PLAIN_STYLE.search(style):
        return False
    return otherwise or element.tag in BOLD_TAGS or bool(BOLD_STYLE.search(style))


def number_of_item(item: Any) -> str:
    """Return what a browser prints before an item of a numbered list; empty for other items."""
    above = item.getparent()
    if above is None or above.tag != "ol" or "none" in (above.get("style") or ""):
        return ""
    count = whole_number(above.get("start"), 1)
    for earlier in above.iterchildren("li"):
        count = whole_number(earlier.get("value"), count)
        if earlier is item:
            break
        count += 1
    if CHINESE_LIST.search(above.get("style") or ""):
        return f"{written_number(count, 'chineseCounting')}、"
    return f"{written_number(count, LIST_FORMS.get(above.get('type') or '', 'decimal'))}. "
