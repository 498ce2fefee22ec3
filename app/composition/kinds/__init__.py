"""The table of document kinds: one module each, with its spec and the function that composes its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from app.composition.block_keys import count_alike
from app.composition.facts import DocumentFacts
from app.composition.kinds import (
    circular,
    department,
    filing_notice,
    plan,
    quarterly,
    reading_sheet,
    summary,
    supervision,
    yearly,
)
from app.composition.particulars import Particulars
from app.composition.rules import DocumentKind, KindGroup, KindSpec
from reports.model import OfficialDocument


class KindModule(Protocol):
    """The functions and the spec that the module of a kind provides."""

    SPEC: KindSpec

    def title_lines(self, facts: DocumentFacts) -> tuple[str, ...]:
        """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
        ...

    def compose(self, facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
        """Return the document. Raises DocumentError with a Chinese sentence if it cannot be composed."""
        ...


# The order in which the kinds of a group are offered.
KINDS: tuple[KindModule, ...] = (
    quarterly,
    yearly,
    circular,
    supervision,
    summary,
    department,
    reading_sheet,
    filing_notice,
    plan,
)
BY_KIND: Mapping[DocumentKind, KindModule] = {one.SPEC.kind: one for one in KINDS}
# The kind for a command that names none.
USUAL_KIND = quarterly.SPEC.kind


def spec_of(kind: DocumentKind) -> KindSpec:
    return BY_KIND[kind].SPEC


def specs_by_group() -> dict[KindGroup, list[KindSpec]]:
    """Return the kinds by group, in the order in which they are offered."""
    return {group: [one.SPEC for one in KINDS if one.SPEC.group is group] for group in KindGroup}


def compose_document(kind: DocumentKind, facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return a document of this kind, with unique block keys. Raises DocumentError."""
    document = BY_KIND[kind].compose(facts, particulars)
    return replace(document, body=tuple(count_alike(document.body)))


def usual_title(kind: DocumentKind, facts: DocumentFacts) -> str:
    """Return the usual title as one line."""
    return "".join(BY_KIND[kind].title_lines(facts))
