"""督查通报, the supervision circular: what is behind, late or unanswered, named, with deadlines for correction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.checklist import checklist_annex
from app.composition.chapters.demands import demands_chapter
from app.composition.chapters.directives import replied_chapter, unsettled_section
from app.composition.chapters.risks import (
    close_behind,
    measure_paragraph,
    measures_to_correct,
    risk_words,
    risks_opening,
)
from app.composition.chapters.sections import problems_chapter
from app.composition.chapters.submissions import NOBODY, late_and_missing_section
from app.composition.chapters.synopsis import synopsis_paragraphs
from app.composition.chapters.totals import slightly_behind, total_paragraphs
from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.frame import as_of, official_document, require_reports
from app.composition.particulars import Particulars
from app.composition.phrases import OVERVIEW_CHAPTER, unspaced_title
from app.composition.rules import DEPARTMENTS, DocumentKind, KindGroup, KindSpec, SynopsisView
from app.directives.core.life_cycle import DirectiveState
from reports.model import Block, Heading, OfficialDocument, Paragraph

SPEC = KindSpec(
    kind=DocumentKind.SUPERVISION,
    group=KindGroup.DOWNWARD,
    purpose="逐项列明滞后的举措和逾期、未报送的填报，提出整改要求和时限，附督查事项清单。",
    recipient=DEPARTMENTS,
    sets_deadlines=True,
    is_special_report=True,
    synopsis_views=(SynopsisView.SUPERVISION, SynopsisView.BY_TOPIC, SynopsisView.BY_PART),
)


def title_lines(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return f"关于《{unspaced_title(facts.plan.title)}》", f"{facts.scope.short_words}落实情况的督查通报"


def compose(facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return the circular, without an annex if nothing needs correction.

    Raises DocumentError if no filing was accepted.
    """
    require_reports(facts)
    plan = unspaced_title(facts.plan.title)
    synopsis = tuple(synopsis_paragraphs(facts, SPEC))
    annexes = checklist_annex(facts, particulars, f"{facts.scope.words}督查事项清单")
    annexed = "，整改要求和办结时限详见附件" if annexes else ""
    body = (
        Paragraph(
            f"根据《{plan}》和各牵头部门的填报，党政办公室对{facts.scope.words}各项举措落实情况进行了逐项核对，"
            f"数据截至{as_of(facts, particulars)}。现将有关情况通报如下{annexed}。",
            key=BlockKey(BlockRole.LEAD_IN),
        ),
        Heading(1, OVERVIEW_CHAPTER, key=BlockKey(BlockRole.OVERVIEW_HEADING)),
        *synopsis,
        *total_paragraphs(facts, Audience.DEPARTMENTS, after_synopsis=bool(synopsis)),
        *slightly_behind(facts, annexed=False),
        *supervision_shortcomings(facts, particulars.dated),
        *replied_chapter(facts),
        *demands_chapter(facts, particulars, "督查要求"),
        Paragraph("特此通报。", key=BlockKey(BlockRole.CLOSING)),
    )
    return official_document(SPEC, title_lines(facts), body, particulars, annexes=annexes)


def supervision_shortcomings(facts: DocumentFacts, dated: date) -> Iterator[Block]:
    """Yield the chapter on what is behind, late and unanswered; if there is nothing, a paragraph that says so."""
    found = (
        *at_risk(facts),
        *late_and_missing_section(facts, dated),
        *unsettled_section("尚未回复的批示、督办事项", facts, (DirectiveState.OPEN,)),
    )
    if not found:
        slight = len(close_behind(facts))
        but = f"除上述落后的{slight}项外，" if slight else ""
        lagging = facts.scope.pace.missed if facts.scope.ends_the_year else "进度滞后"
        words = (
            f"{but}核对中未发现{'其他' if slight else ''}{lagging}、逾期报送和批示、督办事项未回复的情况。"
        )
        yield Paragraph(words, key=BlockKey(BlockRole.NOTHING_FOUND))
    yield from problems_chapter(found)


def at_risk(facts: DocumentFacts) -> Iterator[Block]:
    """Yield each measure behind or at risk, with its lead department and the leader in charge."""
    yield from risks_opening(facts, Audience.DEPARTMENTS)
    for measure, report in measures_to_correct(facts):
        words = responsible_words(measure) + risk_words(report, facts, Audience.DEPARTMENTS)
        yield measure_paragraph(BlockRole.RISK, measure, report, words, level=2 if facts.is_of_one else 3)


def responsible_words(measure: MeasureFacts) -> str:
    """Return the lead department and the leader in charge of a measure."""
    leader = f"，分管领导：{measure.leader}" if measure.leader else ""
    return f"牵头部门：{measure.lead or NOBODY}{leader}。"
