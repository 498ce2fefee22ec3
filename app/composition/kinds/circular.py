"""推进情况通报, the circular to departments: overall progress, what goes well, what does not, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.composition.abridgement import abridged_results
from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.demands import demands_chapter
from app.composition.chapters.directives import directives_chapter
from app.composition.chapters.measures_annex import measures_annex
from app.composition.chapters.risks import (
    WHOLE,
    lead_words,
    measure_paragraph,
    risk_paragraphs,
    separate_chapter,
)
from app.composition.chapters.sections import problems_chapter
from app.composition.chapters.submissions import awaiting_words, late_and_missing_section
from app.composition.chapters.totals import slightly_behind, tables_of_parts, total_paragraphs
from app.composition.facts import (
    AcceptedReport,
    DocumentFacts,
    MeasureFacts,
    PartFacts,
    measures_with_report,
)
from app.composition.frame import as_of, official_document, require_reports
from app.composition.particulars import Particulars
from app.composition.phrases import OVERVIEW_CHAPTER, PROBLEMS_CHAPTER, says_little, unspaced_title
from app.composition.rules import DEPARTMENTS, DocumentKind, KindGroup, KindSpec
from app.composition.scope import DocumentScope
from reports.model import Block, Heading, OfficialDocument, Paragraph

SPEC = KindSpec(
    kind=DocumentKind.CIRCULAR,
    group=KindGroup.DOWNWARD,
    purpose="向各部门、各居民区通报总体情况、存在问题和下一步工作要求。",
    recipient=DEPARTMENTS,
    may_abridge=True,
    sets_deadlines=True,
)
READERS = Audience.DEPARTMENTS


def title_lines(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return f"关于《{unspaced_title(facts.plan.title)}》", f"{facts.scope.short_words}推进情况的通报"


def compose(facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return the circular. Raises DocumentError if no filing was accepted."""
    require_reports(facts)
    plan = unspaced_title(facts.plan.title)
    lead_in = (
        f"根据《{plan}》和各牵头部门的填报，党政办公室对{facts.scope.words}推进情况进行了汇总审核，"
        f"数据截至{as_of(facts, particulars)}。现将有关情况通报如下。"
    )
    body = (
        Paragraph(lead_in, key=BlockKey(BlockRole.LEAD_IN)),
        Heading(1, OVERVIEW_CHAPTER, key=BlockKey(BlockRole.OVERVIEW_HEADING)),
        *total_paragraphs(facts, READERS, after_synopsis=False),
        *slightly_behind(facts, annexed=True),
        *tables_of_parts(facts, READERS),
        *by_part(facts),
        *circular_shortcomings(facts, particulars.dated),
        *directives_chapter(facts, particulars.dated),
        *demands_chapter(facts, particulars, "下一步工作要求"),
        Paragraph("特此通报。", key=BlockKey(BlockRole.CLOSING)),
    )
    annex = measures_annex(facts, f"《{plan}》{facts.scope.short_words}推进情况表", READERS)
    return official_document(SPEC, title_lines(facts), body, particulars, annexes=(annex,))


def by_part(facts: DocumentFacts) -> Iterator[Block]:
    """Yield the chapter on the parts: figures, then the measures that keep pace; nothing if none does."""
    if not any(keeps_pace(report, facts.scope) for _, report in facts.reported):
        return
    words = f"{'各部分' if facts.titled_parts else ''}推进情况"
    yield Heading(1, words, key=BlockKey(BlockRole.PROGRESS_HEADING))
    for part in facts.parts:
        if part.measures and part.title and not facts.is_of_one:
            yield Heading(2, part.title, key=BlockKey(BlockRole.PROGRESS_PART, item=part.item))
        if part.measures:
            yield from part_paragraphs_in_brief(part, facts)


def part_paragraphs_in_brief(part: PartFacts, facts: DocumentFacts) -> Iterator[Paragraph]:
    """Yield a part's figures and what was done for every measure that keeps pace."""
    known = list(measures_with_report(part.measures))
    good = [pair for pair in known if keeps_pace(pair[1], facts.scope)]
    is_all_well = all(keeps_pace(report, facts.scope) for _, report in facts.reported)
    reports = [report for _, report in known]
    if not (is_all_well and known):  # otherwise the totals have already said that all keep pace
        words = figures_of(part, reports, len(good), facts.scope)
        yield Paragraph(words, key=BlockKey(BlockRole.PART_TOTALS, item=part.item))
    yield from (measure_in_brief(measure, report, facts) for measure, report in good)


def keeps_pace(report: AcceptedReport, scope: DocumentScope) -> bool:
    """Return whether a measure keeps pace and needs no correction."""
    return report.percent >= scope.pace.percent and not separate_chapter(scope).which(report)


def figures_of(part: PartFacts, reports: list[AcceptedReport], good: int, scope: DocumentScope) -> str:
    """Return a part's counts and introduce the measures that keep pace; the table has the other figures."""
    total, known, pace = len(part.measures), len(reports), scope.pace
    is_any_doubtful = sum(report.percent >= pace.percent for report in reports) > good
    whole = f"{'本部分' if part.title else ''}{total}项举措"
    if not known:
        return f"{whole}{'均' if total > 1 else ''}{awaiting_words(part.measures)}。"
    counted = whole if known == total else f"{whole}，已采用填报{known}项"
    if not good:
        missed = (
            ""
            if is_any_doubtful
            else f"{'，' if known < total else ''}{'均' if known > 1 else ''}{pace.missed}"
        )
        listed = f"“{PROBLEMS_CHAPTER}”部分和" if any(map(separate_chapter(scope).which, reports)) else ""
        return f"{counted}{missed}，情况见{listed}附件。"
    if good == known:
        mark = "" if known == total else "，"
        return f"{counted}{mark}{'均' if known > 1 else ''}{pace.reached}："
    apart = "、推进正常" if is_any_doubtful else ""
    return f"{counted}，其中{good}项{pace.reached}{apart}："


def measure_in_brief(measure: MeasureFacts, report: AcceptedReport, facts: DocumentFacts) -> Paragraph:
    """Return a measure's lead, its rate unless already given, and what its department says."""
    progress = abridged_results(report.progress, facts)
    words_done = "" if says_little(progress) else progress
    is_known = facts.is_of_one or (facts.scope.ends_the_year and report.percent == WHOLE)
    rate = "" if is_known and words_done else f"完成率{report.percent}%。"
    words = f"{lead_words(measure, facts, READERS, '，' if rate else '。')}{rate}{words_done}"
    level = 2 if facts.is_of_one else 3
    return measure_paragraph(BlockRole.PROGRESS, measure, report, words, level=level)


def circular_shortcomings(facts: DocumentFacts, dated: date) -> Iterator[Block]:
    """Yield the chapter on measures that are behind and on filings that are late or missing."""
    yield from problems_chapter(
        (*risk_paragraphs(facts, READERS, names_causes=True), *late_and_missing_section(facts, dated))
    )
