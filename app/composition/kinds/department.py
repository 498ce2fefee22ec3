"""One department's report (部门工作报告): what it leads, what it supports, what is in the way, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.measures_annex import (
    MEASURE,
    REPORTED,
    elapsed_note,
    reported_cells,
    table_of_measures,
)
from app.composition.chapters.progress import progress_paragraphs
from app.composition.chapters.risks_and_next_steps import next_steps_chapter, other_problems, risk_paragraphs
from app.composition.chapters.submissions import missing_section
from app.composition.chapters.totals import pace_paragraph, standing_paragraph
from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.frame import as_of, official_document, require_reports
from app.composition.particulars import Particulars
from app.composition.phrases import closed_up, percent_words, title_list
from app.composition.rules import LEADERSHIP, DocumentKind, DocumentSubject, KindGroup, KindSpec
from reports.model import Align, Annex, Block, Column, Heading, OfficialDocument, Paragraph

SPEC = KindSpec(
    kind=DocumentKind.DEPARTMENT,
    group=KindGroup.INTERNAL,
    purpose="一个部门的工作报告，只写该部门牵头和配合的举措。",
    subject=DocumentSubject.DEPARTMENT,
    direction=None,
    recipient=LEADERSHIP,
    may_abridge=True,
    is_special_report=True,
)
COLUMNS = (*MEASURE, Column("分工", align=Align.CENTER), *REPORTED)


def title_lines(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return facts.department, f"{facts.scope.words}工作报告"


def compose(facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return the report. Raises DocumentError when none of its filings was accepted."""
    require_reports(facts)
    own = facts.narrowed(lambda measure: is_led(measure, facts))
    others = facts.narrowed(lambda measure: not is_led(measure, facts))
    lead_in = (
        f"根据《{closed_up(facts.plan.title)}》，现将{facts.department}{facts.scope.words}工作情况"
        f"（数据截至{as_of(facts, particulars)}）报告如下。"
    )
    # A neighbourhood may lead nothing: then what it supports is its work.
    spoken_of = own if own.reported else others
    body = (
        Paragraph(lead_in, key=BlockKey(BlockRole.LEAD_IN)),
        *work_chapter(own, others),
        *department_shortcomings(own, spoken_of, particulars.dated),
        *next_steps_chapter(spoken_of),
        Paragraph("特此报告。", key=BlockKey(BlockRole.CLOSING)),
    )
    annex = department_annex(facts, f"{facts.department}{facts.scope.words}工作情况表")
    return official_document(SPEC, title_lines(facts), body, particulars, annexes=(annex,))


def is_led(measure: MeasureFacts, facts: DocumentFacts) -> bool:
    """Return whether the department leads a measure."""
    return measure.lead == facts.department


def work_chapter(own: DocumentFacts, others: DocumentFacts) -> Iterator[Block]:
    """Yield the chapter: figures, what was done as the lead, what was done in support of others."""
    yield Heading(1, "工作完成情况", key=BlockKey(BlockRole.WORK_HEADING))
    yield Paragraph(duties_sentence(own, others), key=BlockKey(BlockRole.DUTIES))
    if own.reported:
        yield standing_paragraph(own, Audience.DEPARTMENTS)
        yield pace_paragraph(own, Audience.DEPARTMENTS)
    if own.measures:
        led = progress_paragraphs(own.measures, own, level=3, role=BlockRole.LED_PROGRESS)
        yield from under_heading(BlockRole.LED_HEADING, "牵头举措", led)
    if others.measures:
        yield from under_heading(BlockRole.SUPPORTED_HEADING, "配合举措", support_paragraphs(others))


def under_heading(role: BlockRole, title: str, found: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks under a heading; nothing where there are none."""
    blocks = list(found)
    if blocks:
        yield Heading(2, title, key=BlockKey(role))
    yield from blocks


def department_shortcomings(own: DocumentFacts, spoken_of: DocumentFacts, dated: date) -> Iterator[Block]:
    """Yield the chapter: what is behind or in the way, and which of its own filings are missing."""
    found = (
        *risk_paragraphs(spoken_of, Audience.DEPARTMENTS),
        *other_problems(spoken_of),
        *missing_section(own, dated),
    )
    if found:
        yield Heading(1, "存在的问题", key=BlockKey(BlockRole.PROBLEMS_HEADING))
    yield from found


def duties_sentence(own: DocumentFacts, others: DocumentFacts) -> str:
    """Say how many measures a department leads and supports, and how many of its filings are counted."""
    roles = [(word, facts) for word, facts in (("牵头", own), ("配合", others)) if facts.measures]
    held = "，".join(f"{word}举措{len(facts.measures)}项" for word, facts in roles)
    base = f"以下统计以牵头举措中已采用的{len(own.reported)}项为基数。" if own.reported else ""
    return (
        f"{own.department}{held}。{''.join(accepted_count_words(word, facts) for word, facts in roles)}{base}"
    )


def accepted_count_words(role: str, facts: DocumentFacts) -> str:
    """Say how many filings of a role were accepted."""
    total, accepted = len(facts.measures), len(facts.reported)
    if accepted == total:
        return f"{role}的{total}项填报{'均' if total > 1 else ''}已采用。"
    if not accepted:
        return f"{role}的{total}项填报{'均' if total > 1 else ''}未报送或者尚未采用。"
    return f"{role}的{total}项中，已采用填报{accepted}项，占{percent_words(accepted, total)}。"


def support_paragraphs(others: DocumentFacts) -> Iterator[Paragraph]:
    """Yield what was done under each measure of another lead, then those not accepted yet by name."""
    supported = (measure for measure, _ in others.reported)
    yield from progress_paragraphs(supported, others, level=3, role=BlockRole.SUPPORTED_PROGRESS)
    if others.missing:
        untold = title_list(measure.title for measure in others.missing)
        words = f"未报送或者尚未采用的{len(others.missing)}项：{untold}。"
        yield Paragraph(words, key=BlockKey(BlockRole.SUPPORTED_MISSING))


def department_annex(facts: DocumentFacts, title: str) -> Annex:
    """Return the annex table of the department's measures."""
    note = f"注：完成率为部门填报的年度目标完成比例{elapsed_note(facts)}。"
    return Annex(title, (table_of_measures(facts, COLUMNS, department_row, note),), landscape=True)


def department_row(measure: MeasureFacts, facts: DocumentFacts) -> tuple[str, ...]:
    """Return a measure's cells; a supported one names its lead."""
    role = "牵头" if is_led(measure, facts) else f"配合{measure.lead}"
    return (str(measure.number), measure.title, role, *reported_cells(measure, facts.scope))
