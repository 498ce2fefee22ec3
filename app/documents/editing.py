"""Editing a draft block by block: each deed checks, changes, records and has the preview printed again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.access.policy import Action, require
from app.access.user import User
from app.audit.operations import record
from app.clock import now
from app.db import transaction
from app.documents import wordings
from app.documents.models import Document, DocumentBlock
from app.documents.operations import columns_of, job_of, request_again
from app.documents.particulars import Particulars
from app.documents.queries import blocks_of
from app.documents.rules import next_state
from app.errors import FieldProblems, IllegalTransition
from reports.frozen import block_as_json
from reports.model import Block, Heading, Paragraph

TITLE_LENGTH = 120
TEXT_LENGTH = 30_000


@dataclass(frozen=True)
class Wording:
    """What a heading or a paragraph is to say; `head` is the paragraph's run-in head, where it has one."""

    text: str
    head: str = ""

    def problems(self) -> dict[str, str]:
        """Return, by field, what keeps it from being printed."""
        found = {}
        if not self.text.strip():
            found["text"] = "这一段没有文字。请写上文字；不要这一段，请点“删去”。"
        elif len(self.text) > TEXT_LENGTH:
            found["text"] = f"这一段有{len(self.text)}字，请控制在{TEXT_LENGTH}字以内。"
        if len(self.head) > TITLE_LENGTH:
            found["head"] = f"小标题请控制在{TITLE_LENGTH}字以内。"
        return found


@transaction
def rewrite(row: DocumentBlock, wording: Wording, *, by: User, version: int) -> None:
    """Have a heading or a paragraph say something else.

    Raises NotAllowed, IllegalTransition, StaleVersion with the row as it stands, and FieldProblems.
    """
    begin(row.document, by=by)
    if problems := wording.problems():
        raise FieldProblems(problems)
    before = row.block
    row.content = block_as_json(reworded(before, wording))
    put(row, by=by, version=version)
    wordings.withdraw(row, by=by)
    finish(row.document, "rewrite_block", by=by, row=row, before=words_of(before), after=wording.text)


def reworded(block: Block, wording: Wording) -> Block:
    """Return a block with its new words. Raises IllegalTransition for what is no text."""
    match block:
        case Heading():
            return replace(block, text=wording.text.strip())
        case Paragraph(head=Heading() as head) if wording.head.strip():
            return replace(block, text=wording.text.strip(), head=replace(head, text=wording.head.strip()))
        case Paragraph():
            return replace(block, text=wording.text.strip(), head=None)
        case _:
            raise IllegalTransition("表格和图由填报数据生成，不能改写；不需要可以删去。")


def words_of(block: Block) -> str:
    """Return what a heading or a paragraph says; what a table or a chart is called."""
    match block:
        case Heading() | Paragraph():
            return block.text
        case _:
            return getattr(block, "caption", "")


@transaction
def drop(row: DocumentBlock, *, by: User, version: int) -> None:
    """Leave a block out of the document; it can be restored. Raises NotAllowed, IllegalTransition, StaleVersion."""
    begin(row.document, by=by)
    row.is_dropped = True
    put(row, by=by, version=version)
    wordings.withdraw(row, by=by)
    finish(row.document, "drop_block", by=by, row=row, before=words_of(row.block))


@transaction
def restore(row: DocumentBlock, *, by: User, version: int) -> None:
    """Take a dropped block in again, or give a rewritten one the words with which it was assembled.

    Raises NotAllowed, IllegalTransition, StaleVersion.
    """
    begin(row.document, by=by)
    before = words_of(row.block)
    if row.is_dropped:
        row.is_dropped = False
    elif row.composed is not None:
        row.content = row.composed
    put(row, by=by, version=version)
    wordings.withdraw(row, by=by)
    finish(row.document, "restore_block", by=by, row=row, before=before, after=words_of(row.block))


