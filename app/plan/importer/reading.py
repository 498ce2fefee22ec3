"""Reading a plan: the one public function of the importer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.plan.importer import completeness, plan_frame
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
from app.plan.importer.decoding import decode_source
from app.plan.importer.interpretation import interpret_outline
from app.plan.importer.layout import separate_page_lines
from app.plan.importer.lines import StrippedLine, read_lines
from app.plan.importer.outline import build_outline, is_outline_heading
from app.plan.importer.paragraphs import PlanParagraph, join_lines
from app.plan.importer.plan_draft import (
    HeadedDraft,
    PartDraft,
    PlanDraft,
    PlanUnreadable,
    PlanWarning,
)
from app.plan.importer.plan_frame import PlanFrame
from app.plan.importer.sentences import SENTENCE_STOPS

_LONGEST_BYLINE = 40  # characters
# What takes a third of a second; a published plan has a hundred lines and as many sentences.
MOST_LINES = 4_000
MOST_SENTENCES = 10_000


def read_plan(source: bytes | str) -> PlanDraft:
    """Read the published text of a plan and repair what its extraction damaged.

    `source` is the file's content (UTF-8, UTF-16 with byte order mark, GB18030) or text. Whatever the reader is
    unsure of stands in the draft's warnings with its place; a character lost or doubled would be one of them.
    Raises PlanUnreadable when the source is empty, binary, holds no Chinese, or is longer than any plan.
    """
    return _read_text(decode_source(source))


def propose_blocks(source: SourceText) -> BlockProposal:
    """Read a text: its blocks, what its frame says, and what is uncertain. Raises PlanUnreadable."""
    draft = _read_text(source.text)
    fields = FrameFields(draft.title, draft.year, draft.issuer, draft.document_number, draft.issued_on)
    questions = []
    for one in draft.warnings:
        line = source.lines[min(max(one.line, 1), len(source.lines)) - 1] if one.line else SourceLine(0, 0)
        questions.append(PlanQuestion(QuestionKind.BOUNDARY, one.message, line.start, line.end, one.place))
    return BlockProposal(tuple(_aligned_blocks(source, draft)), fields, tuple(questions))


def _aligned_blocks(  # noqa: C901
    source: SourceText, draft: PlanDraft
) -> Iterator[Block]:
    page = {
        place
        for line in source.lines
        if "".join(source.text[line.start : line.end].split())
        in {"".join(one.split()) for one in draft.set_aside}
        for place in range(line.start, line.end)
    }
    place = 0
    for kind, level, piece in _draft_pieces(draft):
        for paragraph in piece.split("\n"):
            wanted = [character for character in paragraph if not character.isspace()]
            start, continues = None, False
            for character in wanted:
                while place < len(source.text) and (source.text[place] != character or place in page):
                    if place in page and start is not None:
                        yield Block(start, place, 0 if continues else level, kind, continues)
                        start, continues = None, True
                        if level:
                            kind = BlockKind.TEXT
                    place += 1
                start = place if start is None else start
                place += 1
            if start is not None:
                yield Block(start, place, 0 if continues else level, kind, continues)
    for line in source.lines:
        if line.start in page:
            yield Block(line.start, line.end, 0, BlockKind.PAGE_LINE)


def _draft_pieces(draft: PlanDraft) -> Iterator[tuple[BlockKind, int, str]]:
    yield BlockKind.NOTICE, 0, draft.notice
    yield BlockKind.TITLE, 0, draft.title
    yield BlockKind.BYLINE, 0, draft.byline
    yield BlockKind.LEAD_IN, 0, draft.lead_in
    for part in draft.parts:
        yield from _node_pieces(part, 1)
        for section in part.sections:
            yield from _node_pieces(section, 2)
            for measure in section.measures:
                yield from _node_pieces(measure, 3)
        for measure in part.measures:
            yield from _node_pieces(measure, 2)
    yield BlockKind.CLOSING, 0, draft.closing


def _node_pieces(node: HeadedDraft, level: int) -> Iterator[tuple[BlockKind, int, str]]:
    is_leaf = isinstance(node, PartDraft) and not (node.sections or node.measures)
    yield BlockKind.UNREPORTED if is_leaf else BlockKind.REPORTED, level, node.heading
    yield BlockKind.TEXT, 0, node.text


def _read_text(text: str) -> PlanDraft:
    _refuse_overlong(text)
    lines, page = separate_page_lines(read_lines(text))
    frame = plan_frame.frame_of(lines)
    byline, content = _split_byline(frame.content)
    paragraphs, join_warnings = join_lines(content)
    lead_in, rest = _split_lead_in(paragraphs)
    root, outline_warnings = build_outline(rest)
    parts, head_warnings = interpret_outline(root)
    draft = replace(
        _draft_from_frame(frame, byline), lead_in=_join_texts(lead_in), parts=_without_empty_parts(parts)
    )
    warnings = [*_frame_warnings(frame, draft), *join_warnings, *outline_warnings, *head_warnings]
    warnings += completeness.compare_with_source(text, draft, frozenset(line.number for line in page))
    return replace(draft, warnings=tuple(warnings), set_aside=tuple(line.text for line in page))


def _refuse_overlong(text: str) -> None:
    lines, stops = text.count("\n"), sum(map(text.count, SENTENCE_STOPS))
    if lines > MOST_LINES:
        raise PlanUnreadable(
            f"文件有{lines}行，超过{MOST_LINES}行，不像一份工作计划；请核对文件，只保留计划全文。"
        )
    if stops > MOST_SENTENCES:
        raise PlanUnreadable(
            f"文件有{stops}句，超过{MOST_SENTENCES}句，不像一份工作计划；请核对文件，只保留计划全文。"
        )


def _draft_from_frame(frame: PlanFrame, byline: Sequence[StrippedLine]) -> PlanDraft:
    title, notice_lines = frame.title_text, frame.notice
    day = plan_frame.issued_on(notice_lines, byline, frame.closing)
    above = [line.text for line in (*notice_lines, *frame.content[:2])]
    return PlanDraft(
        title=title,
        year=plan_frame.find_plan_year(title, day, *above),
        issuer=plan_frame.issuer_of(title, notice_lines, byline, frame.closing),
        issued_on=day,
        document_number=plan_frame.document_number([*notice_lines, *byline, *frame.closing]),
        lead_in="",
        notice=_join_texts(notice_lines),
        parts=(),
        byline=_join_texts(byline),
        closing=_join_texts(frame.closing),
    )


def _split_byline(content: list[StrippedLine]) -> tuple[list[StrippedLine], list[StrippedLine]]:
    """Separate what stands right under the title (organ, date, number) from what follows."""
    numbers = (place for place, line in enumerate(content) if not _is_byline(line))
    end = next(numbers, 0)
    return content[:end], content[end:]


def _is_byline(line: StrippedLine) -> bool:
    return len(line.text) <= _LONGEST_BYLINE and (
        plan_frame.is_date_line(line.text)
        or plan_frame.is_organ_line(line.text)
        or bool(plan_frame.document_number([line]))
    )


def _split_lead_in(paragraphs: list[PlanParagraph]) -> tuple[list[PlanParagraph], list[PlanParagraph]]:
    """What stands before the first heading is the lead-in; a plan without headings has none."""
    end = next((place for place, paragraph in enumerate(paragraphs) if is_outline_heading(paragraph)), 0)
    return paragraphs[:end], paragraphs[end:]


def _join_texts(pieces: Sequence[StrippedLine | PlanParagraph]) -> str:
    return "\n".join(piece.text for piece in pieces)


def _without_empty_parts(parts: tuple[PartDraft, ...]) -> tuple[PartDraft, ...]:
    """Without the nameless part of a plan that holds nothing but its frame."""
    return tuple(part for part in parts if any(part.wording_pieces()))


def _frame_warnings(frame: PlanFrame, draft: PlanDraft) -> list[PlanWarning]:
    warnings = []
    name = plan_frame.named_plan(frame.notice)
    if not draft.title:
        warnings.append(PlanWarning("标题", "没有找到计划标题，请在导入后填写。"))
    elif name and "".join(name.split()) != "".join(draft.title.split()):
        warnings.append(PlanWarning("标题", f"计划标题“{draft.title}”与通知中的《{name}》不一致，请核对。"))
    if draft.year is None:
        warnings.append(PlanWarning("标题", "没有找到计划年度，请在导入后填写。"))
    if not draft.issuer:
        warnings.append(PlanWarning("落款", "没有找到发文单位，请在导入后填写。"))
    if frame.notice and draft.issued_on is None:
        warnings.append(PlanWarning("落款", "没有找到印发日期，请在导入后填写。"))
    if not any(True for _ in draft.measures()):
        warnings.append(PlanWarning("全文", "没有找到任何举措，请确认文件是否为工作计划全文。"))
    return warnings
