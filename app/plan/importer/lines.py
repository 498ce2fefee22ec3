"""Physical lines: stripped of spaces, bold marks and Markdown signs, with the meaning of those signs stored beside."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_BOLD = re.compile(r"(?:\*\*)+")
_SPLIT_BOLD = re.compile(r"(?<!\*)\*((?=[^\S\n]*+\n)\s*+)\*(?!\*)")


@dataclass(frozen=True)
class StrippedLine:
    """One line that is not blank.

    `number` counts from 1, `marks` are the places in `text` where a bold mark stood, `depth` is the level of a
    Markdown heading (0 for none), `indented` tells whether the line began with the two spaces of a paragraph.
    """

    number: int
    text: str
    marks: tuple[int, ...] = ()
    depth: int = 0
    indented: bool = False

    @property
    def is_wholly_bold(self) -> bool:
        """Whether one pair of bold marks encloses the whole line."""
        return self.marks == (0, len(self.text))


def read_lines(text: str) -> list[StrippedLine]:
    """Return the lines of `text` that hold something."""
    whole = _SPLIT_BOLD.sub(r"**\1", text)
    lines = (_read_line(number, raw) for number, raw in enumerate(whole.splitlines(), start=1))
    return [line for line in lines if line.text]


def _read_line(number: int, raw: str) -> StrippedLine:
    clean = _INVISIBLE.sub("", raw).rstrip()
    indented = clean.startswith(("\u3000\u3000", "    ", "\t", "\u3000 "))
    clean = clean.lstrip()
    heading = _MARKDOWN_HEADING.match(clean)
    if heading:
        clean = clean[heading.end() :]
    text, marks = _without_bold(clean)
    return StrippedLine(number, text, marks, len(heading[1]) if heading else 0, indented)


def _without_bold(text: str) -> tuple[str, tuple[int, ...]]:
    """Take the bold marks out of `text` and return where they stood."""
    pieces = _BOLD.split(text)
    pieces[0], pieces[-1] = pieces[0].lstrip(), pieces[-1].rstrip()
    marks, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        marks.append(length)
    plain = "".join(pieces)
    lead = len(plain) - len(plain.lstrip())
    stripped = plain.strip()
    return stripped, tuple(min(max(mark - lead, 0), len(stripped)) for mark in marks)
