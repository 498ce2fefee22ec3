"""一年一报, the yearly report from the filings of four quarters: targets reached and missed, and next steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.composition.abridgement import (
    FEW,
    abridged_words,
    is_concise,
    leaves_to_annex,
)
from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.directives import summed_up
from app.composition.chapters.measures_annex import measures_annex
from app.composition.chapters.next_steps import next_steps_chapter
from app.composition.chapters.progress import every_measure_words, progress_chapter
from app.composition.chapters.risks import (
    MISSED_TARGETS,
    OWN_UNEXPLAINED,
    WHOLE,
    is_reached,
    measure_paragraph,
    measures_to_correct,
    missed_targets_sentence,
    problem_paragraphs,
    problem_words,
    status_and_light_words,
    stop_words,
)
from app.composition.chapters.sections import problems_chapter
from app.composition.chapters.synopsis import synopsis_paragraphs
from app.composition.chapters.totals import coverage_sentence, occurring_lights, tables_of_parts
from app.composition.facts import AcceptedReport, DocumentFacts, MeasureFacts
from app.composition.frame import official_document, require_reports
from app.composition.particulars import Particulars
from app.composition.phrases import (
    OVERVIEW_CHAPTER,
    TARGETS_CHAPTER,
    division_words,
    names_no_problem,
    own_words,
    unspaced_title,
    which_titles,
)
from app.composition.rules import DocumentKind, KindGroup, KindSpec, SynopsisView
from app.composition.scope import YEAR_END, ScopeSpan
from app.filing.core.lights import Light
from app.periods.rules import QUARTER_WORDS, Quarter
from reports.model import Align, Block, Column, Direction, Heading, OfficialDocument, Paragraph, Table

SPEC = KindSpec(
    kind=DocumentKind.YEARLY,
    group=KindGroup.UPWARD,
    purpose="一年一报：汇集四个季度的填报，写明哪些年度目标达到、哪些没有达到及其原因。",
    spans=(ScopeSpan.YEAR,),
    direction=Direction.UPWARD,
    may_abridge=True,
    synopsis_views=(SynopsisView.BY_TOPIC, SynopsisView.BY_PART),
)
PROGRESS_CHAPTER = "各项举措完成情况"
READERS = Audience.SUPERIORS


def title_lines(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return f"关于《{unspaced_title(facts.plan.title)}》", "完成情况的报告"


def compose(facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return the report. Raises DocumentError if no filing of the last quarter was accepted."""
    require_reports(facts)
    plan = unspaced_title(facts.plan.title)
    body = (
        Paragraph(
            f"根据《{plan}》，现将{facts.scope.words}各项举措的完成情况报告如下。",
            key=BlockKey(BlockRole.LEAD_IN),
        ),
        *yearly_overview(facts),
        *progress_chapter(facts, MISSED_TARGETS, PROGRESS_CHAPTER),
        *targets_chapter(facts),
        *yearly_problems(facts),
        *summed_up(facts, particulars.dated),
        *next_steps_chapter(facts, "下一年度工作打算"),
        Paragraph("特此报告。", key=BlockKey(BlockRole.CLOSING)),
    )
    annex = measures_annex(facts, f"《{plan}》完成情况表", READERS)
    return official_document(SPEC, title_lines(facts), body, particulars, annexes=(annex,))


def yearly_overview(facts: DocumentFacts) -> Iterator[Block]:
    """Yield the chapter of totals, with a table of the quarters."""
    yield Heading(1, OVERVIEW_CHAPTER, key=BlockKey(BlockRole.OVERVIEW_HEADING))
    synopsis = tuple(synopsis_paragraphs(facts, SPEC))
    yield from synopsis
    targets = targets_words(facts, after_synopsis=bool(synopsis))
    yield Paragraph(coverage_sentence(facts, READERS) + targets, key=BlockKey(BlockRole.COVERAGE))
    if not facts.is_of_one:
        yield table_of_quarters(facts)
    yield from tables_of_parts(facts, READERS, charted=True, by_target=True)


def table_of_quarters(facts: DocumentFacts) -> Table:
    """Return a table of each quarter's accepted reports: at the target, behind at that time, and by light."""
    quarters = [(quarter, reports_of(facts, quarter)) for quarter in facts.scope.quarters]
    lights = occurring_lights([report for _, reports in quarters for report in reports])
    heads = (READERS.counted, YEAR_END.reached, "落后序时进度", *(light.label for light in lights))
    rows = tuple(
        (QUARTER_WORDS[quarter.number], *map(str, figures_of(reports, quarter, lights)))
        for quarter, reports in quarters
    )
    return Table(
        (Column("季度", 6), *(Column(head, max(len(head), 3), Align.CENTER) for head in heads)),
        rows,
        caption="各季度推进情况",
        unit="项",
        note=f"注：举措共{len(facts.measures)}项，各季度均以当季{READERS.counted}的举措为基数。",
        key=BlockKey(BlockRole.QUARTERS_TABLE),
    )


