"""The lines of a text file, or the paragraphs of a Word document: tables cell by cell, tracked changes accepted."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width
from zipfile import BadZipFile, ZipFile

from lxml import etree

from reports.model import DocumentError

OLD_WORD = b"\xd0\xcf\x11\xe0"
ZIPPED = b"PK\x03\x04"
BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LONGEST_XML = 100 * 1024**2
MAIN_PART = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What a reader who accepts every change does not see, and what is no text.
REMOVED = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "rt"))
REMOVED |= {FALLBACK}
PARAGRAPH, TABLE, ROW, CELL, RUN = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r"))
# What stands for one character: as many as the text of its run gets.
MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
HEADING_STYLE = re.compile(r"^(?:heading ?|标题 ?)?([1-4])$", re.IGNORECASE)
INDENT = re.compile(r"[ \u3000]{2}|\u3000")
SENTENCE_MARK = re.compile(r"[，。；：！？]")
NEW_PARAGRAPH = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、是]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、]|[①-⑳]|第[一二三四五六七八九十]{1,3}[章节条部]|附件|附：|抄送)"
)
# In halves of a hanzi: what lines are broken at, and by how much one may fall short of it.
NARROWEST, WIDEST, SLACK = 30, 130, 5
FEWEST_BROKEN = 3
NOT_WORD = "“{name}”不是 Word 文件（.docx），或者已经损坏。请用 WPS 或者 Word 打开，另存为 .docx 再试。"
OLD_FILE = "“{name}”是旧的 .doc 格式或者加了密码。请用 WPS 或者 Word 打开，去掉密码，另存为 .docx 再试。"
NO_TEXT_FILE = "“{name}”不是文字文件。请另存为 .docx 或者纯文本（.txt）再试。"
EMPTY = "“{name}”里没有文字，请核对。"


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line of a text, or a paragraph of a Word document.

    table, row, column: its cell, counted from 0; None outside tables. level: of a heading that Word numbers itself; 0
    for any other line. breaks: where the lines ended that were joined to this one, with the line break and the spaces
    around it.
    """

    text: str
    table: int | None = None
    row: int = 0
    column: int = 0
    level: int = 0
    breaks: tuple[tuple[int, str], ...] = ()

    @property
    def source(self) -> str:
        """The line with the breaks of its writer."""
        pieces, start = [], 0
        for place, gap in self.breaks:
            pieces += [self.text[start:place], gap]
            start = place
        return "".join((*pieces, self.text[start:]))


def lines_of_file(name: str, data: bytes) -> tuple[WrittenLine, ...]:
    """Read a .docx file, or a text in UTF-8, UTF-16 or GB 18030. Raises DocumentError if it cannot be
    read or is empty.
    """
    is_word = name.lower().endswith((".docx", ".docm", ".doc")) or data.startswith((ZIPPED, OLD_WORD))
    lines = _lines_of_word(name, data) if is_word else lines_of_text(_decoded_text(name, data))
    if not any(line.text.strip() for line in lines):
        raise DocumentError(EMPTY.format(name=name))
    return lines


def _decoded_text(name: str, data: bytes) -> str:
    for encoding in (BYTE_ORDERS.get(data[:2], "utf-8-sig"), "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise DocumentError(NO_TEXT_FILE.format(name=name))


def lines_of_text(text: str) -> tuple[WrittenLine, ...]:
    """The lines of a text; adjacent lines with tabs are the rows of a table.

    A paragraph that was broken at the width of a page becomes one line.
    """
    lines: list[WrittenLine] = []
    table, rows = 0, list[str]()
    for line in (*joined_lines(text.splitlines()), WrittenLine("")):
        if "\t" in line.text.strip():
            rows.append(line.text)
            continue
        lines += _table_lines(rows, table) if len(rows) > 1 else map(WrittenLine, rows)
        table += len(rows) > 1
        rows = []
        lines.append(line)
    return tuple(lines[:-1])


def joined_lines(lines: Sequence[str]) -> list[WrittenLine]:
    """Lines joined where a page broke them, as in texts copied from a PDF or a mail."""
    full = _full_width(lines)
    is_indented = any(INDENT.match(line) for line in lines)
    joined: list[WrittenLine] = []
    before = ""
    for line in lines:
        if (
            full
            and joined
            and _goes_on(before, line, full, is_indented)
            and SENTENCE_MARK.search(joined[-1].text)
        ):
            joined[-1] = _joined_line(joined[-1], line)
        else:
            joined.append(WrittenLine(line))
        before = line
    return joined


def _joined_line(line: WrittenLine, following: str) -> WrittenLine:
    """A line joined with the next one without the spaces between them, which are remembered."""
    text, rest = line.text.rstrip(), following.lstrip()
    gap = f"{line.text[len(text) :]}\n{following[: len(following) - len(rest)]}"
    return replace(line, text=text + rest, breaks=(*line.breaks, (len(text), gap)))


def _full_width(lines: Sequence[str]) -> int:
    """The width at which lines were broken: several lines have it and end in mid-sentence; otherwise 0."""
    widths = [_width(line) for line in lines]
    widest = max(widths, default=NARROWEST)
    full = widest - SLACK
    broken = [line for line, width in zip(lines, widths, strict=True) if width > full and not _is_ended(line)]
    return full if NARROWEST <= widest <= WIDEST and len(broken) >= FEWEST_BROKEN else 0


def _goes_on(before: str, line: str, full: int, is_indented: bool) -> bool:
    """Whether a line continues the one before it."""
    if "\t" in before + line or not line.strip() or _width(before) <= full:
        return False
    if INDENT.match(line) or NEW_PARAGRAPH.match(line):
        return False
    return is_indented or not _is_ended(before)


def _is_ended(line: str) -> bool:
    return line.rstrip().endswith(("。", "！", "？", "：", "；", "”"))


def _width(line: str) -> int:
    """The printed width of a line in halves of a hanzi."""
    return sum(1 if east_asian_width(one) in ("Na", "H", "N") else 2 for one in line.rstrip())


def _table_lines(rows: list[str], table: int) -> Iterator[WrittenLine]:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.split("\t")):
            yield WrittenLine(cell, table, number, column)


