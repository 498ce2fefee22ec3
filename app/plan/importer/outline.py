"""The outline of a plan: paragraphs under their heads, at any depth. It also decides for groups of siblings whether
they are measures or contain measures; everything under a measure is its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.plan.importer.blocks import BlockKind
from app.plan.importer.duties import find_bracketed_duty, is_duty_text
from app.plan.importer.numbering import BULLET_RANK, ENUMERATION_RANK, ITEM_RANK, NumberMark, marks_of
from app.plan.importer.paragraphs import PlanParagraph
from app.plan.importer.sentences import (
    SENTENCE_STOPS,
    Span,
    framed_head_end,
    is_terminated,
    text_spans,
    without_frame,
    without_punctuation,
)
from app.plan.importer.sequences import TextHead
from app.plan.importer.unnumbered_heads import BOLD_LEAD

LONGEST_RUN_IN_HEAD = 40  # characters
_LONGEST_BOLD_HEAD = 45
_SHORTEST_CLAUSE = 6  # of a chapter's head, after a colon
_CHAPTERS = frozenset({"part", "chapter", "han", "bracketed_han"})
_COLON_HEAD = re.compile(r"[^，。；（：:]{1,24}[：:](?=.)", re.DOTALL)


@dataclass(frozen=True)
class TextSpan:
    paragraph: PlanParagraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]

    @property
    def bold_marks(self) -> list[int]:
        """Return where bold type begins or ends in the span."""
        return [mark - self.start for mark in self.paragraph.marks if self.start <= mark <= self.end]


@dataclass
class OutlineNode:
    """A head with everything under it: `texts` precede its `children`.

    The root has no head. `runs_through`: its numbering continues across chapters.
    """

    head: TextSpan | None
    habit: str = ""
    mark: NumberMark | None = None
    kind: BlockKind = BlockKind.REPORTED
    runs_through: bool = False
    texts: list[TextSpan] = field(default_factory=list)
    children: list[OutlineNode] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take a bullet, or 一是 before one, off the words of the head."""
        if self.mark is None:
            found = (one for one in marks_of(self.heading) if one.rank in (BULLET_RANK, ENUMERATION_RANK))
            self.mark = next(found, None)

    @property
    def heading(self) -> str:
        return self.head.text if self.head else ""

    @property
    def number_length(self) -> int:
        return len(self.mark.printed) if self.mark else 0

    @property
    def wording(self) -> str:
        return self.heading[self.number_length :]

    @property
    def title(self) -> str:
        """Return the head without its number and final punctuation."""
        return without_frame(without_punctuation(self.wording).strip())

    @property
    def head_is_bold(self) -> bool:
        return bool(self.head and self.head.bold_marks)

    @property
    def run_in(self) -> bool:
        """Return whether text follows the head in its own paragraph."""
        return any(
            span.paragraph is self.head.paragraph and not is_duty_text(span.text.strip())
            for span in self.texts
            if self.head
        )

    @property
    def is_sentence(self) -> bool:
        """Return whether its head is a whole sentence rather than a head."""
        return len(self.heading) > LONGEST_RUN_IN_HEAD and is_terminated(self.heading)

    @property
    def says_several(self) -> bool:
        """Return whether a sentence follows its head."""
        return any(not is_duty_text(span.text.strip()) for span in self.texts)

    @property
    def following(self) -> list[TextSpan]:
        """Return its texts without the one that shares a paragraph with the head."""
        return self.texts[1:] if self.run_in else self.texts

    @property
    def has_duties(self) -> bool:
        """Return whether departments are named beside its head or in its text."""
        return any(
            find_bracketed_duty(text) or is_duty_text(text.strip())
            for text in (self.heading, *(span.text for span in self.texts))
        )

    def all_nodes(self) -> Iterator[OutlineNode]:
        """Yield all nodes below it, in the order of the page."""
        for child in self.children:
            yield child
            yield from child.all_nodes()

    def all_spans(self) -> Iterator[TextSpan]:
        """Yield its texts and everything below it, including heads, in the order of the page."""
        yield from self.texts
        for child in self.children:
            if child.head:
                yield child.head
            yield from child.all_spans()

    def close_children(self) -> None:
        """Turn its children, including their heads, into text."""
        self.texts = list(self.all_spans())
        self.children = []


