"""内部情况汇总, the internal summary: the state of the plan on two or three pages, for the office and the leaders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.base.days import written_day
from app.base.text import quoted_title
from app.composition.abridgement import FEW, GIST_LENGTH
from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.directives import directives_chapter
from app.composition.chapters.measures_annex import DASH
from app.composition.chapters.risks import (
    UNEXPLAINED,
    hears_light_reason,
    light_reason_words,
    measure_paragraph,
    measures_to_correct,
    problem_words,
    risks_opening,
    stop_words,
)
from app.composition.chapters.sections import problems_chapter
from app.composition.chapters.submissions import (
    NOBODY,
    came_late,
    late_and_missing_section,
    titles_with_departments,
)
from app.composition.chapters.synopsis import synopsis_paragraphs
from app.composition.chapters.totals import slightly_behind, tables_of_parts, total_paragraphs
from app.composition.facts import AcceptedReport, DocumentFacts, MeasureFacts
from app.composition.frame import as_of, official_document, require_reports
from app.composition.particulars import Particulars
from app.composition.phrases import OVERVIEW_CHAPTER, gist_of, own_words, unspaced_title
from app.composition.rules import LEADERSHIP, DocumentKind, KindGroup, KindSpec, SynopsisView
from app.composition.scope import YEAR_END, Pace
from app.filing.core.measure_risk import is_hopeless
from reports.model import Align, Block, Column, Heading, OfficialDocument, Paragraph, Table

SPEC = KindSpec(
    kind=DocumentKind.SUMMARY,
    group=KindGroup.INTERNAL,
    purpose="供街道内部参阅，没有红头，不编文号。",
    direction=None,
    recipient=LEADERSHIP,
    is_special_report=True,
    synopsis_views=(SynopsisView.BY_TOPIC, SynopsisView.BY_PART, SynopsisView.SUPERVISION),
)
COLUMNS = (
    Column("举措", 12),
    Column("牵头部门", 11),
    Column("分管领导", 6, Align.CENTER),
    Column("完成率", 5, Align.CENTER),
    Column("差距", 5, Align.CENTER),
    Column("状态", 6, Align.CENTER),
    Column("亮灯", 4, Align.CENTER),
)


def title_lines(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return f"《{unspaced_title(facts.plan.title)}》", f"{facts.scope.short_words}推进情况汇总"


def compose(facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return the summary. Raises DocumentError if no filing was accepted."""
    require_reports(facts)
    handled = [
        *(["报送"] if facts.missing or any(map(came_late, facts.measures)) else []),
        *(["批示、督办事项办理"] if facts.directives else []),
    ]
    handled_as_of = f"，{'和'.join(handled)}情况截至{written_day(particulars.dated)}" if handled else ""
    lead_in = (
        f"现将《{unspaced_title(facts.plan.title)}》{facts.scope.short_words}推进情况汇总如下，供内部工作参考。"
        f"其中进展数据截至{as_of(facts, particulars)}{handled_as_of}。"
    )
    synopsis = tuple(synopsis_paragraphs(facts, SPEC))
    body = (
        Paragraph(lead_in, key=BlockKey(BlockRole.LEAD_IN)),
        Heading(1, OVERVIEW_CHAPTER, key=BlockKey(BlockRole.OVERVIEW_HEADING)),
        *synopsis,
        *total_paragraphs(facts, Audience.DEPARTMENTS, after_synopsis=bool(synopsis)),
        *slightly_behind(facts, annexed=False),
        *tables_of_parts(facts, Audience.DEPARTMENTS),
        *summary_shortcomings(facts, particulars.dated),
        *directives_chapter(facts, particulars.dated),
    )
    return official_document(SPEC, title_lines(facts), body, particulars)


def summary_shortcomings(facts: DocumentFacts, dated: date) -> Iterator[Block]:
    """Yield the chapter on measures that are behind and on filings that are late or missing."""
    yield from problems_chapter((*behind_blocks(facts), *late_and_missing_section(facts, dated)))


def behind_blocks(facts: DocumentFacts) -> Iterator[Block]:
    """Yield a table of the measures behind or at risk, then the titles not expected to be finished."""
    found = measures_to_correct(facts)
    if not found:
        return
    pace = facts.scope.pace
    held_against = "年度目标" if facts.scope.ends_the_year else f"序时进度（{pace.percent}%）"
    yield from risks_opening(facts, Audience.DEPARTMENTS)
    yield Table(
        COLUMNS,
        rows=tuple(behind_row(measure, report, pace) for measure, report in found),
        note=f"注：共{len(found)}项，按工作计划的顺序排列。差距为完成率与{held_against}相差的百分点。",
        key=BlockKey(BlockRole.RISKS_TABLE),
    )
    hopeless = [measure for measure, report in found if is_hopeless(report)]
    if hopeless:
        yield Paragraph(
            f"年底预计不能完成的有{len(hopeless)}项：{titles_with_departments(hopeless, facts)}。",
            key=BlockKey(BlockRole.HOPELESS),
        )
    yield from reasons_of_few(facts) if len(found) <= FEW else reasons_for_lights(facts)


def reasons_of_few(facts: DocumentFacts) -> Iterator[Paragraph]:
    """Yield what departments say about the measures behind or at risk: a summary has no annex for it."""
    for measure, report in measures_to_correct(facts):
        why = gist_of(problem_words(report), GIST_LENGTH) if problem_words(report) else ""
        light = light_reason_words(report, Audience.DEPARTMENTS)
        words = f"{stop_words(report)}{why}{light}" or UNEXPLAINED
        yield measure_paragraph(BlockRole.RISK, measure, report, words, level=2 if facts.is_of_one else 3)


def reasons_for_lights(facts: DocumentFacts) -> Iterator[Paragraph]:
    """Yield the reasons for moved lights of measures behind or at risk."""
    for measure, report in measures_to_correct(facts):
        if hears_light_reason(report, Audience.DEPARTMENTS):
            whose = f"{quoted_title(measure.title)}（{measure.lead or NOBODY}）"
            words = f"{whose}亮灯调整为{report.light.label}的理由：{own_words(report.light_reason)}"
            key = BlockKey(BlockRole.LIGHT_REASON, filing=report.filing)
            yield Paragraph(words, key=key)


def behind_row(measure: MeasureFacts, report: AcceptedReport, pace: Pace) -> tuple[str, ...]:
    """Return the cells of a measure's row."""
    return (
        measure.title,
        measure.lead_words or NOBODY,
        measure.leader or DASH,
        f"{report.percent}%",
        gap_cell(report.percent, pace),
        report.status.label,
        report.light.label,
    )


def gap_cell(percent: int, pace: Pace) -> str:
    """Return the gap to 序时进度, or to the year's target, in percentage points, as a cell."""
    if percent == pace.percent:
        return "持平"
    short = "差" if pace is YEAR_END else "落后"
    return f"{short if percent < pace.percent else '超过'}{abs(pace.percent - percent)}"
