"""A directive on one page (督办单): what was asked and what happened, or blank space to write by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.base.days import written_day
from app.composition.facts import ReplyFacts
from reports.line_breaks import rough_width
from reports.model import OfficialDocument, Sheet, SheetField, SheetRow

# The lines and characters that a page has for both long texts; longer texts are cut and marked with CUT.
TEXT_LINES = 11
LINE_CHARACTERS = 29
LEAST_TEXT, LEAST_DONE = 3, 4
NAME_LINES = 2
ROOM_FOR_THE_PEN = {True: 5, False: 3}  # in lines of the body text; False: the directive itself is long
CUT = "……（全文见系统）"
SEVERAL = "{}等{}个部门"


@dataclass(frozen=True)
class DirectiveSheetFacts:
    """The contents of the sheet; `outcome` tells who closed it, when, and in which words."""

    number: str
    kind: str
    author: str
    given_on: date
    about: str
    text: str
    main: str
    supports: tuple[str, ...]
    due_words: str
    feedback: str
    replies: tuple[ReplyFacts, ...] = ()
    outcome: str = ""
    is_confidential: bool = False


def compose_directive_sheet(facts: DirectiveSheetFacts, *, is_blank: bool, note: str) -> OfficialDocument:
    """Return the sheet, with space to write by hand if `is_blank` or if nothing has happened yet."""
    happened = [] if is_blank else [reply_words(one) for one in facts.replies]
    text_lines, done_lines = shared_lines(
        max(lines_of([facts.text]), LEAST_TEXT), max(lines_of(happened), LEAST_DONE)
    )
    kind = f"{facts.kind}（不得外传）" if facts.is_confidential else facts.kind
    room = ROOM_FOR_THE_PEN[text_lines <= LEAST_DONE]
    rows = (
        SheetRow((SheetField("编号", facts.number), SheetField("类别", kind))),
        SheetRow((SheetField("批示领导", facts.author), SheetField("批示日期", written_day(facts.given_on)))),
        SheetRow((SheetField("事项", fitting_text([facts.about], NAME_LINES)),)),
        SheetRow((SheetField("批示内容", fitting_text([facts.text], text_lines)),), lines=2),
        SheetRow((SheetField("主办部门", facts.main), SheetField("办理期限", facts.due_words))),
        SheetRow(
            (SheetField("协办部门", supports_words(facts.supports)), SheetField("反馈", facts.feedback))
        ),
        SheetRow((SheetField("办理情况", fitting_text(happened, done_lines)),), lines=room),
        SheetRow((SheetField("负责人签字"), SheetField("日期"))),
        SheetRow(
            (SheetField("领导意见", "" if is_blank else fitting_text([facts.outcome], NAME_LINES)),), lines=2
        ),
    )
    return OfficialDocument(title="督办单", body=(Sheet(rows),), note=note)


def reply_words(reply: ReplyFacts) -> str:
    when = f"（{written_day(reply.given_on)}）" if reply.given_on else ""
    return f"{reply.department}{when}：{reply.text}"


def supports_words(names: Sequence[str]) -> str:
    """Return the supporting departments by name; of too many, the first one and the number."""
    words, half = "、".join(names), LINE_CHARACTERS // 2 * NAME_LINES
    return words if rough_width(words) <= half else SEVERAL.format(names[0], len(names))


def lines_of(paragraphs: Sequence[str]) -> int:
    """Return how many lines texts take, with each paragraph indented by two characters."""
    lines = [line for text in paragraphs for line in text.split("\n") if line.strip()]
    return sum(-(-(int(rough_width(line)) + 3) // LINE_CHARACTERS) for line in lines)


def shared_lines(first: int, second: int) -> tuple[int, int]:
    """Return how many lines each of two texts gets: all it needs, or its half and what the other leaves."""
    half = TEXT_LINES // 2
    if first + second <= TEXT_LINES:
        return first, second
    first_share = max(half, TEXT_LINES - second)
    return min(first, first_share), TEXT_LINES - min(first, first_share)


def fitting_text(paragraphs: Sequence[str], lines: int) -> str:
    """Return texts cut to a number of lines; CUT marks that something is missing."""
    text = "\n".join(line for one in paragraphs for line in one.split("\n") if line.strip())
    if lines_of([text]) <= lines:
        return text
    while text and lines_of([text + CUT]) > lines:
        text = text[: -max(1, len(text) // 50)]
    return text.rstrip() + CUT
