"""Lint findings in a draft, each with its block and its correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.base.errors import raise_field_problems
from app.base.text import quoted_title
from app.drafting.core.annex_rewordings import OutdatedCell
from app.drafting.core.changed_figures import ChangedFigure, changed_figures
from app.drafting.core.draft import current_draft
from app.drafting.core.lint_findings import lint_findings
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing.block_words import words_of
from app.drafting.editing.figure_reasons import ExplainedFigure, explained_figures
from app.drafting.editing.operations import BlockFix
from app.drafting.editing.wording_requests import agreed_words
from reports.lint import LintFinding, Severity, apply_fix, place_words
from reports.model import Block, DocumentError, DocumentPart

# The field of the particulars' form for each part of the document.
FIELDS = {
    DocumentPart.TITLE: "title",
    DocumentPart.ADDRESSEE: "recipient",
    DocumentPart.SIGNATORY: "signer",
    DocumentPart.MASTHEAD_ISSUER: "issuer",
    DocumentPart.SIGNATURE: "issuer",
    DocumentPart.PRINTING_OFFICE: "issuer",
    DocumentPart.COPIES_TO: "copies_to",
    DocumentPart.NOTE: "note",
}


@dataclass(frozen=True)
class LintMark:
    """A finding with its place in words and its block; `row` is None if it is not about a block of the body."""

    finding: LintFinding
    place_words: str
    row: DocumentBlock | None = None

    @property
    def key(self) -> dict[str, str | int]:
        """Return what identifies this mark among those of its block, as parameters of an address."""
        place = self.finding.place
        cell = {"row": place.row, "column": place.column}
        return {
            "rule": self.finding.rule.id,
            "kind": place.kind.value,
            "start": place.start,
            "end": place.end,
            **{name: index for name, index in cell.items() if index is not None},
        }

    @property
    def field(self) -> str:
        """Return the field of the particulars' form in which it can be corrected; empty if there is none."""
        return FIELDS.get(self.finding.place.part, "")

    @property
    def can_be_fixed(self) -> bool:
        """Return whether it can be corrected by a click."""
        return self.row is not None and self.finding.fix is not None


@dataclass(frozen=True)
class AnnexMark:
    """Old words in a cell of an annex."""

    cell: OutdatedCell

    @property
    def place_words(self) -> str:
        """Return the place of the cell in words."""
        measure, column = self.cell.measure, self.cell.column
        return f"附件第{measure.number}项{quoted_title(measure.title)}的“{column.label}”栏"


