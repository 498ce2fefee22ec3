"""A draft: the text of its blocks in the frame that its kind and its particulars make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.composition.facts import DocumentFacts
from app.composition.kinds import compose_document
from app.composition.slots import slots_of
from app.drafting.core.annexes import OutdatedCell, agree_annexes
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.core.queries import blocks_of
from reports.frozen import block_as_json, document_from_json
from reports.model import Block, DocumentError, OfficialDocument, Paragraph


@dataclass(frozen=True)
class CurrentDraft:
    """A draft as it stands.

    text: what it says, with what was dropped left out and what was rewritten in its new words.
    rows: the blocks of its body, in the same order.
    outdated_cells: what its annexes still say that its text says otherwise.
    facts: those of which it was composed.
    """

    text: OfficialDocument
    rows: tuple[DocumentBlock, ...]
    outdated_cells: tuple[OutdatedCell, ...]
    facts: DocumentFacts


def as_composed(document: Document, facts: DocumentFacts) -> OfficialDocument:
    """Return a document as its facts make it, before anybody edited it. Raises DocumentError."""
    return compose_document(document.kind, facts, document.particulars)


def current_draft(document: Document) -> CurrentDraft:
    """Return a draft as it stands. Raises DocumentError where nothing of its text is left."""
    facts, rows = DocumentFacts.from_json(document.facts), blocks_of(document)
    composed = as_composed(document, facts)
    printed = tuple(row for row in rows if not row.is_dropped)
    if not printed:
        raise DocumentError("正文的段落都已删去。请恢复其中一段，或者新写一段。")
    agreed = agree_annexes(composed.annexes, rows, facts)
    text = replace(composed, body=tuple(row.block for row in printed), annexes=agreed.annexes)
    if document.title != composed.title.replace("\n", ""):
        text = replace(text, title=document.title)
    return CurrentDraft(text, printed, agreed.outdated_cells, facts)


def text_of_document(document: Document) -> OfficialDocument:
    """Return a document that has its text: what was frozen, or the draft as it stands. Raises DocumentError."""
    if document.content:
        return document_from_json(document.content)
    return current_draft(document).text


def content_digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal, of a frozen text in a form that does not depend on how it is stored."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def rows_for(document: Document, body: Iterable[Block]) -> list[DocumentBlock]:
    """Return a row for each block of a body, not stored yet."""
    blocks = list(body)
    return [
        DocumentBlock(
            document=document,
            position=position,
            content=block_as_json(block),
            composed=block_as_json(block),
            source=block.source if isinstance(block, Paragraph) else "",
            slot=slot,
        )
        for position, (block, slot) in enumerate(zip(blocks, slots_of(blocks), strict=True), start=1)
    ]
