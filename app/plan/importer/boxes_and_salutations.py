"""What stands in a plan and belongs to none of its measures: salutations, boxes, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.base.text import CIRCLED_NUMBERS
from app.plan.importer.blocks import BlockKind
from app.plan.importer.frame_lines import is_final_clause, is_salutation
from app.plan.importer.lines import TextLine
from app.plan.importer.numbering import BULLET_RANK, mark_of
from app.plan.importer.outline import OutlineNode, TextSpan
from app.plan.importer.paragraph_heads import heads_begin

_BOX = re.compile(r"专栏\s*[\d一二三四五六七八九十]{0,3}(?:[：:\s　]|$)")
_NOTE = re.compile(rf"(?:注|备注|说明|注释)\s*+[\d{CIRCLED_NUMBERS}]*+\s*+[：:]")
_LONGEST_BOX_TITLE = 40  # characters
_CHAPTER_KEYS = frozenset({"part", "chapter", "han", "bracketed_han", "article"})


def find_boxes(lines: Sequence[TextLine]) -> set[int]:
    """The places of the lines of boxes (专栏) and notes; a box ends where the plan's own numbers go on."""
    found: set[int] = set()
    own: int | None = None  # the last number in the box; None outside of boxes
    for place, line in enumerate(lines):
        mark = mark_of(line.text)
        if _BOX.match(line.text) and len(line.text) <= _LONGEST_BOX_TITLE:
            own = 0
        elif mark is not None and mark.rank < BULLET_RANK:
            goes_on = own is not None and mark.key not in _CHAPTER_KEYS and mark.ordinal == own + 1
            own = mark.ordinal if goes_on else None
        elif line.depth:
            own = None
        if own is not None or _NOTE.match(line.text):
            found.add(place)
    return found


def set_salutations_apart(root: OutlineNode) -> tuple[list[TextSpan], list[TextSpan]]:
    """Take from the outline what follows a salutation; returns what is set apart, and what closes the plan.

    A salutation ends the lists: what comes after it, up to the next head of the plan's own lists, is nobody's.
    """
    apart: list[TextSpan] = []
    closing: list[TextSpan] = []
    last = _last_head(root)
    for node, siblings in list(_with_siblings(root)):
        taken = _take_after_salutation(node, siblings)
        is_last = bool(last and taken and not _holds_list(taken) and taken[-1] is last)
        (closing if is_last else apart).extend(taken)
    closing += _take_final_clauses(root)
    return apart, closing


def _last_head(root: OutlineNode) -> TextSpan | None:
    """The last thing that the outline says."""
    spans = list(root.all_spans())
    return spans[-1] if spans else None


def _holds_list(spans: Sequence[TextSpan]) -> bool:
    return any(mark_of(span.text) is not None for span in spans)


def _take_final_clauses(root: OutlineNode) -> list[TextSpan]:
    """Take what says from when on the plan holds from the end of the last node."""
    node = root
    while node.children:
        node = node.children[-1]
    taken: list[TextSpan] = []
    while node is not root and len(node.texts) > 1 and is_final_clause(node.texts[-1].text.strip()):
        taken.append(node.texts.pop())
    return taken


def _with_siblings(parent: OutlineNode) -> Iterator[tuple[OutlineNode, Sequence[OutlineNode]]]:
    for node in list(parent.children):
        yield node, parent.children
        yield from _with_siblings(node)


def _take_after_salutation(node: OutlineNode, siblings: Sequence[OutlineNode]) -> list[TextSpan]:
    first = 0 if node.is_sentence else 1  # what addresses the listeners right under a head belongs to it
    later = range(first, len(node.texts))
    addressed = (n for n in later if is_salutation(node.texts[n].text.strip()))
    place = next((n for n in addressed if not _opens_list(node.texts, n)), None)
    if place is None or node.kind is not BlockKind.REPORTED:
        return []
    if node.children and not _has_stray_list(node, siblings, node.texts[:place]):
        return []
    taken = node.texts[place:]
    node.texts = node.texts[:place]
    for child in node.children:
        taken += [span for span in (child.head, *child.all_spans()) if span]
    node.children = []
    return taken


def _opens_list(texts: Sequence[TextSpan], place: int) -> bool:
    """Whether heads begin the paragraphs behind a salutation, and none those before it."""
    return heads_begin(texts[place:]) and not heads_begin(texts[:place])


def _has_stray_list(node: OutlineNode, siblings: Sequence[OutlineNode], before: Sequence[TextSpan]) -> bool:
    """Whether the list under a node is none of its own: no sibling has one like it, it is but items, and not what the
    node says.

    `before` is what the node says above the salutation.
    """
    habit = node.children[0].habit
    others = [one for one in siblings if one is not node and one.kind is BlockKind.REPORTED]
    if not others or any(child.habit == habit for one in others for child in one.children):
        return False
    if 2 * sum(bool(child.children or child.following) for child in node.children) > len(node.children):
        return False
    listed = sum(len(span.text) for child in node.children for span in child.all_spans())
    return len(before) > 1 or listed < sum(len(span.text) for span in before)
