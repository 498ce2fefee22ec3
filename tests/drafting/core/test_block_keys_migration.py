"""Drafts from before blocks had keys: each block gets the one that it would be composed with now."""

from __future__ import annotations

import json
import re
import runpy
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.base.database import database, migration_runner
from app.composition.block_keys import BlockKey, BlockRole, key_of
from app.composition.chapters.synopsis import ROLES
from app.composition.facts import DirectiveFacts, DocumentFacts
from app.composition.kinds import compose_document
from app.composition.rules import DocumentKind, TextFullness
from app.composition.scope import ScopeSpan
from app.drafting.core import queries
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing import wording_requests
from app.drafting.editing.draft_page import draft_page_of
from reports.frozen_text import block_as_json, block_from_json
from reports.model import Block, Heading, Paragraph, Table
from tests.composition.contents import DOWNWARD, DUE, filing_of
from tests.composition.test_block_keys import every_shape, facts_for
from tests.databases import on_both
from tests.drafting.drafts import BETTER, accepted_again, block_saying, drafted, reworded, texts_of
from tests.drafting.editing.test_renewal import fourth_accepted, updated
from tests.world import SETTINGS, World

STEP = "0014_block_keys"
FILE = Path(__file__).parents[3] / "migrations" / f"{STEP}.py"
FIGURES = re.compile(r"[\d.%]+")
# What a department supports was a filing then: a later migration names such blocks by their measures.
LATER_ROLES = {
    BlockRole.RISKS_LEAD_IN,
    BlockRole.SUPPORTED_PROGRESS,
    *ROLES,
}
give_keys = runpy.run_path(str(FILE))["give_keys"]


def old_slots(body: Iterable[Block]) -> list[str]:
    """Return what blocks were found by: the two headings above them, and their first words."""
    above: dict[int, str] = {}
    met = Counter[str]()
    slots = []
    for block in body:
        if isinstance(block, Heading) and block.level <= 2:
            above = {level: text for level, text in above.items() if level < block.level}
            above[block.level] = FIGURES.sub("", block.text)
        name = "/".join([*above.values(), old_name(block)])
        met[name] += 1
        slots.append(f"{name}/{met[name]}")
    return slots


def source_then(block: Block) -> str:
    """Return how a paragraph of that version said what it was made of."""
    filing = filing_of(block) if isinstance(block, Paragraph) else None
    return f"filing:{filing}" if filing else ""


def old_name(block: Block) -> str:
    match block:
        case Heading():
            return f"{block.level} {FIGURES.sub('', block.text)}"
        case Paragraph():
            return source_then(block) or FIGURES.sub("", block.head.text if block.head else block.text)[:8]
        case _:
            return type(block).__name__


# What the drafts of that version said where later ones use other words, by how it began.
WORDS_THEN = {
    "核对中未发现": "督查中未发现",
    "没有报送配合情况的": "未报送或者尚未采用的",
    "未达到年度目标的": "落后序时进度的",
    "做好未达标举措的收尾工作。": "加快补齐进度差距。",
    "各部分年度目标完成情况": "各部分举措推进状态",
    "尚未回复的批示、督办事项": "尚未销号的批示、督办事项",
}

FIRST_PART = 1001  # its id

# The headings of that version that are sentences now.
HEADINGS_THEN = {
    BlockRole.OTHER_PROBLEMS_LEAD_IN: (BlockRole.OTHER_PROBLEMS_HEADING, "达到年度目标的举措反映的问题"),
    BlockRole.TARGETS_TOTALS: (BlockRole.MISSED_HEADING, "未达到年度目标的举措"),
}


def as_written_then(kind: DocumentKind, body: Iterable[Block]) -> list[Block]:
    """Return a text as the version before keys composed it: without the blocks that it did not have, in its words."""
    return [worded_then(block) for block in body if not is_later(kind, block)]


