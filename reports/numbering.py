"""Heading numbers as GB/T 9704-2012, 7.3.3 writes them: 一、 （一） 1. （1）

Where a level has only one heading, there is nothing to count.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.model import Block, DocumentError, Heading, Paragraph

CHAPTER, LINES_IN_THE_FACE_OF_THE_TEXT = 1, 3
DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Write 1 to 99 in Chinese: 一, 十, 十二, 二十, 四十五. Raises DocumentError for any other number."""
    if not 1 <= number <= 99:
        raise DocumentError(f"一、二级标题的序号只能是1至99，不能是{number}。")
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return leading + (DIGITS[ones] if ones else "")


def heading_label(level: int, number: int) -> str:
    match level:
        case 1:
            return f"{chinese_number(number)}、"
        case 2:
            return f"（{chinese_number(number)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


def number_blocks(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with the label of its heading or run-in head; other blocks with an empty one."""
    counts = [0] * 5
    for block in blocks:
        heading = heading_of(block)
        if heading is None:
            yield "", block
            continue
        if heading.label is not None:
            yield heading.label, block
            continue
        level = heading.level
        counts[level] = heading.number if heading.number is not None else counts[level] + 1
        counts[level + 1 :] = [0] * (4 - level)
        yield heading_label(level, counts[level]), block


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


def with_higher_head(block: Block) -> Block:
    """Return a block whose run-in head is of the next higher level."""
    if isinstance(block, Paragraph) and block.head:
        return replace(block, head=replace(block.head, level=block.head.level - 1))
    return block
