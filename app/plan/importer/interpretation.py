"""From the outline to parts, sections and measures: which level is which is read off the outline's shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.plan.importer.bodies import Body, body_of
from app.plan.importer.counting import heads_of
from app.plan.importer.heads import Head
from app.plan.importer.measures import Contents, contents_of, measure_from_item
from app.plan.importer.outline import Node
from app.plan.importer.tree import Doubt, MeasureDraft, PartDraft, SectionDraft

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
)
_LONGEST_PURPOSE_TITLE = 16  # characters


@dataclass(frozen=True)
class _Reading:
    """The outline with the heads that were found in the bodies at its ends, by node."""

    bodies: dict[int, Body]
    heads: dict[int, list[Head]]

    def contents(self, node: Node) -> Contents:
        return contents_of(self.bodies[id(node)], self.heads[id(node)])

    def has_heads(self, node: Node) -> bool:
        return len(self.heads.get(id(node), ())) > 1


def interpret(root: Node) -> tuple[tuple[PartDraft, ...], list[Doubt]]:
    """Return the parts of the plan, and what is doubtful about the heads of their measures."""
    leaves = list(_leaves(root, "", 0))
    bodies = [body for _, body in leaves]
    heads, doubts = heads_of(bodies)
    keys = [id(node) for node, _ in leaves]
    reading = _Reading(dict(zip(keys, bodies, strict=True)), dict(zip(keys, heads, strict=True)))
    if _is_flat(root, reading):
        return (_part(root, reading),), doubts
    return tuple(_part(node, reading) for node in root.children), doubts


def _leaves(node: Node, above: str, depth: int) -> Iterator[tuple[Node, Body]]:
    """The nodes that may hold unnumbered measures, each with its body and a place for doubts."""
    place = above + node.mark.printed.strip().rstrip("、．.") + (node.title if depth == 1 else "")
    if not node.children:
        if node.body and not _states_purpose(node):
            yield node, body_of(place or "全文", node.body)
        return
    for child in node.children:
        yield from _leaves(child, place, depth + 1)


def _states_purpose(node: Node) -> bool:
    title = node.title
    return len(title) <= _LONGEST_PURPOSE_TITLE and any(words in title for words in PURPOSE_TITLES)


def _is_flat(root: Node, reading: _Reading) -> bool:
    """Whether the topmost numbers are those of measures already, so that the plan has no parts."""
    if not root.children:
        return True
    return not any(node.children for node in root.children) and _are_items(root.children, reading)


def _are_items(nodes: Sequence[Node], reading: _Reading) -> bool:
    votes = [node.is_item and not reading.has_heads(node) for node in nodes if not _states_purpose(node)]
    return 2 * sum(votes) > len(votes)


def _part(node: Node, reading: _Reading) -> PartDraft:
    text = "\n".join(paragraph.text for paragraph in node.body)
    title, number = node.title, node.mark.number
    if node.children:
        if _are_items(node.children, reading):
            return PartDraft(number, title, text, (), _items(node.children), node.heading)
        sections = tuple(_section(child, reading) for child in node.children)
        return PartDraft(number, title, text, sections, (), node.heading)
    if id(node) not in reading.bodies:
        return PartDraft(number, title, text, (), (), node.heading)
    contents = reading.contents(node)
    return PartDraft(number, title, contents.text, (), contents.measures, node.heading)


def _section(node: Node, reading: _Reading) -> SectionDraft:
    text = "\n".join(paragraph.text for paragraph in node.body)
    if node.children:
        measures = _items(node.children)
        return SectionDraft(node.mark.number, node.title, text, measures, node.heading)
    if id(node) not in reading.bodies:
        return SectionDraft(node.mark.number, node.title, text, (), node.heading)
    contents = reading.contents(node)
    return SectionDraft(node.mark.number, node.title, contents.text, contents.measures, node.heading)


def _items(nodes: Sequence[Node]) -> tuple[MeasureDraft, ...]:
    return tuple(measure_from_item(node, count) for count, node in enumerate(nodes, start=1))