@dataclass(frozen=True)
class DraftMarks:
    """Everything that was found in a draft.

    all: the lint findings, in reading order.
    in_annexes: old words in annexes that contradict the text.
    figures, explained: figures that the facts do not have, without and with a reason.
    short_last_lines: the number of characters in the last line of blocks that end in a short one, by block id.
    """

    all: tuple[LintMark, ...]
    rows: tuple[DocumentBlock, ...]
    in_annexes: tuple[AnnexMark, ...] = ()
    figures: tuple[ChangedFigure, ...] = ()
    explained: tuple[ExplainedFigure, ...] = ()
    short_last_lines: Mapping[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return the number of places to look at."""
        return len(self.all) + len(self.in_annexes) + len(self.figures)

    @property
    def is_empty(self) -> bool:
        return not self.count

    @cached_property
    def by_row(self) -> dict[int, list[LintMark]]:
        """Return the findings about blocks, by block id."""
        found: dict[int, list[LintMark]] = {}
        for mark in self.all:
            if mark.row is not None:
                found.setdefault(mark.row.id, []).append(mark)
        return found

    @property
    def safe(self) -> int:
        """Return how many findings can be fixed together without reading them."""
        return sum(mark.can_be_fixed and mark.finding.has_safe_fix for mark in self.all)

    @property
    def errors(self) -> int:
        """Return how many findings violate a standard."""
        return sum(mark.finding.severity is Severity.ERROR for mark in self.all)

    def marks_at(self, row: DocumentBlock) -> tuple[LintMark, ...]:
        """Return the findings about one block."""
        return tuple(self.by_row.get(row.id, ()))

    def in_annexes_from(self, row: DocumentBlock) -> tuple[AnnexMark, ...]:
        """Return the old words of one block that remain in an annex."""
        return tuple(mark for mark in self.in_annexes if mark.cell.row.id == row.id)

    def figures_of(self, row: DocumentBlock) -> tuple[ChangedFigure, ...]:
        """Return the figures of one block that its facts do not have."""
        return tuple(figure for figure in self.figures if figure.row.id == row.id)

    def explained_of(self, row: DocumentBlock) -> tuple[ExplainedFigure, ...]:
        """Return the figures of one block that its facts do not have, with the reason."""
        return tuple(one for one in self.explained if one.figure.row.id == row.id)


def marks_in(document: Document) -> DraftMarks:
    """Return what is found in a draft. Raises DocumentError if all its blocks are dropped."""
    draft = current_draft(document)
    found = lint_findings(draft.text, draft.facts, budget=None)  # the editor shows the length itself
    marks = (LintMark(one, place_words(draft.text, one.place), row_of(one, draft.rows)) for one in found)
    in_annexes = map(AnnexMark, draft.outdated_cells)
    agreed = agreed_words(document)
    changed = tuple(
        figure
        for figure in changed_figures(draft.rows, draft.facts)
        if (figure.row.id, words_of(figure.row.block)) not in agreed
    )
    explained = explained_figures(changed)
    known = {one.figure.row.id for one in explained}
    open_figures = tuple(figure for figure in changed if figure.row.id not in known)
    return DraftMarks(tuple(marks), draft.rows, tuple(in_annexes), open_figures, explained)


def marks_or_obstacle(document: Document) -> tuple[DraftMarks | None, str]:
    """Return what is found in a draft, or a sentence why it cannot be checked."""
    try:
        return marks_in(document), ""
    except DocumentError as error:
        return None, str(error)


def issue_despite(document: Document, shown: int) -> int:
    """Return the number of errors with which a draft is issued: at most as many as the person was shown and accepted.

    Raises FieldProblems if there are more errors, or changed figures without a reason, and DocumentError if all
    blocks of the draft are dropped.
    """
    marks = marks_in(document)
    problems = {}
    if marks.errors > shown:
        problems["errors"] = (
            f"公文检查有{marks.errors}处错误。请先改正；确需照现在的内容印发，请勾选“仍然印发”。"
        )
    if marks.figures:
        problems["figures"] = (
            f"有{len(marks.figures)}段的数字、名称与填报数据不符。请先改正；确需照现在的文字印发，请在该段写明理由，或者送部门确认。"
        )
    raise_field_problems(problems)
    return marks.errors


def fixed_block(document: Document, mark: LintMark) -> Block:
    """Return the corrected block of a mark that can be fixed."""
    draft = current_draft(document)
    better = zip(draft.rows, apply_fix(draft.text, mark.finding).body, strict=True)
    return next(block for row, block in better if row == mark.row)


def safe_fixes_in(document: Document) -> list[BlockFix]:
    """Return the corrected blocks of a draft, with all fixes of which the lint is certain.

    Raises DocumentError if all blocks of the draft are dropped.
    """
    draft = current_draft(document)
    rules: dict[int, set[str]] = defaultdict(set)
    found = lint_findings(draft.text, draft.facts, budget=None)
    better = draft.text
    # From the end, so that the places before it stay valid.
    for finding in sorted(found, key=lambda one: one.place.start, reverse=True):
        row = row_of(finding, draft.rows)
        if row is not None and finding.has_safe_fix:
            better = apply_fix(better, finding)
            rules[row.id].add(finding.rule.id)
    return [
        BlockFix(row, block, tuple(sorted(rules[row.id])))
        for row, old, block in zip(draft.rows, draft.text.body, better.body, strict=True)
        if block != old
    ]


def row_of(finding: LintFinding, rows: Sequence[DocumentBlock]) -> DocumentBlock | None:
    """Return the block that a finding is about; None if it is not about the body."""
    place = finding.place
    return rows[place.block] if place.part is DocumentPart.BODY and place.block is not None else None
