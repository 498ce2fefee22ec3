"""What happens to each block when a draft is renewed from the present filings; edited words are never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.base.labels import LabelledEnum, LabelTone
from app.base.text_differences import TextDifference, compare_texts
from app.composition.block_keys import BlockKey, key_of
from app.drafting.core.models import DocumentBlock
from app.drafting.editing.block_words import all_words
from reports.frozen_text import block_from_json
from reports.model import Annex, Block, Table


class BlockChange(LabelledEnum):
    RENEWED = "renewed", "更新", LabelTone.GOOD
    ADDED = "added", "新增", LabelTone.GOOD
    REMOVED = "removed", "不再列入", LabelTone.ATTENTION
    KEPT = "kept", "改动过，保留待核", LabelTone.ATTENTION

    @property
    def is_to_be_checked(self) -> bool:
        """Return whether somebody has to check each such block."""
        return self in (BlockChange.REMOVED, BlockChange.KEPT)


@dataclass(frozen=True)
class ChangedBlock:
    """A present block and the one that the present filings produce; either may be None.

    key: its key in the composition; None in a text without keys.
    before: the key of the block after which it is inserted; None for the first one.
    """

    outcome: BlockChange
    key: BlockKey | None
    row: DocumentBlock | None = None
    block: Block | None = None
    before: BlockKey | None = None

    @property
    def is_kept(self) -> bool:
        """Return whether it stays as it was edited."""
        return self.outcome is BlockChange.KEPT

    @property
    def words(self) -> TextDifference:
        """Return the difference between the present words and what the present filings produce."""
        return compare_texts(all_words(self.row.block if self.row else None), all_words(self.block))


def changed_blocks(rows: Iterable[DocumentBlock], body: Sequence[Block]) -> list[ChangedBlock]:
    """Return the changes, in the order of the new text, then those of blocks that are no longer in it."""
    placed = by_key(rows)
    keys = [key_of(block) for block in body]
    found = [
        change_of_block(key, placed.get(key), block, before)
        for key, block, before in zip(keys, body, [None, *keys], strict=False)
    ]
    gone = [change_of_removed_block(key, row) for key, row in placed.items() if key not in keys]
    return [change for change in (*found, *gone) if change]


def by_key(rows: Iterable[DocumentBlock]) -> dict[BlockKey | None, DocumentBlock]:
    """Return the assembled blocks by key, in the order in which they were assembled."""
    assembled = sorted((row for row in rows if row.composed is not None and row.key), key=lambda row: row.id)
    return {row.key: row for row in assembled}


def change_of_block(
    key: BlockKey | None, row: DocumentBlock | None, block: Block, before: BlockKey | None
) -> ChangedBlock | None:
    """Return the change of a block in the new text; None if it stays as it is."""
    if row is None:
        return ChangedBlock(BlockChange.ADDED, key, block=block, before=before)
    known = row.composed if row.overtaken_by is None else row.overtaken_by
    if known and block_from_json(known) == block:
        return None
    is_free = not row.is_changed or row.block == block
    return ChangedBlock(BlockChange.RENEWED if is_free else BlockChange.KEPT, key, row, block)


def change_of_removed_block(key: BlockKey | None, row: DocumentBlock) -> ChangedBlock | None:
    """Return the change of a block that is not in the new text; None if that has been dealt with already."""
    if not row.is_changed:
        return ChangedBlock(BlockChange.REMOVED, key, row)
    return None if row.overtaken_by == {} else ChangedBlock(BlockChange.KEPT, key, row)


def rows_changed(old: Iterable[Annex], new: Iterable[Annex]) -> int:
    """Return how many rows of the annex tables differ."""
    before, after = (
        {
            (annex.title, row)
            for annex in annexes
            for block in annex.blocks
            if isinstance(block, Table)
            for row in block.rows
        }
        for annexes in (old, new)
    )
    return max(len(after - before), len(before - after))
