"""上行文报告, the report to superiors on a quarter, the half year or the first three quarters."""

from __future__ import annotations

from collections.abc import Iterator

from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.directives import summed_up
from app.composition.chapters.measures_annex import measures_annex
from app.composition.chapters.next_steps import next_steps_chapter
from app.composition.chapters.progress import progress_chapter
from app.composition.chapters.risks import (
    other_problems,
    risk_paragraphs,
    separate_chapter,
)
from app.composition.chapters.sections import problems_chapter
from app.composition.chapters.synopsis import synopsis_paragraphs
from app.composition.chapters.totals import slightly_behind, tables_of_parts, total_paragraphs
from app.composition.facts import DocumentFacts
from app.composition.frame import as_of, official_document, require_reports
from app.composition.particulars import Particulars
from app.composition.phrases import OVERVIEW_CHAPTER, unspaced_title
from app.composition.rules import PARTS_OF_THE_YEAR, DocumentKind, KindGroup, KindSpec, SynopsisView
from reports.model import Block, Direction, Heading, OfficialDocument, Paragraph

SPEC = KindSpec(
    kind=DocumentKind.QUARTERLY,
    group=KindGroup.UPWARD,
    purpose="向上级报告一个季度、上半年或者前三季度的推进情况，标注签发人，不涉及内部办理过程。",
    spans=PARTS_OF_THE_YEAR,
    direction=Direction.UPWARD,
    may_abridge=True,
    synopsis_views=(SynopsisView.BY_TOPIC, SynopsisView.BY_PART),
)
READERS = Audience.SUPERIORS


def title_lines(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return f"关于《{unspaced_title(facts.plan.title)}》", f"{facts.scope.short_words}推进情况的报告"


def compose(facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return the report. Raises DocumentError if no filing was accepted."""
    require_reports(facts)
    plan = unspaced_title(facts.plan.title)
    lead_in = f"根据《{plan}》，现将截至{as_of(facts, particulars)}的推进情况报告如下。"
    body = (
        Paragraph(lead_in, key=BlockKey(BlockRole.LEAD_IN)),
        *overview_chapter(facts),
        *progress_chapter(facts, separate_chapter(facts.scope)),
        *problems_chapter((*risk_paragraphs(facts, READERS), *other_problems(facts))),
        *summed_up(facts, particulars.dated),
        *next_steps_chapter(facts),
        Paragraph("特此报告。", key=BlockKey(BlockRole.CLOSING)),
    )
    annex = measures_annex(facts, f"《{plan}》{facts.scope.short_words}推进情况表", READERS)
    return official_document(SPEC, title_lines(facts), body, particulars, annexes=(annex,))


def overview_chapter(facts: DocumentFacts) -> Iterator[Block]:
    """Yield the chapter of totals, with a table and a chart."""
    yield Heading(1, OVERVIEW_CHAPTER, key=BlockKey(BlockRole.OVERVIEW_HEADING))
    synopsis = tuple(synopsis_paragraphs(facts, SPEC))
    yield from synopsis
    yield from total_paragraphs(facts, READERS, after_synopsis=bool(synopsis))
    yield from slightly_behind(facts, annexed=False)
    yield from tables_of_parts(facts, READERS, charted=True)
