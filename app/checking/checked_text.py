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

    @cached_property
    def fixed_text(self) -> str:
        return text_of_lines(fixed_lines(self.lines, self.safe))

    @property
    def text(self) -> str:
        return text_of_lines(self.lines)


def text_of_lines(lines: Iterable[WrittenLine]) -> str:
    """A text with a line for each, and a table's row on one line, its cells apart by tabs."""
    pieces = []
    for place, row in groupby(lines, lambda line: (line.table, line.row) if line.table is not None else line):
        texts = [line.text.replace("\n", " ") if isinstance(place, tuple) else line.text for line in row]
        pieces.append("\t".join(texts) if isinstance(place, tuple) else "\n".join(texts))
    return "\n".join(pieces)


def check_text(lines: tuple[WrittenLine, ...]) -> CheckedText:
    """Check lines, with the names of the organisation and the office's words: three queries."""
    persons = tuple(one.name for one in active_leaders())
    context = LintContext(names=names_of_departments(), persons=persons, words=current_words(), today=today())
    return CheckedText(lines, check_lines(lines, context))
