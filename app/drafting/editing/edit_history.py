"""The history of a draft's edits for undo and redo: each block of a step before and after it.

Moving a block is not a step, because the opposite move undoes it. Renewing a draft deletes its history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import ModelSelect, fn

from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing.models import BlockState, DraftEdit

STEPS_KEPT = 50


@dataclass(frozen=True)
class EditHistory:
    """The steps that can be undone and redone next; 0 if there is none."""

    undo: int = 0
    redo: int = 0


def history_of(document: Document) -> EditHistory:
    columns = DraftEdit.is_undone, fn.MAX(DraftEdit.step).alias("last"), fn.MIN(DraftEdit.step).alias("first")
    rows: Any = DraftEdit.select(*columns).where(in_document(document.id)).group_by(DraftEdit.is_undone)
    steps = {row.is_undone: row for row in rows.namedtuples()}
    return EditHistory(
        undo=steps[False].last if False in steps else 0,
        redo=steps[True].first if True in steps else 0,
    )


def edits_of_step(document: Document, step: int) -> list[DraftEdit]:
    """Return the edits of a step in the order of the blocks."""
    query = DraftEdit.select(DraftEdit, DocumentBlock).join(DocumentBlock)
    return list(
        query.where((DocumentBlock.document == document) & (DraftEdit.step == step)).order_by(
            DocumentBlock.position, DocumentBlock.id
        )
    )


def next_step(document_id: int) -> int:
    """Return the number of the next step; undone steps can no longer be redone after that."""
    DraftEdit.delete().where(in_document(document_id) & DraftEdit.is_undone).execute()
    last = DraftEdit.select(fn.MAX(DraftEdit.step)).where(in_document(document_id)).scalar()
    return (last or 0) + 1


def keep_edit(row: DocumentBlock, before: BlockState, step: int) -> None:
    """Store the state of a block before and after a step; steps older than STEPS_KEPT are deleted."""
    DraftEdit.create(block=row, step=step, before=before, after=state_of(row))
    DraftEdit.delete().where(in_document(row.document_id) & (DraftEdit.step <= step - STEPS_KEPT)).execute()


def forget_edits(document: Document) -> None:
    """Delete all steps, because the blocks are now made from other filings."""
    DraftEdit.delete().where(in_document(document.id)).execute()


def state_of(row: DocumentBlock) -> BlockState:
    """Return the state of a block that an edit can change, without its place."""
    return {
        "content": row.content,
        "composed": row.composed,
        "overtaken_by": row.overtaken_by,
        "is_dropped": row.is_dropped,
    }


def in_document(document_id: int) -> object:
    """Return the condition that an edit belongs to a document."""
    return DraftEdit.block.in_(blocks_in(document_id))


def blocks_in(document_id: int) -> ModelSelect[DocumentBlock]:
    return DocumentBlock.select(DocumentBlock.id).where(DocumentBlock.document == document_id)
