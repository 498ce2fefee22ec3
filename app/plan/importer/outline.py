"""The outline of a plan: paragraphs hung under the headings that number them, whatever the levels are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.plan.importer.departments import find_mention, is_department_line
from app.plan.importer.numbering import BULLET_RANK, ITEM_RANK, Mark
from app.plan.importer.paragraphs import Paragraph
from app.plan.importer.sentences import (
    SENTENCE_STOPS,
    bare,
    is_terminated,
    spans,
)
from app.plan.importer.tree import Doubt

_LONGEST_RUN_IN_HEAD = 40  # characters
_LONGEST_COLON_HEAD = 24
_UNMARKED = Mark(0, "", "", 0)


@dataclass
class Node:
    """A heading with what stands under it.

    `heading` is as printed, `run_in` tells that the heading and its text share a paragraph, `sentence` that the
    numbered paragraph is one sentence rather than a heading, `runs_through` that its number goes on counting
    where a new chapter begins.
    """

    mark: Mark
    heading: str
    line: int
    rank: int = 0
    run_in: bool = False
    sentence: bool = False
    runs_through: bool = False
    body: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    ranks_below: set[int] = field(default_factory=set)

    @property
    def title(self) -> str:
        """The heading without its number and the punctuation at its end."""
        return bare(self.heading[len(self.mark.printed) :])

    @property
    def is_item(self) -> bool:
        """Whether the node looks like an item of work, not like a chapter over items."""
        if self.children:
            headed = sum(child.run_in for child in self.children)
            return self.mark.rank >= ITEM_RANK and 2 * headed <= len(self.children)
        return self.run_in or self.sentence or not self.body or self.mark.rank >= ITEM_RANK

    def paragraphs(self) -> Iterator[Paragraph]:
        """The text under the heading, with that of deeper nodes, in the order of the page."""
        yield from self.body
        for child in self.children:
            yield Paragraph(child.heading, child.line)
            yield from child.paragraphs()


def is_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph opens a node of the outline."""
    mark = paragraph.mark
    return bool(paragraph.depth) or (mark is not None and mark.rank < BULLET_RANK)


def outline(paragraphs: Sequence[Paragraph]) -> tuple[Node, list[Doubt]]:
    """Return the root of the outline; its own body is what stands under no heading."""
    root = Node(_UNMARKED, "", paragraphs[0].line if paragraphs else 0)
    trail = [root]
    last: dict[int, int] = {}
    doubts: list[Doubt] = []
    for paragraph in paragraphs:
        if not is_heading(paragraph):
            trail[-1].body.append(paragraph)
            continue
        node = _node(paragraph)
        while trail[-1] is not root and trail[-1].rank >= node.rank:
            trail.pop()
        if node.mark.ordinal:
            doubts += _numbering_doubts(trail[-1], node, last.get(node.mark.rank, 0))
            last[node.mark.rank] = node.mark.ordinal
        trail[-1].children.append(node)
        trail.append(node)
    return root, doubts


def _node(paragraph: Paragraph) -> Node:
    mark = paragraph.mark or _UNMARKED
    end = len(paragraph.text) if paragraph.depth else _heading_end(paragraph.text, len(mark.printed))
    heading, rest = paragraph.text[:end], paragraph.text[end:]
    node = Node(mark, heading, paragraph.line, paragraph.depth or 10 + mark.rank)
    node.run_in = bool(rest.strip()) and not is_department_line(rest.strip())
    node.sentence = len(heading) > _LONGEST_RUN_IN_HEAD and is_terminated(heading)
    if rest.strip():
        places = [place - end for place in paragraph.marks if place >= end]
        node.body.append(Paragraph(rest, paragraph.line, places))
    return node


def _heading_end(text: str, start: int) -> int:
    """Where the heading of a numbered paragraph ends and its own text begins."""
    body = text[start:]
    mention = find_mention(body)
    ends = [end for _, end in spans(body, SENTENCE_STOPS)[:1]]
    if mention and mention.start():
        ends.append(mention.start())
    return start + (_colon_end(body) or min(ends, default=len(body)))


def _colon_end(body: str) -> int:
    """The end of a head that a colon closes (强化招商：…); 0 when there is none."""
    place = body.find("：")
    closes = 0 < place <= _LONGEST_COLON_HEAD and place + 1 < len(body)
    closes = closes and not {"，", "。", "；", "（"}.intersection(body[:place])
    return place + 1 if closes and not is_department_line(body) else 0


def _numbering_doubts(parent: Node, node: Node, last: int) -> list[Doubt]:
    """A number that is not next in turn may mean that a heading was lost; numbers may run through the plan."""
    mark = node.mark
    begins = mark.rank not in parent.ranks_below
    parent.ranks_below.add(mark.rank)
    node.runs_through = begins and mark.ordinal == last + 1 > 1
    if mark.ordinal == last + 1 or (begins and mark.ordinal == 1):
        return []
    message = f"编号“{mark.printed.strip()}”与前面不连续，请核对是否有标题遗漏或重复。"
    return [Doubt(node.heading[:30], message, node.line)]
