"""What was reworded in the text is reworded in the tables behind it that repeat it: a document says one thing once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.documents.models import DocumentBlock
from reports.frozen import block_from_json
from reports.model import Annex, Block, Paragraph, Table


def in_agreement(annexes: Iterable[Annex], rows: Iterable[DocumentBlock]) -> tuple[Annex, ...]:
    """Return annexes with the words that the blocks of the text have now; what was left out stays in them."""
    new = rewordings(rows)
    return tuple(
        replace(annex, blocks=tuple(reworded(block, new) for block in annex.blocks)) for annex in annexes
    )


def rewordings(rows: Iterable[DocumentBlock]) -> dict[str, str]:
    """Return, by a department's words as they were assembled, what was made of them.

    Words that several departments wrote alike are left out where not all of them were changed alike.
    """
    found: dict[str, set[str]] = {}
    for row in rows:
        before, block = block_from_json(row.composed) if row.composed else None, row.block
        if row.source and isinstance(before, Paragraph) and isinstance(block, Paragraph):
            found.setdefault(before.text, set()).add(before.text if row.is_dropped else block.text)
    agreed = {before: next(iter(after)) for before, after in found.items() if len(after) == 1}
    return {before: after for before, after in agreed.items() if before != after}


def reworded(block: Block, new: Mapping[str, str]) -> Block:
    """Return a block with those cells exchanged that repeat what was reworded."""
    if not isinstance(block, Table) or not new:
        return block
    return replace(block, rows=tuple(tuple(exchanged(cell, new) for cell in row) for row in block.rows))


def exchanged(cell: str, new: Mapping[str, str]) -> str:
    """Return a cell with new words for what was reworded, be it the whole cell or one quarter's lines of it."""
    if cell in new:
        return new[cell]
    lines = f"\n{cell}\n"
    for before, after in new.items():
        lines = lines.replace(f"\n{before}\n", f"\n{after}\n")
    return lines[1:-1]
