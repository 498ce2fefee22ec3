"""The edits of a plan's blocks: level, cuts and kind. Pure functions.

Every edit turns any division of a text into a division of the same text and never fails; an edit that makes no sense
at its place changes nothing. The text itself cannot be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from app.plan.importer.blocks import NODE_KINDS, Block, BlockKind, SourceText
from app.plan.importer.numbering import mark_of
from app.plan.importer.sentences import CLAUSE_STOPS, SENTENCE_STOPS, text_spans

DEEPEST_LEVEL = 9

Blocks = tuple[Block, ...]


class EditKind(StrEnum):
    """The values are stored in histories."""

    PROMOTE = "promote"
    DEMOTE = "demote"
    SET_LEVEL = "set_level"
    JOIN = "join"
    CUT = "cut"
    CUT_HEAD = "cut_head"  # the sentence at a place becomes a head of its own
    SET_KIND = "set_kind"
    TOGGLE = "toggle"  # reported or not


CUTS = (EditKind.CUT, EditKind.CUT_HEAD)


class EditScope(StrEnum):
    """How far an edit applies (同类一起改): to one block, to similar ones under the same head, or in the whole text."""

    BLOCK = "block"
    SECTION = "section"
    TEXT = "text"


@dataclass(frozen=True)
class BlockEdit:
    """One change to the block that begins at `start`.

    at: where the block is cut. level, block_kind: what it becomes. scope: which similar blocks change as well.
    """

    kind: EditKind
    start: int
    at: int = 0
    level: int = 0
    block_kind: BlockKind = BlockKind.REPORTED
    scope: EditScope = EditScope.BLOCK


@dataclass(frozen=True)
class BlockReplacement:
    """The result of an edit: from `place` on, the blocks `removed` were replaced by `inserted`."""

    place: int
    removed: Blocks
    inserted: Blocks

    def apply_to(self, blocks: Blocks) -> Blocks:
        return (*blocks[: self.place], *self.inserted, *blocks[self.place + len(self.removed) :])

    def reversed(self) -> BlockReplacement:
        return BlockReplacement(self.place, self.inserted, self.removed)


def change_between(before: Blocks, after: Blocks) -> BlockReplacement:
    """Return the smallest run of blocks in which two divisions differ."""
    shortest = min(len(before), len(after))
    head = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    rest = shortest - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return BlockReplacement(head, before[head : len(before) - tail], after[head : len(after) - tail])


def apply_edit(source: SourceText, blocks: Blocks, edit: BlockEdit) -> Blocks:
    """Return the blocks after an edit; unchanged if it names no block or makes no sense."""
    place = place_of_block(blocks, edit.start)
    if place is None:
        return blocks
    places = places_alike(source, blocks, place, edit.scope)
    step, sentences = EDITS[edit.kind], sentences_before(source, blocks[place], edit.at)
    for one in reversed(places):
        at = edit.at if one == place else place_after_sentences(source, blocks[one], sentences)
        if at is not None or edit.kind not in CUTS:
            blocks = step(source, blocks, one, replace(edit, start=blocks[one].start, at=at or 0))
    return blocks


def place_of_block(blocks: Sequence[Block], start: int) -> int | None:
    return next((place for place, block in enumerate(blocks) if block.start == start), None)


def places_alike(source: SourceText, blocks: Blocks, place: int, scope: EditScope) -> tuple[int, ...]:
    """Return the places of all blocks that an edit applies to, including the block itself."""
    if scope is EditScope.BLOCK:
        return (place,)
    sorts = sorts_of_blocks(source, blocks)
    meant = sorts[place]
    if scope is EditScope.TEXT:
        return tuple(one for one, sort in enumerate(sorts) if sort.words == meant.words)
    return tuple(one for one, sort in enumerate(sorts) if sort == meant)


class BlockSort(NamedTuple):
    """What makes blocks similar: level, kind, numbering or format, and the place of the head above them."""

    words: tuple[int, str, str]
    parent: int | None


def sorts_of_blocks(source: SourceText, blocks: Blocks) -> list[BlockSort]:
    """Return the sort of each block; running text has the level of its head."""
    heads: list[tuple[int, int]] = []  # level and place of those that are open, outermost first
    found = []
    for place, block in enumerate(blocks):
        if block.is_node:
            heads = [head for head in heads if head[0] < block.level]
            words = (block.level, block.kind.value, habit_of_block(source, block))
        else:
            words = (-heads[-1][0] if heads else 0, block.kind.value, "")
        found.append(BlockSort(words, heads[-1][1] if heads else None))
        if block.is_node:
            heads.append((block.level, place))
    return found


def habit_of_block(source: SourceText, block: Block) -> str:
    """Return how a head is numbered or formatted: as the reader recorded it, otherwise by its number."""
    if block.habit:
        return block.habit
    mark = mark_of(source.text[block.start : block.end])
    return f"number-{mark.rank}" if mark else "unnumbered"


def level_above(blocks: Sequence[Block], place: int) -> int:
    """Return the level of the nearest head before a block; 0 if there is none."""
    return next((block.level for block in reversed(blocks[:place]) if block.is_node), 0)


def deepest_level(blocks: Sequence[Block], place: int) -> int:
    """Return the deepest level that a head may have here."""
    return min(level_above(blocks, place) + 1, DEEPEST_LEVEL)


def promote_block(source: SourceText, blocks: Blocks, place: int, edit: BlockEdit) -> Blocks:
    """Raise a head by one level; running text becomes a head at the level of the one above."""
    block = blocks[place]
    if block.is_node:
        level = min(max(block.level - 1, 1), deepest_level(blocks, place))
    else:
        level = max(level_above(blocks, place), 1)
    return set_level(source, blocks, place, replace(edit, level=level))


def demote_block(source: SourceText, blocks: Blocks, place: int, edit: BlockEdit) -> Blocks:
    """Lower a head by one level; at the deepest level it becomes running text."""
    block = blocks[place]
    if not block.is_node:
        return blocks
    if block.level >= deepest_level(blocks, place):
        return with_block(blocks, place, as_text(block))
    return set_level(source, blocks, place, replace(edit, level=block.level + 1))


def set_level(source: SourceText, blocks: Blocks, place: int, edit: BlockEdit) -> Blocks:
    """Make a block a head of a level, or running text (level 0)."""
    block, level = blocks[place], min(max(edit.level, 0), DEEPEST_LEVEL)
    if not level:
        changed = as_text(block)
    elif block.is_node:
        changed = replace(block, level=level)
    else:
        changed = as_head(block, level)
    return with_block(blocks, place, changed)


def set_kind(source: SourceText, blocks: Blocks, place: int, edit: BlockEdit) -> Blocks:
    """Set the kind of a block: a head (reported, not reported, annex), text, or part of the frame."""
    block, kind = blocks[place], edit.block_kind
    if kind not in NODE_KINDS:
        return with_block(blocks, place, replace(as_text(block), kind=kind))
    level = block.level if block.is_node else 1 if kind is BlockKind.ANNEX else deepest_level(blocks, place)
    return with_block(blocks, place, replace(as_head(block, level), kind=kind))


def toggle_block(source: SourceText, blocks: Blocks, place: int, edit: BlockEdit) -> Blocks:
    """Switch a head between reported and not reported."""
    block = blocks[place]
    if not block.is_node:
        return blocks
    other = BlockKind.UNREPORTED if block.kind is BlockKind.REPORTED else BlockKind.REPORTED
    return with_block(blocks, place, replace(block, kind=other))


def join_blocks(source: SourceText, blocks: Blocks, place: int, edit: BlockEdit) -> Blocks:
    """Join a block to the one above; across a page line, to what the page line interrupted."""
    before = next((n for n in range(place - 1, -1, -1) if blocks[n].kind is not BlockKind.PAGE_LINE), None)
    if before is None:
        return blocks
    above, block = blocks[before], blocks[place]
    if before == place - 1:
        joined = replace(above, end=block.end, number_length=checked_number(above, block.end))
        return (*blocks[:before], joined, *blocks[place + 1 :])
    kind = BlockKind.TEXT if above.is_node else above.kind
    return with_block(blocks, place, replace(as_text(block), kind=kind, continues=True))


def cut_block(source: SourceText, blocks: Blocks, place: int, edit: BlockEdit) -> Blocks:
    """Cut a block in two; after a cut in a head, the rest is its text."""
    block = blocks[place]
    if edit.at not in range(block.start, block.end):
        return blocks
    first, second = source.text[block.start : edit.at], source.text[edit.at : block.end]
    if not first.strip() or not second.strip():
        return blocks
    end = block.start + len(first.rstrip())
    start = block.end - len(second.lstrip())
    kind = BlockKind.TEXT if block.is_node else block.kind
    upper = replace(block, end=end, number_length=checked_number(block, end))
    return (*blocks[:place], upper, Block(start, block.end, 0, kind), *blocks[place + 1 :])


def cut_head(source: SourceText, blocks: Blocks, place: int, edit: BlockEdit) -> Blocks:
    """Turn the sentence at a place into a head, at the level of the one above; the rest becomes its text."""
    block = blocks[place]
    at = edit.at if edit.at in range(block.start, block.end) else block.start
    level = block.level if block.is_node else max(level_above(blocks, place), 1)
    spans = text_spans(source.text[at : block.end], SENTENCE_STOPS)
    parts = cut_block(source, (block,), 0, replace(edit, at=at))
    head = place + len(parts) - 1
    parts = (*parts[:-1], *cut_block(source, parts[-1:], 0, replace(edit, at=at + spans[0][1])))
    whole = (*blocks[:place], *parts, *blocks[place + 1 :])
    return with_block(whole, head, whole[head] if whole[head].is_node else as_head(whole[head], level))


EDITS: dict[EditKind, Callable[[SourceText, Blocks, int, BlockEdit], Blocks]] = {
    EditKind.PROMOTE: promote_block,
    EditKind.DEMOTE: demote_block,
    EditKind.SET_LEVEL: set_level,
    EditKind.JOIN: join_blocks,
    EditKind.CUT: cut_block,
    EditKind.CUT_HEAD: cut_head,
    EditKind.SET_KIND: set_kind,
    EditKind.TOGGLE: toggle_block,
}


def with_block(blocks: Blocks, place: int, block: Block) -> Blocks:
    return (*blocks[:place], block, *blocks[place + 1 :])


def as_text(block: Block) -> Block:
    kind = BlockKind.TEXT if block.kind in NODE_KINDS else block.kind
    return Block(block.start, block.end, 0, kind, block.continues and not block.is_node, None, block.habit)


def as_head(block: Block, level: int) -> Block:
    if block.is_node:
        return replace(block, level=level)
    return Block(block.start, block.end, level, BlockKind.REPORTED, False, None, block.habit)


def checked_number(block: Block, end: int) -> int | None:
    """Return the length of a head's number; None if a cut has shortened it."""
    length = block.number_length
    return length if length is not None and block.start + length <= end else None