def is_later(kind: DocumentKind, block: Block) -> bool:
    """Return whether a kind has had a block since: a supervision once had no chapter of what was replied to."""
    role = role_of(block)
    is_chapter_of_replies = kind is DocumentKind.SUPERVISION and (
        role == BlockRole.DIRECTIVES_HEADING
        or (
            isinstance(block, Paragraph)
            and block.head is not None
            and block.head.level == 2
            and role == BlockRole.UNSETTLED
        )
    )
    is_small_gap = kind is DocumentKind.DEPARTMENT and role == BlockRole.SLIGHTLY_BEHIND
    return role in LATER_ROLES or is_chapter_of_replies or is_small_gap


def role_of(block: Block) -> str | None:
    key = key_of(block)
    return key.role if key else None


def worded_then(block: Block) -> Block:
    if isinstance(block, Heading):
        is_of_risks = role_of(block) == BlockRole.RISKS_HEADING
        text = "进度滞后和存在风险的举措" if is_of_risks else WORDS_THEN.get(block.text, block.text)
        return replace(block, text=text)
    if isinstance(block, Table):
        return replace(block, caption=WORDS_THEN.get(block.caption, block.caption))
    if not isinstance(block, Paragraph):
        return block
    if (then := HEADINGS_THEN.get(role_of(block))) is not None:
        return Heading(2, then[1], key=BlockKey(then[0]))
    if role_of(block) == BlockRole.REACHED_PART:  # what was reached stood part by part
        key = BlockKey(BlockRole.REACHED_PART, item=FIRST_PART)
        return replace(block, head=Heading(3, f"{part_title('甲')}。"), key=key)
    text, head = block.text, block.head
    for now, then in WORDS_THEN.items():
        text = then + text.removeprefix(now) if text.startswith(now) else text
        head = replace(head, text=then) if head and head.text == now else head
    return replace(block, text=text, head=head)


def part_title(name: str) -> str:
    return f"部分{name}，推动发展"


def with_ids(facts: DocumentFacts) -> DocumentFacts:
    """Return facts whose parts and sections have ids, whose directives differ."""
    ids = iter(range(FIRST_PART, 1099))
    parts = tuple(
        replace(
            part,
            title=part_title(name),
            item=next(ids),
            sections=tuple(replace(one, item=next(ids)) for one in part.sections),
        )
        for name, part in zip("甲乙丙丁戊", facts.parts, strict=True)
    )
    texts = ("抓紧推进。", "请(尽快)落实", "加大力度")
    directives = tuple(replace(one, text=text) for one, text in zip(facts.directives, texts, strict=True))
    return replace(facts, parts=parts, directives=directives)


def items_of(facts: DocumentFacts) -> list[SimpleNamespace]:
    """Return the rows of the plan's tree."""
    parts = [
        SimpleNamespace(id=one.item, parent_id=None, kind="part", title=one.title) for one in facts.parts
    ]
    sections = [
        SimpleNamespace(id=one.item, parent_id=part.item, kind="section", title=one.title)
        for part in facts.parts
        for one in part.sections
    ]
    measures = [
        SimpleNamespace(id=2000 + one.number, parent_id=None, kind="measure", title=one.title)
        for one in facts.measures
    ]
    return [*parts, *sections, *measures]


def row_of_directive(facts: DirectiveFacts) -> SimpleNamespace:
    return SimpleNamespace(
        id=facts.directive,
        kind=facts.kind.value,
        leader_id=None,
        author=facts.author,
        measure_id=2002,
        text=facts.text,
        created_at=datetime.combine(facts.given_on, time(9)),
    )


def old_row(number: int, block: Block, slot: str) -> SimpleNamespace:
    source = source_then(block)
    composed = block_as_json(block) | {"source": source}
    row = SimpleNamespace(id=number, composed=composed, slot=slot, source=source, overtaken_by=None)
    row.role = row.filing_id = row.directive_id = row.item_id = None
    row.ordinal = 1
    return row


