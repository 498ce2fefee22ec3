"""A draft: the text of its blocks within the frame given by its kind and particulars."""

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

KEPT_COMPOSITIONS = 4  # per process: those of the drafts being edited


@dataclass(frozen=True)
class CurrentDraft:
    """The present state of a draft.

    text: the document without dropped blocks and with rewritten words.
    rows: the blocks of its body, in the same order.
    outdated_cells: old words in its annexes that contradict its text.
    facts: the facts that it was composed from.
    annex_cells: the cells of its annexes that can be rewritten.
    """

    text: OfficialDocument
    rows: tuple[DocumentBlock, ...]
    outdated_cells: tuple[OutdatedCell, ...]
    facts: DocumentFacts
    annex_cells: tuple[AnnexCell, ...] = ()


def as_composed(document: Document, facts: DocumentFacts) -> OfficialDocument:
    """Return the document composed from facts, without any edits. Raises DocumentError."""
    return compose_document(document.kind, facts, document.particulars)


@lru_cache(maxsize=KEPT_COMPOSITIONS)
def composed_from(
    kind: DocumentKind, facts: str, particulars: Particulars
) -> tuple[DocumentFacts, OfficialDocument]:
    """Return stored facts (JSON) as values, and the document composed from them.

    Cached, because a draft is read again after each edit. Raises DocumentError.
    """
    read = DocumentFacts.from_json(json.loads(facts))
    return read, compose_document(kind, read, particulars)


def current_draft(document: Document) -> CurrentDraft:
    """Return the present state of a draft. Raises DocumentError if all its blocks are dropped."""
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
    """Return the text of a document: the frozen one, otherwise the present draft. Raises DocumentError."""
    if document.content:
        return document_from_json(document.content)
    return current_draft(document).text


def keyed_text(document: Document) -> OfficialDocument:
    """Return a document's text with the keys of its blocks, which a frozen text does not have. Raises DocumentError."""
    text, rows = text_of_document(document), blocks_of(document)
    keys = [row.key for row in rows if not row.is_dropped]
    if len(keys) != len(text.body):
        return text
    body = (replace(block, key=key) for block, key in zip(text.body, keys, strict=True))
    return replace(text, body=tuple(body))


def content_digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a frozen text, in hexadecimal, from a form that does not depend on how it is stored."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def rows_for(document: Document, body: Iterable[Block]) -> list[DocumentBlock]:
    """Return an unsaved row for each block of a body."""
    return [composed_row(document, block, position) for position, block in enumerate(body, start=1)]


def composed_row(document: Document, block: Block, position: int) -> DocumentBlock:
    """Return an unsaved row for a composed block."""
    plain, key = block_as_json(block), key_of(block)
    columns = {} if key is None else asdict(key)
    return DocumentBlock(document=document, position=position, content=plain, composed=plain, **columns)