def cut_places(source: SourceText, block: Block) -> tuple[int, ...]:
    """Return the places where a block can be cut without a script: before sentences, in a head before clauses."""
    return places_behind(source, block, CLAUSE_STOPS if block.is_node else SENTENCE_STOPS)


def sentence_places(source: SourceText, block: Block) -> tuple[int, ...]:
    """Return the places inside a block where a sentence begins."""
    return places_behind(source, block, SENTENCE_STOPS)


def places_behind(source: SourceText, block: Block, stops: str) -> tuple[int, ...]:
    text = source.text[block.start : block.end]
    lines = (at + 1 for at, character in enumerate(text) if character == "\n")
    ends = (end for _, end in text_spans(text, stops))
    found = (block.start + at + len(text[at:]) - len(text[at:].lstrip()) for at in {*lines, *ends})
    return tuple(sorted({at for at in found if at < block.end}))


def sentences_before(source: SourceText, block: Block, at: int) -> int | None:
    """Return how many sentences of a block come before a place; None if it is inside a sentence."""
    places = (block.start, *sentence_places(source, block))
    return places.index(at) if at in places else None


def place_after_sentences(source: SourceText, block: Block, count: int | None) -> int | None:
    """Return the place after so many sentences of a block; None if it has fewer."""
    places = (block.start, *sentence_places(source, block))
    return places[count] if count is not None and count < len(places) else None
