"""From the outline to parts, sections and measures: which level is which is read off the outline's shape."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.plan.importer.bodies import TextBody, body_of
from app.plan.importer.counting import heads_of_bodies
from app.plan.importer.heads import MeasureHead
from app.plan.importer.measures import BodyContents, divide_body, measure_from_item
from app.plan.importer.outline import OutlineNode
from app.plan.importer.plan_draft import (
    MeasureDraft,
    PartDraft,
    PlanWarning,
    SectionDraft,
)

# Chapters that say why and how, not what: their text is no work to report on, unless it is numbered.
PURPOSE_TITLES = (
    "指导思想",
    "总体要求",
    "总体思路",
    "工作思路",
    "基本原则",
    "基本思路",
    "工作目标",
    "主要目标",
    "总体目标",
    "目标任务",
    "形势",
    "背景",
    "工作要求",
    "有关要求",
    "保障措施",
    "组织保障",
)
_LONGEST_PURPOSE_TITLE = 16  # characters


@dataclass(frozen=True)
class _LeafHeads:
    """A body at an end of the outline, the heads in it, and the warnings about them."""

    body: TextBody
    heads: list[MeasureHead]
    warnings: list[PlanWarning]


class _OutlineReading:
    """What the bodies hold, by node; collects the warnings about those that are used."""

    def __init__(self, root: OutlineNode) -> None:
        leaves = list(_leaf_bodies(root, "", 0))
        found = heads_of_bodies([body for _, body in leaves])
        self._found = {
            id(node): _LeafHeads(body, *heads) for (node, body), heads in zip(leaves, found, strict=True)
        }
        self.item_ranks = _item_ranks(root)
        self.warnings: list[PlanWarning] = []

    def contents_of_node(self, node: OutlineNode) -> BodyContents:
        """The measures in the body of `node`, and its text before them."""
        found = self._found.get(id(node))
        if found is None:
            return BodyContents(_body_text(node), ())
        self.warnings += found.warnings
        return divide_body(found.body, found.heads)

    def has_heads(self, node: OutlineNode) -> bool:
        found = self._found.get(id(node))
        return found is not None and len(found.heads) > 1


def interpret_outline(root: OutlineNode) -> tuple[tuple[PartDraft, ...], list[PlanWarning]]:
    """Return the parts of the plan, and the warnings about the heads of their measures."""
    reading = _OutlineReading(root)
    if _is_flat(root, reading):
        parts: tuple[PartDraft, ...] = (_part_draft(root, reading),)
    else:
        parts = tuple(_part_draft(node, reading) for node in root.children)
    return parts, reading.warnings


def _leaf_bodies(node: OutlineNode, above: str, depth: int) -> Iterator[tuple[OutlineNode, TextBody]]:
    """The nodes that may hold unnumbered measures, each with its body."""
    place = above + node.mark.printed.strip()
    if not node.children:
        if node.body and not _states_purpose(node) and _may_hold_measures(node):
            yield node, body_of((place + node.title)[:40] or "全文", node.body)
        return
    for child in node.children:
        yield from _leaf_bodies(child, place, depth + 1)


def _may_hold_measures(node: OutlineNode) -> bool:
    """A numbered head with its text in one paragraph is one measure, unless bold type parts it again."""
    return not (node.run_in or node.sentence) or any(paragraph.marks for paragraph in node.body)


def _all_nodes(node: OutlineNode) -> Iterator[OutlineNode]:
    for child in node.children:
        yield child
        yield from _all_nodes(child)


def _item_ranks(root: OutlineNode) -> frozenset[int]:
    """The ranks whose numbers are those of measures: most look like items, or their count runs through."""
    by_rank: dict[int, list[OutlineNode]] = defaultdict(list)
    for node in _all_nodes(root):
        if not _states_purpose(node):
            by_rank[node.rank].append(node)
    chapters = {
        rank for rank, nodes in by_rank.items() if any(node.children and not node.is_item for node in nodes)
    }
    return frozenset(
        rank
        for rank, nodes in by_rank.items()
        if 2 * sum(node.is_item for node in nodes) > len(nodes)
        or (rank not in chapters and any(node.runs_through for node in nodes))
    )


def _states_purpose(node: OutlineNode) -> bool:
    title = node.title
    return len(title) <= _LONGEST_PURPOSE_TITLE and any(words in title for words in PURPOSE_TITLES)


def _is_flat(root: OutlineNode, reading: _OutlineReading) -> bool:
    """Whether the topmost numbers are those of measures already, so that the plan has no parts."""
    return not root.children or _are_items(root.children, reading)


def _are_items(nodes: Sequence[OutlineNode], reading: _OutlineReading) -> bool:
    """Whether numbered nodes are measures: their rank is one of items and none holds measures itself."""
    judged = [node for node in nodes if not _states_purpose(node)]
    holds_more = any(reading.has_heads(node) or (node.children and not node.is_item) for node in judged)
    return bool(judged) and not holds_more and all(node.rank in reading.item_ranks for node in judged)


def _part_draft(node: OutlineNode, reading: _OutlineReading) -> PartDraft:
    number, title, heading = node.mark.number, node.title, node.heading
    if not node.children:
        contents = reading.contents_of_node(node)
        return PartDraft(number, title, contents.text, heading, measures=contents.measures)
    if _are_items(node.children, reading):
        return PartDraft(number, title, _body_text(node), heading, measures=_measures_from_items(node))
    sections = tuple(_section_draft(child, reading) for child in node.children)
    return PartDraft(number, title, _body_text(node), heading, sections)


def _section_draft(node: OutlineNode, reading: _OutlineReading) -> SectionDraft:
    contents = (
        BodyContents(_body_text(node), _measures_from_items(node))
        if node.children
        else reading.contents_of_node(node)
    )
    return SectionDraft(node.mark.number, node.title, contents.text, node.heading, contents.measures)


def _measures_from_items(node: OutlineNode) -> tuple[MeasureDraft, ...]:
    return tuple(measure_from_item(child, count) for count, child in enumerate(node.children, start=1))


def _body_text(node: OutlineNode) -> str:
    return "\n".join(paragraph.text for paragraph in node.body)
