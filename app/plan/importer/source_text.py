"""From the bytes of a text file to lines: encodings, invisible characters, bold type and Markdown."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from app.plan.importer.blocks import SourceLine, SourceText
from app.plan.importer.plan_draft import PlanUnreadable
from app.plan.importer.sentences import Span

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN_FORMATS = (
    (b"PK\x03\x04", " Word 或 Excel 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件"),
    (b"%PDF", " PDF 文件"),
    (b"{\\rtf", " RTF 文件"),
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NEWLINES = "\n\r\t\f\v\x1c\x1d\x1e\x85"


def decode_source(source: bytes | str) -> str:
    """Return the text of `source` (UTF-8, UTF-16 with byte order mark, or GB18030).

    Raises PlanUnreadable if the source is empty, binary, or without Chinese text.
    """
    text = source if isinstance(source, str) else _decode_bytes(source)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise PlanUnreadable("计划文件是空的，请确认选择的文件，并粘贴或导出计划全文后再导入。")
    if not _CHINESE.search(text):
        raise PlanUnreadable("文件里没有读到中文内容，请确认选择的是工作计划的文本文件（.txt 或 .md）。")
    return text.removeprefix("\ufeff")


def _decode_bytes(source: bytes) -> str:
    for signature, name in _FOREIGN_FORMATS:
        if source.startswith(signature):
            raise PlanUnreadable(f"这是{name}，暂不能直接读取，请另存为纯文本（.txt）后再导入。")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if source.startswith(mark):
            return _decode_strictly(source[len(mark) :], encoding)
    try:
        return _decode_strictly(source, "utf-8")
    except PlanUnreadable:
        return _decode_strictly(source, "gb18030")


def _decode_strictly(source: bytes, encoding: str) -> str:
    try:
        text = source.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if any(unicodedata.category(character) == "Cc" and character not in _NEWLINES for character in set(text)):
        raise PlanUnreadable(
            "无法识别文件的文字编码，它可能不是文本文件；请另存为 UTF-8 编码的纯文本（.txt）后再导入。"
        )
    return text


_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_BOLD = re.compile(r"(?:\*\*)+")
_SPLIT_BOLD = re.compile(r"(?<!\*)\*((?=[^\S\n]*+\n)\s*+)\*(?!\*)")
_SPACE_ENTITY = re.compile("&(?:nbsp|ensp|emsp);?")
_ESCAPED = re.compile(r"\\(?=[.()\[\]+#-])")  # 1\. in Markdown
LONGEST_BOLD = 80  # characters; two marks farther apart are no pair


def source_from_text(text: str) -> SourceText:
    """Return the text of a .txt or .md file as lines."""
    whole = _SPLIT_BOLD.sub(r"**\1", _ESCAPED.sub("", _SPACE_ENTITY.sub(" ", text)))
    return SourceText.from_lines(map(_read_line, whole.splitlines()))


def _read_line(raw: str) -> tuple[str, SourceLine]:
    clean = _INVISIBLE.sub("", raw).rstrip()
    bare = clean.lstrip()
    heading = _MARKDOWN_HEADING.match(bare)
    words, bold = _without_bold(bare[heading.end() :] if heading else clean)
    is_row = words.lstrip().startswith("|")
    return words, SourceLine(0, 0, len(heading[1]) if heading else 0, bold, is_row)


def _without_bold(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return a line without its bold marks, and the spans between them. A mark may have lost its partner."""
    pieces = _BOLD.split(text)
    marks, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        marks.append(length)
    plain = "".join(pieces)
    return plain, tuple(_bold_runs(plain, marks))


def _bold_runs(text: str, marks: list[int]) -> list[Span]:
    """Return the pairs of marks whose content can be a head: short, without the end of a sentence."""
    runs, place = [], 0
    while place + 1 < len(marks):
        start, end = marks[place], marks[place + 1]
        inside = text[start:end].strip()
        if inside and len(inside) <= LONGEST_BOLD and not set("。！？") & set(inside[:-1]):
            runs.append((start, end))
            place += 2
        else:
            place += 1
    return runs


@dataclass(frozen=True)
class TextLine:
    """One line that is not blank.

    number: from 1. start: the place of its first character in the source.
    marks: the places in `text` where bold type begins and ends.
    depth: the level of a heading by its format, 0 for none.
    indented: it began with the two spaces of a paragraph. after_blank: a blank line is above it.
    pieces: the places in `text` where a line of the source begins, with their places there, if the page had broken it.
    """

    number: int
    text: str
    start: int = 0
    marks: tuple[int, ...] = ()
    depth: int = 0
    indented: bool = False
    after_blank: bool = False
    is_row: bool = False
    is_page: bool = False
    pieces: tuple[Span, ...] = ()

    @property
    def is_wholly_bold(self) -> bool:
        """Return whether all of it is in bold."""
        return self.marks[:1] == (0,) and self.marks[-1] == len(self.text) and self._has_one_run

    @property
    def _has_one_run(self) -> bool:
        inner = self.marks[1:-1]
        return all(end == start for end, start in zip(inner[::2], inner[1::2], strict=True))

    @property
    def end(self) -> int:
        offset, start = self.pieces[-1] if self.pieces else (0, self.start)
        return start + len(self.text) - offset


def read_lines(source: SourceText) -> list[TextLine]:
    lines: list[TextLine] = []
    after_blank = False
    for number, line in enumerate(source.lines, start=1):
        raw = source.text[line.start : line.end]
        text = raw.strip()
        if not text:
            after_blank = True
            continue
        lead = len(raw) - len(raw.lstrip())
        start = line.start + lead
        marks = [min(max(place - start, 0), len(text)) for span in line.bold for place in span]
        indented = raw.startswith(("\u3000\u3000", "    ", "\t", "\u3000 "))
        lines.append(
            TextLine(
                number,
                text,
                start,
                tuple(marks),
                line.outline_level,
                indented,
                after_blank,
                line.is_table_row,
                line.is_page_line,
            )
        )
        after_blank = False
    return lines