def key_of_row(row: SimpleNamespace) -> BlockKey:
    return BlockKey(row.role, row.filing_id, row.directive_id, row.item_id, row.ordinal)


@pytest.mark.parametrize("is_slot_known", [True, False])
@every_shape
def test_every_block_gets_the_key_that_it_is_composed_with(
    kind: DocumentKind, span: ScopeSpan, fullness: TextFullness, is_slot_known: bool
) -> None:
    facts = with_ids(facts_for(kind, span, fullness))
    dated = DUE.opens_on if kind is DocumentKind.FILING_NOTICE else DOWNWARD.dated
    body = as_written_then(kind, compose_document(kind, facts, replace(DOWNWARD, dated=dated)).body)
    slots = old_slots(body) if is_slot_known else [""] * len(body)
    rows = [old_row(number, *pair) for number, pair in enumerate(zip(body, slots, strict=True), 1)]
    if is_slot_known:
        rows.reverse()
        for number, row in enumerate(rows):
            row.id = number
    filings = {report.filing for _, report in facts.reported}
    give_keys(kind.value, rows, filings, items_of(facts), list(map(row_of_directive, facts.directives)))
    found = {key_of_row(row): block_from_json(row.composed) for row in rows}
    assert found == {key_of(block): block for block in body}


def take_keys_back(draft: Document, *, is_slot_known: bool) -> None:
    """Have a draft stand as it stood before there were keys."""
    rows = queries.blocks_of(draft)
    migration_runner().down(STEP)
    slots = old_slots(row.block for row in rows) if is_slot_known else []
    for row, slot in zip(rows, slots, strict=False):
        database.execute_sql(f"UPDATE document_block SET slot = '{slot}' WHERE id = {row.id}")


@on_both
@pytest.mark.parametrize("is_slot_known", [True, False])
@pytest.mark.usefixtures("in_app")
def test_an_edited_draft_with_a_request_is_renewed_after_the_upgrade(
    reported: World, is_slot_known: bool
) -> None:
    draft = drafted(reported)
    row = reworded(reported, draft)
    request = wording_requests.ask_department(row, by=reported.users["office"], version=row.version)
    before = {one.id: (one.key, one.content, one.composed) for one in queries.blocks_of(draft)}
    take_keys_back(draft, is_slot_known=is_slot_known)
    migration_runner().up()
    assert {one.id: (one.key, one.content, one.composed) for one in queries.blocks_of(draft)} == before
    assert wording_requests.pending_requests(row) == [request]
    accepted_again(reported, "已走访企业48家。")
    fourth_accepted(reported)
    document = updated(reported, draft)
    assert BETTER in texts_of(document)
    assert [one.row.id for one in draft_page_of(document, SETTINGS).lines if one.is_overtaken] == [row.id]
    kept = block_saying(document, BETTER)
    editing.restore_block(kept, by=reported.users["office"], version=kept.version)


@pytest.mark.usefixtures("in_app")
def test_a_block_of_unknown_role_stays_as_one_written_by_hand(reported: World) -> None:
    draft = drafted(reported)
    old = block_saying(draft, "从推进状态看")
    heading = next(one for one in queries.blocks_of(draft) if isinstance(one.block, Heading))
    take_keys_back(draft, is_slot_known=True)
    strange = {"kind": "Heading", "level": 1, "text": "别的标题", "number": None, "label": None}
    plain, slot = json.dumps(strange), "别的标题/1 别的标题/1"
    update = f"UPDATE document_block SET composed = '{plain}', content = '{plain}', slot = '{slot}'"
    database.execute_sql(f"{update} WHERE id = {heading.id}")
    migration_runner().up()
    row = DocumentBlock.get_by_id(heading.id)
    assert (row.key, row.composed, row.content) == (None, None, strange)
    assert DocumentBlock.get_by_id(old.id).key == old.key
    assert "别的标题" in texts_of(updated(reported, draft))
