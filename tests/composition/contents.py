"""Reading a composed document in a test: its heads, its chapters, its words, and facts to compose it from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from app.composition.block_keys import key_of
from app.composition.facts import (
    DirectiveFacts,
    DocumentFacts,
    MeasureFacts,
    PartFacts,
    ReplyFacts,
)
from app.composition.particulars import Particulars
from app.directives.core.life_cycle import DirectiveKind, DirectiveState
from app.periods.due_dates import DueDates
from reports.model import Block, Heading, OfficialDocument, Paragraph, Table
from reports.numbering import number_blocks
from tests.drafting.sample_documents import CASES, measure_facts, quarter_facts

DOWNWARD = Particulars(("示例街道办事处",), "各部门、各居民区", (), date(2026, 10, 22), word="示街")
DUE = DueDates(date(2026, 9, 21), date(2026, 10, 14), date(2026, 10, 19), date(2026, 10, 21))
DONE = CASES[3]


def heads(document: OfficialDocument, level: int) -> list[str]:
    """Return the printed heads of a level, with their numbers."""
    found = []
    for label, block in number_blocks(document.body):
        head = block if isinstance(block, Heading) else getattr(block, "head", None)
        if head is not None and head.level == level:
            found.append(label + head.text)
    return found


def chapter(document: OfficialDocument, title: str) -> list[Block]:
    """Return the blocks of a chapter without its own heading."""
    found: list[Block] = []
    inside = False
    for block in document.body:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text == title
        elif inside:
            found.append(block)
    return found


def paragraphs(document: OfficialDocument, title: str) -> list[Paragraph]:
    """Return the paragraphs of a chapter."""
    return [block for block in chapter(document, title) if isinstance(block, Paragraph)]


def block_text(blocks: Iterable[Block]) -> str:
    """Return what the paragraphs of some blocks say, without their heads."""
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def entry(document: OfficialDocument, title: str, head: str) -> Paragraph:
    """Return the one paragraph of a chapter under a run-in head."""
    (found,) = (
        block
        for block in chapter(document, title)
        if isinstance(block, Paragraph) and block.head and block.head.text == head
    )
    return found


def filing_of(block: Block) -> int | None:
    """Return the id of the filing that a composed block is made of."""
    key = key_of(block)
    return key.filing if key else None


def table_in(blocks: Iterable[Block]) -> Table:
    """Return the last table of some blocks."""
    return [block for block in blocks if isinstance(block, Table)][-1]


def all_done() -> DocumentFacts:
    """Return facts without anything to find fault with."""
    measures = tuple(measure_facts(number, DONE) for number in (1, 2, 3))
    return replace(quarter_facts(), parts=(PartFacts("部分，推动发展", own_measures=measures),), due=DUE)


def changed(facts: DocumentFacts, number: int, **changes: object) -> DocumentFacts:
    """Return facts in which one measure is different."""
    return each(facts, lambda one: replace(one, **changes) if one.number == number else one)


def each(facts: DocumentFacts, change: Callable[[MeasureFacts], MeasureFacts]) -> DocumentFacts:
    """Return facts with every measure changed."""

    def corrected(measures: tuple[MeasureFacts, ...]) -> tuple[MeasureFacts, ...]:
        return tuple(map(change, measures))

    parts = tuple(
        replace(
            part,
            sections=tuple(replace(one, measures=corrected(one.measures)) for one in part.sections),
            own_measures=corrected(part.own_measures),
        )
        for part in facts.parts
    )
    return replace(facts, parts=parts)


def directive(state: DirectiveState, *, overdue: bool = False, **changes: object) -> DirectiveFacts:
    """Return a directive on measure 2 to two departments; once it is replied to, both have answered."""
    replies = (
        ()
        if state is DirectiveState.OPEN
        else (ReplyFacts("甲办", "已倒排工期"), ReplyFacts("乙办", "已配合。"))
    )
    usual = DirectiveFacts(
        kind=DirectiveKind.INSTRUCTION,
        state=state,
        author="周示例",
        measure="举措“2”",
        text="请“甲办”抓紧推进",
        given_on=date(2026, 7, 2),
        due_on=date(2026, 8, 14),
        departments=("甲办", "乙办"),
        replies=replies,
        is_overdue=overdue,
    )
    return replace(usual, **changes)
