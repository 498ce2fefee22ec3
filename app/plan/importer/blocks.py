"""The text of a plan and its division into blocks, which readers propose and people may change.

A text never changes. Blocks are spans that partition it (except for white space between them), so that no edit can
lose, repeat or move any text; the tree is computed from them (plan_tree.py).
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
    """One physical line, also a blank one: its place in the text without the line break, and its format.

    outline_level: that of a heading (Word's heading styles, h1–h6, # in Markdown); 0 for none.
    bold: the spans in bold type, as places in the text.
    is_page_line: the file itself marks it as a header or page number.
    role: the column of a table of tasks that the line was written from (`ColumnRole`).
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
    """The decoded text of a plan with \\n between lines; line n of the page is `lines[n - 1]`.

    notes: sentences about other contents of the file.
    """

    text: str
    lines: tuple[SourceLine, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def from_lines(cls, lines: Iterable[tuple[str, SourceLine]], notes: Iterable[str] = ()) -> Self:
        """Join lines; the places in each are counted from its own start, its own end is ignored."""
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
        """Return the text line by line in simplified characters, as the patterns expect it."""
        return replace(self, text=with_full_stops(simplified_text(self.text)))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_number(self, place: int) -> int:
        """Return the number (from 1) of the line at a place in the text."""
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
        """Read what as_json wrote."""
        lines = (
            SourceLine(start, end, level, tuple((first, last) for first, last in bold), row, page, role)
            for start, end, level, bold, row, page, role in data["lines"]
        )
        return cls(data["text"], tuple(lines), tuple(data["notes"]))


class BlockKind(StrEnum):
    """What a block is. A person may choose the first three for a node (level 1 and deeper)."""

    REPORTED = "reported"  # 填报
    UNREPORTED = "unreported"  # 不填报
    ANNEX = "annex"  # 附件; includes everything at deeper levels
    TEXT = "text"  # running text of the node above; before the first node, the lead-in
    TITLE = "title"
    NOTICE = "notice"  # the lines before the title
    BYLINE = "byline"  # organ, date, number under the title
    LEAD_IN = "lead_in"
    CLOSING = "closing"  # signature, 抄送, list of annexes
    SET_APART = "set_apart"  # salutations, boxes, notes, glossaries: not part of any node
    PAGE_LINE = "page_line"  # page numbers, headers, table of contents


NODE_KINDS = frozenset({BlockKind.REPORTED, BlockKind.UNREPORTED, BlockKind.ANNEX})


@dataclass(frozen=True)
class Block:
    """A span of the text: the head of a node (`level` 1 and deeper) or text (`level` 0).

    A run-in head and its text are two blocks on one line. Line breaks inside a block come from the page and are
    removed, so a paragraph is one block.
    continues: the block continues the one before it in the same node without a line break, after a page line.
    number_length: the length of a head's printed number; None if unknown.
    habit: how a head is numbered or formatted, so that all similar heads can be changed together.
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
        """Read what as_json wrote."""
        return cls(**{**data, "kind": BlockKind(data["kind"])})


class QuestionKind(StrEnum):
    """Why something in a text should be checked."""

    BOUNDARY = "boundary"  # where a head or paragraph ends
    NUMBERING = "numbering"
    HEADS = "heads"
    LEAD_IN = "lead_in"
    TITLE = "title"
    YEAR = "year"
    SET_APART = "set_apart"
    LONG_MEASURE = "long_measure"
    DUTY = "duty"  # who is responsible for a measure
    ISSUER = "issuer"
    DATE = "date"
    PAST = "past"
    NO_MEASURES = "no_measures"


@dataclass(frozen=True)
class PlanQuestion:
    """Something that a person should check.

    message: a Chinese sentence. start, end: the place in the text; both 0 if it concerns the whole plan.
    place: the part, section or measure as printed.
    """

    kind: QuestionKind
    message: str
    start: int = 0
    end: int = 0
    place: str = "全文"


@dataclass(frozen=True)
class FrameFields:
    """What the frame of a plan states, and a person can correct. The year is None if it is doubtful."""

    title: str = ""
    year: int | None = None
    issuer: str = ""
    document_number: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True)
class BlockProposal:
    """The result of reading a text: its blocks in order, the fields of its frame, and open questions."""

    blocks: tuple[Block, ...]
    fields: FrameFields
    questions: tuple[PlanQuestion, ...] = ()


def complete_blocks(source: SourceText, blocks: Iterable[Block]) -> list[Block]:
    """Return blocks that partition the text: in order, without overlap, with gaps filled by running text."""
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
    """Return the text of a block without the line breaks of the page."""
    return "".join(line.strip() for line in source.text[block.start : block.end].split("\n"))
