"""Responsible departments as plans print them, by the names that the reading has for them."""

from __future__ import annotations

from typing import NamedTuple

from app.plan.importer.commitments import departments_of as departments_named_in
from app.plan.importer.duties import ends_with_duty as ends_with_departments
from app.plan.importer.duties import find_duties
from app.plan.importer.duties import is_duty_text as is_department_line


class Mention(NamedTuple):
    """Where responsible departments are named in a text."""

    first: int
    last: int

    def start(self) -> int:
        return self.first

    def end(self) -> int:
        return self.last


def find_mention(text: str) -> Mention | None:
    """The first bracket in `text` that names responsible departments."""
    brackets = (each for each in find_duties(text) if text[each.start] in "（(【[")
    return next((Mention(each.start, each.end) for each in brackets), None)


__all__ = ["departments_named_in", "ends_with_departments", "find_mention", "is_department_line"]
