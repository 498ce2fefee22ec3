"""The words of a draft's blocks, and the full words of the filing behind a block."""

from __future__ import annotations

from collections.abc import Mapping

from app.composition.facts import DocumentFacts
from app.composition.phrases import own_words, says_nothing
from app.drafting.core.lint_findings import reports_of
from app.drafting.core.models import DocumentBlock
from app.drafting.editing.sheet_words import sheet_words
from reports.model import Block, Chart, Heading, Paragraph, Sheet, Table


def words_of(block: Block) -> str:
    """Return the words of a heading, paragraph or sheet; the caption of a table or chart."""
    match block:
        case Heading() | Paragraph():
            return block.text
        case Sheet():
            return sheet_words(block)
        case _:
            return getattr(block, "caption", "")


def full_words(block: Block) -> str:
    """Return the words of a block; for a paragraph, with its run-in heading."""
    head = block.head.text if isinstance(block, Paragraph) and block.head else ""
    return head + words_of(block)


def all_words(block: Block | None) -> str:
    """Return the words of a block; for a table or chart, caption and figures; empty without a block."""
    match block:
        case None:
            return ""
        case Table():
            return "\n".join([block.caption, *("　".join(row) for row in block.rows)])
        case Chart():
            counts = (f"{row.label}　{'　'.join(map(str, row.counts))}" for row in block.rows)
            return "\n".join([block.caption, *counts])
        case _:
            return full_words(block)


def words_behind(row: DocumentBlock) -> Mapping[str, str]:
    """Return the words of a block's filing as a document prints them, by their label.

    These are the words that the draft was made from, not later changes. Empty if the block is not made from a filing;
    fields that the department left empty are left out.
    """
    facts = row.document.facts
    if not (row.filing_id and facts):
        return {}
    report = next(
        (one for one in reports_of(DocumentFacts.from_json(facts)) if one.filing == row.filing_id), None
    )
    if report is None:
        return {}
    texts = report.labelled_texts.items()
    return {label: own_words(text) for label, text in texts if not says_nothing(text)}
