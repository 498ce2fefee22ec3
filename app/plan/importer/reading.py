"""The one verb of the importer: read a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.plan.importer import completeness, notice
from app.plan.importer.decoding import decode
from app.plan.importer.interpretation import interpret
from app.plan.importer.layout import set_aside
from app.plan.importer.lines import Line, read_lines
from app.plan.importer.notice import Frame
from app.plan.importer.outline import is_heading, outline
from app.plan.importer.paragraphs import Paragraph, join_lines
from app.plan.importer.sentences import SENTENCE_STOPS
from app.plan.importer.tree import (
    Doubt,
    PartDraft,
    PlanDraft,
    PlanUnreadable,
)

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
    text = decode(source)
    _refuse_endless(text)
    lines, page = set_aside(read_lines(text))
    frame = notice.frame_of(lines)
    byline, content = _split_byline(frame.content)
    paragraphs, join_doubts = join_lines(content)
    lead_in, rest = _split_lead_in(paragraphs)
    root, outline_doubts = outline(rest)
    parts, head_doubts = interpret(root)
    draft = replace(_framed(frame, byline), lead_in=_joined(lead_in), parts=_filled(parts))
    doubts = [*_frame_doubts(frame, draft), *join_doubts, *outline_doubts, *head_doubts]
    doubts += completeness.check(text, draft, frozenset(line.number for line in page))
    return replace(draft, warnings=tuple(doubts), set_aside=tuple(line.text for line in page))


def _refuse_endless(text: str) -> None:
    """Raise PlanUnreadable for what has too many lines or sentences to be a plan."""
    lines, stops = text.count("\n"), sum(map(text.count, SENTENCE_STOPS))
    if lines > MOST_LINES:
        raise PlanUnreadable(
            f"文件有{lines}行，超过{MOST_LINES}行，不像一份工作计划；请核对文件，只保留计划全文。"
        )
    if stops > MOST_SENTENCES:
        raise PlanUnreadable(
            f"文件有{stops}句，超过{MOST_SENTENCES}句，不像一份工作计划；请核对文件，只保留计划全文。"
        )


def _framed(frame: Frame, byline: Sequence[Line]) -> PlanDraft:
    """The draft with all that its frame tells."""
    title, notice_lines = frame.title_text, frame.notice
    day = notice.issued_on(notice_lines, byline, frame.closing)
    above = [line.text for line in (*notice_lines, *frame.content[:2])]
    return PlanDraft(
        title=title,
        year=notice.year_of(title, day, *above),
        issuer=notice.issuer_of(title, notice_lines, byline, frame.closing),
        issued_on=day,
        document_number=notice.document_number([*notice_lines, *byline, *frame.closing]),
        lead_in="",
        notice=_joined(notice_lines),
        parts=(),
        byline=_joined(byline),
        closing=_joined(frame.closing),
    )


def _split_byline(content: list[Line]) -> tuple[list[Line], list[Line]]:
    """Part what stands right under the title (organ, date, number) from what follows."""
    numbers = (place for place, line in enumerate(content) if not _is_byline(line))
    end = next(numbers, 0)
    return content[:end], content[end:]


def _is_byline(line: Line) -> bool:
    return len(line.text) <= _LONGEST_BYLINE and (
        notice.is_date_line(line.text)
        or notice.is_organ_line(line.text)
        or bool(notice.document_number([line]))
    )


def _split_lead_in(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """What stands before the first heading is the lead-in; a plan without headings has none."""
    end = next((place for place, paragraph in enumerate(paragraphs) if is_heading(paragraph)), 0)
    return paragraphs[:end], paragraphs[end:]


def _joined(pieces: Sequence[Line | Paragraph]) -> str:
    return "\n".join(piece.text for piece in pieces)


def _filled(parts: tuple[PartDraft, ...]) -> tuple[PartDraft, ...]:
    """Without the nameless part of a plan that holds nothing but its frame."""
    return tuple(part for part in parts if any(part.pieces()))


def _frame_doubts(frame: Frame, draft: PlanDraft) -> list[Doubt]:
    """What could not be found around the plan."""
    doubts = []
    name = notice.named_plan(frame.notice)
    if not draft.title:
        doubts.append(Doubt("标题", "没有找到计划标题，请在导入后填写。"))
    elif name and "".join(name.split()) != "".join(draft.title.split()):
        doubts.append(Doubt("标题", f"计划标题“{draft.title}”与通知中的《{name}》不一致，请核对。"))
    if draft.year is None:
        doubts.append(Doubt("标题", "没有找到计划年度，请在导入后填写。"))
    if not draft.issuer:
        doubts.append(Doubt("落款", "没有找到发文单位，请在导入后填写。"))
    if frame.notice and draft.issued_on is None:
        doubts.append(Doubt("落款", "没有找到印发日期，请在导入后填写。"))
    if not any(True for _ in draft.measures()):
        doubts.append(Doubt("全文", "没有找到任何举措，请确认文件是否为工作计划全文。"))
    return doubts
