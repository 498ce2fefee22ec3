"""The table of kinds: one module for each, which holds its spec and composes its text."""

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
    """What a kind's module offers."""

    SPEC: KindSpec

    def title_lines(self, facts: DocumentFacts) -> tuple[str, ...]:
        """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
        ...

    def compose(self, facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
        """Return the document. Raises DocumentError with a Chinese sentence where it cannot be made."""
        ...


# In the order in which the kinds of a group are offered.
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
# What a command means that names no kind.
USUAL_KIND = quarterly.SPEC.kind


def spec_of(kind: DocumentKind) -> KindSpec:
    """Return what is peculiar to a kind."""
    return BY_KIND[kind].SPEC


def specs_by_group() -> dict[KindGroup, list[KindSpec]]:
    """Return the kinds as they are offered."""
    return {group: [one.SPEC for one in KINDS if one.SPEC.group is group] for group in KindGroup}


def compose_document(kind: DocumentKind, facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return a document of this kind. Raises DocumentError."""
    document = BY_KIND[kind].compose(facts, particulars)
    return replace(document, body=tuple(count_alike(document.body)))


def usual_title(kind: DocumentKind, facts: DocumentFacts) -> str:
    """Return the usual title in one line."""
    return "".join(BY_KIND[kind].title_lines(facts))
