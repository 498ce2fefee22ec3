"""总体情况: how many measures are in which state, each share with its denominator, a table and a chart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from enum import StrEnum

from app.base.labels import LabelledEnum
from app.composition.abridgement import FEW
from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.risks import (
    MISSED_TARGETS,
    close_behind,
    is_reached,
    lead_name,
)
from app.composition.chapters.submissions import MOST_TITLES, awaiting_words
from app.composition.facts import (
    AcceptedReport,
    DocumentFacts,
    PartFacts,
    measures_with_report,
)
from app.composition.phrases import PROBLEMS_CHAPTER, division_words, share_of_total, which_titles
from app.composition.scope import ScopeSpan
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
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
# The words after 该项举措 for states whose own label does not fit there.
STANDING_WORDS = {
    MeasureStatus.LAGGING: "进度滞后",
    MeasureStatus.PAUSED: "已暂停",
    MeasureStatus.CANCELLED: "已取消",
}

CountedColumn = tuple[str, Callable[[AcceptedReport], bool]]
TARGET_COLUMNS: tuple[CountedColumn, ...] = (
    ("达到年度目标", is_reached),
    ("未达到年度目标", MISSED_TARGETS.which),
)


def total_paragraphs(
    facts: DocumentFacts, audience: Audience, *, after_synopsis: bool
) -> Iterator[Paragraph]:
    """Yield the totals in words: what they are based on, the states of the measures, the progress.

    after_synopsis: whether a preceding synopsis already says how many keep pace.
    """
    yield Paragraph(coverage_sentence(facts, audience), key=BlockKey(BlockRole.COVERAGE))
    yield standing_paragraph(facts, audience)
    if pace_sentence(facts, audience, after_synopsis=after_synopsis):
        yield pace_paragraph(facts, audience, after_synopsis=after_synopsis)


def standing_paragraph(facts: DocumentFacts, audience: Audience) -> Paragraph:
    return Paragraph(standing_sentence(facts, audience), key=BlockKey(BlockRole.STANDING))


def pace_paragraph(facts: DocumentFacts, audience: Audience, *, after_synopsis: bool = False) -> Paragraph:
    words = pace_sentence(facts, audience, after_synopsis=after_synopsis)
    return Paragraph(words, key=BlockKey(BlockRole.PACE))


def coverage_sentence(facts: DocumentFacts, audience: Audience) -> str:
    """Return how much of the plan the figures cover; for superiors, this alone names the missing measures."""
    total, accepted = len(facts.measures), len(facts.reported)
    if total == 1:
        of_last = "" if facts.scope.span is ScopeSpan.QUARTER else QUARTER_WORDS[facts.scope.quarter.number]
        upward = audience is Audience.SUPERIORS
        return f"工作计划共1项举措，{'进展情况已汇总' if upward else f'{of_last}填报已采用'}。"
    parts = f"{len(facts.parts)}个部分、" if len(facts.parts) > 1 else ""
    opening = f"工作计划共{parts}{total}项举措。{rests_on(facts, audience)}"
    if audience is Audience.SUPERIORS:
        return f"{opening}{gathered_sentence(facts)}"
    if accepted == total:
        return f"{opening}{all_measures_words(total, '填报均已采用')}"
    return (
        f"{opening}填报已采用的{accepted}项{share_of_total(accepted, total, named=f'{total}项的')}，"
        f"以下统计以这{accepted}项为基数；{awaiting_words(facts.missing)}的{total - accepted}项，"
        f"未计入，名单列于“{PROBLEMS_CHAPTER}”部分。"
    )


def gathered_sentence(facts: DocumentFacts) -> str:
    """Return for superiors what is counted and, unless they are too many, the titles of what is not.

    What a missing report waits for is the sub-district's own affair, so it is not named.
    """
    total, accepted = len(facts.measures), len(facts.reported)
    if accepted == total:
        return all_measures_words(total, "进展情况均已汇总")
    missing = [measure.title for measure in facts.missing]
    named = f"，{which_titles(missing, one='即')}" if len(missing) <= FEW else ""
    return (
        f"进展情况已汇总的{accepted}项{share_of_total(accepted, total, named=f'{total}项的')}，"
        f"以下统计以这{accepted}项为基数；"
        f"另有{total - accepted}项进展情况尚未汇总完毕，未计入{named}。"
    )


def all_measures_words(total: int, state: str) -> str:
    """Return that nothing is missing: 10项举措的填报均已采用，全部计入以下统计。"""
    return f"{total}项举措的{state}，全部计入以下统计。"


def rests_on(facts: DocumentFacts, audience: Audience) -> str:
    """Return which quarter's reports are counted: with several quarters, the last one gives the state of a measure."""
    if facts.scope.span is ScopeSpan.QUARTER:
        return f"{facts.scope.words}，"
    if audience is Audience.SUPERIORS:
        return f"按{facts.scope.last_day.year}年{facts.scope.last_day.month}月末的情况统计，"
    return f"{facts.scope.words}的统计以{QUARTER_WORDS[facts.scope.quarter.number]}的填报为准，"


