"""What holds for every document that rests on filings, whatever was filed."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from app.composition.facts import DocumentFacts, PartFacts
from app.composition.kinds import compose_document, usual_title
from app.composition.rules import DocumentKind
from app.directives.core.life_cycle import HANDLED, DirectiveState
from app.filing.core.life_cycle import FilingState
from reports.frozen_text import document_as_json, document_from_json
from reports.lint import Severity, check_document
from reports.lint.language import find_word_model
from reports.lint.rules.wording import typing_errors
from reports.model import DocumentError, Heading, OfficialDocument
from reports.numbering import chinese_number
from reports.pdf import render_pdf
from tests.composition.contents import DOWNWARD, DUE, all_done, directive, filing_of, heads
from tests.composition.strategies import facts_of
from tests.drafting.sample_documents import (
    CASES,
    PARTICULARS,
    hanzi_and_figures,
    measure_facts,
    printed_text,
    quarter_facts,
    texts,
)

KINDS = (
    DocumentKind.QUARTERLY,
    DocumentKind.CIRCULAR,
    DocumentKind.SUMMARY,
    DocumentKind.SUPERVISION,
    DocumentKind.DEPARTMENT,
)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
SLIPS = re.compile(r"[，、；：。！？]{2,}|“”|（）|[（“][，、；：。]|None|[，、；：][”）]")


def some(**changes: object) -> DocumentFacts:
    """Return the facts of a quarter with late filings and directives in every state."""
    states = [directive(state) for state in HANDLED]
    overdue = directive(DirectiveState.OPEN, overdue=True)
    return replace(quarter_facts(), due=DUE, directives=(*states, overdue), **changes)


def all_but_one_missing() -> DocumentFacts:
    """Return facts in which a single filing was accepted."""
    measures = (measure_facts(1, CASES[0]), *(measure_facts(number, FilingState.DRAFT) for number in (2, 3)))
    return replace(quarter_facts(), parts=(PartFacts("部分，推动发展", own_measures=measures),))


def composed(kind: DocumentKind, facts: DocumentFacts) -> OfficialDocument:
    """Compose a document; a department's is about the one that leads measure 1."""
    if kind is DocumentKind.DEPARTMENT and not facts.department:
        facts = replace(facts, department="第1办公室")
    return compose_document(kind, facts, PARTICULARS if kind is DocumentKind.QUARTERLY else DOWNWARD)


def empty_chapters(document: OfficialDocument) -> list[str]:
    """Return the headings that nothing stands under."""
    following = (*document.body[1:], None)
    return [
        block.text
        for block, after in zip(document.body, following, strict=True)
        if isinstance(block, Heading)
        and (after is None or (isinstance(after, Heading) and after.level <= block.level))
    ]


@every_kind
@given(facts=facts_of())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_was_filed_it_is_a_document_or_a_sentence(kind: DocumentKind, facts: DocumentFacts) -> None:
    try:
        document = composed(kind, facts)
    except DocumentError as error:
        assert not facts.reported
        assert str(error).startswith(f"{facts.scope.quarter.words}还没有已采用的填报")
        return
    assert facts.reported
    assert not SLIPS.findall("\n".join(texts(document)))
    assert not empty_chapters(document)
    chapters = [head.partition("、") for head in heads(document, 1)]
    assert [number for number, _, _ in chapters] == [chinese_number(n + 1) for n in range(len(chapters))]
    assert all(words for _, _, words in chapters)


@every_kind
@pytest.mark.parametrize("facts", [some(), all_done(), all_but_one_missing()], ids=["some", "done", "one"])
def test_a_strict_reader_finds_no_error(
    kind: DocumentKind, facts: DocumentFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing_errors, "find_word_model", find_word_model)
    found = check_document(composed(kind, facts))
    blamed = [one for one in found if one.severity is Severity.ERROR or one.rule.id == "typing-error"]
    assert [(one.rule.id, one.quote) for one in blamed] == []


@every_kind
def test_nothing_accepted_is_a_sentence(kind: DocumentKind) -> None:
    waiting = (measure_facts(1, FilingState.DRAFT),)
    with pytest.raises(DocumentError, match="2026年第三季度还没有已采用的填报"):
        composed(kind, replace(quarter_facts(), parts=(PartFacts("部分", own_measures=waiting),)))


@every_kind
def test_nobody_is_ranked_or_scored(kind: DocumentKind) -> None:
    everything = "\n".join(texts(composed(kind, some())))
    assert not re.findall("排名|名次|得分|评分|倒数|末位|第一名", everything)


@every_kind
def test_what_a_department_wrote_remembers_its_filing(kind: DocumentKind) -> None:
    facts = some()
    known = {report.filing for _, report in facts.reported} | {None}
    filings = {filing_of(block) for block in composed(kind, facts).body}
    assert filings <= known
    assert len(filings) > 1 or kind is DocumentKind.SUMMARY


@every_kind
def test_450_measures_are_one_document(kind: DocumentKind) -> None:
    facts = quarter_facts(parts=10, sections=5, measures=9)
    measures = tuple(replace(one, lead="第1办公室") for one in facts.measures)
    document = composed(kind, replace(facts, parts=(PartFacts("部分", own_measures=measures),)))
    assert "450项" in "".join(texts(document))


@every_kind
def test_title_and_headings_stand_in_the_printed_pdf(kind: DocumentKind) -> None:
    facts = replace(some(), parts=some().parts[:1])
    document = composed(kind, facts)
    frozen = document_from_json(json.loads(json.dumps(document_as_json(document))))
    assert frozen == document
    printed = printed_text(render_pdf(frozen))
    assert hanzi_and_figures(document.title) in printed
    assert all(hanzi_and_figures(head) in printed for head in heads(document, 1))


@every_kind
def test_the_title_is_known_before_anything_was_gathered(kind: DocumentKind) -> None:
    known = replace(quarter_facts(), parts=(), department="第1办公室")
    assert usual_title(kind, known) == composed(kind, some(department="第1办公室")).title.replace("\n", "")
