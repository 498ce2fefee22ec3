"""No text lost or duplicated: the tree, joined together, is compared with the source.

The check is independent of how the text was divided. It looks at every character that is not layout.
"""

from __future__ import annotations

import re

from app.plan.importer.decoding import is_layout
from app.plan.importer.plan_draft import PlanDraft, PlanWarning

_MARKDOWN_HEADING = re.compile(
    r"^[\s*\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060-\u2064\ufeff]*?#{1,6}\s+(?=\S)"
)
_CONTEXT = 12  # characters shown of either side


def visible_characters(text: str) -> str:
    """`text` without its layout: spaces, line breaks, bold marks and invisible characters."""
    return "".join(character for character in text if not is_layout(character))


def first_difference(source: str, joined: str) -> int | None:
    """The place of the first character that differs, None when the texts are the same."""
    if source == joined:
        return None
    pairs = zip(source, joined, strict=False)
    return next(
        (place for place, (left, right) in enumerate(pairs) if left != right), min(len(source), len(joined))
    )


def compare_with_source(source: str, draft: PlanDraft, page_lines: frozenset[int]) -> list[PlanWarning]:
    """Compare the draft with its source text, without the lines (numbered from 1) that belong to the page.

    Returns a warning with the line and the words on both sides where they part, and nothing when they agree.
    """
    lines = [
        (number, visible_characters(_MARKDOWN_HEADING.sub("", line)))
        for number, line in enumerate(source.splitlines(), start=1)
        if number not in page_lines
    ]
    published = "".join(text for _, text in lines)
    joined = visible_characters(draft.full_text())
    place = first_difference(published, joined)
    if place is None:
        return []
    wanted, got = (text[place : place + _CONTEXT] for text in (published, joined))
    message = f"导入结果与原文不一致：原文此处为“{wanted}”，导入结果为“{got}”，请停止使用并联系维护人员。"
    return [PlanWarning("全文", message, _line_at(lines, place))]


def _line_at(lines: list[tuple[int, str]], place: int) -> int:
    """The number of the line that holds the character at `place`."""
    for number, text in lines:
        if place < len(text):
            return number
        place -= len(text)
    return lines[-1][0] if lines else 0
