"""The outline of a plan: paragraphs hung under the headings that number them, whatever the levels are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.plan.importer.departments import find_mention, is_department_line
from app.plan.importer.numbering import BULLET_RANK, ITEM_RANK, NumberMark
from app.plan.importer.paragraphs import PlanParagraph
from app.plan.importer.plan_draft import PlanWarning
from app.plan.importer.sentences import (
    SENTENCE_STOPS,
    is_terminated,
    text_spans,
    without_punctuation,
)

_LONGEST_RUN_IN_HEAD = 40  # characters
_LONGEST_COLON_HEAD = 24
_UNMARKED = NumberMark(0, "", "", 0)


@dataclass
class OutlineNode:
    """A heading with what stands under it.

    `heading` is as printed, `run_in` tells that the heading and its text share a paragraph, `sentence` that the
    numbered paragraph is one sentence rather than a heading, `runs_through` that its number goes on counting
    where a new chapter begins.
    """

    mark: NumberMark
    heading: str
    line: int
    rank: int = 0
    run_in: bool = False
    sentence: bool = False
    runs_through: bool = False
    body: list[PlanParagraph] = field(default_factory=list)
    children: list[OutlineNode] = field(default_factory=list)
    ranks_below: set[int] = field(default_factory=set)

    @property
    def title(self) -> str:
        """The heading without its number and the punctuation at its end."""
        return without_punctuation(self.heading[len(self.mark.printed) :])

    @property
    def is_item(self) -> bool:
        """Whether the node looks like an item of work, not like a chapter over items."""
        if self.children:
            headed = sum(child.run_in for child in self.children)
            return self.mark.rank >= ITEM_RANK and 2 * headed <= len(self.children)
        return self.run_in or self.sentence or not self.body or self.mark.rank >= ITEM_RANK

    def all_paragraphs(self) -> Iterator[PlanParagraph]:
        """The text under the heading, with that of deeper nodes, in the order of the page."""
        yield from self.body
        for child in self.children:
            yield PlanParagraph(child.heading, child.line)
            yield from child.all_paragraphs()


def is_outline_heading(paragraph: PlanParagraph) -> bool:
    mark = paragraph.mark
    return bool(paragraph.depth) or (mark is not None and mark.rank < BULLET_RANK)


def build_outline(paragraphs: Sequence[PlanParagraph]) -> tuple[OutlineNode, list[PlanWarning]]:
    """Return the root of the outline; its own body is what stands under no heading."""
    root = OutlineNode(_UNMARKED, "", paragraphs[0].line if paragraphs else 0)
    trail = [root]
    last: dict[int, int] = {}
    warnings: list[PlanWarning] = []
    for paragraph in paragraphs:
        if not is_outline_heading(paragraph):
            trail[-1].body.append(paragraph)
            continue
        node = _outline_node(paragraph)
        while trail[-1] is not root and trail[-1].rank >= node.rank:
            trail.pop()
        if node.mark.ordinal:
            warnings += _numbering_warnings(trail[-1], node, last.get(node.mark.rank, 0))
            last[node.mark.rank] = node.mark.ordinal
        trail[-1].children.append(node)
        trail.append(node)
    return root, warnings


def _outline_node(paragraph: PlanParagraph) -> OutlineNode:
    mark = paragraph.mark or _UNMARKED
    end = len(paragraph.text) if paragraph.depth else _heading_end(paragraph.text, len(mark.printed))
    heading, rest = paragraph.text[:end], paragraph.text[end:]
    node = OutlineNode(mark, heading, paragraph.line, paragraph.depth or 10 + mark.rank)
    node.run_in = bool(rest.strip()) and not is_department_line(rest.strip())
    node.sentence = len(heading) > _LONGEST_RUN_IN_HEAD and is_terminated(heading)
    if rest.strip():
        places = [place - end for place in paragraph.marks if place >= end]
        node.body.append(PlanParagraph(rest, paragraph.line, places))
    return node


def _heading_end(text: str, start: int) -> int:
    """Where the heading of a numbered paragraph ends and its own text begins."""
    body = text[start:]
    mention = find_mention(body)
    ends = [end for _, end in text_spans(body, SENTENCE_STOPS)[:1]]
    if mention and mention.start():
        ends.append(mention.start())
    return start + (_colon_end(body) or min(ends, default=len(body)))


def _colon_end(body: str) -> int:
    """The end of a head that a colon closes (强化招商：…); 0 when there is none."""
    place = body.find("：")
    closes = 0 < place <= _LONGEST_COLON_HEAD and place + 1 < len(body)
    closes = closes and not {"，", "。", "；", "（"}.intersection(body[:place])
    return place + 1 if closes and not is_department_line(body) else 0


def _numbering_warnings(parent: OutlineNode, node: OutlineNode, last: int) -> list[PlanWarning]:
    """A number that is not next in turn may mean that a heading was lost; numbers may run through the plan."""
    mark = node.mark
    begins = mark.rank not in parent.ranks_below
    parent.ranks_below.add(mark.rank)
    node.runs_through = begins and mark.ordinal == last + 1 > 1
    if mark.ordinal == last + 1 or (begins and mark.ordinal == 1):
        return []
    message = f"编号“{mark.printed.strip()}”与前面不连续，请核对是否有标题遗漏或重复。"
    return [PlanWarning(node.heading[:30], message, node.line)]
