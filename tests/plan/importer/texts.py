"""What the tests of the reader look at: lines, paragraphs, and the characters that a page shows."""

from __future__ import annotations

import unicodedata

from app.plan.importer import PlanDraft, read_plan, source_from_text
from app.plan.importer.lost_breaks import restore_breaks
from app.plan.importer.paragraphs import PlanParagraph, SeamQuestion, join_lines
from app.plan.importer.sequences import TextHead, find_heads
from app.plan.importer.source_text import TextLine, read_lines
from app.plan.importer.unnumbered_heads import find_unnumbered_heads, stands_above


def lines_of(*texts: str) -> list[TextLine]:
    return restore_breaks(read_lines(source_from_text("\n".join(texts))))


def heads_of(*texts: str) -> list[TextHead]:
    """The heads of a text, numbered or not."""
    lines = lines_of(*texts)
    unnumbered = find_unnumbered_heads(lines)
    return find_heads(lines, unnumbered, stands_above(lines, unnumbered), {})


def joined_lines(*texts: str) -> tuple[list[PlanParagraph], list[SeamQuestion]]:
    """The paragraphs of a text, and what is uncertain about them."""
    lines = lines_of(*texts)
    numbers = {head.line: head.mark for head in heads_of(*texts) if head.mark and not head.offset}
    paragraphs, _, questions = join_lines(lines, numbers, find_unnumbered_heads(lines))
    return paragraphs, questions


def visible_characters(text: str) -> str:
    """`text` without its layout: spaces, line breaks, bold marks and invisible characters."""
    return "".join(
        character
        for character in text
        if character != "*"
        and not character.isspace()
        and unicodedata.category(character) not in ("Cc", "Cf")
    )


def reported_parts(plan: PlanDraft) -> dict[str, list[str]]:
    """The titles of the measures of each part that is reported on."""
    return {part.title: [one.title for one in part.all_measures()] for part in plan.parts if part.reporting}


def read_whole(text: str) -> PlanDraft:
    """Read a plan, and see that nothing of it is lost, doubled or moved."""
    plan = read_plan(text)
    assert visible_characters(plan.full_text()) == visible_characters(text)
    return plan