def build_outline(
    paragraphs: Sequence[PlanParagraph], places: Sequence[Span], heads: Sequence[TextHead]
) -> OutlineNode:
    """Return the root of the outline; its own texts are those without a head.

    places: the paragraph of each line and the place in it.
    """
    by_paragraph: dict[int, list[tuple[int, TextHead]]] = {}
    for head in heads:
        number, offset = places[head.line]
        by_paragraph.setdefault(number, []).append((offset + head.offset, head))
    root = OutlineNode(None)
    trail: list[tuple[int, OutlineNode]] = [(0, root)]
    for number, paragraph in enumerate(paragraphs):
        own = sorted(by_paragraph.get(number, []), key=lambda one: one[0])
        start = own[0][0] if own else len(paragraph.text)
        _add_text(trail[-1][1], paragraph, 0, start)
        ends = [offset for offset, _ in own[1:]] + [len(paragraph.text)]
        for (offset, head), end in zip(own, ends, strict=False):
            _hang_node(trail, head, paragraph, offset, end)
    _open_title_over_chapters(root)
    _head_first_list(root)
    for node in (root, *root.all_nodes()):
        _close_enumeration(node)
    return root


def _close_enumeration(node: OutlineNode) -> None:
    """Turn an enumeration (一是, 二是) before the chapters of a node into text."""
    enumerated = next((n for n, one in enumerate(node.children) if one.habit != "enumeration"), 0)
    if enumerated and node.children[enumerated].habit in _CHAPTERS:
        for child in node.children[:enumerated]:
            node.texts += [span for span in (child.head, *child.all_spans()) if span]
        del node.children[:enumerated]


def _open_title_over_chapters(root: OutlineNode) -> None:
    """Treat a single head over all chapters that has a format (## 全文) as their title, not as a part."""
    only = root.children[0] if len(root.children) == 1 else None
    if only is None or only.head is None or not only.habit.startswith("outline"):
        return
    if len(only.children) > 1 and only.children[0].habit in _CHAPTERS:
        root.texts += [only.head, *only.texts]
        root.children = only.children


def _head_first_list(root: OutlineNode) -> None:
    """If a list precedes the first of the heads over such lists, make the line that announces it its head."""
    first = next((place for place, node in enumerate(root.children) if node.mark is None), 0)
    listed, upper = root.children[:first], root.children[first:]
    habits = {child.habit for node in upper for child in node.children}
    announced = root.texts[-1] if root.texts else None
    if (
        announced is None
        or not _announces_list(announced.text)
        or not habits.issuperset(one.habit for one in listed)
    ):
        return
    if listed:
        node = OutlineNode(root.texts.pop(), upper[0].habit, children=listed)
        root.children = [node, *upper]


def _announces_list(text: str) -> bool:
    return len(text) <= LONGEST_RUN_IN_HEAD and text.rstrip().endswith(("：", ":"))


def _add_text(node: OutlineNode, paragraph: PlanParagraph, start: int, end: int) -> None:
    if paragraph.text[start:end].strip():
        node.texts.append(TextSpan(paragraph, start, end))


def _hang_node(
    trail: list[tuple[int, OutlineNode]], head: TextHead, paragraph: PlanParagraph, start: int, end: int
) -> None:
    while trail[-1][0] >= head.depth:
        trail.pop()
    cut = _head_end(paragraph, head, start, end)
    node = OutlineNode(TextSpan(paragraph, start, cut), head.habit, head.mark)
    node.runs_through = head.runs_through
    _add_text(node, paragraph, cut, end)
    trail[-1][1].children.append(node)
    trail.append((head.depth, node))


def _head_end(paragraph: PlanParagraph, head: TextHead, start: int, end: int) -> int:
    """Return where a head ends and its text begins in the same paragraph."""
    if head.habit == BOLD_LEAD:
        return _bold_end(paragraph, start, start, end) or end
    if paragraph.depth or head.mark is None:
        return end
    number = len(head.mark.printed)
    body = paragraph.text[start + number : end]
    bold = _bold_end(paragraph, start, start + number, end)
    if bold:
        return bold
    duty = find_bracketed_duty(body)
    ends = [stop for _, stop in text_spans(body, SENTENCE_STOPS)]
    if duty and duty.start:
        ends.append(duty.start)
    framed = 0 if is_duty_text(body) else framed_head_end(body)
    colon = colon_end(body)
    if head.mark.key in _CHAPTERS and not is_terminated(body) and len(body) - colon >= _SHORTEST_CLAUSE:
        colon = 0
    return start + number + (framed or colon or min(ends, default=len(body)))


