"""Texts that nobody writes and anybody can send, everything that reads people's text, and how its time grows.

`READERS` is kept by hand: whatever goes through a text that people wrote stands in it. The rules of the lint are not in
it: they stand in their own table.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import cycle, islice
from time import process_time

from app.access.rules import EMAIL
from app.access.views import OWN_PATH
from app.base.errors import DomainError
from app.base.tables.sheet_writing import carried_text
from app.base.text import plain_text
from app.base.text_differences import compare_texts
from app.composition.chapters.measures_annex import RepeatingColumn
from app.composition.kinds.plan import OLD_IMPRINT
from app.composition.particulars import read_names, read_number
from app.composition.phrases import (
    cited_words,
    gist_of,
    says_nothing,
    unspaced_title,
)
from app.drafting.core.annex_rewordings import outdated_words, reworded_cells
from app.drafting.core.models import DocumentBlock
from app.drafting.core.rewordings import BlockRewording
from app.drafting.editing.sheet_words import filled_sheet, sheet_words
from app.periods.calendar_exceptions import parse_day
from app.plan.core.numbers import parse_decimal as read_figure
from app.plan.importer import read_plan
from app.plan.importer.duties import find_duties
from app.uploads.rules import bare_name, name_problem
from reports.characters import split_paragraphs
from reports.line_breaks import longest_word, mark_line_breaks
from reports.lint import LintContext
from reports.lint.checking import hits_of
from reports.lint.registration import RegisteredRule
from reports.lint.subject import LintSubject
from reports.model import (
    Annex,
    Block,
    Column,
    Direction,
    DocumentNumber,
    Heading,
    Masthead,
    OfficialDocument,
    Paragraph,
    Sheet,
    SheetField,
    SheetRow,
    Signature,
    Table,
)
from reports.plaintext import writable_text

Reader = Callable[[str], object]

# Said over and over: of every class of characters some, then what readers look for, whole and half of it.
REPEATED = (
    *'国1a-—….，。、：；！“”‘"（）()《》〔[<*#@|%①十龘𠮷\u200d \n\u3000',
    *(
        "一、国\n",
        "（一）",
        "（1）国\n",
        "1. ",
        "第一章",
        "- ",
        "国 ",
        "国\n",
        "。\n",
        "）\n",
        "，\n",
        "国\n\n",
        "— 1 —\n",
    ),
    *(
        "a@",
        "www.",
        "《甲》、",
        "国(",
        "（（",
        "<b ",
        "（以下简称“",
        "附件1",
        "甲、乙分别为",
        "等…",
        "国……1\n",
        "1,1.",
    ),
    *(
        "45项中，",
        "已完成1项",
        "由1家增加",
        "共1项，",
        "1项，占1项的",
        "约1",
        "2026年1月1日\n",
        "同比",
        "请",
        "恳请",
        "关于",
    ),
    *(
        "街道",
        "社区平安",
        "国有限公司",
        "书记王小明",
        "（责任单位：甲）",
        "责任单位：",
        "负责",
        "**国**",
        "*\n",
        "甲。乙。丙。",
    ),
)
# Said over and over, but never the same: each {} is another word.
NUMBERED = (
    *(
        "{}。",
        "{}\n",
        "走访{}企业，解决问题。",
        "（以下简称“{}”）",
        "{}有限公司，",
        "{}，{}；",
        "一、{}\n",
        "（1）{}\n1. {}\n",
    ),
    *("{}工作计划\n{}\n", "{}个以上，", "{}（责任单位：{}）。\n"),
)
# What begins once and then goes on: nothing of it may be read to the end from everywhere.
BEGUN = tuple(
    (head, unit, tail)
    for unit in ("1", " ", "\n", "国", "）")
    for head, tail in (("共", "项，"), ("*", "国"), ("附", "国"), ("（责任单位：", "国"))
)


def word(number: int) -> str:
    """Return one of a million words of two characters that no reader looks for."""
    return chr(0x9B00 + number % 1_000) + chr(0x9B00 + number // 1_000)


def repeated(unit: str, length: int) -> str:
    """Return a text that says the same over and over, behind a word and before another."""
    return f"国{unit * (length // len(unit))}国"


def numbered(unit: str, length: int) -> str:
    """Return a text that says something else each time."""
    count, holes = length // len(unit.replace("{}", "国国")), unit.count("{}")
    words = map(word, range(count * holes))
    return "".join(unit.format(*islice(words, holes)) for _ in range(count))


def begun(head: str, unit: str, tail: str, length: int) -> str:
    """Return a text that begins, goes on for long, and ends."""
    return f"{head}{unit * length}{tail}"


TEXTS: dict[str, Callable[[int], str]] = {
    **{repr(unit): partial(repeated, unit) for unit in REPEATED},
    **{f"{unit!r}, each another": partial(numbered, unit) for unit in NUMBERED},
    "'，由国国负责' before '；'": lambda length: f"{repeated('，由国国负责', length)}；",
    **{
        f"{head!r}, {unit!r} for long, {tail!r}": partial(begun, head, unit, tail)
        for head, unit, tail in BEGUN
    },
}

# What takes less for 16,000 characters would take a sixth of a second for 100,000, even if it grew with the square.
TOO_SHORT_TO_COMPARE = 0.004
MOST_SECONDS = 0.3
MOST_GROWTH = 6.0
MOST_ATTEMPTS = 6

SHEET = Sheet((SheetRow((SheetField("意　见"),)), SheetRow((SheetField("承办部门"),))))


def edited(text: str) -> str:
    """Return a text with every fortieth character another."""
    return "".join(one if place % 40 else "改" for place, one in enumerate(text))


def turned(text: str) -> str:
    """Return a text with its sentences in the opposite order."""
    return "".join(f"{one}。" for one in reversed(text.split("。")))


def carry(text: str, after: str) -> object:
    """Carry what a text was made into over to a table that repeats it, and look for what remains of it there."""
    one = BlockRewording(DocumentBlock(), text, after)
    cells = reworded_cells(("1", "甲", text), [one])
    return cells, list(outdated_words(one, {RepeatingColumn.PROGRESS: cells[2]}))


def fill(text: str) -> object:
    """Read a sheet's fields, of which one holds a text."""
    return filled_sheet(SHEET, sheet_words(SHEET) + text)


