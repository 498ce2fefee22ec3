"""The text of a plan and its division into blocks: what every reader proposes, and what a person may change.

A text never changes. Blocks are spans that partition it (white space between them aside), so that however they are
cut, raised or lowered, nothing is lost, doubled or moved; the tree is computed from them (plan_tree.py).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from app.plan.importer.sentences import Span
from app.plan.importer.traditional import simplified_text, with_full_stops


@dataclass(frozen=True)
class SourceLine:
    """One physical line, blank ones too: its place in the text without the line break, and what its format says.

    `outline_level` is that of a heading (Word's heading styles, h1–h6, the # of Markdown; 0 for none), `bold` the
    spans in bold type, as places in the text; `is_page_line` tells that the file says so (header, page number).
    `role` names the column of a table of tasks that the line was written from (`ColumnRole`).
    """

    start: int
    end: int
    outline_level: int = 0
    bold: tuple[Span, ...] = ()
    is_table_row: bool = False
    is_page_line: bool = False
    role: str = ""


@dataclass(frozen=True)
class SourceText:
    """A plan's text, decoded, with \\n between its lines; line n of the page is `lines[n - 1]`.

    `notes` are sentences about what the file holds beside it.
    """

    text: str
    lines: tuple[SourceLine, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def from_lines(cls, lines: Iterable[tuple[str, SourceLine]], notes: Iterable[str] = ()) -> Self:
        """Join lines; the places in each are counted from the line's own start, its own end being of no account."""
        pieces: list[str] = []
        placed: list[SourceLine] = []
        start = 0
        for words, line in lines:
            for one in words.split("\n"):
                bold = tuple((start + first, start + min(last, len(one))) for first, last in line.bold)
                placed.append(
                    SourceLine(
                        start,
                        start + len(one),
                        line.outline_level,
                        tuple(span for span in bold if span[0] < span[1]),
                        line.is_table_row,
                        line.is_page_line,
                        line.role,
                    )
                )
                pieces.append(one)
                start += len(one) + 1
        return cls("\n".join(pieces), tuple(placed), tuple(notes))

    def simplified(self) -> SourceText:
        """The same text, line by line, as the patterns read it."""
        return replace(self, text=with_full_stops(simplified_text(self.text)))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_number(self, place: int) -> int:
        """The number, from 1, of the line that a place in the text is on."""
        return bisect_right(self._line_starts, place)

    def as_json(self) -> dict[str, Any]:
        lines = [
            (
                line.start,
                line.end,
                line.outline_level,
                line.bold,
                line.is_table_row,
                line.is_page_line,
                line.role,
            )
            for line in self.lines
        ]
        return {"text": self.text, "lines": lines, "notes": list(self.notes)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The text that as_json wrote."""
        lines = (
            SourceLine(start, end, level, tuple((first, last) for first, last in bold), row, page, role)
            for start, end, level, bold, row, page, role in data["lines"]
        )
        return cls(data["text"], tuple(lines), tuple(data["notes"]))


class BlockKind(StrEnum):
    """What a block is. The first three are what a person chooses for a node (level 1 and deeper)."""

    REPORTED = "reported"  # 填报
    UNREPORTED = "unreported"  # 不填报
    ANNEX = "annex"  # 附件; all that stands deeper goes with it
    TEXT = "text"  # running text of the node above; before the first node it is the lead-in
    TITLE = "title"
    NOTICE = "notice"  # what stands before the title
    BYLINE = "byline"  # organ, date, number under the title
    LEAD_IN = "lead_in"
    CLOSING = "closing"  # signature, 抄送, list of annexes
    SET_APART = "set_apart"  # salutations, boxes, notes, glossaries: belongs to nobody
    PAGE_LINE = "page_line"  # page numbers, headers, table of contents


NODE_KINDS = frozenset({BlockKind.REPORTED, BlockKind.UNREPORTED, BlockKind.ANNEX})


@dataclass(frozen=True)
class Block:
    """A span of the text: the head of a node (`level` 1 and deeper) or text (`level` 0).

    A run-in head and its text are two blocks cut inside a line. Line breaks inside one block are those of the page
    and are closed up, so that a paragraph is a block. `continues` joins a block to the one before it of the same
    node (head or text) without a line break: what a page line interrupted. `number_length` is how much of a head
    is its printed number, None where nobody has looked. `habit` names the way in which a head is numbered or set,
    so that all of its sort can be changed together.
    """

    start: int
    end: int
    level: int = 0
    kind: BlockKind = BlockKind.TEXT
    continues: bool = False
    number_length: int | None = None
    habit: str = ""

    @property
    def is_node(self) -> bool:
        return self.level > 0 and self.kind in NODE_KINDS

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The block that as_json wrote."""
        return cls(**{**data, "kind": BlockKind(data["kind"])})


class QuestionKind(StrEnum):
    """Why something in a text should be looked at."""

    BOUNDARY = "boundary"  # where a head or paragraph ends
    NUMBERING = "numbering"
    HEADS = "heads"
    LEAD_IN = "lead_in"
    TITLE = "title"
    YEAR = "year"
    SET_APART = "set_apart"
    LONG_MEASURE = "long_measure"
    DUTY = "duty"  # who answers for a measure
    ISSUER = "issuer"
    DATE = "date"
    PAST = "past"
    NO_MEASURES = "no_measures"


@dataclass(frozen=True)
class PlanQuestion:
    """Something that a person should check: `message` is a Chinese sentence, `start` and `end` the place in the text.

    Both are 0 where it concerns the whole plan. `place` names part, section or measure as printed.
    """

    kind: QuestionKind
    message: str
    start: int = 0
    end: int = 0
    place: str = "全文"


@dataclass(frozen=True)
class FrameFields:
    """What the frame of a plan says of it; a person can correct each. The year is None where it is doubtful."""

    title: str = ""
    year: int | None = None
    issuer: str = ""
    document_number: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True)
class BlockProposal:
    """How a text was read: its blocks in order, what its frame says, and what is uncertain about it."""

    blocks: tuple[Block, ...]
    fields: FrameFields
    questions: tuple[PlanQuestion, ...] = ()


def complete_blocks(source: SourceText, blocks: Iterable[Block]) -> list[Block]:
    """Blocks that partition the text: in order, without overlap, what was left out as running text."""
    whole: list[Block] = []
    end = 0
    for block in sorted(blocks, key=lambda one: (one.start, one.end)):
        start, stop = max(block.start, end), min(block.end, len(source.text))
        if start >= stop:
            continue
        if source.text[end:start].strip():
            whole.append(Block(end, start))
        whole.append(block if (start, stop) == (block.start, block.end) else _moved_block(block, start, stop))
        end = stop
    if source.text[end:].strip():
        whole.append(Block(end, len(source.text)))
    return [block for block in whole if source.text[block.start : block.end].strip()]


def _moved_block(block: Block, start: int, end: int) -> Block:
    return Block(start, end, block.level, block.kind, block.continues, None, block.habit)


def text_of_block(source: SourceText, block: Block) -> str:
    """What a block says, the line breaks of the page inside it closed up."""
    return "".join(line.strip() for line in source.text[block.start : block.end].split("\n"))
