"""How each kind of document is made of facts: one module for a kind, from plain values to the document model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from app.composition.facts import DocumentFacts
from app.composition.kinds import (
    circular,
    department,
    opening,
    plan,
    quarterly,
    reading,
    summary,
    supervision,
    yearly,
)
from app.composition.particulars import Particulars
from app.composition.rules import DocumentKind
from reports.model import OfficialDocument


class KindComposer(Protocol):
    """What a kind's module offers."""

    def title_lines(self, facts: DocumentFacts) -> tuple[str, ...]:
        """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
        ...

    def compose(self, facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
        """Return the document. Raises DocumentError with a Chinese sentence where it cannot be made."""
        ...


COMPOSITIONS: Mapping[DocumentKind, KindComposer] = {
    DocumentKind.QUARTERLY: quarterly,
    DocumentKind.CIRCULAR: circular,
    DocumentKind.SUMMARY: summary,
    DocumentKind.SUPERVISION: supervision,
    DocumentKind.DEPARTMENT: department,
    DocumentKind.YEARLY: yearly,
    DocumentKind.READING: reading,
    DocumentKind.OPENING: opening,
    DocumentKind.PLAN: plan,
}


def compose_document(kind: DocumentKind, facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return a document of this kind. Raises DocumentError."""
    return COMPOSITIONS[kind].compose(facts, particulars)


def usual_title(kind: DocumentKind, facts: DocumentFacts) -> str:
    """Return the usual title in one line."""
    return "".join(COMPOSITIONS[kind].title_lines(facts))
