"""Errors of the domain. `app.web.errors` gives each its status code; the sentence is shown to the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class RefusalWay:
    """A link that a refusal offers: its label and its path."""

    label: str
    path: str


class DomainError(Exception):
    """A refusal for the user. `sentence` is Chinese and says what to do, `way` is a link to where it is done."""

    status = 422

    def __init__(self, sentence: str, way: RefusalWay | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way = way


class NotAllowed(DomainError):
    """The policy table has no permit for this actor, action and subject."""

    status = 403

    def __init__(self, sentence: str = "您没有办理这件事的权限。如确需办理，请联系街道办公室。") -> None:
        super().__init__(sentence)


class NotFound(DomainError):
    status = 404

    def __init__(
        self,
        sentence: str = "没有找到您要的内容，可能已被移走。请返回首页重新进入。",
        way: RefusalWay | None = None,
    ) -> None:
        super().__init__(sentence, way)


class IllegalTransition(DomainError):
    """The life cycle does not allow this step from the present state."""

    status = 409


class StaleVersion(DomainError):
    """Somebody else saved in the meantime. `current` is the row as it is stored now."""

    status = 409

    def __init__(self, current: object) -> None:
        super().__init__("在您填写期间，这份内容已被他人改动，这一步没有办成。请核对现在的内容后再办理。")
        self.current = current


class TooManyRequests(DomainError):
    """Too many requests in a period; the next one must `wait`."""

    status = 429

    def __init__(self, sentence: str, *, wait: timedelta) -> None:
        super().__init__(sentence)
        self.wait = wait


class BadInput(DomainError):
    """Input that cannot be used. `problems` lists every mistake in reading order."""

    def __init__(
        self, sentence: str, problems: tuple[str, ...] = (), *, way: RefusalWay | None = None
    ) -> None:
        super().__init__(sentence, way)
        self.problems = problems


class FieldProblems(BadInput):
    """A form with mistakes. `fields` holds a sentence for each field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("请先改正标出的内容。", tuple(fields.values()))
        self.fields = fields


def raise_field_problems(problems: Mapping[str, str]) -> None:
    """Raise FieldProblems with the fields whose sentence is not empty, if there are any."""
    found = {name: sentence for name, sentence in problems.items() if sentence}
    if found:
        raise FieldProblems(found)
