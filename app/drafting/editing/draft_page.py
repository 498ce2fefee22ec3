"""The editor of a draft: its blocks with their origin and what happened to them since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.base.days import written_moment
from app.base.settings.settings import Settings
from app.base.text_differences import TextDifference, compare_texts
from app.composition.chapters.synopsis import ROLES
from app.composition.kinds import spec_of
from app.composition.rules import DocumentKind, SynopsisView
from app.drafting.core.life_cycle import WordingState
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.core.queries import blocks_of
from app.drafting.editing.block_words import full_words, words_of
from app.drafting.editing.edit_history import EditHistory, history_of
from app.drafting.editing.models import WordingRequest
from app.drafting.editing.renewal.operations import count_newer_filings
from app.drafting.editing.renewal.renewed_blocks import renewed_paragraphs
from app.drafting.editing.synopsis_wordings import OfferedWordings, wordings_of_draft
from app.drafting.editing.wording_requests import is_in_own_words, is_open, may_be_asked
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import thresholds_of
from app.filing.core.models import Filing
from app.filing.core.queries import filings_among
from app.org.models import Department
from reports.frozen_text import block_from_json
from reports.model import Block, Chart, DocumentError, Heading, Paragraph, Sheet, Table
from reports.numbering import number_blocks
from reports.text_length import text_length

BIGGEST_NAMED = 5


@dataclass(frozen=True)
class TextLength:
    """The length of a text in characters, including punctuation but not spaces; `biggest` are the longest blocks."""

    total: int
    limit: int
    biggest: tuple[DocumentBlock, ...] = ()

    @property
    def excess(self) -> int:
        """Return by how many characters it is too long; 0 if it is not."""
        return max(0, self.total - self.limit)


def length_of(kind: DocumentKind, rows: Iterable[DocumentBlock], budget: int) -> TextLength:
    """Return the length of a document's present text; annexes, tables and charts do not count.

    budget: the most characters for an ordinary report.
    """
    counted = {row: characters_of(row) for row in rows if not row.is_dropped}
    biggest = sorted(counted, key=lambda row: counted[row], reverse=True)[:BIGGEST_NAMED]
    limit = spec_of(kind).longest_text(budget)
    return TextLength(sum(counted.values()), limit, tuple(row for row in biggest if counted[row]))


def characters_of(row: DocumentBlock) -> int:
    return text_length([row.block])


# What cannot be rewritten as a text, in the words of the editor.
NAMES: dict[type, str] = {Table: "表格", Chart: "图", Sheet: "表单"}


@dataclass(frozen=True)
class DraftLine:
    """A block in the editor, with its printed label and the filing that it was made from.

    asked: all requests to its department about its words, oldest first, including withdrawn ones.
    offer: what it would say if assembled now; set if its filing was accepted again with other words, or if the draft
        was renewed and these edited words were kept.
    """

    row: DocumentBlock
    label: str = ""
    filing: Filing | None = None
    asked: tuple[WordingRequest, ...] = ()
    offer: Block | None = None

    @cached_property
    def block(self) -> Block:
        return self.row.block

    @property
    def is_sheet(self) -> bool:
        return isinstance(self.block, Sheet)

    @property
    def is_paragraph(self) -> bool:
        return isinstance(self.block, Paragraph)

    @property
    def level(self) -> int:
        """Return the level of a heading; 0 for anything else."""
        return self.block.level if isinstance(self.block, Heading) else 0

    @property
    def kind_name(self) -> str:
        """Return the name of its kind; empty for a text."""
        return NAMES.get(type(self.block), "")

    @property
    def is_text(self) -> bool:
        """Return whether it can be rewritten."""
        return isinstance(self.block, Heading | Paragraph | Sheet)

    @property
    def head(self) -> str:
        """Return the run-in heading of a paragraph; empty if there is none."""
        return self.block.head.text if isinstance(self.block, Paragraph) and self.block.head else ""

    @property
    def words(self) -> str:
        """Return its words; for a table or chart, its caption."""
        return words_of(self.block)

    @property
    def paragraphs(self) -> list[str]:
        """Return its printed paragraphs: each line of a paragraph is printed as one of its own."""
        lines = self.words.splitlines() if isinstance(self.block, Paragraph) else []
        return [line.strip() for line in lines if line.strip()] or [self.words]

    @property
    def first_paragraph(self) -> str:
        return self.paragraphs[0]

    @property
    def further_paragraphs(self) -> list[str]:
        return self.paragraphs[1:]

    @property
    def opening(self) -> str:
        """Return the words by which it can be recognised."""
        return f"{self.label}{self.head or self.words or self.kind_name}"

    @property
    def is_written_by_hand(self) -> bool:
        """Return whether it was written in the editor, not assembled."""
        return self.row.composed is None

    @cached_property
    def difference(self) -> TextDifference | None:
        """Return what was rewritten since it was assembled; None if nothing was, or if it was written by hand."""
        if self.row.composed is None or not self.row.is_changed:
            return None
        return compare_texts(self.composed_words, full_words(self.block))

    @property
    def has_difference(self) -> bool:
        return self.difference is not None and not self.difference.is_empty

    @property
    def composed_words(self) -> str:
        """Return what it said when it was assembled, including a run-in heading."""
        return full_words(block_from_json(self.row.composed)) if self.row.composed else ""

    @cached_property
    def renewal_difference(self) -> TextDifference | None:
        """Return the difference between the offer and what was assembled; None without an offer."""
        return compare_texts(self.composed_words, full_words(self.offer)) if self.offer else None

    @property
    def is_overtaken(self) -> bool:
        """Return whether the draft was renewed while these edited words were kept."""
        return self.row.overtaken_by is not None

    @property
    def is_superfluous(self) -> bool:
        """Return whether the renewed draft has no such block any more."""
        return bool(self.row.overtaken_by == {})

    @property
    def is_reopened(self) -> bool:
        """Return whether its filing is no longer accepted because its department is changing it."""
        return self.filing is not None and self.filing.state is not FilingState.ACCEPTED

    @property
    def request(self) -> WordingRequest | None:
        """Return the last request to its department that was not withdrawn; None if there is none."""
        in_force = [one for one in self.asked if one.state is not WordingState.WITHDRAWN]
        return in_force[-1] if in_force else None

    @property
    def is_asked_about_other_words(self) -> bool:
        """Return whether its department was asked about other words than the present ones."""
        return self.request is not None and self.request.text != self.words

    @property
    def request_note(self) -> str:
        """Return in words whom the request went to and the answer; empty if there is no request."""
        request = self.request
        if request is None:
            return ""
        by = (
            f"（{request.answered_by}，{written_moment(request.answered_at)}）" if request.answered_by else ""
        )
        answer = f"：{request.answer}" if request.answer else ""
        about = "（所问的不是现在的文字）" if self.is_asked_about_other_words else ""
        about = "（现在是部门的原文）" if self.is_in_own_words else about
        return f"{request.department.short_name}{by}{answer}{about}"

    @property
    def confirmation_note(self) -> str:
        """Return in words that the department does not know the present words; empty if it does."""
        if not self.is_unconfirmed:
            return ""
        if self.was_answered:
            return "部门确认后又有改动，部门没有看到现在的文字。"
        return "部门文字有改动，未送部门确认。"

    @property
    def is_unsettled(self) -> bool:
        """Return whether it is printed although its department has not agreed (yet) to what it was asked."""
        return self.request is not None and is_open(self.request, self.row) and not self.row.is_dropped

    @property
    def is_in_own_words(self) -> bool:
        """Return whether it has its department's words as they were assembled."""
        return is_in_own_words(self.row)

    @property
    def is_unconfirmed(self) -> bool:
        """Return whether it has changed words that its department was not asked about."""
        return self.may_be_asked and not self.is_unsettled

    @property
    def was_answered(self) -> bool:
        """Return whether its department answered any request about it, even about other words."""
        return any(one.answered_at for one in self.asked)

    @property
    def may_be_asked(self) -> bool:
        """Return whether its department can be asked to confirm its changed words."""
        return may_be_asked(self.row, self.request)

    @property
    def length(self) -> int:
        """Return its number of characters."""
        return characters_of(self.row)