def _lines_of_word(name: str, data: bytes) -> tuple[WrittenLine, ...]:
    root = word_body(name, data)
    return tuple(line for _, line in word_paragraphs(root))


def word_body(name: str, data: bytes) -> Any:
    """Return the root of a Word document's main part. Raises DocumentError if the file has none."""
    if data.startswith(OLD_WORD):
        raise DocumentError(OLD_FILE.format(name=name))
    try:
        with ZipFile(BytesIO(data)) as package:
            if package.getinfo(MAIN_PART).file_size > LONGEST_XML:
                raise DocumentError(f"“{name}”太大，没有检查。请分成几个文件再试。")
            xml = package.read(MAIN_PART)
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except (BadZipFile, KeyError, etree.XMLSyntaxError, zlib.error, NotImplementedError, RuntimeError):
        raise DocumentError(NOT_WORD.format(name=name)) from None


def word_paragraphs(root: Any) -> Iterator[tuple[list[Any], WrittenLine]]:
    """Yield each paragraph with all changes accepted, with its elements: several if the paragraph marks between them
    were deleted.
    """
    places = TablePlaces()
    joined: list[Any] = []
    for paragraph in root.iter(PARAGRAPH):
        if _is_removed(paragraph):
            continue
        joined.append(paragraph)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is None:
            yield joined, places.line_of(joined)
            joined = []
    if joined:
        yield joined, places.line_of(joined)


def _is_removed(paragraph: Any) -> bool:
    """Whether a paragraph was deleted, or is an alternative for other programs than Word."""
    for one in paragraph.iterancestors():
        if one.tag in REMOVED or (one.tag == ROW and one.find(f"{W}trPr/{W}del") is not None):
            return True
    return False


class TablePlaces:
    """Counts tables, rows and cells in the order in which their paragraphs are read."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}
        self.counted: dict[Any, int] = {}

    def number_of(self, element: Any, within: Any) -> int:
        if element not in self.numbers:
            self.numbers[element] = self.counted.get(within, 0)
            self.counted[within] = self.numbers[element] + 1
        return self.numbers[element]

    def line_of(self, paragraphs: list[Any]) -> WrittenLine:
        """The line made of some paragraphs; a remainder of a broken table counts as outside tables."""
        text = "".join(characters for one in paragraphs for _, characters in text_pieces(one))
        line = WrittenLine(text, level=_heading_level(paragraphs[0]))
        cell = next(paragraphs[0].iterancestors(CELL), None)
        row = None if cell is None else next(cell.iterancestors(ROW), None)
        table = None if row is None else next(row.iterancestors(TABLE), None)
        if table is None:
            return line
        number = self.number_of(table, None)
        return replace(line, table=number, row=self.number_of(row, table), column=self.number_of(cell, row))


def _heading_level(paragraph: Any) -> int:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    counted = paragraph.find(f"{W}pPr/{W}numPr") is not None
    found = HEADING_STYLE.match(style.get(f"{W}val", "")) if style is not None else None
    return int(found[1]) if found and counted else 0


def text_pieces(element: Any) -> Iterator[tuple[Any, str]]:
    """Yield the text of a paragraph in pieces, each with its element."""
    for child in element:
        if child.tag in REMOVED or child.tag == PARAGRAPH or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}t":
            yield child, child.text or ""
        elif child.tag in MARKS and child.getparent().tag == RUN:
            yield child, MARKS[child.tag]
        else:
            yield from text_pieces(child)
