"""A checked text: its findings for the page, and the text with all safe fixes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from app.base.clock import today
from app.drafting.core.lint_findings import names_of_departments
from app.org.queries import active_leaders
from app.word_list.queries import current_words
from reports.lint import LintContext, Severity
from reports.lint.written import TextFinding, WrittenLine, check_lines, fixed_lines

SHOWN = 300


@dataclass(frozen=True)
class FoundPiece:
    """A piece of text with the numbers of the findings on it."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class CheckedText:
    """The lines of a text with their findings."""

    lines: tuple[WrittenLine, ...]
    found: tuple[TextFinding, ...]

    @property
    def shown(self) -> tuple[TextFinding, ...]:
        """The findings that the page shows, up to a limit."""
        return self.found[:SHOWN]

    @property
    def errors(self) -> int:
        return sum(one.finding.severity is Severity.ERROR for one in self.found)

    @cached_property
    def safe(self) -> tuple[TextFinding, ...]:
        """The findings whose fixes can be applied together without reading them."""
        return tuple(one for one in self.found if one.finding.has_safe_fix)

    @property
    def remarks(self) -> tuple[TextFinding, ...]:
        """The findings that a person has to decide on."""
        safe = set(map(id, self.safe))
        return tuple(one for one in self.found if id(one) not in safe)

    @cached_property
    def fixed_text(self) -> str:
        return text_of_lines(fixed_lines(self.lines, self.safe))

    @cached_property
    def marked(self) -> list[list[list[FoundPiece]]]:
        """The text with the shown findings marked: by line or table row, then by cell, then by piece."""
        found: dict[int, list[tuple[int, TextFinding]]] = {}
        for number, one in enumerate(self.shown, start=1):
            if one.line is not None:
                found.setdefault(one.line, []).append((number, one))
        marked: list[list[list[FoundPiece]]] = []
        rows = groupby(enumerate(self.lines), lambda one: row_of(*one))
        for _, row in rows:
            marked.append([marked_pieces(line.text, found.get(number, [])) for number, line in row])
        return marked

    @property
    def text(self) -> str:
        return text_of_lines(self.lines)


def marked_pieces(text: str, found: Iterable[tuple[int, TextFinding]]) -> list[FoundPiece]:
    """Cut a text where findings begin and end; overlapping ones are marked together."""
    spans: list[tuple[int, int, tuple[int, ...]]] = []
    for number, one in sorted(found, key=lambda pair: pair[1].start):
        if spans and one.start < spans[-1][1]:
            start, end, numbers = spans.pop()
            spans.append((start, max(end, one.end), (*numbers, number)))
        else:
            spans.append((one.start, one.end, (number,)))
    pieces, position = [], 0
    for start, end, numbers in spans:
        pieces += [FoundPiece(text[position:start]), FoundPiece(text[start:end], numbers)]
        position = end
    return [piece for piece in (*pieces, FoundPiece(text[position:])) if piece.text or piece.numbers]


def row_of(number: int, line: WrittenLine) -> tuple[int, ...]:
    """Return a key that the lines of one table row share and every other line has alone."""
    return (number,) if line.table is None else (line.table, line.row)


def text_of_lines(lines: Iterable[WrittenLine]) -> str:
    """The text with its original line breaks, and table rows on one line with tabs between the cells."""
    pieces = []
    for place, row in groupby(lines, lambda line: (line.table, line.row) if line.table is not None else line):
        texts = [line.text.replace("\n", " ") if isinstance(place, tuple) else line.source for line in row]
        pieces.append("\t".join(texts) if isinstance(place, tuple) else "\n".join(texts))
    return "\n".join(pieces)


def check_text(lines: tuple[WrittenLine, ...]) -> CheckedText:
    """Check lines with the names of the organisation and the office's word list: three queries."""
    persons = tuple(one.name for one in active_leaders())
    context = LintContext(names=names_of_departments(), persons=persons, words=current_words(), today=today())
    return CheckedText(lines, check_lines(lines, context))