def _bold_end(paragraph: PlanParagraph, start: int, wording: int, end: int) -> int:
    """Return the end of a bold head at the start of a paragraph, including its punctuation; 0 if there is none."""
    marks = paragraph.marks
    for first, last in zip(marks[::2], marks[1::2], strict=False):
        if start <= first <= wording and wording < last < end and last - wording <= _LONGEST_BOLD_HEAD:
            stops = paragraph.text[last:end]
            return last + len(stops) - len(stops.lstrip("。：:；， \u3000"))
    return 0


def colon_end(body: str) -> int:
    """Return the end of a head closed by a colon (强化招商：…); 0 if there is none."""
    found = _COLON_HEAD.match(body)
    return found.end() if found and not is_duty_text(body) else 0


RUN_IN = "run_in"  # the habit of heads inside a paragraph
PARAGRAPH = "paragraph"  # the habit of paragraphs that are measures without a head
LONGEST_HEAD = 34  # characters
FEWEST = 2
_NEARLY_ALL = 4  # times as much text as the others
_ALWAYS_ITEMS = frozenset({"article", RUN_IN, PARAGRAPH, "own_line", "bold_line"})


def decide_siblings(nodes: Sequence[OutlineNode]) -> None:
    """Turn the children of nodes that are themselves measures into text."""
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
    """Return whether a node's children are measures (with text or departments), not sentences of one measure."""
    children = node.children
    if len(children) == 1 and children[0].habit == RUN_IN and not children[0].head_is_bold:
        return False
    if any(child.children or child.runs_through or child.habit in _ALWAYS_ITEMS for child in children):
        return True
    if sum(child.has_duties for child in children) >= FEWEST:
        return True
    if len(children) >= FEWEST and all(child.says_several for child in children):
        return True
    if len(children) >= FEWEST and _is_bare_title(node):
        return True
    headed = sum(_is_headed(child) for child in children)
    return 2 * headed > len(children) or (len(children) == 1 and headed == 1)


def _holds_nothing_else(node: OutlineNode) -> bool:
    """Return whether a node is a title with only a list or one measure under it."""
    return len(node.children) == 1 or (not node.texts and not is_terminated(node.heading))


def _is_headed(node: OutlineNode) -> bool:
    """Return whether a node has a head with text, or is only a title."""
    if node.is_sentence or node.habit == "circled":
        return False
    if node.habit == "enumeration":
        return bool(node.texts) and len(node.wording) <= LONGEST_HEAD
    return bool(node.texts) or (
        len(node.wording) <= LONGEST_HEAD and not node.wording.endswith(("；", ";", "。"))
    )


def _most_hold(judged: Sequence[OutlineNode], holders: Sequence[OutlineNode]) -> bool:
    """Return whether siblings contain measures: most of them do, or these have departments."""
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


def _is_bare_title(node: OutlineNode) -> bool:
    """Return whether a node is a head without any text."""
    return not node.texts and not node.heading.rstrip().endswith(("。", "；", ";"))


def _is_item(node: OutlineNode) -> bool:
    """Return whether a node has text and is numbered like an item, so that a list in it is part of its text."""
    return node.run_in and node.mark is not None and node.mark.rank >= ITEM_RANK


def _hold_titles(children: Sequence[OutlineNode]) -> bool:
    """Return whether everything below a node is titles on their own lines with text under them."""
    return len(children) > FEWEST and all(
        child.mark is not None
        and child.says_several
        and not child.run_in
        and not is_terminated(child.heading)
        for child in children
    )


def _say_nearly_all(holders: Sequence[OutlineNode], others: Sequence[OutlineNode]) -> bool:
    """Return whether the lists of some siblings hold nearly all text and the others only remarks (主题, 时间)."""
    lengths = [
        sum(len(span.text) for node in nodes for span in node.all_spans()) for nodes in (holders, others)
    ]
    items = [child for node in holders for child in node.children]
    several = sum(child.says_several for child in items)
    return lengths[0] > _NEARLY_ALL * lengths[1] and several >= FEWEST and 2 * several > len(items)
