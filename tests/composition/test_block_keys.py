"""Keys of composed blocks: each its own, whatever the text says."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import pytest

from app.composition.block_keys import BlockKey, BlockRole, key_of
from app.composition.facts import DocumentFacts, MeasureFacts, PlanPassage, PublishedPlan
from app.composition.kinds import KINDS, compose_document
from app.composition.rules import DocumentKind, TextFullness
from app.composition.scope import LAST_QUARTERS, DocumentScope, ScopeSpan
from app.directives.core.life_cycle import HANDLED
from app.drafting.core.draft import rows_for
from app.drafting.core.models import Document
from app.drafting.editing.renewal.block_changes import BlockChange, changed_blocks
from app.filing.core.lights import Light
from app.filing.core.measure_status import MeasureStatus
from app.periods.rules import Quarter
from app.plan.core.rules import ItemKind
from reports.frozen_text import document_as_json
from reports.model import Heading, OfficialDocument, Paragraph
from tests.composition.contents import DOWNWARD, DUE, all_done, directive, each
from tests.drafting.sample_documents import quarter_facts

HANZI = re.compile("[㐀-鿿]")
SHAPES = [
    (one.SPEC.kind, span, fullness)
    for one in KINDS
    for span, fullness in product(one.SPEC.spans, TextFullness)
]
every_shape = pytest.mark.parametrize(("kind", "span", "fullness"), SHAPES, ids=lambda part: part.value)


def facts_for(kind: DocumentKind, span: ScopeSpan, fullness: TextFullness) -> DocumentFacts:
    """Return facts of 45 measures with all that a document can tell of, in a span."""
    scope = DocumentScope(Quarter(2026, LAST_QUARTERS.get(span, 3)), span)
    directives = tuple(replace(directive(state), directive=n) for n, state in enumerate(HANDLED, 1))
    facts = replace(quarter_facts(), scope=scope, due=DUE, directives=directives, fullness=fullness)
    facts = each(facts, with_everything_to_tell)
    if kind is DocumentKind.DEPARTMENT:
        facts = replace(facts, department="甲")
    published = PublishedPlan((PlanPassage(ItemKind.PART, "一、", "部分"),))
    return replace(facts, leader="周示例", plan=replace(facts.plan, published=published))


def with_everything_to_tell(measure: MeasureFacts) -> MeasureFacts:
    """Return a measure of one of two departments; what is done has a problem left, what lags a green light,
    what goes on is a little behind."""
    report = measure.report
    if report and report.status is MeasureStatus.DONE:
        report = replace(report, problems="仍有两件待办。")
    elif report and report.status is MeasureStatus.LAGGING:
        status, light = MeasureStatus.ON_TRACK, Light.GREEN
        report = replace(report, percent=40, status=status, light=light, light_reason="数据待更新。")
    elif report and report.status is MeasureStatus.ON_TRACK and report.light is Light.GREEN:
        report = replace(report, percent=72)
    lead, is_late = "甲乙"[measure.number % 2], measure.number % 2 == 0
    return replace(measure, lead=lead, is_late=is_late, report=report)


def composed(kind: DocumentKind, span: ScopeSpan, fullness: TextFullness) -> OfficialDocument:
    particulars = replace(DOWNWARD, dated=DUE.opens_on) if kind is DocumentKind.FILING_NOTICE else DOWNWARD
    return compose_document(kind, facts_for(kind, span, fullness), particulars)


def keys_of(document: OfficialDocument) -> list[BlockKey]:
    found = [key_of(block) for block in document.body]
    assert None not in found
    return [key for key in found if key]


@every_shape
def test_every_block_has_a_key_of_its_own_without_displayed_text(
    kind: DocumentKind, span: ScopeSpan, fullness: TextFullness
) -> None:
    document = composed(kind, span, fullness)
    keys = keys_of(document)
    assert len(set(keys)) == len(keys)
    assert not HANZI.search(repr(keys))
    assert "'key'" not in repr(document_as_json(document))


def test_every_role_is_some_blocks() -> None:
    documents = [composed(*shape) for shape in SHAPES]
    documents.append(compose_document(DocumentKind.SUPERVISION, all_done(), DOWNWARD))
    in_annexes = {BlockRole.ANNEX_CELL}
    assert {key.role for document in documents for key in keys_of(document)} == set(BlockRole) - in_annexes


def reword(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every chapter and kind head and open its blocks with other words."""
    for module in {*sys.modules.values()}:
        if module.__name__.startswith(("app.composition.kinds.", "app.composition.chapters.")):
            for block in (Heading, Paragraph):
                if hasattr(module, block.__name__):
                    monkeypatch.setattr(module, block.__name__, partial(with_other_words, block))


def with_other_words(block: type[Heading | Paragraph], *given: Any, **named: Any) -> Heading | Paragraph:
    made = block(*given, **named)
    return replace(made, text=f"换一种说法：{made.text[1:]}")


@every_shape
def test_no_block_moves_where_every_heading_and_opening_is_reworded(
    kind: DocumentKind, span: ScopeSpan, fullness: TextFullness, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_for(Document(), composed(kind, span, fullness).body)
    for number, row in enumerate(rows):
        row.id = number
    reword(monkeypatch)
    body = composed(kind, span, fullness).body
    found = changed_blocks(rows, body)
    assert {change.outcome for change in found} <= {BlockChange.RENEWED}
    assert kind is DocumentKind.READING_SHEET or len(found) > len(rows) * 0.9
    assert [row.key for row in rows] == [key_of(block) for block in body]
