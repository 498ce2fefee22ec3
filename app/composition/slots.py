"""What tells a block of a composed text from the others whatever it says today: by it, a later text is compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from reports.model import Block, Heading, Paragraph

FIGURES = re.compile(r"[\d.%]+")
OPENING = 8
SECTION = 2


def slots_of(body: Iterable[Block]) -> list[str]:
    """Return, for each block, the two headings above it, what it is there, and which of several alike."""
    above: dict[int, str] = {}
    met = Counter[str]()
    slots = []
    for block in body:
        if isinstance(block, Heading) and block.level <= SECTION:
            above = {level: text for level, text in above.items() if level < block.level}
            above[block.level] = FIGURES.sub("", block.text)
        name = "/".join([*above.values(), name_of(block)])
        met[name] += 1
        slots.append(f"{name}/{met[name]}")
    return slots


def name_of(block: Block) -> str:
    """Return what a block is: its filing, its heading, its first words without figures, or that it is a table."""
    match block:
        case Heading():
            return f"{block.level} {FIGURES.sub('', block.text)}"
        case Paragraph():
            head = block.head.text if block.head else block.text
            return block.source or FIGURES.sub("", head)[:OPENING]
        case _:
            return type(block).__name__
