"""What the blocks of a draft say, in words."""

from __future__ import annotations

from app.drafting.editing.sheet_words import sheet_words
from reports.model import Block, Chart, Heading, Paragraph, Sheet, Table


def words_of(block: Block) -> str:
    """Return what a heading, a paragraph or a sheet says; what a table or a chart is called."""
    match block:
        case Heading() | Paragraph():
            return block.text
        case Sheet():
            return sheet_words(block)
        case _:
            return getattr(block, "caption", "")


def full_words(block: Block) -> str:
    """Return what a block says, a paragraph with its run-in head."""
    head = block.head.text if isinstance(block, Paragraph) and block.head else ""
    return head + words_of(block)


def all_words(block: Block | None) -> str:
    """Return what a block says, a table or a chart by its name and its figures; nothing where there is none."""
    match block:
        case None:
            return ""
        case Table():
            return "\n".join([block.caption, *("　".join(row) for row in block.rows)])
        case Chart():
            counts = (f"{row.label}　{'　'.join(map(str, row.counts))}" for row in block.rows)
            return "\n".join([block.caption, *counts])
        case _:
            return full_words(block)
