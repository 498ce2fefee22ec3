"""The page of a plan's draft: the blocks of its text, the tree made of them, open questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.plan.core.rules import numbered_heading
from app.plan.importer import Block, BlockKind, PlanDraft, SourceText, plan_from_blocks
from app.plan.importer.block_edits import EditScope, cut_places, sorts_of_blocks
from app.plan.importer.plan_draft import HeadedDraft, MeasureDraft, PartDraft, SectionDraft
from app.plan.preview.models import ImportDraft
from app.plan.preview.queries import OfferedEdits, offered_edits
from app.plan.preview.rules import KIND_WORDS, SCOPE_WORDS, PlanBlockRole, opening_words

UNNAMED = "（没有标题）"
DEEPEST_SHOWN = 4  # deeper levels look alike


@dataclass(frozen=True)
class PreviewLine:
    """A block on the page: its text in the source, on lines `first` to `last`."""

    block: Block
    words: str
    first: int
    last: int
    role: PlanBlockRole
    number: int = 0  # of a measure, through the whole plan
    alike: Mapping[EditScope, int] = field(default_factory=dict)  # how many blocks a change would go to

    @property
    def start(self) -> int:
        return self.block.start

    @property
    def scopes(self) -> list[tuple[str, str]]:
        """Return the possible scopes of a change with their counts, leaving out those that make no difference."""
        found = {EditScope.BLOCK: 1, **self.alike}
        return [
            (scope.value, f"{SCOPE_WORDS[scope]} {count} 处" if count > 1 else SCOPE_WORDS[scope])
            for scope, count in found.items()
            if scope is EditScope.BLOCK or count > 1
        ]

    @property
    def line_words(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def role_words(self) -> str:
        """Return its role in words, which stand beside the colours."""
        return f"{self.role.label} {self.number}" if self.number else self.role.label

    @property
    def shade(self) -> int:
        """Return its level, which decides the colour; 0 is text."""
        return min(self.block.level, DEEPEST_SHOWN) if self.block.is_node else 0

    @property
    def opening(self) -> str:
        return opening_words(self.words)


@dataclass(frozen=True)
class CutChoice:
    """A place where a block can be cut without a script, with the words after it."""

    place: int
    words: str


@dataclass(frozen=True)
class BlockChoices:
    """Everything that can be done with one block without a script."""

    line: PreviewLine
    cuts: tuple[CutChoice, ...]

    @property
    def kinds(self) -> dict[str, str]:
        return {kind.value: words for kind, words in KIND_WORDS.items()}


@dataclass(frozen=True)
class PreviewHead:
    """A heading of the tree with the number of measures below it, and the headings below."""

    start: int
    title: str
    count_words: str = ""
    children: tuple[PreviewHead, ...] = ()


@dataclass(frozen=True)
class OpenQuestion:
    """Something to be checked, with its block."""

    number: int
    message: str
    place: str
    checked: bool
    start: int | None


class PreviewPage:
    """The page of a draft; `focus` is the position of the block that the reader is taken to."""

    def __init__(self, draft: ImportDraft, focus: int | None = None) -> None:
        self.draft = draft
        self.source: SourceText = draft.source_text
        self.blocks: tuple[Block, ...] = draft.block_row
        self.plan: PlanDraft = plan_from_blocks(self.source, self.blocks, draft.frame_fields)
        self.focus = None if focus is None else self.start_at(focus)

    @cached_property
    def lines(self) -> list[PreviewLine]:
        roles, measures = self.roles, self.measure_numbers
        sorts = sorts_of_blocks(self.source, self.blocks)
        in_section, in_text = Counter(sorts), Counter(sort.words for sort in sorts)
        return [
            PreviewLine(
                block,
                self.source.text[block.start : block.end],
                self.source.line_number(block.start),
                self.source.line_number(block.end - 1),
                roles[block.start],
                measures.get(block.start, 0),
                {EditScope.SECTION: in_section[sort], EditScope.TEXT: in_text[sort.words]},
            )
            for block, sort in zip(self.blocks, sorts, strict=True)
        ]

    @cached_property
    def roles(self) -> dict[int, PlanBlockRole]:
        """Return the role of each block, by position."""
        in_tree = dict(roles_in_tree(self.plan))
        found: dict[int, PlanBlockRole] = {}
        annex = 0  # the level of the annex that the block stands in
        for block in self.blocks:
            if block.is_node:
                annex = annex if annex and block.level > annex else 0
                annex = annex or (block.level if block.kind is BlockKind.ANNEX else 0)
                outside = PlanBlockRole.ANNEX if annex else PlanBlockRole.UNREPORTED
                found[block.start] = in_tree.get(block.start, outside)
            else:
                found[block.start] = PlanBlockRole(block.kind.value)
        return found

    @cached_property
    def measure_numbers(self) -> dict[int, int]:
        return {measure.start: number for number, measure in enumerate(self.plan.measures(), 1)}

    @cached_property
    def outline(self) -> list[PreviewHead]:
        """Return the tree with its measures; a nameless heading is called by its content."""
        return [outline_of_part(part, self.measure_numbers) for part in self.plan.parts]

    @cached_property
    def edits(self) -> OfferedEdits:
        return offered_edits(self.draft)

    @property
    def characters(self) -> int:
        """Return the number of characters in the text without white space."""
        return characters_in(self.source.text)

    @property
    def placed(self) -> int:
        """Return how many of them are in a block."""
        return sum(characters_in(self.source.text[block.start : block.end]) for block in self.blocks)

    @property
    def measure_count(self) -> int:
        return len(self.measure_numbers)

    @property
    def section_count(self) -> int:
        return sum(len(part.sections) for part in self.plan.parts)

    @cached_property
    def questions(self) -> list[OpenQuestion]:
        """Return what has to be checked, open questions first."""
        asked = [self.open_question(number, row) for number, row in enumerate(self.draft.questions)]
        return sorted(asked, key=lambda question: question.checked)

    @property
    def open_count(self) -> int:
        return sum(not question.checked for question in self.questions)

    def open_question(self, number: int, row: dict[str, Any]) -> OpenQuestion:
        start = self.start_at(row["start"]) if row["end"] else None
        return OpenQuestion(number, row["message"], row["place"], row["checked"], start)

    def start_at(self, place: int) -> int | None:
        """Return the start of the block at a position in the text, or of the next one."""
        return next((block.start for block in self.blocks if place < block.end), None)

    def line_at(self, start: int) -> PreviewLine | None:
        return next((line for line in self.lines if line.start == start), None)

    def choices_of(self, line: PreviewLine) -> BlockChoices:
        """Return what can be done with a block; cuts are named by the words after them."""
        cuts = tuple(
            CutChoice(at, opening_words(self.source.text[at : line.block.end]))
            for at in cut_places(self.source, line.block)
        )
        return BlockChoices(line, cuts)


def characters_in(text: str) -> int:
    return len("".join(text.split()))


def roles_in_tree(plan: PlanDraft) -> Iterator[tuple[int, PlanBlockRole]]:
    """Yield the roles of the headings in a plan's tree; a measure that forms a part counts as a measure."""
    for part in plan.parts:
        yield from role_of_head(part, PlanBlockRole.PART if part.reporting else PlanBlockRole.UNREPORTED)
        yield from roles_of_measures(part)
        for section in part.sections:
            yield from role_of_head(
                section, PlanBlockRole.SECTION if section.reporting else PlanBlockRole.UNREPORTED
            )
            yield from roles_of_measures(section)


