"""The sections of a chapter; a single section that is clear without a heading gets none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.composition.block_keys import BlockKey, BlockRole, key_of
from app.composition.phrases import PROBLEMS_CHAPTER
from reports.model import Block, Heading
from reports.numbering import heading_of, with_higher_head

SPEAKING_SECTIONS = frozenset({BlockRole.OTHER_PROBLEMS_HEADING, BlockRole.SUBMISSIONS_HEADING})


def problems_chapter(found: Iterable[Block]) -> Iterator[Block]:
    """Yield the chapter of problems; nothing if none were found."""
    blocks = without_lone_heading(found, SPEAKING_SECTIONS)
    if blocks:
        yield Heading(1, PROBLEMS_CHAPTER, key=BlockKey(BlockRole.PROBLEMS_HEADING))
    yield from blocks


def without_lone_heading(found: Iterable[Block], roles: frozenset[BlockRole]) -> tuple[Block, ...]:
    """Return the sections of a chapter; a single one loses its heading if its role is in `roles`."""
    blocks = tuple(found)
    headings = [block for block in blocks if heading_of(block) is block]
    keys = [key for key in map(key_of, headings) if key and key.role in roles]
    if len(headings) != 1 or not keys:
        return blocks
    return tuple(with_higher_head(block) for block in blocks if block is not headings[0])
