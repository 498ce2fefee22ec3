"""The tree that reading a plan gives: plan, parts, sections, measures, commitments.

Every node keeps its `heading` as printed (number, punctuation and all) beside the clean `title`, so that the
headings and texts of the tree, joined together, are the published text again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.base.errors import DomainError


class PlanUnreadable(DomainError):
    """The source is no readable plan; the sentence is Chinese and says what to do."""


@dataclass(frozen=True)
class PlanWarning:
    """Something in the text that the office should check.

    `place` names the part, section or measure in Chinese ("一（二）"), `line` is the line of the source counted
    from 1 (0 when it concerns the whole plan), `message` a sentence for the office.
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
    """One thing promised in a measure, with the departments printed beside it, lead first."""

    text: str
    departments: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "departments": list(self.departments)}


@dataclass(frozen=True)
class MeasureDraft:
    """One measure: `text` is what follows its title.

    `number` is the printed one ("12"), or, where the plan prints none, the count within the section ("1"…).
    The commitments cover the text. They cover the title as well where the title is only the first clause of
    a sentence without a head of its own.
    """

    number: str
    title: str
    text: str
    commitments: tuple[CommitmentDraft, ...] = ()
    heading: str = ""

    def wording_pieces(self) -> Iterator[str]:
        yield self.heading
        yield self.text

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "title": self.title,
            "heading": self.heading,
            "text": self.text,
            "commitments": [commitment.as_json() for commitment in self.commitments],
        }


@dataclass(frozen=True)
class SectionDraft:
    """A section of a part; `text` stands between its heading and its first measure."""

    number: str
    title: str
    text: str = ""
    measures: tuple[MeasureDraft, ...] = ()
    heading: str = ""

    def wording_pieces(self) -> Iterator[str]:
        yield self.heading
        yield self.text
        for measure in self.measures:
            yield from measure.wording_pieces()

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "title": self.title,
            "heading": self.heading,
            "text": self.text,
            "measures": [measure.as_json() for measure in self.measures],
        }


@dataclass(frozen=True)
class PartDraft:
    """A part with sections, or with measures directly, or with text alone (总体要求 and the like)."""

    number: str
    title: str
    text: str = ""
    sections: tuple[SectionDraft, ...] = ()
    measures: tuple[MeasureDraft, ...] = ()
    heading: str = ""

    def wording_pieces(self) -> Iterator[str]:
        yield self.heading
        yield self.text
        for section in self.sections:
            yield from section.wording_pieces()
        for measure in self.measures:
            yield from measure.wording_pieces()

    def all_measures(self) -> Iterator[MeasureDraft]:
        """The measures of this part, those of its sections included."""
        for section in self.sections:
            yield from section.measures
        yield from self.measures

    def as_json(self) -> dict[str, Any]:
        content: dict[str, Any] = {
            "number": self.number,
            "title": self.title,
            "heading": self.heading,
            "text": self.text,
        }
        if self.sections:
            content["sections"] = [section.as_json() for section in self.sections]
        else:
            content["measures"] = [measure.as_json() for measure in self.measures]
        return content


@dataclass(frozen=True)
class PlanDraft:
    """A plan as read, before anything is stored.

    `notice` is what stands before the title (the 关于印发 notice, the document number), `byline` what stands
    between title and lead-in, `closing` what follows the last measure (signature, annexes), `set_aside` the
    lines taken for page numbers, page headers or a table of contents.
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

    def measures(self) -> Iterator[MeasureDraft]:
        for part in self.parts:
            yield from part.all_measures()

    def full_text(self) -> str:
        """The published text put together again from the tree (layout aside)."""
        pieces = [self.notice, self.title, self.byline, self.lead_in]
        for part in self.parts:
            pieces.extend(part.wording_pieces())
        return "\n".join(piece for piece in (*pieces, self.closing) if piece)

    def as_json(self) -> dict[str, Any]:
        """The plan as plain data, in the form that `flask plan import --json` prints."""
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
