"""A draft: the text of its blocks in the frame that its kind and its particulars make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from app.composition.block_keys import BlockRole, key_of
from app.composition.facts import DocumentFacts
from app.composition.kinds import compose_document
from app.composition.particulars import Particulars
from app.composition.rules import DocumentKind
from app.drafting.core.annex_cells import AnnexCell, cells_in, write_cells
from app.drafting.core.annex_rewordings import OutdatedCell, outdated_cells, reword_annexes
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.core.queries import blocks_of, rows_of
from reports.frozen_text import block_as_json, document_from_json
from reports.model import Block, DocumentError, OfficialDocument

KEPT_COMPOSITIONS = 4  # of a process: those of the drafts that are being edited


@dataclass(frozen=True)
class CurrentDraft:
    """A draft as it stands.

    text: what it says, with what was dropped left out and what was rewritten in its new words.
    rows: the blocks of its body, in the same order.
    outdated_cells: what its annexes still say that its text says otherwise.
    facts: those of which it was composed.
    annex_cells: those of its annexes that can be written in.
    """

    text: OfficialDocument
    rows: tuple[DocumentBlock, ...]
    outdated_cells: tuple[OutdatedCell, ...]
    facts: DocumentFacts
    annex_cells: tuple[AnnexCell, ...] = ()


def as_composed(document: Document, facts: DocumentFacts) -> OfficialDocument:
    """Return a document as its facts make it, before anybody edited it. Raises DocumentError."""
    return compose_document(document.kind, facts, document.particulars)


@lru_cache(maxsize=KEPT_COMPOSITIONS)
def composed_from(
    kind: DocumentKind, facts: str, particulars: Particulars
) -> tuple[DocumentFacts, OfficialDocument]:
    """Return facts as they are stored, in JSON, and the document that they make: a draft is read again after each edit.

    Raises DocumentError.
    """
    read = DocumentFacts.from_json(json.loads(facts))
    return read, compose_document(kind, read, particulars)


def current_draft(document: Document) -> CurrentDraft:
    """Return a draft as it stands. Raises DocumentError where nothing of its text is left."""
    facts, composed = composed_from(document.kind, json.dumps(document.facts), document.particulars)
    rows = rows_of(document)
    body = [row for row in rows if row.role is not BlockRole.ANNEX_CELL]
    printed = tuple(row for row in body if not row.is_dropped)
    if not printed:
        raise DocumentError("正文的段落都已删去。请恢复其中一段，或者新写一段。")
    reworded = reword_annexes(composed.annexes, body, facts)
    cells = cells_in(reworded, rows, facts)
    annexes = write_cells(reworded, cells)
    text = replace(composed, body=tuple(row.block for row in printed), annexes=annexes)
    if document.title != composed.title.replace("\n", ""):
        text = replace(text, title=document.title)
    return CurrentDraft(text, printed, outdated_cells(annexes, body, facts), facts, cells)


def text_of_document(document: Document) -> OfficialDocument:
    """Return a document that has its text: what was frozen, or the draft as it stands. Raises DocumentError."""
    if document.content:
        return document_from_json(document.content)
    return current_draft(document).text


def keyed_text(document: Document) -> OfficialDocument:
    """Return a document's text with the keys of its blocks, which no frozen text has. Raises DocumentError."""
    text, rows = text_of_document(document), blocks_of(document)
    keys = [row.key for row in rows if not row.is_dropped]
    if len(keys) != len(text.body):
        return text
    body = (replace(block, key=key) for block, key in zip(text.body, keys, strict=True))
    return replace(text, body=tuple(body))


def content_digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal, of a frozen text in a form that does not depend on how it is stored."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def rows_for(document: Document, body: Iterable[Block]) -> list[DocumentBlock]:
    """Return a row for each block of a body, not stored yet."""
    return [composed_row(document, block, position) for position, block in enumerate(body, start=1)]


def composed_row(document: Document, block: Block, position: int) -> DocumentBlock:
    """Return a row for a composed block, not stored yet."""
    plain, key = block_as_json(block), key_of(block)
    columns = {} if key is None else asdict(key)
    return DocumentBlock(document=document, position=position, content=plain, composed=plain, **columns)
