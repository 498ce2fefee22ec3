"""The lines of a text that hold something, stripped, with what their format says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from app.plan.importer.blocks import SourceText
from app.plan.importer.numbering import mark_of
from app.plan.importer.sentences import Span

_HAN = "[一二三四五六七八九十]{1,3}"
_LOST_BREAK = re.compile(
    rf"(?<=[\s。；！])(?:{_HAN}、|\d{{1,2}}[.．、](?!\d)|[（(]\d{{1,2}}[）)])|[（(]{_HAN}[）)]"
)
_TITLE_BEFORE_TEXT = re.compile(
    r"[^\s，。；：]{2,40}(?:计划|规划|总结|方案|要点|安排|意见|报告|措施)(?:\s|(?=今年是|为了?[深认切贯全]|根据|按照))"
)
_CHAPTER_BEHIND_TITLE = re.compile(
    r"([^，。；：、]{2,40}(?:计划|总结|方案|要点|安排|意见|报告|措施)\s+)(一、[^，。；：]{2,24})"
)
_CHAPTER_BEFORE_TEXT = re.compile(
    rf"(?:{_HAN}、|[（(]{_HAN}[）)])[^\s，,。；;：:]{{2,24}}\s(?=[^\s（(]{{15}})"
)


@dataclass(frozen=True)
class TextLine:
    """One line that is not blank.

    `number` counts from 1, `start` is the place of its first character in the source, `marks` are the places in
    `text` where bold type begins and ends, `depth` is the level of a heading in its format (0 for none), `indented`
    tells whether it began with the two spaces of a paragraph, `after_blank` whether a blank line is above it.
    `pieces` are the places in `text` at which a line of the source begins, each with its place there, where the
    page had broken it.
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
        """Whether it is in bold throughout."""
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
    """The lines; one that is most of the text and holds a list of chapters has lost its breaks and gets them back."""
    lines = _lines_as_printed(source)
    whole = sum(len(line.text) for line in lines)
    return [
        piece
        for line in lines
        for piece in (_split_line(line) if 2 * len(line.text) > whole else _split_title(line))
    ]


def _split_title(line: TextLine) -> list[TextLine]:
    """Cut a line before the first chapter that stands behind the title (…方案 一、总体要求)."""
    found = _CHAPTER_BEHIND_TITLE.fullmatch(line.text)
    if found is None or line.marks:
        return [line]
    return [_piece_of_line(line, *found.span(group)) for group in (1, 2)]


def _split_line(line: TextLine) -> list[TextLine]:
    """Cut a line before its numbers, and after the heads of its chapters and the title before them."""
    breaks = list(_LOST_BREAK.finditer(line.text))
    places = [found.start() for found in breaks]
    found = {mark.number for one in breaks if (mark := mark_of(one[0]))}
    listed = {"一", "二"} <= found or any(
        f"{opener}二{closer}" in found and not {"一", f"{opener}一{closer}"}.isdisjoint(found)
        for opener, closer in ("（）", "()")
    )
    if line.marks or not listed:
        return [line]
    heads = (_CHAPTER_BEFORE_TEXT.match(line.text, place) for place in places)
    ends = {head.end() for head in (_TITLE_BEFORE_TEXT.match(line.text), *heads) if head}
    cuts = sorted({0, *places, *ends, len(line.text)})
    return [_piece_of_line(line, start, end) for start, end in pairwise(cuts) if line.text[start:end].strip()]


def _piece_of_line(line: TextLine, start: int, end: int) -> TextLine:
    raw = line.text[start:end]
    text = raw.strip()
    return replace(line, text=text, start=line.start + start + len(raw) - len(raw.lstrip()))


def _lines_as_printed(source: SourceText) -> list[TextLine]:
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