READERS: dict[str, Reader] = {
    "reading a plan": read_plan,
    "the duties in a plan": find_duties,
    "comparing with the same, edited": lambda text: compare_texts(text, edited(text)),
    "comparing with the same, of other words": lambda text: compare_texts(text, text.replace("国", "甲")),
    "comparing with the same, turned round": lambda text: compare_texts(text, turned(text)),
    "comparing with the same, doubled": lambda text: compare_texts(text, text + text),
    "comparing with something else": lambda text: compare_texts(text, numbered("走访{}，", len(text))),
    "plain text": plain_text,
    "a department's words": cited_words,
    "a department's words in short": lambda text: gist_of(text, 60),
    "a title without spaces": unspaced_title,
    "whether anything is said": says_nothing,
    "the imprint of an earlier notice": OLD_IMPRINT.match,
    "rewritten words in an annex": lambda text: carry(text, edited(text)),
    "rewritten sentences in an annex": lambda text: carry(text, text.replace("。", "，是。")),
    "the fields of a sheet": fill,
    "names": read_names,
    "a document's number": lambda text: read_number(text, year=2026),
    "a figure": read_figure,
    "a day": parse_day,
    "a mail address": EMAIL.fullmatch,
    "an own path": OWN_PATH.fullmatch,
    "the name of a file": lambda text: name_problem(bare_name(text)),
    "a cell": carried_text,
    "line breaks": mark_line_breaks,
    "paragraphs": split_paragraphs,
    "the longest word": longest_word,
    "text for office files": writable_text,
}


def in_one_piece(text: str) -> OfficialDocument:
    """Return a document with a text as its paragraph, heading, run-in head, cell, note, caption and annex title."""
    blocks: tuple[Block, ...] = (
        Heading(1, text),
        Paragraph("工作有序推进。", head=Heading(2, text)),
        Paragraph(text),
        Table((Column("甲"), Column("乙")), (("甲", text), ("合计", "1")), caption=text, note=text),
    )
    return document(blocks, text)