def roles_of_measures(holder: PartDraft | SectionDraft) -> Iterator[tuple[int, PlanBlockRole]]:
    for measure in holder.measures:
        for head in measure.path:
            yield from role_of_head(head, PlanBlockRole.PATH)
        yield measure.start, PlanBlockRole.MEASURE


def role_of_head(head: HeadedDraft, role: PlanBlockRole) -> Iterator[tuple[int, PlanBlockRole]]:
    """Yield the role of a heading; a nameless part or section has no place in the text."""
    if head.heading:
        yield head.start, role


def outline_of_part(part: PartDraft, numbers: dict[int, int]) -> PreviewHead:
    sections = (
        outline_of_head(section, section.measures, outline_of_measures(section, numbers))
        for section in part.sections
    )
    return outline_of_head(part, tuple(part.all_measures()), (*sections, *outline_of_measures(part, numbers)))


def outline_of_head(
    head: PartDraft | SectionDraft, measures: Sequence[MeasureDraft], below: tuple[PreviewHead, ...]
) -> PreviewHead:
    title = numbered_heading(head.number, head.title) or UNNAMED
    return PreviewHead(first_start(head), title, count_words(head, measures), below)


def outline_of_measures(holder: PartDraft | SectionDraft, numbers: dict[int, int]) -> tuple[PreviewHead, ...]:
    """Return the measures directly below a heading, without one that is the heading itself."""
    return tuple(
        PreviewHead(one.start, f"{numbers[one.start]}. {one.title}")
        for one in holder.measures
        if one.start != holder.start or not holder.heading
    )


def first_start(holder: PartDraft | SectionDraft) -> int:
    """Return the position of a heading or, if it has none, of its content."""
    below = [one.start for one in holder.subdivisions()]
    return holder.start if holder.heading or not below else below[0]


def count_words(holder: PartDraft | SectionDraft, measures: Sequence[MeasureDraft]) -> str:
    return f"{len(measures)} 项" if holder.reporting else PlanBlockRole.UNREPORTED.label
