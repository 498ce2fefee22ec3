"""总体情况: how many measures stand where, each share with its denominator, a table and a chart."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from app.base.days import written_day
from app.base.labels import LabelledEnum
from app.composition.audience import Audience
from app.composition.chapters.risks_and_next_steps import RISK_CHAPTER, close_behind
from app.composition.facts import (
    AcceptedReport,
    DocumentFacts,
    PartFacts,
    measures_with_report,
)
from app.composition.keys import BlockKey, BlockRole
from app.composition.phrases import division_words, percent_words, which_titles
from app.composition.scope import ScopeSpan
from app.filing.core.rules import Forecast, Light, MeasureStatus
from app.periods.rules import QUARTER_WORDS
from reports.model import Align, Chart, ChartRow, Column, Paragraph, Table

STATUS_ORDER = (
    MeasureStatus.DONE,
    MeasureStatus.ON_TRACK,
    MeasureStatus.LAGGING,
    MeasureStatus.NOT_STARTED,
    MeasureStatus.PAUSED,
    MeasureStatus.CANCELLED,
)


def total_paragraphs(facts: DocumentFacts, audience: Audience) -> Iterator[Paragraph]:
    """Yield the totals in words: what they rest on, how the measures stand, how far they are."""
    yield Paragraph(coverage_sentence(facts, audience), key=BlockKey(BlockRole.COVERAGE))
    yield standing_paragraph(facts)
    yield pace_paragraph(facts)


def standing_paragraph(facts: DocumentFacts) -> Paragraph:
    return Paragraph(standing_sentence(facts), key=BlockKey(BlockRole.STANDING))


def pace_paragraph(facts: DocumentFacts) -> Paragraph:
    return Paragraph(pace_sentence(facts), key=BlockKey(BlockRole.PACE))


def coverage_sentence(facts: DocumentFacts, audience: Audience) -> str:
    """Say how much of the plan the figures rest on. To superiors this is the one place that names what is missing."""
    total, accepted = len(facts.measures), len(facts.reported)
    parts = f"{len(facts.parts)}个部分、" if len(facts.parts) > 1 else ""
    opening = f"工作计划共{parts}{total}项举措。{rests_on(facts)}"
    if audience is Audience.SUPERIORS:
        return f"{opening}{verified_sentence(facts)}"
    if accepted == total:
        return f"{opening}{total}项举措的填报均已审核采用，全部计入以下统计。"
    return (
        f"{opening}填报已审核采用的{accepted}项，占{total}项的{percent_words(accepted, total)}，"
        f"以下统计以这{accepted}项为基数；未报送或者尚未采用的{total - accepted}项，"
        f"占{percent_words(total - accepted, total)}，未计入以下统计，名单列于“存在的问题”部分。"
    )


def verified_sentence(facts: DocumentFacts) -> str:
    """Say to superiors what is counted, and by name what is not yet."""
    total, accepted = len(facts.measures), len(facts.reported)
    if accepted == total:
        return f"{total}项举措的进展情况均已核实，全部计入以下统计。"
    return (
        f"进展情况已经核实的{accepted}项，占{total}项的{percent_words(accepted, total)}，"
        f"以下统计以这{accepted}项为基数；"
        f"正在汇总核实的{total - accepted}项，占{percent_words(total - accepted, total)}，未计入以下统计，"
        f"{which_titles(measure.title for measure in facts.missing)}。"
    )


def rests_on(facts: DocumentFacts) -> str:
    """Say which quarter's reports are counted: of several quarters the last says how the measures stand."""
    if facts.scope.span is ScopeSpan.QUARTER:
        return f"{facts.scope.words}，"
    return f"{facts.scope.words}的统计以{QUARTER_WORDS[facts.scope.quarter.number]}的填报为准，"


def standing_sentence(facts: DocumentFacts) -> str:
    """Say how the measures are going, in the departments' words and by their lights."""
    reports = [report for _, report in facts.reported]
    by_status = share_words(STATUS_ORDER, [report.status for report in reports])
    by_light = share_words(tuple(Light), [report.light for report in reports])
    sentences = f"从推进状态看，{len(reports)}项{by_status}。从亮灯情况看，{by_light.removeprefix('中，')}。"
    if facts.scope.ends_the_year:
        return sentences
    by_forecast = share_words(tuple(Forecast), [report.forecast for report in reports])
    return f"{sentences}从年底预计看，{by_forecast.removeprefix('中，')}。"


def share_words(order: tuple[LabelledEnum, ...], found: list[StrEnum]) -> str:
    """Count the words of an enumeration, to follow 8项: 中，绿灯5项；黄灯3项, or 均为绿灯 where all are alike."""
    alone = "为" if len(set(found)) == 1 else ""
    return division_words([(f"{alone}{member.label}", found.count(member)) for member in order], len(found))


