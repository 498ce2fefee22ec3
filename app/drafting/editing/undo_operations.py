"""Undo and redo of the last edit of a draft: all blocks of its step together."""

from __future__ import annotations

from app.audit.event_kinds import EventKind
from app.authority.actor import Actor
from app.base.database import transaction
from app.base.errors import StaleVersion
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing.block_words import full_words
from app.drafting.editing.edit_history import edits_of_step, history_of, state_of
from app.drafting.editing.models import DraftEdit
from app.drafting.editing.operations import begin_editing, print_again, record_block_edit, write_block


@transaction
def undo_edit(document: Document, *, by: Actor, step: int) -> list[DocumentBlock]:
    """Undo the last edit of a draft, which was shown as `step`; return the changed blocks.

    Raises NotAllowed, IllegalTransition, and StaleVersion if anything was edited since.
    """
    return exchange_step(document, step, by=by, is_undone=True)


@transaction
def redo_edit(document: Document, *, by: Actor, step: int) -> list[DocumentBlock]:
    """Redo the edit that was undone last, which was shown as `step`; return the changed blocks.

    Raises NotAllowed, IllegalTransition, and StaleVersion if anything was edited since.
    """
    return exchange_step(document, step, by=by, is_undone=False)


def exchange_step(document: Document, step: int, *, by: Actor, is_undone: bool) -> list[DocumentBlock]:
    """Set all blocks of a step to their state before or after it, and order a new preview; return the blocks."""
    current = begin_editing(document, by=by)
    history = history_of(current)
    if not step or step != (history.undo if is_undone else history.redo):
        raise StaleVersion(current)
    edits = edits_of_step(current, step)
    for edit in edits:
        exchange_state(current, edit, by=by, is_undone=is_undone)
    DraftEdit.update(is_undone=is_undone).where(DraftEdit.id.in_([edit.id for edit in edits])).execute()
    print_again(current, by=by)
    return [edit.block for edit in edits]


def exchange_state(document: Document, edit: DraftEdit, *, by: Actor, is_undone: bool) -> None:
    """Set a block from the state after its edit to the one before it, or the reverse. Raises StaleVersion."""
    row = edit.block
    action, expected, wanted = (
        (EventKind.UNDO_EDIT, edit.after, edit.before)
        if is_undone
        else (EventKind.REDO_EDIT, edit.before, edit.after)
    )
    if state_of(row) != expected:
        raise StaleVersion(row)
    before = full_words(row.block)
    for name, value in wanted.items():
        setattr(row, name, value)
    write_block(row, by=by, version=row.version)
    record_block_edit(document, action, by=by, row=row, before=before, after=full_words(row.block))
