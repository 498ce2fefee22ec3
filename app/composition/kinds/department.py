"""部门工作报告, one department's report: what it leads and supports, its problems, its next steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.composition.abridgement import abridged_results
from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.measures_annex import (
    DASH,
    MEASURE,
    REPORTED,
    elapsed_note,
    reported_cells,
    table_of_measures,
)
from app.composition.chapters.next_steps import next_steps_chapter
from app.composition.chapters.progress import progress_paragraphs, text_with_quarter
from app.composition.chapters.risks import other_problems, risk_paragraphs
from app.composition.chapters.sections import problems_chapter
from app.composition.chapters.submissions import awaiting_words, missing_section
from app.composition.chapters.totals import pace_paragraph, slightly_behind, standing_paragraph
from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.frame import as_of, official_document, require_reports
from app.composition.particulars import Particulars
from app.composition.phrases import (
    division_words,
    own_words,
    share_of_total,
    title_list,
    unspaced_title,
)
from app.composition.rules import LEADERSHIP, DocumentKind, DocumentSubject, KindGroup, KindSpec
from app.composition.scope import DocumentScope
from app.filing.contributions.rules import ContributionState
from app.periods.rules import QUARTER_WORDS
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
    """Return the report.

    Raises DocumentError if it contributed nothing and no filing of its measures was accepted.
    """
    if not any(measure.contributed for measure in facts.measures):
        require_reports(facts)
    own = facts.narrowed(lambda measure: is_led(measure, facts))
    others = facts.narrowed(lambda measure: not is_led(measure, facts))
    lead_in = (
        f"根据《{unspaced_title(facts.plan.title)}》，现将{facts.department}{facts.scope.words}工作情况"
        f"（数据截至{as_of(facts, particulars)}）报告如下。"
    )
    body = (
        Paragraph(lead_in, key=BlockKey(BlockRole.LEAD_IN)),
        *work_chapter(own, others),
        *department_shortcomings(own, particulars.dated),
        *next_steps_chapter(own),
        Paragraph("特此报告。", key=BlockKey(BlockRole.CLOSING)),
    )
    annex = department_annex(facts, f"{facts.department}{facts.scope.words}工作情况表")
    return official_document(SPEC, title_lines(facts), body, particulars, annexes=(annex,))


def is_led(measure: MeasureFacts, facts: DocumentFacts) -> bool:
    """Return whether the document's department leads a measure."""
    return measure.lead == facts.department


def work_chapter(own: DocumentFacts, others: DocumentFacts) -> Iterator[Block]:
    """Yield the chapter: figures, then the work on measures it leads, then on those it supports."""
    yield Heading(1, "工作完成情况", key=BlockKey(BlockRole.WORK_HEADING))
    yield Paragraph(duties_sentence(own, others), key=BlockKey(BlockRole.DUTIES))
    if own.reported:
        yield standing_paragraph(own, Audience.DEPARTMENTS)
        yield pace_paragraph(own, Audience.DEPARTMENTS)
        yield from slightly_behind(own, annexed=False)
    supported = list(support_paragraphs(others))
    level = 3 if supported else 2
    led = list(progress_paragraphs(own.measures, own, level=level, role=BlockRole.LED_PROGRESS))
    if led and supported:
        yield Heading(2, "牵头举措", key=BlockKey(BlockRole.LED_HEADING))
    yield from led
    if supported:
        yield Heading(2, "配合举措", key=BlockKey(BlockRole.SUPPORTED_HEADING))
    yield from supported


def department_shortcomings(own: DocumentFacts, dated: date) -> Iterator[Block]:
    """Yield the chapter on measures that are behind, on other problems, and on missing filings of its own."""
    yield from problems_chapter(
        (
            *risk_paragraphs(own, Audience.DEPARTMENTS),
            *other_problems(own),
            *missing_section(own, dated),
        )
    )


def duties_sentence(own: DocumentFacts, others: DocumentFacts) -> str:
    """Return how many measures the department leads and supports, and how many of its filings are counted."""
    led = [accepted_count_words(own)] if own.measures else []
    supported = [contributed_count_words(others)] if others.measures else []
    base = f"。以下统计以已采用的{len(own.reported)}项为基数" if own.reported and own.missing else ""
    return f"{own.department}{'；'.join((*led, *supported))}{base}。"


