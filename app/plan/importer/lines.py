"""The lines of a text that hold something, stripped, with what their format says."""

from __future__ import annotations

from dataclasses import dataclass

from app.plan.importer.blocks import SourceText
from app.plan.importer.sentences import Span


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
