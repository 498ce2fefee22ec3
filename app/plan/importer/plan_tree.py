"""Computing the tree of a plan from its blocks. Pure; never fails, whatever a person has made of the blocks.

Levels only count by nesting: a node belongs to the nearest node before it with a smaller level. Reported leaves are
measures, the nodes above them sections and parts; if siblings contain measures, a leaf among them becomes a section
with one measure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from app.plan.importer.blocks import (
    Block,
    BlockKind,
    FrameFields,
    SourceLine,
    SourceText,
    complete_blocks,
    text_of_block,
)
from app.plan.importer.duties import is_duty_text
from app.plan.importer.measure_duties import add_duties, commitments_of, departments_of
from app.plan.importer.numbering import mark_of
from app.plan.importer.plan_draft import (
    AnnexDraft,
    CommitmentDraft,
    HeadedDraft,
    MeasureDraft,
    PartDraft,
    PlanDraft,
    SectionDraft,
)
from app.plan.importer.sentences import (
    SENTENCE_STOPS,
    is_couplet,
    is_terminated,
    sentence_title_end,
    text_spans,
    without_frame,
    without_punctuation,
)

LONGEST_TITLE = 30  # characters; a longer head without text is a sentence, whose first clause is the title
LONGEST_RUN_IN_HEAD = 40  # characters
CELL_ROLES = ("target", "leader", "deadline")  # columns of a table, as fields of MeasureDraft


@dataclass
class TreeNode:
    """The head of a node as printed, its paragraphs, and the nodes below."""

    kind: BlockKind
    level: int
    heading: str
    number_length: int | None = None
    start: int = 0
    paragraphs: list[str] = field(default_factory=list)
    children: list[TreeNode] = field(default_factory=list)
    cells: dict[str, list[str]] = field(default_factory=dict)

    def cell_text(self, role: str) -> str:
        """Return the text of table cells beside its head, without the names of the columns."""
        lines = self.cells.get(role, [])
        label, mark, _ = lines[0].partition("：") if lines else ("", "", "")
        return "\n".join(line.removeprefix(label + mark).strip() for line in lines)

    @property
    def printed_number(self) -> str:
        if self.number_length is not None:
            return self.heading[: self.number_length]
        mark = mark_of(self.heading)
        return mark.printed if mark else ""

    @property
    def number(self) -> str:
        """Return the number as stored in the tree (一, （二）, 12, 第三章); empty for bullets, labels and no number."""
        mark = mark_of(self.heading)
        printed = self.printed_number
        if mark and mark.printed.strip() == printed.strip():
            return mark.number
        is_label = printed.rstrip().endswith(("：", ":"))
        return "" if is_label else "".join(printed.split()).rstrip("—、．.。,，")

    @property
    def wording(self) -> str:
        return self.heading[len(self.printed_number) :]

    @property
    def title(self) -> str:
        return without_frame(without_punctuation(self.wording).strip())

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def is_reported(self) -> bool:
        return self.kind is BlockKind.REPORTED

    def all_text(self) -> Iterator[str]:
        """Yield its paragraphs, and all heads and paragraphs below, in the order of the page."""
        yield from self.paragraphs
        for child in self.children:
            yield child.heading
            yield from child.all_text()


@dataclass
class _BlockGathering:
    """The contents of the blocks in their order: the frame by kind, and the nodes."""

    frame: dict[BlockKind, list[str]] = field(default_factory=dict)
    set_aside: list[str] = field(default_factory=list)
    annexes: list[TreeNode] = field(default_factory=list)
    closing: list[TreeNode | str] = field(default_factory=list)
    roots: list[TreeNode] = field(default_factory=list)
    trail: list[TreeNode] = field(default_factory=list)

    def add_block(self, block: Block, text: str, *, extends: bool) -> None:
        if block.is_node:
            self._add_node(block, text)
        elif block.kind in (BlockKind.SET_APART, BlockKind.PAGE_LINE):
            _add_text(self.set_aside, text, extends and block.kind is BlockKind.SET_APART)
        elif block.kind in (BlockKind.TITLE, BlockKind.NOTICE, BlockKind.BYLINE, BlockKind.LEAD_IN):
            _add_text(self.frame.setdefault(block.kind, []), text, extends)
        elif block.kind is BlockKind.CLOSING:
            self._add_closing(text, extends)
        elif not self.trail:
            _add_text(self.frame.setdefault(BlockKind.LEAD_IN, []), text, extends)
        elif extends and not self.trail[-1].paragraphs:
            self.trail[-1].heading += text
        else:
            _add_text(self.trail[-1].paragraphs, text, extends)

    def _add_node(self, block: Block, text: str) -> None:
        while self.trail and self.trail[-1].level >= block.level:
            self.trail.pop()
        above = next((node for node in self.trail if node.kind is BlockKind.ANNEX), None)
        node = TreeNode(block.kind, block.level, text, block.number_length, block.start)
        if block.kind is BlockKind.ANNEX and above is None:
            self.annexes.append(node)
            self.closing.append(node)
        else:
            (self.trail[-1].children if self.trail else self.roots).append(node)
        self.trail.append(node)

    def add_cells(self, source: SourceText, lines: Iterable[SourceLine]) -> None:
        """Add lines of a table to the node above them."""
        for line in lines:
            if self.trail:
                self.trail[-1].cells.setdefault(line.role, []).append(source.text[line.start : line.end])

    def _add_closing(self, text: str, extends: bool) -> None:
        if extends and self.closing and isinstance(self.closing[-1], str):
            self.closing[-1] += text
        else:
            self.closing.append(text)


def plan_from_blocks(source: SourceText, blocks: Sequence[Block], fields: FrameFields) -> PlanDraft:
    """Compute the plan of a text divided into blocks; any division gives a plan, never an error.

    Text without a block counts as running text; text in two blocks belongs to the first.
    """
    gathering = _BlockGathering()
    cells = [line for line in source.lines if line.role in CELL_ROLES]
    starts = [line.start for line in cells]
    before: Block | None = None
    for block in complete_blocks(source, blocks):
        text = text_of_block(source, block)
        extends = block.continues and before is not None and _may_extend(before, block)
        gathering.add_block(block, text, extends=extends)
        if block.kind is BlockKind.TEXT:
            within = cells[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
            gathering.add_cells(source, within)
        before = before if block.kind is BlockKind.PAGE_LINE else block
    frame = {kind: "\n".join(texts) for kind, texts in gathering.frame.items()}
    plan = PlanDraft(
        title=fields.title,
        title_lines=frame.get(BlockKind.TITLE, ""),
        year=fields.year,
        issuer=fields.issuer,
        issued_on=fields.issued_on,
        document_number=fields.document_number,
        lead_in=frame.get(BlockKind.LEAD_IN, ""),
        notice=frame.get(BlockKind.NOTICE, ""),
        byline=frame.get(BlockKind.BYLINE, ""),
        parts=tuple(_parts_of(gathering.roots)),
        closing="\n".join(_closing_texts(gathering.closing)),
        annexes=tuple(AnnexDraft(node.title, "\n".join(node.all_text())) for node in gathering.annexes),
        set_aside=tuple(gathering.set_aside),
    )
    return add_duties(plan)


def _may_extend(before: Block, block: Block) -> bool:
    """Return whether a block can continue the one before: text continues a head or text, a frame block its own kind."""
    text = {BlockKind.TEXT} if not before.is_node else {BlockKind.TEXT, before.kind}
    return not block.is_node and block.kind in (before.kind, *text)


def _add_text(texts: list[str], text: str, extends: bool) -> None:
    if extends and texts:
        texts[-1] += text
    else:
        texts.append(text)


def _closing_texts(closing: Iterable[TreeNode | str]) -> Iterator[str]:
    for one in closing:
        if isinstance(one, str):
            yield one
        else:
            yield one.heading
            yield from one.all_text()


def _parts_of(roots: Sequence[TreeNode]) -> Iterator[PartDraft]:
    """Yield the parts; topmost nodes that are measures are collected in parts without a name."""
    if not _are_measures(roots):
        yield from map(_part_of, roots)
        return
    for is_reported, nodes in groupby(roots, key=lambda node: node.is_reported):
        if is_reported:
            yield PartDraft("", "", measures=_measures_of(nodes))
        else:
            yield from map(_part_of, nodes)


def _are_measures(nodes: Sequence[TreeNode]) -> bool:
    return not any(node.is_reported and node.children for node in nodes)


def _part_of(node: TreeNode) -> PartDraft:
    head = (node.number, node.title, node.text, node.heading)
    if not node.is_reported:
        sections = tuple(_unreported_section(child) for child in node.children)
        return PartDraft(*head, sections=sections, reporting=False, start=node.start)
    if not node.children:
        return PartDraft(
            node.number, node.title, "", node.heading, measures=_own_measure(node), start=node.start
        )
    if _are_measures(node.children) and all(child.is_reported for child in node.children):
        return PartDraft(*head, measures=_measures_of(node.children), start=node.start)
    return PartDraft(*head, sections=tuple(_sections_of(node.children)), start=node.start)


def _sections_of(nodes: Sequence[TreeNode]) -> Iterator[SectionDraft]:
    """Yield the sections; measures beside unreported sections are collected in one without a name."""
    if not _are_measures(nodes):
        yield from (_section_of(node) if node.is_reported else _unreported_section(node) for node in nodes)
        return
    for is_reported, group in groupby(nodes, key=lambda node: node.is_reported):
        if is_reported:
            yield SectionDraft("", "", measures=_measures_of(group))
        else:
            yield from map(_unreported_section, group)


def _unreported_section(node: TreeNode) -> SectionDraft:
    text = "\n".join(node.all_text())
    return SectionDraft(node.number, node.title, text, node.heading, reporting=False, start=node.start)


def _section_of(node: TreeNode) -> SectionDraft:
    if not node.children:
        return SectionDraft(node.number, node.title, "", node.heading, _own_measure(node), start=node.start)
    deep = _DeepMeasures(list(node.paragraphs))
    deep.add_nodes(node.children, ())
    text = "\n".join(deep.paragraphs)
    return SectionDraft(node.number, node.title, text, node.heading, tuple(deep.measures), start=node.start)


@dataclass
class _DeepMeasures:
    """The measures at any depth under a section, each with the heads between (its path)."""

    paragraphs: list[str]
    measures: list[MeasureDraft] = field(default_factory=list)

    def add_nodes(self, nodes: Sequence[TreeNode], path: tuple[HeadedDraft, ...]) -> None:
        sentences = _sentences_among(nodes)
        for count, node in enumerate(nodes, start=1):
            if not node.is_reported:
                self._add_unreported(node)
            elif node.children:
                head = HeadedDraft(node.number, node.title, node.text, node.heading, start=node.start)
                self.add_nodes(node.children, (*path, head))
            else:
                self.measures.append(_measure_of(node, count, path, is_sentence=sentences[count - 1]))

    def _add_unreported(self, node: TreeNode) -> None:
        """Add an unreported node among measures to the text of what precedes it."""
        pieces = [node.heading, *node.all_text()]
        if not self.measures:
            self.paragraphs += pieces
            return
        last = self.measures[-1]
        text = "\n".join(piece for piece in (last.text, *pieces) if piece)
        self.measures[-1] = MeasureDraft(
            last.number, last.title, text, last.heading, commitments_of(text), last.path, start=last.start
        )


def _own_measure(node: TreeNode) -> tuple[MeasureDraft, ...]:
    """Return the only measure of a leaf that is a part or section because of its siblings."""
    if not node.paragraphs:
        return ()
    return (MeasureDraft("1", node.title, node.text, "", commitments_of(node.text), start=node.start),)


def _measures_of(nodes: Iterable[TreeNode]) -> tuple[MeasureDraft, ...]:
    listed = list(nodes)
    pairs = zip(listed, _sentences_among(listed), strict=True)
    return tuple(
        _measure_of(node, count, is_sentence=is_sentence)
        for count, (node, is_sentence) in enumerate(pairs, start=1)
    )


def _sentences_among(nodes: Sequence[TreeNode]) -> list[bool]:
    """Return which nodes begin with a sentence instead of a head; decided alike for nodes without other text."""
    found = list(map(_is_sentence, nodes))
    bare = [one or _is_bare_sentence(node) for one, node in zip(found, nodes, strict=True)]
    cut = sum(one and _title_end(node) < len(node.wording) for one, node in zip(found, nodes, strict=True))
    return bare if cut and 2 * cut >= sum(bare) else found


def _title_end(node: TreeNode) -> int:
    return sentence_title_end(node.wording, stands_alone=not _says_more(node))


def _measure_of(
    node: TreeNode, count: int, path: tuple[HeadedDraft, ...] = (), *, is_sentence: bool
) -> MeasureDraft:
    target, leader, deadline = map(node.cell_text, CELL_ROLES)
    return replace(
        _headed_measure(node, count, path, is_sentence), target=target, leader=leader, deadline=deadline
    )


def _headed_measure(
    node: TreeNode, count: int, path: tuple[HeadedDraft, ...], is_sentence: bool
) -> MeasureDraft:
    number = node.number or str(count)
    if is_sentence:
        first = node.wording[: _title_end(node)]
        rest = node.wording[len(first) :]
        text = "\n".join(piece for piece in (rest, node.text) if piece)
        whole = first + text if rest else f"{first}\n{text}"
        heading = node.printed_number + first
        return MeasureDraft(
            number,
            without_punctuation(first).strip(),
            text,
            heading,
            commitments_of(whole),
            path,
            start=node.start,
        )
    return MeasureDraft(
        number, node.title, node.text, node.heading, _commitments_of(node), path, start=node.start
    )


def _is_bare_sentence(node: TreeNode) -> bool:
    words = node.wording.strip()
    return is_terminated(words) and not is_couplet(words) and not _says_more(node)


def _says_more(node: TreeNode) -> bool:
    """Return whether sentences follow a head, not only departments."""
    return any(not is_duty_text(text.strip()) for text in node.paragraphs)


def _is_sentence(node: TreeNode) -> bool:
    """Return whether a measure's head is a sentence: its whole text, or too long for a numbered head.

    Unnumbered heads at the beginning of paragraphs (run_in_heads) may have any length.
    """
    length = len(node.wording)
    alone = not _says_more(node)
    holds_several = len(text_spans(node.wording, SENTENCE_STOPS)) > 1
    ended = (holds_several or is_terminated(node.wording)) and (
        length > LONGEST_RUN_IN_HEAD if node.printed_number else alone and "，" in node.wording
    )
    return bool(node.wording.strip()) and (ended or (alone and length > LONGEST_TITLE))


def _commitments_of(node: TreeNode) -> tuple[CommitmentDraft, ...]:
    """Return the commitments of a measure with a head; a head without further text is itself the commitment."""
    if not _says_more(node):
        return commitments_of("\n".join((node.wording, *node.paragraphs)))
    return commitments_of(node.text, departments_of(node.wording))
