"""Taking back the last edit of a draft, and doing it again: all blocks of the step at once."""

from __future__ import annotations

from app.authority.actor import Actor
from app.base.database import transaction
from app.base.errors import StaleVersion
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing.block_words import full_words
from app.drafting.editing.edit_history import edits_of_step, history_of, state_of
from app.drafting.editing.models import BlockState, DraftEdit
from app.drafting.editing.operations import begin_editing, print_again, record_block_edit, write_block


@transaction
def undo_edit(document: Document, *, by: Actor, step: int) -> DocumentBlock:
    """Take back the last edit of a draft, which was shown as `step`; return the first block that it changes.

    Raises NotAllowed, IllegalTransition, and StaleVersion where something was edited since.
    """
    current = begin_editing(document, by=by)
    if not step or history_of(current).undo != step:
        raise StaleVersion(current)
    edits = edits_of_step(current, step)
    for edit in edits:
        exchange_state(current, "undo_edit", edit, edit.after, edit.before, by=by)
    return end_exchange(current, edits, by=by, is_undone=True)


@transaction
def redo_edit(document: Document, *, by: Actor, step: int) -> DocumentBlock:
    """Do again the edit that was taken back last, shown as `step`; return the first block that it changes.

    Raises NotAllowed, IllegalTransition, and StaleVersion where something was edited since.
    """
    current = begin_editing(document, by=by)
    if not step or history_of(current).redo != step:
        raise StaleVersion(current)
    edits = edits_of_step(current, step)
    for edit in edits:
        exchange_state(current, "redo_edit", edit, edit.before, edit.after, by=by)
    return end_exchange(current, edits, by=by, is_undone=False)


def exchange_state(
    document: Document, action: str, edit: DraftEdit, expected: BlockState, wanted: BlockState, *, by: Actor
) -> None:
    """Give a block another state in place of the one that it is expected to be in. Raises StaleVersion."""
    row = edit.block
    if state_of(row) != expected:
        raise StaleVersion(row)
    before = full_words(row.block)
    for name, value in wanted.items():
        setattr(row, name, value)
    write_block(row, by=by, version=row.version)
    record_block_edit(document, action, by=by, row=row, before=before, after=full_words(row.block))


def end_exchange(document: Document, edits: list[DraftEdit], *, by: Actor, is_undone: bool) -> DocumentBlock:
    """Mark a step as taken back or done again and have the preview printed; return its first block."""
    DraftEdit.update(is_undone=is_undone).where(DraftEdit.id.in_([edit.id for edit in edits])).execute()
    print_again(document, by=by)
    first: DocumentBlock = edits[0].block
    return first