@dataclass(frozen=True)
class PageFocus:
    """Where the focus is set: at a block, or at one of its buttons."""

    block_id: int | None = None
    button: str = ""

    def is_on_line(self, row: DocumentBlock) -> bool:
        return self.block_id == row.id and not self.button

    def is_on_button(self, row: DocumentBlock, button: str) -> bool:
        return self.block_id == row.id and self.button == button


@dataclass(frozen=True)
class WordingChoice:
    """A wording offered for a block of the synopsis."""

    view: SynopsisView
    is_current: bool


@dataclass(frozen=True)
class DraftPage:
    """A document with its lines in the editor."""

    document: Document
    lines: tuple[DraftLine, ...]
    settings: Settings

    @cached_property
    def text_length(self) -> TextLength:
        return length_of(self.document.kind, [line.row for line in self.lines], self.settings.report_budget)

    @cached_property
    def synopsis_wordings(self) -> OfferedWordings:
        """Return the wordings offered for each block of the synopsis; empty if the draft has none."""
        has_synopsis = any(line.row.role in ROLES for line in self.lines)
        return wordings_of_draft(self.document) if has_synopsis else {}

    def wordings_of(self, line: DraftLine) -> list[WordingChoice]:
        """Return the wordings to choose from, each marked if it is the present one; empty if there is no choice."""
        has_choice = line.row.role is not None and not line.row.is_dropped
        offered = self.synopsis_wordings.get(line.row.role, ()) if has_choice else ()
        if len(offered) < 2:
            return []
        return [WordingChoice(one.view, one.paragraph.text == line.words) for one in offered]

    @cached_property
    def edit_history(self) -> EditHistory:
        """Return which edit can be undone and which can be redone."""
        return history_of(self.document)

    @property
    def headings(self) -> tuple[DraftLine, ...]:
        """Return the printed headings."""
        return tuple(line for line in self.lines if line.level and not line.row.is_dropped)

    @property
    def unsettled_lines(self) -> tuple[DraftLine, ...]:
        """Return the lines whose department was asked and has not agreed (yet)."""
        return tuple(line for line in self.lines if line.is_unsettled)

    @property
    def changed_since(self) -> tuple[DraftLine, ...]:
        """Return the lines that were changed again after their department had answered."""
        return tuple(line for line in self.lines if line.is_unconfirmed and line.was_answered)

    @property
    def unsent_lines(self) -> tuple[DraftLine, ...]:
        """Return the lines with changed words that their department never answered for and is not being asked about."""
        return tuple(line for line in self.lines if line.is_unconfirmed and not line.was_answered)

    @property
    def unseen_count(self) -> int:
        """Return how many lines have changed words that their department has not seen."""
        return len(self.changed_since) + len(self.unsent_lines)

    @property
    def outdated_lines(self) -> tuple[DraftLine, ...]:
        """Return the printed lines whose filing changed since."""
        lines = (line for line in self.lines if not line.row.is_dropped)
        return tuple(line for line in lines if line.offer or line.is_reopened or line.is_overtaken)

    @cached_property
    def newer_filings(self) -> int:
        """Return the number of filings accepted since the draft was made that would change it."""
        return count_newer_filings(self.document, thresholds_of(self.settings))

    def line_of(self, block_id: int) -> DraftLine:
        return next(line for line in self.lines if line.row.id == block_id)

    def line_after(self, block_id: int) -> DraftLine | None:
        """Return the line after a block; None after the last one."""
        place = self.lines.index(self.line_of(block_id)) + 1
        return self.lines[place] if place < len(self.lines) else None


