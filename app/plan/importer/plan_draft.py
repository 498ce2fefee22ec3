"""The tree that results from reading a plan: plan, parts, sections, measures, commitments.

Every node keeps its printed `heading` (with number and punctuation) beside the clean `title`, so that the headings and
texts of the tree, joined together, are the published text again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.base.errors import DomainError


class PlanUnreadable(DomainError):
    """The source is no readable plan; the Chinese sentence says what to do."""


@dataclass(frozen=True)
class PlanWarning:
    """Something in the text that the office should check.

    place: the part, section or measure in Chinese ("一（二）").
    line: the line of the source, from 1; 0 if it concerns the whole plan.
    message: a sentence for the office.
    """

    place: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        where = f"{self.place}（第 {self.line} 行）" if self.line else self.place
        return f"{where}：{self.message}"

    def as_json(self) -> dict[str, Any]:
        return {"place": self.place, "line": self.line, "message": self.message}


@dataclass(frozen=True)
class CommitmentDraft:
    """One commitment of a measure, with the departments printed beside it, leads first."""

    text: str
    departments: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "departments": list(self.departments)}


@dataclass(frozen=True)
class HeadedDraft:
    """A part, section or measure: its number, title and own text; `heading` is its head as printed.

    `start` is the place of its block in the source text.
    """

    number: str
    title: str
    text: str = ""
    heading: str = ""
    start: int = field(default=0, kw_only=True)

    def subdivisions(self) -> Iterator[HeadedDraft]:
        """Yield the headed nodes below it, in the plan's order."""
        yield from ()

    def wording_pieces(self) -> Iterator[str]:
        yield self.heading
        yield self.text
        for one in self.subdivisions():
            yield from one.wording_pieces()

    def head_as_json(self) -> dict[str, Any]:
        return {"number": self.number, "title": self.title, "heading": self.heading, "text": self.text}


@dataclass(frozen=True)
class MeasureDraft(HeadedDraft):
    """One measure: `text` is what follows its title.

    number: as printed ("12"), otherwise the count within the section ("1"…).
    commitments: cover the text, and also the title if that is only the first clause of a sentence.
    path: the heads between its section and itself, if the plan is deeper than parts, sections and measures.
    lead, support: departments as the plan names them. duty_words: terms that name no particular department
        (各居民区, 等部门).
    target: what a table of tasks states as its target.
    """

    commitments: tuple[CommitmentDraft, ...] = ()
    path: tuple[HeadedDraft, ...] = ()
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    duty_words: tuple[str, ...] = ()
    target: str = ""
    leader: str = ""
    deadline: str = ""

    def as_json(self) -> dict[str, Any]:
        path = {"path": [one.head_as_json() for one in self.path]} if self.path else {}
        duties = {
            "lead": list(self.lead),
            "support": list(self.support),
            "duty_words": list(self.duty_words),
        }
        beside = {"target": self.target, "leader": self.leader, "deadline": self.deadline}
        found = {name: words for name, words in beside.items() if words}
        commitments = {"commitments": [one.as_json() for one in self.commitments]}
        return self.head_as_json() | path | duties | found | commitments


@dataclass(frozen=True)
class SectionDraft(HeadedDraft):
    """A section of a part; `text` is between its heading and its first measure.

    If it is not reported on, `text` is its whole content.
    """

    measures: tuple[MeasureDraft, ...] = ()
    reporting: bool = True

    def subdivisions(self) -> Iterator[HeadedDraft]:
        yield from self.measures

    def wording_pieces(self) -> Iterator[str]:
        yield self.heading
        yield self.text
        above: tuple[HeadedDraft, ...] = ()
        for measure in self.measures:
            for place, head in enumerate(measure.path):
                if measure.path[: place + 1] != above[: place + 1]:
                    yield head.heading
                    yield head.text
            above = measure.path
            yield from measure.wording_pieces()

    def as_json(self) -> dict[str, Any]:
        return (
            self.head_as_json()
            | {"measures": [one.as_json() for one in self.measures]}
            | reporting_as_json(self.reporting)
        )


@dataclass(frozen=True)
class PartDraft(HeadedDraft):
    """A part with sections, with its own measures, or only with text (总体要求 and the like)."""

    sections: tuple[SectionDraft, ...] = ()
    measures: tuple[MeasureDraft, ...] = ()
    reporting: bool = True

    def subdivisions(self) -> Iterator[HeadedDraft]:
        yield from self.sections
        yield from self.measures

    def all_measures(self) -> Iterator[MeasureDraft]:
        """Yield the measures of this part, those of its sections first."""
        for section in self.sections:
            yield from section.measures
        yield from self.measures

    def as_json(self) -> dict[str, Any]:
        name, below = ("sections", self.sections) if self.sections else ("measures", self.measures)
        return (
            self.head_as_json() | {name: [one.as_json() for one in below]} | reporting_as_json(self.reporting)
        )


@dataclass(frozen=True)
class AnnexDraft:
    """An annex, which is not part of the plan; its text is also in the plan's closing."""

    title: str
    text: str


def reporting_as_json(reporting: bool) -> dict[str, Any]:
    return {} if reporting else {"reporting": False}


@dataclass(frozen=True)
class PlanDraft:
    """A plan as read, before anything is stored.

    notice: what precedes the title (the 关于印发 notice, the document number).
    byline: what is between title and lead-in.
    closing: what follows the last measure (signature, annexes).
    set_aside: the lines taken for page numbers, page headers or a table of contents.
    """

    title: str
    year: int | None
    issuer: str
    issued_on: date | None
    document_number: str | None
    lead_in: str
    notice: str
    parts: tuple[PartDraft, ...]
    warnings: tuple[PlanWarning, ...] = ()
    byline: str = ""
    closing: str = ""
    set_aside: tuple[str, ...] = ()
    title_lines: str = ""
    annexes: tuple[AnnexDraft, ...] = ()

    def measures(self) -> Iterator[MeasureDraft]:
        for part in self.parts:
            yield from part.all_measures()

    def full_text(self) -> str:
        """Return the published text, joined again from the tree (without layout)."""
        pieces = [self.notice, self.title_lines, self.byline, self.lead_in]
        for part in self.parts:
            pieces.extend(part.wording_pieces())
        return "\n".join(piece for piece in (*pieces, self.closing) if piece)

    def as_json(self) -> dict[str, Any]:
        """Return the plan as plain data, as `flask plan import --json` prints it."""
        return {
            "title": self.title,
            "year": self.year,
            "issuer": self.issuer,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "document_number": self.document_number,
            "notice": self.notice,
            "byline": self.byline,
            "lead_in": self.lead_in,
            "parts": [part.as_json() for part in self.parts],
            "closing": self.closing,
            "set_aside": list(self.set_aside),
            "warnings": [warning.as_json() for warning in self.warnings],
        }