def pace_sentence(facts: DocumentFacts) -> str:
    """Compare the completion rates with the elapsed share of the year (序时进度); gaps in percentage points."""
    elapsed = facts.scope.elapsed_percent
    reports = [report for _, report in facts.reported]
    gaps = [gap for report in reports if (gap := elapsed - report.percent) > 0]
    total, behind = len(reports), len(gaps)
    opening = f"从完成进度看，截至{written_day(facts.scope.last_day)}，序时进度为{elapsed}%。{total}项"
    reached = division_words([("达到或者超过序时进度", total - behind), ("落后序时进度", behind)], total)
    return f"{opening}{reached}{f'，{far_behind_words(reports)}{gap_range_words(gaps)}' if gaps else ''}。"


def far_behind_words(reports: list[AcceptedReport]) -> str:
    """Say how many are so far behind that their light is red, or would be."""
    far = [report for report in reports if report.is_far_behind]
    return f"其中落后{far[0].red_points}个百分点及以上{len(far)}项，" if far else ""


def gap_range_words(gaps: list[int]) -> str:
    """Say how far apart the gaps lie."""
    if min(gaps) == max(gaps):
        return f"差距{'均' if len(gaps) > 1 else ''}为{gaps[0]}个百分点"
    return f"差距最小{min(gaps)}个百分点、最大{max(gaps)}个百分点"


def slightly_behind(facts: DocumentFacts, *, annexed: bool) -> Iterator[Paragraph]:
    """Yield, of those behind, where the few points are told of that no chapter goes into: by name, or in the annex."""
    elapsed = facts.scope.elapsed_percent
    rest, behind = close_behind(facts), sum(report.percent < elapsed for _, report in facts.reported)
    if not rest:
        return
    listed = behind - len(rest)
    elsewhere = f"中，{listed}项在“{RISK_CHAPTER.chapter}”部分列出，其余{len(rest)}项" if listed else ""
    named = "" if annexed else which_titles(measure.title for measure, _ in rest)
    apart = (
        f"{'，' if named else ''}{gap_range_words([elapsed - report.percent for _, report in rest])}"
        if listed
        else ""
    )
    where = f"{'，' if apart else ''}进展情况详见附件" if annexed else ""
    words = f"落后序时进度的{behind}项{elsewhere}{named}{apart}{where}。"
    yield Paragraph(words, key=BlockKey(BlockRole.SLIGHTLY_BEHIND))


def table_of_parts(facts: DocumentFacts, audience: Audience) -> Table:
    """Count each part's measures by status; a status that nowhere occurs has no column."""
    occurring = {report.status for _, report in facts.reported}
    statuses = [status for status in STATUS_ORDER if status in occurring]
    figures = [figures_of(part, statuses) for part in facts.parts]
    totals = tuple(map(sum, zip(*figures, strict=True)))
    rows = [(short_title(part), *figure) for part, figure in zip(facts.parts, figures, strict=True)]
    counted, awaited = audience.counted, audience.awaited
    heads = ("举措", counted, *(status.label for status in statuses), awaited)
    return Table(
        columns=(Column("部分", 14), *(Column(head, len(head) + 1, Align.CENTER) for head in heads)),
        rows=tuple(tuple(map(str, row)) for row in (*rows, ("合计", *totals))),
        caption="各部分举措推进状态",
        note=f"单位：项。“{counted}”为各推进状态之和；“举措”为“{counted}”与“{awaited}”之和。",
        key=BlockKey(BlockRole.PARTS_TABLE),
    )


def figures_of(part: PartFacts, statuses: list[MeasureStatus]) -> tuple[int, ...]:
    """Return a part's counts: measures, accepted, by status, missing."""
    found = [report.status for _, report in measures_with_report(part.measures)]
    total = len(part.measures)
    return (total, len(found), *(found.count(status) for status in statuses), total - len(found))


def chart_of_parts(facts: DocumentFacts, audience: Audience) -> Chart:
    """Draw each part's lights; what is missing is part of the bar."""
    occurring = {report.light for _, report in facts.reported}
    lights = [light for light in Light if light in occurring]
    return Chart(
        caption=f"各部分举措亮灯情况（共{len(facts.measures)}项）",
        series=(*(light.label for light in lights), audience.awaited),
        rows=tuple(ChartRow(short_title(part), lights_of(part, lights)) for part in facts.parts),
        key=BlockKey(BlockRole.PARTS_CHART),
    )


def lights_of(part: PartFacts, lights: list[Light]) -> tuple[int, ...]:
    """Return a part's counts by light, then what is missing."""
    found = [report.light for _, report in measures_with_report(part.measures)]
    return (*(found.count(light) for light in lights), len(part.measures) - len(found))


def short_title(part: PartFacts) -> str:
    """Return the first clause of a part's title: enough to know it by. A plan without parts has one without a title."""
    return part.title.partition("，")[0] or "全部举措"