def draft_page_of(document: Document, settings: Settings) -> DraftPage:
    """Return a document's editor. Three queries, and those of gathering if a filing was accepted again."""
    rows = blocks_of(document)
    filings = {filing.id: filing for filing in filings_among(row.filing_id for row in rows if row.filing_id)}
    requests = requests_among(rows)
    labels = labels_of(rows)
    offers = renewed_paragraphs(document, rows, filings.values(), thresholds_of(settings))
    made_of = {row.id: filings.get(row.filing_id or 0) for row in rows}
    lines = (
        DraftLine(
            row,
            labels.get(row.id, ""),
            made_of[row.id],
            tuple(requests.get(row.id, ())),
            block_from_json(row.overtaken_by) if row.overtaken_by else offers.get(row.id),
        )
        for row in rows
    )
    return DraftPage(document, tuple(lines), settings)


def labels_of(rows: Iterable[DocumentBlock]) -> dict[int, str]:
    """Return the printed label of each block that is not dropped; empty if they are too many to be numbered."""
    shown = [row for row in rows if not row.is_dropped]
    try:
        labels = [label for label, _ in number_blocks([row.block for row in shown])]
    except DocumentError:
        return {}
    return {row.id: label for row, label in zip(shown, labels, strict=True)}


def requests_among(rows: Iterable[DocumentBlock]) -> dict[int, list[WordingRequest]]:
    """Return all requests about each block by its id, oldest first."""
    among = WordingRequest.block.in_([row.id for row in rows])
    found: dict[int, list[WordingRequest]] = {}
    query = WordingRequest.select(WordingRequest, Department).join(Department).where(among)
    for request in query.order_by(WordingRequest.id):
        found.setdefault(request.block_id, []).append(request)
    return found
