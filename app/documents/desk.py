"""What lies on the desk while a draft is edited: its blocks with where they came from, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.documents.editing import words_of
from app.documents.length import Length, characters_of, length_of
from app.documents.models import Document, DocumentBlock, WordingRequest
from app.documents.queries import blocks_of
from app.documents.rules import WordingState
from app.filing.differences import Difference, difference
from app.filing.models import Filing
from app.filing.queries import filings_among
from app.filing.rules import FilingState
from reports.frozen import block_from_json
from reports.model import Block, Heading, Paragraph
from reports.numbering import numbered

FILING = "filing:"


@dataclass(frozen=True)
class Line:
    """A block on the desk: its printed label, the filing that it was made of, and what its department was asked."""

    row: DocumentBlock
    label: str = ""
    filing: Filing | None = None
    request: WordingRequest | None = None

    @cached_property
    def block(self) -> Block:
        """Return what it says."""
        return self.row.block

    @property
    def kind(self) -> str:
        """Return what sort of block it is, as the page sets it."""
        return type(self.block).__name__.lower()

    @property
    def is_text(self) -> bool:
        """Return whether it can be rewritten."""
        return isinstance(self.block, Heading | Paragraph)

    @property
    def head(self) -> Heading | None:
        """Return the run-in head of a paragraph that has one."""
        return self.block.head if isinstance(self.block, Paragraph) else None

    @property
    def words(self) -> str:
        """Return what it says, or what a table or chart is called."""
        return words_of(self.block)

    @property
    def difference(self) -> Difference | None:
        """Return what was rewritten since it was assembled; None where nothing was, or where it was written by hand."""
        if self.row.composed is None or not self.row.is_changed:
            return None
        return difference(words_of(block_from_json(self.row.composed)), self.words)

    @property
    def is_outdated(self) -> bool:
        """Return whether its filing is no longer what was accepted: it was reopened since."""
        return self.filing is not None and self.filing.state is not FilingState.ACCEPTED

    @property
    def may_be_asked(self) -> bool:
        """Return whether its department can be asked to confirm the changed words."""
        return bool(self.filing and self.is_text and not self.row.is_dropped and self.difference)

    @property
    def length(self) -> int:
        """Return how many characters it has."""
        return characters_of(self.row)


@dataclass(frozen=True)
class Desk:
    """A document with its lines, and how long its text is."""

    document: Document
    lines: tuple[Line, ...]

    @property
    def length(self) -> Length:
        """Return how long the text is."""
        return length_of(self.document.kind, [line.row for line in self.lines])

    @property
    def unsettled(self) -> tuple[Line, ...]:
        """Return the lines whose department was asked and did not agree, or not yet."""
        waiting = (WordingState.ASKED, WordingState.OBJECTED)
        return tuple(line for line in self.lines if line.request and line.request.state in waiting)

    def line(self, block_id: int) -> Line:
        """Return the line of a block."""
        return next(line for line in self.lines if line.row.id == block_id)


def desk_of(document: Document) -> Desk:
    """Return a document's desk: three queries."""
    rows = blocks_of(document)
    filings = {filing.id: filing for filing in filings_among(filter(None, map(filing_id, rows)))}
    requests = requests_among(rows)
    labels = labels_of(rows)
    lines = (
        Line(row, labels.get(row.id, ""), filings.get(filing_id(row) or 0), requests.get(row.id))
        for row in rows
    )
    return Desk(document, tuple(lines))


def filing_id(row: DocumentBlock) -> int | None:
    """Return the id of the filing that a block was made of."""
    return int(row.source.removeprefix(FILING)) if row.source.startswith(FILING) else None


def labels_of(rows: Iterable[DocumentBlock]) -> dict[int, str]:
    """Return the printed label of each block that is not dropped: headings count themselves."""
    shown = [row for row in rows if not row.is_dropped]
    labels = (label for label, _ in numbered([row.block for row in shown]))
    return {row.id: label for row, label in zip(shown, labels, strict=True)}


def requests_among(rows: Iterable[DocumentBlock]) -> dict[int, WordingRequest]:
    """Return, by a block's id, the last thing that its department was asked."""
    among = WordingRequest.block.in_([row.id for row in rows])
    in_force = WordingRequest.state != WordingState.WITHDRAWN
    found = WordingRequest.select().where(among & in_force).order_by(WordingRequest.id)
    return {request.block_id: request for request in found}