@transaction
def move(row: DocumentBlock, places: int, *, by: User, version: int) -> None:
    """Move a block up (negative) or down by so many places among those that are not dropped.

    Raises NotAllowed, IllegalTransition, StaleVersion.
    """
    begin(row.document, by=by)
    order = blocks_of(row.document)
    others = [one for one in order if one.id != row.id]
    shown = [one for one in order if not one.is_dropped or one.id == row.id]
    place = next(place for place, one in enumerate(shown) if one.id == row.id)
    target = min(max(place + places, 0), len(shown) - 1)
    if target == place:
        raise IllegalTransition("已经在最前面或最后面，不能再移动。")
    neighbour = shown[target].id
    at = next(place for place, one in enumerate(others) if one.id == neighbour)
    others.insert(at if places < 0 else at + 1, row)
    row.updated_at = now()
    put(row, by=by, version=version)
    renumber(others)
    finish(row.document, "move_block", by=by, row=row, before=words_of(row.block))


@transaction
def insert(after: DocumentBlock, block: Heading | Paragraph, *, by: User) -> DocumentBlock:
    """Write a new heading or paragraph after a block; return it.

    Raises NotAllowed, IllegalTransition, FieldProblems.
    """
    document = after.document
    begin(document, by=by)
    if problems := Wording(block.text).problems():
        raise FieldProblems(problems)
    order = blocks_of(document)
    row = DocumentBlock.create(
        document=document,
        position=after.position,
        content=block_as_json(block),
        updated_by=by.person,
    )
    place = next(place for place, one in enumerate(order) if one.id == after.id)
    renumber([*order[: place + 1], row, *order[place + 1 :]])
    finish(document, "insert_block", by=by, row=row, after=block.text)
    return row


@transaction
def describe(document: Document, title: str, particulars: Particulars, *, by: User, version: int) -> None:
    """Change a draft's title and what stands around its text.

    Raises NotAllowed, IllegalTransition, StaleVersion, FieldProblems.
    """
    require(by, Action.EDIT_DOCUMENT)
    title = "".join(title.split())
    if not title or len(title) > TITLE_LENGTH:
        raise FieldProblems({"title": f"标题请写 1 至 {TITLE_LENGTH} 个字。"})
    before = document.title
    document.state = next_state(Action.EDIT_DOCUMENT, document.state)
    document.title = title
    for name, value in columns_of(particulars).items():
        setattr(document, name, value)
    document.save_as_next(read_at=version)
    request_again(job_of(document), by=by)
    detail = {"before": before, "after": title}
    record(Action.EDIT_DOCUMENT, document, by=by.actor, summary=title, detail=detail)


def begin(document: Document, *, by: User) -> None:
    """See whether the document may be edited now. Raises NotAllowed, IllegalTransition."""
    require(by, Action.EDIT_DOCUMENT)
    next_state(Action.EDIT_DOCUMENT, Document.get_by_id(document.id).state)


def put(row: DocumentBlock, *, by: User, version: int) -> None:
    """Write a block if nobody was faster. Raises StaleVersion with the block as it stands."""
    row.updated_at, row.updated_by = now(), by.person
    row.save_as_next(read_at=version)


def renumber(rows: list[DocumentBlock]) -> None:
    """Write the order of a document's blocks; those whose place is the same are left alone."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            DocumentBlock.update(position=position).where(DocumentBlock.id == row.id).execute()
            row.position = position


def finish(document: Document, action: str, *, by: User, row: DocumentBlock, **words: str) -> None:
    """Count the document up, have its preview printed again, and write down what was done."""
    state = next_state(Action.EDIT_DOCUMENT, Document.get_by_id(document.id).state)
    changes = {"state": state, "version": Document.version + 1}
    Document.update(changes).where(Document.id == document.id).execute()
    request_again(job_of(document), by=by)
    record(action, document, by=by.actor, summary=document.title, detail={"block": row.id, **words})
