"""Blocks of a table of tasks, from the roles of its lines: heads of parts, measures, and details of measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.plan.importer.blocks import (
    Block,
    BlockKind,
    BlockProposal,
    FrameFields,
    PlanQuestion,
    QuestionKind,
    SourceLine,
    SourceText,
)
from app.plan.importer.frame_fields import find_plan_year
from app.plan.importer.plan_draft import PlanUnreadable
from app.plan.importer.reading import propose_blocks
from app.plan.importer.sources.task_tables import ColumnRole

FRAME_KINDS = frozenset(
    {BlockKind.TITLE, BlockKind.NOTICE, BlockKind.BYLINE, BlockKind.LEAD_IN, BlockKind.PAGE_LINE}
)
LONGEST_TITLE = 60  # characters
NO_LEAD = "这项没有写牵头单位，请核对。"


def propose_source_blocks(source: SourceText) -> BlockProposal:
    """Read the text of any file: a table of tasks by rows, anything else as a plan. Raises PlanUnreadable."""
    if any(line.role == ColumnRole.MEASURE for line in source.lines):
        return propose_table_blocks(source)
    return propose_blocks(source)


def propose_table_blocks(source: SourceText) -> BlockProposal:
    heads = [place for place, line in enumerate(source.lines) if is_row_head(line)]
    measures = [place for place, line in enumerate(source.lines) if line.role == ColumnRole.MEASURE]
    end = next(
        (place for place in range(measures[-1] + 1, len(source.lines)) if not source.lines[place].role),
        len(source.lines),
    )
    fields, frame = read_frame(source, heads[0])
    body = body_blocks(source, range(heads[0], end))
    closing = (
        Block(line.start, line.end, kind=BlockKind.PAGE_LINE if line.is_page_line else BlockKind.CLOSING)
        for line in source.lines[end:]
        if line.start < line.end
    )
    return BlockProposal((*frame, *body, *closing), fields, tuple(table_questions(source)))


def is_row_head(line: SourceLine) -> bool:
    return line.is_table_row and line.outline_level > 0


def read_frame(source: SourceText, first: int) -> tuple[FrameFields, list[Block]]:
    """Read what is above the table: a title, and perhaps a circular."""
    lines = source.lines[:first]
    page = [Block(line.start, line.end, kind=BlockKind.PAGE_LINE) for line in lines if line.is_page_line]
    above = text_above(source, lines)
    try:
        found = propose_blocks(above, any_text=True)
    except PlanUnreadable:
        return FrameFields(), page
    blocks = [
        block if block.kind in FRAME_KINDS else Block(block.start, block.end, kind=BlockKind.LEAD_IN)
        for block in found.blocks
    ]
    fields = found.fields
    if not any(block.kind is BlockKind.TITLE for block in blocks):
        title = next((line for line in lines if is_title(source, line)), None)
        if title:
            blocks = [block for block in blocks if block.end <= title.start or block.start >= title.end]
            blocks.append(Block(title.start, title.end, kind=BlockKind.TITLE))
            words = "".join(source.text[title.start : title.end].split())
            fields = replace(fields, title=words, year=fields.year or find_plan_year(words))
    return fields, sorted((*blocks, *page), key=lambda block: block.start)


def text_above(source: SourceText, lines: Sequence[SourceLine]) -> SourceText:
    """Return the lines above a table, with page lines replaced by spaces."""
    words = (
        " " * (line.end - line.start) if line.is_page_line else source.text[line.start : line.end]
        for line in lines
    )
    return SourceText("\n".join(words), tuple(replace(line, is_page_line=False) for line in lines))


def is_title(source: SourceText, line: SourceLine) -> bool:
    words = source.text[line.start : line.end].strip()
    return (
        not line.is_page_line and 4 <= len(words) <= LONGEST_TITLE and not words.endswith(("。", "：", ":"))
    )


def body_blocks(source: SourceText, places: range) -> Iterator[Block]:
    for place in places:
        line = source.lines[place]
        if line.start == line.end:
            continue
        if is_row_head(line):
            habit = "measure" if line.role else f"part{line.outline_level}"
            yield Block(line.start, line.end, line.outline_level, BlockKind.REPORTED, habit=habit)
        else:
            kind = BlockKind.PAGE_LINE if line.is_page_line else BlockKind.TEXT
            yield Block(line.start, line.end, kind=kind)


def table_questions(source: SourceText) -> Iterator[PlanQuestion]:
    """Yield a question for each measure without a responsible department, if others have one."""
    if not any(line.role == ColumnRole.LEAD for line in source.lines):
        return
    measure: SourceLine | None = None
    for line in (*source.lines, None):
        if line is None or is_row_head(line):
            if measure:
                words = source.text[measure.start : measure.end]
                yield PlanQuestion(QuestionKind.DUTY, NO_LEAD, measure.start, measure.end, words)
            measure = line if line and line.role else None
        elif line.role == ColumnRole.LEAD:
            measure = None
