"""A draft: the text of its blocks in the frame that its kind and its particulars make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.documents.composition import compose
from app.documents.composition.slots import slots_of
from app.documents.editing.annexes import Remnant, agreement
from app.documents.facts import Facts
from app.documents.models import Document, DocumentBlock
from app.documents.queries import blocks_of
from reports.frozen import block_as_json, document_from_json
from reports.model import Block, DocumentError, OfficialDocument, Paragraph


def as_composed(document: Document, facts: Facts) -> OfficialDocument:
    """Return a document as its facts make it, before anybody edited it. Raises DocumentError."""
    return compose(document.kind, facts, document.particulars)


def as_edited(document: Document, blocks: Iterable[DocumentBlock]) -> OfficialDocument:
    """Return a document as it stands: what was dropped left out, what was rewritten in its new words.

    Raises DocumentError where nothing is left.
    """
    facts = Facts.from_json(document.facts)
    composed = as_composed(document, facts)
    rows = list(blocks)
    body = tuple(row.block for row in rows if not row.is_dropped)
    if not body:
        raise DocumentError("正文的段落都已删去。请恢复其中一段，或者新写一段。")
    is_renamed = document.title != composed.title.replace("\n", "")
    return replace(
        composed,
        body=body,
        title=document.title if is_renamed else composed.title,
        annexes=agreement(composed.annexes, rows, facts).annexes,
    )


def remnants_in(document: Document, blocks: Iterable[DocumentBlock]) -> tuple[Remnant, ...]:
    """Return what a draft's annexes still say that its text says otherwise. Raises DocumentError."""
    facts = Facts.from_json(document.facts)
    return agreement(as_composed(document, facts).annexes, blocks, facts).remnants


def whole(document: Document) -> OfficialDocument:
    """Return a document that has its text: what was frozen, or the draft as it stands. Raises DocumentError."""
    if document.content:
        return document_from_json(document.content)
    return as_edited(document, blocks_of(document))


def fingerprint(content: Mapping[str, Any]) -> str:
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
