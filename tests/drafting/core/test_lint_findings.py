"""What the lint is told of a document: last quarter's text, names, lights; composed documents are found in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.block_keys import BlockKey, BlockRole
from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.kinds import compose_document
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope, ScopeSpan
from app.drafting.core.lint_findings import context_of, lights_of_blocks, lint_findings
from app.drafting.jobs.gathering import gather_facts
from app.filing.core.lights import Light
from app.periods.rules import Quarter
from reports.lint import check_document
from reports.model import Heading, OfficialDocument, Paragraph
from tests.composition.contents import each, filing_of
from tests.drafting.sample_documents import PARTICULARS, QUARTER, quarter_facts
from tests.world import THRESHOLDS, World

LAST_QUARTER = Quarter(QUARTER.year, QUARTER.number - 1)


def with_every(facts: DocumentFacts, **changes: object) -> DocumentFacts:
    """The facts with every measure that has a report changed."""

    def changed(measure: MeasureFacts) -> MeasureFacts:
        return replace(measure, **changes) if measure.report else measure

    parts = tuple(
        replace(
            part,
            sections=tuple(
                replace(section, measures=tuple(map(changed, section.measures))) for section in part.sections
            ),
        )
        for part in facts.parts
    )
    return replace(facts, parts=parts)


def with_problems_of_its_own(measure: MeasureFacts) -> MeasureFacts:
    """The measure with words that no other measure has."""
    if measure.report is None or not measure.report.problems:
        return measure
    return replace(measure, report=replace(measure.report, problems=f"第{measure.number}处施工力量不足。"))


def report(facts: DocumentFacts) -> OfficialDocument:
    """The quarterly report."""
    return compose_document(DocumentKind.QUARTERLY, facts, PARTICULARS)


def test_a_composed_report_is_found_in_order(world: World) -> None:
    facts = each(quarter_facts(), with_problems_of_its_own)
    assert [finding.rule.id for finding in lint_findings(report(facts), facts, budget=5_000)] == []


def test_names_and_length_come_from_the_organisation_and_the_settings(world: World) -> None:
    context = context_of(report(quarter_facts()), None, 3_000)
    assert ("经济发展办公室", "经发办") in context.names
    assert context.budget == 3_000
    assert (context.previous, context.lights) == ((), {})


def test_a_text_of_the_quarter_before_is_found_once_the_document_does_not_cover_it(world: World) -> None:
    sentence = "制定招商机制任务分解表，明确各部门的线索报送要求，外出招商3批次"
    _, this = quarter_facts().reported[0]
    facts = with_every(
        quarter_facts(1, 1, 1),
        report=replace(this, progress=f"{sentence}。"),
        previous=replace(this, quarter=LAST_QUARTER, progress=sentence, problems=""),
    )
    found = lint_findings(report(facts), facts, budget=5_000)
    assert {finding.rule.id for finding in found} == {"near-copy"}
    covered = replace(facts, scope=DocumentScope(QUARTER, ScopeSpan.THREE_QUARTERS))
    assert context_of(report(covered), covered, None).previous == ()


def test_lights_are_those_of_the_paragraphs_that_tell_progress() -> None:
    facts = quarter_facts()
    body = report(facts).body
    found = lights_of_blocks(body, facts)
    assert len(found) == len(facts.reported)
    for place, light in found.items():
        block = body[place]
        assert isinstance(block, Paragraph)
        (directives,) = (one for _, one in facts.reported if one.filing == filing_of(block))
        assert (block.text, light) == (directives.progress, directives.light.label)


def test_a_light_that_a_department_changed_with_its_reason_contradicts_nothing() -> None:
    facts = quarter_facts()
    _, sentence = facts.reported[0]
    explained = with_every(facts, report=replace(sentence, light_reason="不设启动节点。"))
    assert lights_of_blocks(report(explained).body, explained) == {}


@pytest.mark.parametrize(
    ("role", "count"), [(BlockRole.PROGRESS, 1), (BlockRole.OTHER_PROBLEM, 0), (BlockRole.NEXT_STEP, 0)]
)
def test_a_problem_under_a_green_light_contradicts_only_the_progress(
    world: World, role: BlockRole, count: int
) -> None:
    facts = quarter_facts()
    _, green = next(pair for pair in facts.reported if pair[1].light is Light.GREEN)
    paragraph = Paragraph("受雨季影响，工程进度滞后。", key=BlockKey(role, filing=green.filing))
    document = replace(report(facts), body=(Heading(1, "存在的问题"), paragraph))
    found = check_document(document, context_of(document, facts, 5_000))
    assert [finding.rule.id for finding in found] == ["contradicted-light"] * count


def test_the_report_of_a_real_quarter_is_checked_with_its_facts(reported: World) -> None:
    facts = gather_facts(reported.plan, DocumentScope(reported.period.quarter), thresholds=THRESHOLDS)
    assert [finding for finding in lint_findings(report(facts), facts, budget=5_000) if finding.quote] == []
