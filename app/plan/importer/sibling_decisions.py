"""Siblings decide together whether they are measures or hold measures; what is under a measure is its text."""

from __future__ import annotations

from collections.abc import Sequence

from app.plan.importer.blocks import BlockKind
from app.plan.importer.numbering import ITEM_RANK
from app.plan.importer.outline import OutlineNode
from app.plan.importer.sentences import is_terminated

RUN_IN = "run_in"  # the habit of heads that stand in their paragraph
PARAGRAPH = "paragraph"  # the habit of paragraphs that are measures without heads
LONGEST_HEAD = 34  # characters
FEWEST = 2
_NEARLY_ALL = 4  # times as much as the others
_ALWAYS_ITEMS = frozenset({"article", RUN_IN, PARAGRAPH, "own_line", "bold_line"})


def decide_siblings(nodes: Sequence[OutlineNode]) -> None:
    """Close the children of nodes that are measures themselves: what is under them are parts of their text."""
    judged = [node for node in nodes if node.kind is BlockKind.REPORTED]
    for node in judged:
        decide_siblings(node.children)
    habits = {node.children[0].habit for node in judged if node.children and _hold_measures(node)}
    for node in judged:
        alike = node.children and node.children[0].habit in habits and _holds_nothing_else(node)
        if node.children and not (_hold_measures(node) or alike):
            node.close_children()
    holders = [node for node in judged if node.children]
    if holders and not _most_hold(judged, holders):
        for node in holders:
            node.close_children()


def _hold_measures(node: OutlineNode) -> bool:
    """Whether the children of a node are heads with text, or have departments, and not sentences of one measure."""
    children = node.children
    if len(children) == 1 and children[0].habit == RUN_IN and not children[0].head_is_bold:
        return False
    if any(child.children or child.runs_through or child.habit in _ALWAYS_ITEMS for child in children):
        return True
    if sum(child.has_duties for child in children) >= FEWEST:
        return True
    if len(children) >= FEWEST and all(child.says_several for child in children):
        return True
    if len(children) >= FEWEST and _is_bare_chapter(node):
        return True
    headed = sum(_is_headed(child) for child in children)
    return 2 * headed > len(children) or (len(children) == 1 and headed == 1)


def _holds_nothing_else(node: OutlineNode) -> bool:
    """Whether a node is a title with but a list under it, or with one measure."""
    return len(node.children) == 1 or (not node.texts and not is_terminated(node.heading))


def _is_headed(node: OutlineNode) -> bool:
    """Whether a node has a head and text under it, or is a title alone."""
    if node.is_sentence or node.habit == "circled":
        return False
    if node.habit == "enumeration":
        return bool(node.texts) and len(node.wording) <= LONGEST_HEAD
    return bool(node.texts) or (
        len(node.wording) <= LONGEST_HEAD and not node.wording.endswith(("；", ";", "。"))
    )


def _most_hold(judged: Sequence[OutlineNode], holders: Sequence[OutlineNode]) -> bool:
    """Whether siblings hold measures: most of them do, or departments stand beside what they hold."""
    if 2 * len(holders) + (not all(map(_is_item, holders))) > len(judged):
        return True
    duties = sum(any(child.has_duties for child in node.children) for node in holders)
    own = sum(node.has_duties for node in judged if not node.children)
    if duties > own or any(_hold_titles(node.children) for node in holders):
        return True
    if not own and _say_nearly_all(holders, [node for node in judged if not node.children]):
        return True
    kinds = {node.habit for node in holders} & {"part", "chapter", "han"}
    numbered = [node for node in holders if node.children[0].habit != RUN_IN]
    return bool(kinds) and len(numbered) >= FEWEST


def _is_bare_chapter(node: OutlineNode) -> bool:
    """Whether a node is a head that says nothing itself, and has no number as items have."""
    is_chapter = node.mark is None or node.mark.rank < ITEM_RANK
    return is_chapter and not node.texts and not node.heading.rstrip().endswith(("。", "；", ";"))


def _is_item(node: OutlineNode) -> bool:
    """Whether a node says something itself and has a number as items have, so that a list in it is part of its text."""
    return node.run_in and node.mark is not None and node.mark.rank >= ITEM_RANK


def _hold_titles(children: Sequence[OutlineNode]) -> bool:
    """Whether all that stands below a node are titles on lines of their own with text under them."""
    return len(children) > FEWEST and all(
        child.mark is not None
        and child.says_several
        and not child.run_in
        and not is_terminated(child.heading)
        for child in children
    )


def _say_nearly_all(holders: Sequence[OutlineNode], others: Sequence[OutlineNode]) -> bool:
    """Whether what stands under the lists of some siblings leaves but words to the others (主题, 时间)."""
    lengths = [
        sum(len(span.text) for node in nodes for span in node.all_spans()) for nodes in (holders, others)
    ]
    items = [child for node in holders for child in node.children]
    several = sum(child.says_several for child in items)
    return lengths[0] > _NEARLY_ALL * lengths[1] and several >= FEWEST and 2 * several > len(items)
