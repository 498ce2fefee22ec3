"""Numbers of headings: where a level has only one, there is nothing to count (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.model import Block, Heading, Paragraph

CHAPTER, LINES_IN_THE_FACE_OF_THE_TEXT = 1, 3


def number_headings(body: Iterable[Block]) -> tuple[Block, ...]:
    """Return a text in which whatever stands alone at its place is headed without a number.

    A section of the plan on a line of its own keeps it: set in the face of the text, it would pass for a paragraph.
    """
    blocks = tuple(body)
    places = list(places_of(blocks))
    held = Counter(places)
    return tuple(
        without_number(block) if place is not None and held[place] == 1 else block
        for block, place in zip(blocks, places, strict=True)
    )


def places_of(blocks: Iterable[Block]) -> Iterator[tuple[int, ...] | None]:
    """Yield, for each block with a heading below a chapter's, its level and which headings it stands under."""
    counts = [0] * 5
    for block in blocks:
        heading = heading_of(block)
        if heading is None:
            yield None
            continue
        level = heading.level
        yield (level, *counts[:level]) if level > CHAPTER else None
        counts[level:] = [counts[level] + 1, *[0] * (4 - level)]


def heading_of(block: Block) -> Heading | None:
    """Return a heading, be it on a line of its own or before a paragraph's text."""
    return block if isinstance(block, Heading) else block.head if isinstance(block, Paragraph) else None


def without_number(block: Block) -> Block:
    """Return a block whose heading has no number."""
    if isinstance(block, Paragraph) and block.head:
        return replace(block, head=replace(block.head, label=""))
    if isinstance(block, Heading) and block.level != LINES_IN_THE_FACE_OF_THE_TEXT:
        return replace(block, label="")
    return block
