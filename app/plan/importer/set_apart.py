"""What stands in a plan and belongs to none of its measures: salutations, boxes, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.plan.importer.blocks import BlockKind
from app.plan.importer.lines import TextLine
from app.plan.importer.numbering import BULLET_RANK, mark_of
from app.plan.importer.outline import OutlineNode, TextSpan
from app.plan.importer.plan_frame import is_salutation

_BOX = re.compile(r"专栏\s*[\d一二三四五六七八九十]{0,3}(?:[：:\s　]|$)")
_NOTE = re.compile(r"(?:注|备注|说明|注释)\s*[\d①-⑳]*\s*[：:]")
_LONGEST_BOX_TITLE = 40  # characters
_CHAPTER_KEYS = frozenset({"part", "chapter", "han", "bracketed_han", "article"})


def find_boxes(lines: Sequence[TextLine]) -> set[int]:
    """The places of the lines of boxes (专栏) and notes; a box ends where the plan's own numbers go on."""
    found: set[int] = set()
    outer = own = 0
    inside = False
    for place, line in enumerate(lines):
        mark = mark_of(line.text)
        if _BOX.match(line.text) and len(line.text) <= _LONGEST_BOX_TITLE:
            inside, own = True, 0
        elif mark is not None and mark.rank < BULLET_RANK:
            if (inside and mark.key not in _CHAPTER_KEYS and mark.ordinal == own + 1 != outer + 1) or (
                inside and mark.key not in _CHAPTER_KEYS and mark.ordinal == own + 1 and own
            ):
                own = mark.ordinal
            else:
                inside = False
                outer = mark.ordinal if mark.key == "digit" else 0
        elif line.depth:
            inside = False
        if inside or _NOTE.match(line.text):
            found.add(place)
    return found


def set_salutations_apart(root: OutlineNode) -> tuple[list[TextSpan], list[TextSpan]]:
    """Take from the outline what follows a salutation; returns what is set apart, and what closes the plan.

    A salutation ends the lists: what comes after it, up to the next head of the plan's own lists, is nobody's.
    """
    apart: list[TextSpan] = []
    closing: list[TextSpan] = []
    nodes = [node for part in root.children for node in (part, *part.all_nodes())]
    for place, (node, siblings) in enumerate(_with_siblings(root)):
        taken = _take_after_salutation(node, siblings)
        is_last = bool(nodes) and place + 1 == len(nodes)
        (closing if is_last and taken else apart).extend(taken)
    return apart, closing


def _with_siblings(parent: OutlineNode) -> Iterator[tuple[OutlineNode, Sequence[OutlineNode]]]:
    for node in list(parent.children):
        yield node, parent.children
        yield from _with_siblings(node)


def _take_after_salutation(node: OutlineNode, siblings: Sequence[OutlineNode]) -> list[TextSpan]:
    place = next((n for n, span in enumerate(node.texts) if is_salutation(span.text.strip())), None)
    if place is None or node.kind is not BlockKind.REPORTED:
        return []
    if node.children and not _has_stray_list(node, siblings):
        return []
    taken = node.texts[place:]
    node.texts = node.texts[:place]
    for child in node.children:
        taken += [span for span in (child.head, *child.all_spans()) if span]
    node.children = []
    return taken


def _has_stray_list(node: OutlineNode, siblings: Sequence[OutlineNode]) -> bool:
    """Whether the list under a node is none of its own: no sibling has one like it."""
    habit = node.children[0].habit
    return len(siblings) > 1 and not any(
        child.habit == habit for one in siblings if one is not node for child in one.children
    )