def contributed_count_words(others: DocumentFacts) -> str:
    """Return how many supported measures the department wrote about, and the state of the others."""
    silent = [one.contribution for one in others.measures if not has_contributed(one)]
    total = len(others.measures)
    not_needed, waived = (
        silent.count(state) for state in (ContributionState.NOT_NEEDED, ContributionState.WAIVED)
    )
    shares = division_words(
        [
            ("已报送配合情况", total - len(silent)),
            (not_needed_words(others.scope), not_needed),
            ("免报配合情况", waived),
            ("未报送配合情况", len(silent) - not_needed - waived),
        ],
        total,
    )
    return f"配合举措{total}项{'' if shares.startswith('中，') else '，'}{shares}"


def not_needed_words(scope: DocumentScope) -> str:
    """Return that nothing was to be supported in the scope's last quarter."""
    time = "本季度" if len(scope.quarters) == 1 else QUARTER_WORDS[scope.quarter.number]
    return f"{time}无需配合"


def has_contributed(measure: MeasureFacts) -> bool:
    """Return whether anything was contributed to a supported measure, or its lead's filing was accepted."""
    return bool(measure.contributed) or measure.report is not None


def is_contribution_missing(measure: MeasureFacts) -> bool:
    return not has_contributed(measure) and measure.contribution in (None, ContributionState.OWED)


def accepted_count_words(facts: DocumentFacts) -> str:
    """Return how many filings of measures it leads were accepted."""
    total, accepted = len(facts.measures), len(facts.reported)
    whole = f"牵头举措{total}项，"
    if accepted in (0, total):
        every = "均" if total > 1 else ""
        return f"{whole}填报{every}{'已采用' if accepted else awaiting_words(facts.missing)}"
    return f"{whole}已采用填报{accepted}项{share_of_total(accepted, total)}"


def support_paragraphs(others: DocumentFacts) -> Iterator[Paragraph]:
    """Yield what was done for each supported measure, then those without a contribution."""
    for measure in others.measures:
        if measure.contributed:
            yield from contributed_paragraphs(measure, others)
        else:
            yield from progress_paragraphs([measure], others, level=3, role=BlockRole.SUPPORTED_PROGRESS)
    missing = [measure.title for measure in others.measures if is_contribution_missing(measure)]
    if missing:
        words = f"没有报送配合情况的{len(missing)}项：{title_list(missing)}。"
        yield Paragraph(words, key=BlockKey(BlockRole.SUPPORTED_MISSING))


def contributed_paragraphs(measure: MeasureFacts, facts: DocumentFacts) -> Iterator[Paragraph]:
    """Yield what the department contributed to a measure; several quarters each name theirs."""
    head: Heading | None = Heading(3, f"{measure.title}。")
    for one in measure.contributed:
        text = abridged_results(one.text, facts)
        words = text_with_quarter(text, one.quarter) if len(facts.scope.quarters) > 1 else text
        key = BlockKey(BlockRole.SUPPORTED_PROGRESS, item=one.measure)
        yield Paragraph(words, head, key)
        head = None


def department_annex(facts: DocumentFacts, title: str) -> Annex:
    """Return the annex table of the department's measures."""
    note = f"注：完成率为部门填报的年度目标完成比例{elapsed_note(facts)}。"
    return Annex(title, (table_of_measures(facts, COLUMNS, department_row, note),), landscape=True)


def department_row(measure: MeasureFacts, facts: DocumentFacts) -> tuple[str, ...]:
    """Return the cells of a measure's row; a supported one names its lead."""
    if is_led(measure, facts):
        return (str(measure.number), measure.title, "牵头", *reported_cells(measure, facts.scope))
    return (str(measure.number), measure.title, f"配合{measure.lead}", *contributed_cells(measure, facts))


def contributed_cells(measure: MeasureFacts, facts: DocumentFacts) -> tuple[str, ...]:
    """Return the cells of a supported measure: its yearly target and what was contributed."""
    if not measure.contributed:
        target, done, *others = reported_cells(measure, facts.scope)
        is_idle = done == DASH and measure.contribution is ContributionState.NOT_NEEDED
        return (target, not_needed_words(facts.scope) if is_idle else done, *others)
    several = len(facts.scope.quarters) > 1
    texts = (
        text_with_quarter(own_words(one.text), one.quarter) if several else own_words(one.text)
        for one in measure.contributed
    )
    return (measure.target or DASH, "\n".join(texts), DASH, DASH, DASH, DASH)
