"""What the lint finds in a draft, each finding with the block that it is about, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.documents.drafting import as_edited
from app.documents.editing.checking import findings
from app.documents.facts import Facts
from app.documents.models import Document, DocumentBlock
from app.documents.queries import blocks_of
from reports.lint import Finding, Severity, fixed
from reports.model import Block, OfficialDocument

# How long the text is, the desk says by itself.
SAID_ELSEWHERE = "length"
# The field of the particulars' form that holds what stands there in the document.
FIELDS = {
    "标题": "title",
    "主送机关": "recipient",
    "签发人": "signer",
    "发文机关标志": "issuer",
    "发文机关署名": "issuer",
    "印发机关": "issuer",
    "抄送机关": "copies_to",
    "附注": "note",
}


@dataclass(frozen=True)
class Mark:
    """A finding, and the block of the body that it is about, if it is about one."""

    finding: Finding
    row: DocumentBlock | None = None

    @property
    def key(self) -> dict[str, str | int]:
        """Return what tells this mark from others at its block, as an address carries it."""
        place = self.finding.place
        return {
            "rule": self.finding.rule.id,
            "kind": place.kind.value,
            "start": place.start,
            "end": place.end,
        }

    @property
    def field(self) -> str:
        """Return the field of the particulars' form in which it can be put right; nothing for one within the text."""
        # Of several names in a field the lint says which: 抄送机关（第2个）.
        return FIELDS.get(self.finding.place.part.partition("（")[0], "")

    @property
    def can_be_mended(self) -> bool:
        """Return whether a click puts it right."""
        return self.row is not None and self.finding.fix is not None


@dataclass(frozen=True)
class Marks:
    """What was found in a draft, in the order in which it is read."""

    all: tuple[Mark, ...]
    rows: tuple[DocumentBlock, ...]

    @property
    def errors(self) -> int:
        """Return how many of them break what a standard lays down."""
        return sum(mark.finding.severity is Severity.ERROR for mark in self.all)

    def at(self, row: DocumentBlock) -> tuple[Mark, ...]:
        """Return those about one block."""
        return tuple(mark for mark in self.all if mark.row is not None and mark.row.id == row.id)


def marks_in(document: Document) -> Marks:
    """Return what the lint finds in a draft. Raises DocumentError where nothing is left of it."""
    rows, text = text_of(document)
    found = findings(text, Facts.from_json(document.facts) if document.facts else None)
    marks = (Mark(one, row_of(one, rows)) for one in found if one.rule.id != SAID_ELSEWHERE)
    return Marks(tuple(marks), tuple(rows))


def mended(document: Document, mark: Mark) -> Block:
    """Return the block of a mark that can be mended, with the words that mend it."""
    rows, text = text_of(document)
    better = zip(rows, fixed(text, mark.finding).body, strict=True)
    return next(block for row, block in better if row == mark.row)


def text_of(document: Document) -> tuple[list[DocumentBlock], OfficialDocument]:
    """Return the rows of a draft's body, those left out aside, and the document that they make."""
    rows = [row for row in blocks_of(document) if not row.is_dropped]
    return rows, as_edited(document, rows)


def row_of(finding: Finding, rows: Iterable[DocumentBlock]) -> DocumentBlock | None:
    """Return the block that a finding is about, if it is about one of the body."""
    place = finding.place
    if place.block is None or place.annex is not None or place.enclosure:
        return None
    return list(rows)[place.block]