def standing_sentence(facts: DocumentFacts, audience: Audience) -> str:
    """Return the states, the lights and the forecasts of the measures."""
    reports = [report for _, report in facts.reported]
    if len(reports) == 1:
        return standing_of_one(reports[0], facts, audience)
    by_status = share_words(STATUS_ORDER, [report.status for report in reports])
    by_light = share_words(tuple(Light), [report.light for report in reports])
    lights = (
        "" if audience is Audience.SUPERIORS else f"从亮灯情况看，{by_light.removeprefix('中，')}。"
    )  # superiors see the lights in the chart
    sentences = f"从推进状态看，{len(reports)}项{by_status}。{lights}"
    if facts.scope.ends_the_year:
        return sentences
    forecasts = [report.forecast for report in reports if report.status is not MeasureStatus.CANCELLED]
    if not forecasts:
        return sentences
    by_forecast, cancelled = share_words(tuple(Forecast), forecasts), len(reports) - len(forecasts)
    if cancelled:
        return f"{sentences}从年底预计看，除已取消的{cancelled}项外，其余{len(forecasts)}项{by_forecast}。"
    if len(set(forecasts)) == 1:
        return f"{sentences[:-1]}；年底预计{by_forecast}。"
    return f"{sentences}从年底预计看，{by_forecast.removeprefix('中，')}。"


def standing_of_one(report: AcceptedReport, facts: DocumentFacts, audience: Audience) -> str:
    is_over = facts.scope.ends_the_year or report.status is MeasureStatus.CANCELLED
    forecast = "" if is_over else f"，年底预计{report.forecast.label}"
    light = "" if audience is Audience.SUPERIORS else f"，亮灯为{report.light.label}"
    return f"该项举措{STANDING_WORDS.get(report.status, report.status.label)}{light}{forecast}。"


def share_words(order: tuple[LabelledEnum, ...], found: Sequence[StrEnum]) -> str:
    """Count the members of an enumeration, to follow 8项: 中，绿灯5项；黄灯3项, or 均为绿灯 if all are alike.

    A forecast and 已完成 follow 均 without 为: 均能够完成.
    """
    alone = "" if found[0] is MeasureStatus.DONE or isinstance(found[0], Forecast) else "为"
    alone = alone if len(set(found)) == 1 else ""
    return division_words([(f"{alone}{member.label}", found.count(member)) for member in order], len(found))


def pace_sentence(facts: DocumentFacts, audience: Audience, *, after_synopsis: bool = False) -> str:
    """Compare the completion rates with 序时进度, the elapsed share of the year.

    Empty at the year's end if the synopsis already says that all targets were reached and no rate exceeds them.
    """
    pace, reports = facts.scope.pace, [report for _, report in facts.reported]
    behind, total = sum(report.percent < pace.percent for report in reports), len(reports)
    elapsed = facts.scope.elapsed_words
    opening = f"从完成进度看，{elapsed}{elapsed and '。'}"
    apart = lights_moved_down(reports, facts) if audience is Audience.DEPARTMENTS else ""
    if total == 1:
        percent = reports[0].percent
        return f"{opening}该项举措完成率{percent}%，{pace.gap_words(percent)}。{apart}"
    if after_synopsis and not behind:
        rates = {report.percent for report in reports}
        return "" if rates == {pace.percent} and not elapsed else f"{opening}{rates_reached(rates)}。{apart}"
    gaps = gaps_words(facts, audience) if behind else ""
    if after_synopsis and behind < total:
        is_of_all = gaps.startswith("差距均")
        compared = f"{pace.missed}的{behind}项" if is_of_all else f"{pace.missed}{behind}项，"
    else:
        division = division_words([(pace.reached, total - behind), (pace.missed, behind)], total)
        compared = f"{total}项{division}{'，' if behind else ''}"
    return f"{opening}{compared}{gaps}。{apart}"