def in_many_pieces(text: str) -> OfficialDocument:
    """Return a document whose paragraphs are the lines and sentences of a text, under headings that are the same."""
    pieces = [one.strip() for one in text.replace("。", "。\n").split("\n")]
    texts = [Paragraph(one) for one in pieces if one] or [Paragraph("甲")]
    headings = cycle((Heading(1, "国"), Heading(2, "国"), Paragraph("工作有序推进。"), Paragraph("甲" * 30)))
    return document(tuple(block for pair in zip(headings, texts, strict=False) for block in pair))


def document(blocks: tuple[Block, ...], text: str = "") -> OfficialDocument:
    """Return a report of these blocks, with a text as all that stands around them."""
    return OfficialDocument(
        title="关于工作推进情况的报告",
        masthead=Masthead(("华阳路街道办事处",), DocumentNumber("华街", 2026), Direction.UPWARD, ("王玥",)),
        addressee=text or "长宁区人民政府",
        body=blocks,
        signature=Signature(("华阳路街道办事处",), date(2026, 10, 9)),
        note=text,
        annexes=(Annex(text or "任务表", (Paragraph("甲。"),)),),
    )


def subject(made: OfficialDocument) -> LintSubject:
    """Return a document as the lint sees it, beside one of last period that is nearly the same."""
    previous = [block.text for block in made.body if isinstance(block, Paragraph)]
    known = LintContext(
        previous=tuple(map(edited, previous)),
        names=(("社区平安办公室", "平安办"), ("营商环境办公室", "营商办")),
        persons=("林知远", "王小朋"),
        lights=dict.fromkeys(range(len(made.body)), "绿灯"),
    )
    return LintSubject(made, known)


def count_findings(rule: RegisteredRule, made: LintSubject) -> int:
    """Return how often a rule finds a document broken."""
    return sum(1 for _ in hits_of(rule, made))


def read(reader: Reader, text: str) -> None:
    """Read a text, be it that the reader refuses it."""
    with suppress(DomainError, ValueError):
        reader(text)


def seconds(call: Callable[[], object]) -> float:
    """Return the processor time that a call takes, the collector of garbage aside."""
    gc.disable()
    begun = process_time()
    try:
        call()
        return process_time() - begun
    finally:
        gc.enable()


def grows_too_fast(
    call: Callable[[int], Callable[[], object]], length: int, too_short: float = TOO_SHORT_TO_COMPARE
) -> str:
    """Return what is wrong with the time that a call takes for `length` and four times as much; "" where nothing is.

    It must be wrong for four times these lengths as well: what is bounded grows no more there, and a machine that
    was busy for a moment is not twice so in one place.

    call: the call for a length. What is far worse than quadratic shows at less, so that nobody waits for its end.
    too_short: the seconds below which nothing is wrong.
    """
    for less, most in ((24, MOST_SECONDS), (length // 4, MOST_SECONDS), (length, 8 * MOST_SECONDS)):
        if (taken := seconds(call(less))) > most:
            return f"{taken:.1f} s for {less} characters"
    growth, longest = growth_between(call, length, too_short)
    if growth and longest <= MOST_SECONDS:
        growth, _ = growth_between(call, 4 * length, too_short)
    return growth


def growth_between(
    call: Callable[[int], Callable[[], object]], length: int, too_short: float
) -> tuple[str, float]:
    """Return how the time grows to four times a length where it grows too fast, and the seconds of the longer."""
    much = call(4 * length)
    longest = seconds(much)
    if longest <= too_short:
        return "", longest
    little = call(length)
    shortest = seconds(little)
    for _ in range(MOST_ATTEMPTS):
        if longest <= max(MOST_GROWTH * shortest, too_short):
            return "", longest
        longest, shortest = min(longest, seconds(much)), min(shortest, seconds(little))
    return f"{1000 * shortest:.1f} → {1000 * longest:.1f} ms, {longest / shortest:.1f} ×", longest
