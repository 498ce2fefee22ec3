"""A text that was checked: its findings for the page, and the text as it reads with every safe fix."""

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
    """Some words of a text, with the numbers of the findings that are about them."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class CheckedText:
    """The lines of a text and what was found in them."""

    lines: tuple[WrittenLine, ...]
    found: tuple[TextFinding, ...]

    @property
    def shown(self) -> tuple[TextFinding, ...]:
        """The first of them, as many as somebody may read."""
        return self.found[:SHOWN]

    @property
    def errors(self) -> int:
        return sum(one.finding.severity is Severity.ERROR for one in self.found)

    @cached_property
    def safe(self) -> tuple[TextFinding, ...]:
        """Those whose fixes may be applied together, unread."""
        return tuple(one for one in self.found if one.finding.has_safe_fix)

    @property
    def remarks(self) -> tuple[TextFinding, ...]:
        """Those on which a person decides."""
        safe = set(map(id, self.safe))
        return tuple(one for one in self.found if id(one) not in safe)

    @cached_property
    def fixed_text(self) -> str:
        return text_of_lines(fixed_lines(self.lines, self.safe))

    @cached_property
    def marked(self) -> list[list[list[FoundPiece]]]:
        """The text with what is shown of the findings marked: by line, or row of a table, each by cell, by piece."""
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
    """Cut a text where findings begin and end; those that overlap are marked together."""
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
    """Return what the lines of one row of a table have in common, and any other line has to itself."""
    return (number,) if line.table is None else (line.table, line.row)


def text_of_lines(lines: Iterable[WrittenLine]) -> str:
    """A text as its writer broke it into lines, and a table's row on one line, its cells apart by tabs."""
    pieces = []
    for place, row in groupby(lines, lambda line: (line.table, line.row) if line.table is not None else line):
        texts = [line.text.replace("\n", " ") if isinstance(place, tuple) else line.source for line in row]
        pieces.append("\t".join(texts) if isinstance(place, tuple) else "\n".join(texts))
    return "\n".join(pieces)


def check_text(lines: tuple[WrittenLine, ...]) -> CheckedText:
    """Check lines, with the names of the organisation and the office's words: three queries."""
    persons = tuple(one.name for one in active_leaders())
    context = LintContext(names=names_of_departments(), persons=persons, words=current_words(), today=today())
    return CheckedText(lines, check_lines(lines, context))