def rates_reached(rates: Collection[int]) -> str:
    """Return the lowest and the highest rate of measures that all keep pace."""
    if min(rates) == max(rates):
        return f"各项举措完成率均为{min(rates)}%"
    return f"各项举措完成率最低{min(rates)}%，最高{max(rates)}%"


def gaps_words(facts: DocumentFacts, audience: Audience) -> str:
    """Return how far the measures that are behind are behind, and how many by red_points or more.

    For departments also which lights these have, and why not red.
    """
    pace = facts.scope.pace
    gaps = [pace.percent - report.percent for _, report in facts.reported if report.percent < pace.percent]
    far = [report for _, report in facts.reported if report.is_far_behind]
    lights = f"（{lights_of_far(far, facts)}）" if far and audience is Audience.DEPARTMENTS else ""
    if not far or len(set(gaps)) == 1:
        return f"{widest_gap_words(gaps)}{lights}"
    points, rest = far[0].red_points, len(gaps) - len(far)
    if not rest:
        return f"差距均在{points}个百分点及以上{lights}，最大{max(gaps)}个百分点"
    if len({report.percent for report in far}) == 1:
        alike = widest_gap_words([max(gaps)] * len(far))
        return f"其中{len(far)}项{alike}{lights}，其余{rest}项{'均' if rest > 1 else ''}不足{points}个百分点"
    return f"其中差距{points}个百分点及以上{len(far)}项{lights}，差距最大{max(gaps)}个百分点"


def lights_of_far(far: list[AcceptedReport], facts: DocumentFacts) -> str:
    """Return the lights of the measures that are far behind; the counts add up to the whole."""
    red = sum(report.light is Light.RED for report in far)
    moved_words = f"{lead_name(facts)}说明理由后调整为"
    if len(far) == 1:
        return f"{moved_words if far[0].is_light_moved else ''}{far[0].light.label}"
    moved = [report.light for report in far if report.is_light_moved]
    ruled = [report.status for report in far if report.light is not Light.RED and not report.is_light_moved]
    statuses = "、".join(one.label for one in STATUS_ORDER if one in ruled)
    found = (
        *([f"红灯{red}项"] if red else []),
        *([f"{moved_words}{counts_in_words(tuple(Light), moved)}"] if moved else []),
        *([f"因{statuses}未亮红灯{len(ruled)}项"] if ruled else []),
    )
    return "均为红灯" if red == len(far) > 1 else "；".join(found)


def lights_moved_down(reports: list[AcceptedReport], facts: DocumentFacts) -> str:
    """Return how many measures a department set to red although they are not far behind; empty if none."""
    count = sum(report.light is Light.RED and not report.is_far_behind for report in reports)
    among = "，" if facts.is_of_one else f"的举措中，有{count}项"
    points = reports[0].red_points
    return f"差距不足{points}个百分点{among}由{lead_name(facts)}结合风险情况调整为红灯。" if count else ""


def counts_in_words(order: tuple[LabelledEnum, ...], found: Sequence[StrEnum]) -> str:
    return "、".join(f"{one.label}{found.count(one)}项" for one in order if found.count(one))


def widest_gap_words(gaps: list[int]) -> str:
    """Return the widest gap; of several measures with the same gap, that it is the same for all."""
    if min(gaps) == max(gaps):
        return f"差距{'均' if len(gaps) > 1 else ''}为{gaps[0]}个百分点"
    return f"差距最大{max(gaps)}个百分点"


def slightly_behind(facts: DocumentFacts, *, annexed: bool) -> Iterator[Paragraph]:
    """Yield where to find the measures that are behind but in no chapter: by title if few, or in the annex."""
    pace = facts.scope.pace
    rest, behind = close_behind(facts), sum(report.percent < pace.percent for _, report in facts.reported)
    if not rest:
        return
    listed = behind - len(rest)
    elsewhere = f"中，{listed}项在“{PROBLEMS_CHAPTER}”部分列出，其余{len(rest)}项" if listed else ""
    named = (
        "" if annexed or len(rest) > MOST_TITLES + 1 else which_titles(measure.title for measure, _ in rest)
    )
    if not (listed or named):  # the paragraph before already says how many there are, and how far behind
        return
    apart = (
        f"{'，' if named else ''}{widest_gap_words([pace.percent - report.percent for _, report in rest])}"
        if listed
        else ""
    )
    where = "，进展情况详见附件" if annexed else ""
    words = f"{pace.missed}的{behind}项{elsewhere}{named}{apart}{where}。"
    yield Paragraph(words, key=BlockKey(BlockRole.SLIGHTLY_BEHIND))


