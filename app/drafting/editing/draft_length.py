"""How long a document's text is, against what official texts should keep to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.composition.kinds import spec_of
from app.composition.rules import DocumentKind
from app.drafting.core.models import DocumentBlock
from reports.text_length import text_length

NAMED = 5


@dataclass(frozen=True)
class TextLength:
    """The characters of a text, its marks included, without spaces; `biggest` are the blocks to shorten first."""

    total: int
    limit: int
    biggest: tuple[DocumentBlock, ...] = ()

    @property
    def excess(self) -> int:
        """Return by how many characters it is too long."""
        return max(0, self.total - self.limit)


def length_of(kind: DocumentKind, rows: Iterable[DocumentBlock], budget: int) -> TextLength:
    """Return the length of a document's text as it stands; annexes, tables and charts do not count.

    budget: how long an ordinary report should stay, in characters.
    """
    counted = {row: characters_of(row) for row in rows if not row.is_dropped}
    biggest = sorted(counted, key=lambda row: counted[row], reverse=True)[:NAMED]
    limit = spec_of(kind).longest_text(budget)
    return TextLength(sum(counted.values()), limit, tuple(row for row in biggest if counted[row]))


def characters_of(row: DocumentBlock) -> int:
    """Return how many characters a block has."""
    return text_length([row.block])
