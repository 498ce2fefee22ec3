"""Editing a draft block by block: each operation checks, changes, records, and orders a new preview.

Everything that replaces words needs the version of the block at which they were read. Moving a block does not, so it
never conflicts with somebody who is writing in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import IllegalTransition, StaleVersion, raise_field_problems
from app.base.text import text_problem
from app.composition.particulars import Particulars
from app.composition.rules import SynopsisView
from app.drafting.core.models import Document, DocumentBlock, columns_of
from app.drafting.core.queries import blocks_of, next_state_of
from app.drafting.core.validation import require_valid_change
from app.drafting.editing import wording_requests
from app.drafting.editing.block_words import words_of
from app.drafting.editing.edit_history import keep_edit, next_step, state_of
from app.drafting.editing.sheet_words import filled_sheet
from app.drafting.editing.synopsis_wordings import wording_in_view
from app.drafting.jobs.job_requests import job_of, request_files_again
from reports.frozen_text import block_as_json
from reports.model import Block, Heading, Paragraph, Sheet

HEADING_LENGTH = 120
PARAGRAPH_LENGTH = 30_000
NO_TEXT = "这一段没有文字。请写上文字；不要这一段，请点“删去”。"


@dataclass(frozen=True)
class BlockWording:
    """The new words of a heading or paragraph; `head` is the run-in heading, empty if there is none."""

    text: str
    head: str = ""

    def apply_to(self, block: Block) -> Block:
        """Return a block with these words.

        Raises FieldProblems if they cannot be printed, IllegalTransition if the block is not a text.
        """
        text, head = self.text.strip(), " ".join(self.head.split())
        match block:
            case Heading():
                text = " ".join(text.split())
                refuse_unprintable(text, head, limit=HEADING_LENGTH)
                return replace(block, text=text)
            case Paragraph():
                refuse_unprintable(text, head, limit=PARAGRAPH_LENGTH)
                return replace(
                    block, text=text, head=replace(block.head, text=head) if block.head and head else None
                )
            case Sheet():
                return filled_sheet(block, text)
            case _:
                raise IllegalTransition("表格和图由填报数据生成，不能改写；不需要可以删去。")


def refuse_unprintable(text: str, head: str, *, limit: int) -> None:
    """Raise FieldProblems if a text of at most `limit` characters, or its run-in heading, cannot be printed."""
    raise_field_problems(
        {
            "text": text_problem(text, "文字", limit, when_empty=NO_TEXT),
            "head": text_problem(head, "段首小标题", HEADING_LENGTH),
        }
    )


@transaction
def rewrite_block(row: DocumentBlock, wording: BlockWording, *, by: Actor, version: int) -> None:
    """Rewrite a heading or a paragraph; this restores a dropped one.

    Raises NotAllowed, IllegalTransition, FieldProblems, and StaleVersion with the present row.
    """
    document = begin_editing(row.document, by=by)
    block = wording.apply_to(row.block)
    if block == row.block and not row.is_dropped:
        return
    replace_block(document, EventKind.REWRITE_BLOCK, row, block, by=by, version=version)


@transaction
def fix_block(row: DocumentBlock, block: Block, rule: str, *, by: Actor, version: int) -> None:
    """Replace a block that violates a lint rule.

    Raises NotAllowed, IllegalTransition, StaleVersion.
    """
    document = begin_editing(row.document, by=by)
    replace_block(document, EventKind.CORRECT_BLOCK, row, block, by=by, version=version, rule=rule)


@dataclass(frozen=True)
class BlockFix:
    """A block as it was read, its replacement, and the lint rules that require it."""

    row: DocumentBlock
    block: Block
    rules: tuple[str, ...]


@transaction
def fix_all_blocks(document: Document, fixes: Sequence[BlockFix], *, by: Actor) -> None:
    """Fix several blocks, all or none; one step for undo.

    Raises NotAllowed, IllegalTransition, StaleVersion.
    """
    current = begin_editing(document, by=by)
    step = next_step(current.id)
    for one in fixes:
        rules, version = "、".join(one.rules), one.row.version
        replace_block(
            current,
            EventKind.CORRECT_BLOCK,
            one.row,
            one.block,
            by=by,
            version=version,
            step=step,
            rule=rules,
        )


@transaction
def renew_block(row: DocumentBlock, block: Block, *, by: Actor, version: int) -> None:
    """Replace a block by what the filings produce now; from then on it counts as assembled like this.

    Raises NotAllowed, IllegalTransition, StaleVersion.
    """
    document = begin_editing(row.document, by=by)
    row.composed, row.overtaken_by = block_as_json(block), None
    replace_block(document, EventKind.RENEW_BLOCK, row, block, by=by, version=version)


@transaction
def choose_wording(row: DocumentBlock, view: SynopsisView, *, by: Actor, version: int) -> None:
    """Switch a block of the synopsis to another wording; from then on it counts as assembled like this.

    Raises NotAllowed, StaleVersion, and IllegalTransition (also if there is no such wording).
    """
    document = begin_editing(row.document, by=by)
    block = wording_in_view(document, row, view)
    row.composed, row.overtaken_by = block_as_json(block), None
    replace_block(document, EventKind.CHOOSE_WORDING, row, block, by=by, version=version, view=view.value)


@transaction
def keep_block_words(row: DocumentBlock, *, by: Actor, version: int) -> None:
    """Keep edited words; what the filings produce now counts as assembled from then on.

    A block that the filings no longer produce counts as written by hand.

    Raises NotAllowed, StaleVersion, and IllegalTransition (also if there is nothing to decide about the block).
    """
    document = begin_editing(row.document, by=by)
    if row.overtaken_by is None:
        raise IllegalTransition("这一段已经核对过，不用再保留。请刷新页面后核对。")
    row.composed, row.overtaken_by = row.overtaken_by or None, None
    store_block(row, by=by, version=version)
    finish_editing(document, EventKind.KEEP_BLOCK, by=by, row=row, before=words_of(row.block))


@transaction
def drop_block(row: DocumentBlock, *, by: Actor, version: int) -> None:
    """Leave a block out of the document; it can be restored. Raises NotAllowed, IllegalTransition, StaleVersion."""
    document = begin_editing(row.document, by=by)
    row.is_dropped = True
    store_block(row, by=by, version=version)
    finish_editing(document, EventKind.DROP_BLOCK, by=by, row=row, before=words_of(row.block))


@transaction
def restore_block(row: DocumentBlock, *, by: Actor, version: int) -> None:
    """Restore a dropped block, or the assembled words of a rewritten one.

    Raises NotAllowed, IllegalTransition, StaleVersion.
    """
    document = begin_editing(row.document, by=by)
    before = words_of(row.block)
    if row.is_dropped:
        row.is_dropped = False
    elif row.composed is not None:
        row.content = row.composed
    store_block(row, by=by, version=version)
    finish_editing(
        document, EventKind.RESTORE_BLOCK, by=by, row=row, before=before, after=words_of(row.block)
    )


@transaction
def move_block(row: DocumentBlock, places: int, *, by: Actor) -> None:
    """Move a block up (negative) or down by some places, not counting dropped blocks.

    Raises NotAllowed, and IllegalTransition if it is already the first or last.
    """
    document = begin_editing(row.document, by=by)
    order = blocks_of(document)
    shown = [one.id for one in order if not one.is_dropped or one.id == row.id]
    target = min(max(shown.index(row.id) + places, 0), len(shown) - 1)
    neighbour = shown[target]
    if neighbour == row.id:
        raise IllegalTransition("已经在最前面或最后面，不能再移动。")
    moved = next(one for one in order if one.id == row.id)  # its present place, not the one that was read
    others = [one for one in order if one is not moved]
    place = [one.id for one in others].index(neighbour)
    others.insert(place if places < 0 else place + 1, moved)
    renumber_blocks(others)
    finish_editing(document, EventKind.MOVE_BLOCK, by=by, row=row, before=words_of(row.block))


@transaction
def insert_block(after: DocumentBlock, block: Heading | Paragraph, *, by: Actor) -> DocumentBlock:
    """Insert a new heading or paragraph after a block; return its row.

    Raises NotAllowed, IllegalTransition, FieldProblems.
    """
    document = begin_editing(after.document, by=by)
    block_kept = BlockWording(block.text).apply_to(block)
    row = DocumentBlock.create(
        document=document,
        position=after.position,
        content=block_as_json(block_kept),
        updated_by=by.person,
    )
    keep_edit(row, state_of(row) | {"is_dropped": True}, next_step(document.id))
    order = [one for one in blocks_of(document) if one.id != row.id]
    place = [one.id for one in order].index(after.id) + 1
    renumber_blocks([*order[:place], row, *order[place:]])
    finish_editing(document, EventKind.INSERT_BLOCK, by=by, row=row, after=block.text)
    return row


@transaction
def discard_draft(document: Document, *, by: Actor, version: int) -> None:
    """Discard a draft for good; it stays on record. Raises NotAllowed, IllegalTransition, StaleVersion."""
    require(by, Action.DISCARD_DOCUMENT)
    document.state = next_state_of(Document.get_by_id(document.id), Action.DISCARD_DOCUMENT)
    document.save_as_next(read_at=version)
    for row in blocks_of(document):
        wording_requests.withdraw_requests(wording_requests.pending_requests(row), by=by)
    record_event(Action.DISCARD_DOCUMENT, document, by=by, summary=document.title)


@transaction
def change_description(
    document: Document, title: str, particulars: Particulars, *, by: Actor, read: str
) -> None:
    """Change a draft's title and particulars if they still have the digest `read`.

    The deadlines stay as they were when the draft was assembled, because its text names them.

    Raises NotAllowed, IllegalTransition, FieldProblems, and StaleVersion with the present document.
    """
    title = "".join(title.split())
    raise_field_problems({"title": text_problem(title, "标题", HEADING_LENGTH, when_empty="请写明标题。")})
    current = begin_editing(document, by=by)
    if current.frame_digest != read:
        raise StaleVersion(current)
    particulars = replace(particulars, deadlines=current.particulars.deadlines)
    require_valid_change(current, particulars)
    before = current.title
    for name, value in {"title": title, **columns_of(particulars)}.items():
        setattr(current, name, value)
    current.save_as_next(read_at=current.version)
    request_files_again(job_of(current), by=by)
    detail = {"before": before, "after": title}
    record_event(Action.EDIT_DOCUMENT, current, by=by, summary=title, detail=detail)


def begin_editing(document: Document, *, by: Actor) -> Document:
    """Return the present document, now in the state of editing. Raises NotAllowed, IllegalTransition."""
    require(by, Action.EDIT_DOCUMENT)
    current: Document = Document.get_by_id(document.id)
    current.state = next_state_of(current, Action.EDIT_DOCUMENT)
    return current


def replace_block(
    document: Document,
    action: Action | EventKind,
    row: DocumentBlock,
    block: Block,
    *,
    by: Actor,
    version: int,
    step: int | None = None,
    **detail: str,
) -> None:
    """Replace a block; this restores a dropped one."""
    before = row.block
    row.content, row.is_dropped = block_as_json(block), False
    store_block(row, by=by, version=version, step=step)
    words = {"before": words_of(before), "after": words_of(block)}
    finish_editing(document, action, by=by, row=row, **words, **detail)


def store_block(row: DocumentBlock, *, by: Actor, version: int, step: int | None = None) -> None:
    """Write a block as `write_block` does, and store its state before for undo.

    step: the common step, if several blocks are written at once.
    """
    before = state_of(DocumentBlock.get_by_id(row.id))
    write_block(row, by=by, version=version)
    keep_edit(row, before, step or next_step(row.document_id))


def write_block(row: DocumentBlock, *, by: Actor, version: int) -> None:
    """Write a block unless somebody else changed it, and withdraw requests about its former words.

    An objection stays until the department answers again or the office goes on without its consent.

    Raises StaleVersion with the present block.
    """
    row.updated_at, row.updated_by = now(), by.person
    row.save_as_next(read_at=version)
    wording_requests.withdraw_requests(wording_requests.overtaken_requests(row), by=by)


def renumber_blocks(rows: list[DocumentBlock]) -> None:
    """Store the order of a document's blocks; only changed places are written."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            DocumentBlock.update(position=position).where(DocumentBlock.id == row.id).execute()
            row.position = position


def finish_editing(
    document: Document, action: Action | EventKind, *, by: Actor, row: DocumentBlock, **words: str
) -> None:
    """Save the document's next version, order a new preview, and record what was done."""
    print_again(document, by=by)
    record_block_edit(document, action, by=by, row=row, **words)


def print_again(document: Document, *, by: Actor) -> None:
    """Save the document's next version and order a new preview."""
    document.save_as_next(read_at=document.version)
    request_files_again(job_of(document), by=by)


def record_block_edit(
    document: Document, action: Action | EventKind, *, by: Actor, row: DocumentBlock, **words: str
) -> None:
    """Record what was done with a block."""
    record_event(action, document, by=by, summary=document.title, detail={"block": row.id, **words})