def tables_of_parts(
    facts: DocumentFacts, audience: Audience, *, charted: bool = False, by_target: bool = False
) -> Iterator[Table | Chart]:
    """Yield a table and, if `charted`, a chart of the parts; neither if all parts are alike in it.

    by_target: count by the yearly target instead of by status.
    """
    if len(facts.parts) == 1:
        return
    reports = [report for _, report in facts.reported]
    counted = TARGET_COLUMNS if by_target else map(column_of, STATUS_ORDER)
    columns = [(head, counts) for head, counts in counted if any(map(counts, reports))]
    lights = occurring_lights(reports)
    if facts.missing or len(columns) > 1:
        yield table_of_parts(facts, audience, columns, by_target=by_target)
    if charted and (facts.missing or len(lights) > 1):
        yield chart_of_parts(facts, audience, lights)


def occurring_lights(reports: Sequence[AcceptedReport]) -> list[Light]:
    return [light for light in Light if any(report.light is light for report in reports)]


def table_of_parts(
    facts: DocumentFacts, audience: Audience, columns: Sequence[CountedColumn], *, by_target: bool
) -> Table:
    """Return the counts of each part's measures by column; if any is missing, also of reported and missing ones."""
    counted, awaited = audience.counted, audience.awaited
    summed = "与".join(f"“{head}”" for head, _ in columns) if by_target else "各推进状态"
    heads, note = ["举措", *(head for head, _ in columns)], f"注：“举措”为{summed}之和。"
    if facts.missing:
        heads = ["举措", counted, *heads[1:], awaited]
        note = f"注：“{counted}”为{summed}之和；“举措”为“{counted}”与“{awaited}”之和。"
    figures = [figures_of(part, columns, whole=not facts.missing) for part in facts.parts]
    totals = tuple(map(sum, zip(*figures, strict=True)))
    rows = [(short_title(part), *figure) for part, figure in zip(facts.parts, figures, strict=True)]
    return Table(
        columns=(Column("部分", 14), *(Column(head, len(head) + 1, Align.CENTER) for head in heads)),
        rows=tuple(tuple(map(str, row)) for row in (*rows, ("合计", *totals))),
        caption="各部分年度目标完成情况" if by_target else "各部分举措推进状态",
        unit="项",
        note=note,
        key=BlockKey(BlockRole.PARTS_TABLE),
    )


def column_of(status: MeasureStatus) -> CountedColumn:
    return status.label, lambda report: report.status is status


def figures_of(part: PartFacts, columns: Sequence[CountedColumn], *, whole: bool) -> tuple[int, ...]:
    """Return a part's counts: all measures, then by column; unless `whole`, also the reported and the missing ones."""
    found, total = [report for _, report in measures_with_report(part.measures)], len(part.measures)
    by_column = tuple(sum(map(counts, found)) for _, counts in columns)
    return (total, *by_column) if whole else (total, len(found), *by_column, total - len(found))


def chart_of_parts(facts: DocumentFacts, audience: Audience, lights: Sequence[Light]) -> Chart:
    """Return a chart of each part's lights; missing measures are part of the bar."""
    awaited = (audience.awaited,) if facts.missing else ()
    rows = ((short_title(part), lights_of(part, lights)) for part in facts.parts)
    return Chart(
        caption=f"各部分举措亮灯情况（共{len(facts.measures)}项）",
        series=(*(light.label for light in lights), *awaited),
        rows=tuple(ChartRow(title, counts if awaited else counts[:-1]) for title, counts in rows),
        key=BlockKey(BlockRole.PARTS_CHART),
    )


def lights_of(part: PartFacts, lights: Sequence[Light]) -> tuple[int, ...]:
    """Return a part's counts by light, then of missing reports."""
    found = [report.light for _, report in measures_with_report(part.measures)]
    return (*(found.count(light) for light in lights), len(part.measures) - len(found))


def short_title(part: PartFacts) -> str:
    """Return the first clause of a part's title; 全部举措 for the untitled part of a plan without parts."""
    return part.title.partition("，")[0] or "全部举措"
