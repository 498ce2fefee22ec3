"""Plain text as a SourceText: invisible characters, bold marks and Markdown signs taken out, their meaning kept."""

from __future__ import annotations

import re

from app.plan.importer.blocks import SourceLine, SourceText
from app.plan.importer.sentences import Span

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_BOLD = re.compile(r"(?:\*\*)+")
_SPLIT_BOLD = re.compile(r"(?<!\*)\*((?=[^\S\n]*+\n)\s*+)\*(?!\*)")
LONGEST_BOLD = 80  # characters; two marks farther apart have lost their partners


def source_from_text(text: str) -> SourceText:
    """The text of a .txt or .md file as its lines."""
    whole = _SPLIT_BOLD.sub(r"**\1", text)
    return SourceText.from_lines(map(_read_line, whole.splitlines()))


def _read_line(raw: str) -> tuple[str, SourceLine]:
    clean = _INVISIBLE.sub("", raw).rstrip()
    bare = clean.lstrip()
    heading = _MARKDOWN_HEADING.match(bare)
    words, bold = _without_bold(bare[heading.end() :] if heading else clean)
    is_row = words.lstrip().startswith("|")
    return words, SourceLine(0, 0, len(heading[1]) if heading else 0, bold, is_row)


def _without_bold(text: str) -> tuple[str, tuple[Span, ...]]:
    """Take the bold marks out of a line; the spans that they enclosed. A mark may have lost its partner."""
    pieces = _BOLD.split(text)
    marks, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        marks.append(length)
    plain = "".join(pieces)
    return plain, tuple(_bold_runs(plain, marks))


def _bold_runs(text: str, marks: list[int]) -> list[Span]:
    """Two marks make a pair when what they enclose can be a head: short, without a sentence ending inside."""
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