def reports_of(facts: DocumentFacts, quarter: Quarter) -> list[AcceptedReport]:
    """Return the accepted reports of a quarter."""
    everything = (
        report for measure in facts.measures for report in (*measure.earlier, measure.report) if report
    )
    return [report for report in everything if report.quarter == quarter]


def figures_of(reports: list[AcceptedReport], quarter: Quarter, lights: Iterable[Light]) -> tuple[int, ...]:
    """Return a quarter's counts: accepted, at the target, behind 序时进度, by light."""
    found = [report.light for report in reports]
    return (
        len(reports),
        sum(map(is_reached, reports)),
        sum(report.percent < quarter.elapsed_percent for report in reports),
        *map(found.count, lights),
    )


def targets_chapter(facts: DocumentFacts) -> Iterator[Block]:
    """Yield the chapter on the yearly targets, reached and missed, with reasons; nothing if all were reached.

    A concise text leaves those that were reached to the chapter on progress.
    """
    short = measures_to_correct(facts)
    if not short:
        return
    is_divided = len(facts.reported) > len(short) and not leaves_to_annex(facts)
    yield Heading(1, TARGETS_CHAPTER, key=BlockKey(BlockRole.TARGETS_HEADING))
    if is_divided:
        yield Heading(2, "达到年度目标的举措", key=BlockKey(BlockRole.REACHED_HEADING))
        yield reached_paragraph(facts)
        yield Heading(2, "未达到年度目标的举措", key=BlockKey(BlockRole.MISSED_HEADING))
    elif len(short) > 1:
        yield Paragraph(missed_targets_sentence(len(short)), key=BlockKey(BlockRole.TARGETS_TOTALS))
    for measure, report in short:
        words = shortfall_words(measure, report, facts)
        yield measure_paragraph(BlockRole.MISSED, measure, report, words, level=3 if is_divided else 2)


def targets_words(facts: DocumentFacts, *, after_synopsis: bool = False) -> str:
    """Return when a target counts as reached, and how many were; of a single measure, only that it was.

    after_synopsis: whether a preceding synopsis already gives the counts.
    """
    missed, total = len(measures_to_correct(facts)), len(facts.reported)
    division = [(YEAR_END.reached, total - missed), (YEAR_END.missed, missed)]
    if total == 1:
        reached = f"该项举措完成率{facts.reported[0][1].percent}%，{division_words(division, total)}。"
        return "" if missed else reached
    rule = f"完成率达到{WHOLE}%的，为达到年度目标。"
    counts = f"列入统计的{total}项举措{division_words(division, total, shares=False)}。"
    return rule if after_synopsis else f"{rule}{counts}"


def reached_paragraph(facts: DocumentFacts) -> Paragraph:
    """Name the measures that reached their targets; if they are many, refer to the chapter on progress."""
    titles = [measure.title for measure, report in facts.reported if is_reached(report)]
    named = which_titles(titles) if len(titles) <= FEW else f"进展情况见“{PROGRESS_CHAPTER}”部分"
    return Paragraph(f"共{len(titles)}项，{named}。", key=BlockKey(BlockRole.REACHED_PART))


def shortfall_words(measure: MeasureFacts, report: AcceptedReport, facts: DocumentFacts) -> str:
    """Return by how much a target was missed, the target (not in a concise text), and the department's reasons."""
    why = problem_words(report) or ("" if stop_words(report) else OWN_UNEXPLAINED)
    target = f"年度目标：{own_words(measure.target)}" if measure.target and not is_concise(facts) else ""
    return (
        f"完成率{report.percent}%，{YEAR_END.gap_words(report.percent)}"
        f"{status_and_light_words(report, facts, READERS)}。"
        f"{target}{stop_words(report)}{abridged_words(why, facts) if why else ''}"
    )


def yearly_problems(facts: DocumentFacts) -> Iterator[Block]:
    """Yield the chapter on the problems of measures that reached their targets."""
    troubled = [
        pair for pair in facts.reported if is_reached(pair[1]) and not names_no_problem(pair[1].problems)
    ]
    if not measures_to_correct(facts):
        whose = f"{every_measure_words(facts)}举措"
        yield from problems_chapter(problem_paragraphs(troubled, whose, facts))
        return
    elsewhere = f"{MISSED_TARGETS.words}举措存在的问题，已在“{MISSED_TARGETS.chapter}”部分说明；"
    yield from problems_chapter(problem_paragraphs(troubled, "达到年度目标的举措", facts, elsewhere))
