"""存在的问题: measures behind or at risk, and other problems, in the departments' words and the plan's order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.composition.abridgement import SeparateChapter, abridged_words, leaves_to_annex
from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.problem_causes import causes_words, group_by_cause
from app.composition.facts import (
    AcceptedReport,
    DocumentFacts,
    MeasureFacts,
)
from app.composition.phrases import (
    PROBLEMS_CHAPTER,
    TARGETS_CHAPTER,
    division_words,
    names_no_problem,
    own_words,
)
from app.composition.scope import YEAR_END, DocumentScope, Pace
from app.filing.core.measure_risk import LIGHTS_AT_RISK, STATUSES_AT_RISK, is_at_risk, is_hopeless
from app.filing.core.measure_status import NEEDS_STATUS_REASON, MeasureStatus
from reports.model import Block, Heading, Paragraph

UNEXPLAINED = "牵头部门没有说明原因。"
OWN_UNEXPLAINED = "原因有待进一步分析。"
WHOLE = 100  # per cent of the yearly target
NAMES_CAUSE = re.compile("因|由于")
POINTS_BEHIND = re.compile(r"[，；。](?:进度)?(?:落后序时(?:进度)?|比序时进度落后)(?P<points>\d+)个百分点")


RISK_CHAPTER = SeparateChapter(is_at_risk, "进度滞后和存在风险的", PROBLEMS_CHAPTER, "进度滞后或者存在风险")


def is_reached(report: AcceptedReport) -> bool:
    return report.percent >= WHOLE


MISSED_TARGETS = SeparateChapter(
    lambda report: not is_reached(report), "未达到年度目标的", TARGETS_CHAPTER, "未达到年度目标"
)


def separate_chapter(scope: DocumentScope) -> SeparateChapter:
    """Return the measures that need correction: those at risk, or at the year's end those that missed their target."""
    return replace(MISSED_TARGETS, chapter=PROBLEMS_CHAPTER) if scope.ends_the_year else RISK_CHAPTER


def measures_to_correct(facts: DocumentFacts) -> tuple[tuple[MeasureFacts, AcceptedReport], ...]:
    """Return the measures that need correction, with their reports."""
    apart = separate_chapter(facts.scope)
    return tuple(pair for pair in facts.reported if apart.which(pair[1]))


def stopped_among(found: Iterable[tuple[MeasureFacts, AcceptedReport]]) -> list[MeasureFacts]:
    """Return the measures that were paused or cancelled, which cannot catch up."""
    return [measure for measure, report in found if report.status in NEEDS_STATUS_REASON]


def stopped_words(found: Iterable[tuple[MeasureFacts, AcceptedReport]]) -> str:
    """Return 暂停、取消, whichever occur."""
    known = {report.status for _, report in found}
    return "、".join(one.label for one in (MeasureStatus.PAUSED, MeasureStatus.CANCELLED) if one in known)


def asked_of_stopped(found: Iterable[tuple[MeasureFacts, AcceptedReport]]) -> str:
    """Return what is asked of paused or cancelled measures; reasons only if a department gave none."""
    stopped = [report for _, report in found if report.status in NEEDS_STATUS_REASON]
    return "明确后续安排" if all(map(stop_words, stopped)) else "说明原因和后续安排"


def close_behind(facts: DocumentFacts) -> tuple[tuple[MeasureFacts, AcceptedReport], ...]:
    """Return the measures that are behind 序时进度 but not far enough to need correction."""
    target, apart = facts.scope.pace.percent, separate_chapter(facts.scope)
    return tuple(pair for pair in facts.reported if pair[1].percent < target and not apart.which(pair[1]))


def risk_paragraphs(
    facts: DocumentFacts, audience: Audience, *, names_causes: bool = False
) -> Iterator[Block]:
    """Yield each measure that is behind or at risk: how far, and what its department says about it.

    names_causes: whether to name common causes here, because no synopsis does.
    """
    found = measures_to_correct(facts)
    yield from risks_opening(facts, audience, names_causes=names_causes)
    for measure, report in found:
        lead = lead_words(measure, facts, audience, "。" if facts.is_of_one else "，")
        words = lead + risk_words(report, facts, audience)
        yield measure_paragraph(BlockRole.RISK, measure, report, words, level=2 if facts.is_of_one else 3)


def risks_opening(facts: DocumentFacts, audience: Audience, *, names_causes: bool = False) -> Iterator[Block]:
    """Yield the heading and the rule for the measures behind or at risk; nothing if there are none."""
    found = measures_to_correct(facts)
    if found and not facts.is_of_one:
        yield Heading(2, f"{separate_chapter(facts.scope).words}举措", key=BlockKey(BlockRole.RISKS_HEADING))
    if len(found) > 1:
        is_over = facts.scope.ends_the_year
        words = missed_targets_sentence(len(found)) if is_over else risk_rule_sentence(facts, audience)
        causes = group_by_cause(found, audience)
        if names_causes and causes.common:
            words = f"{words}从部门反映的原因看，{causes_words(causes, is_upward=False)}。"
        yield Paragraph(words, key=BlockKey(BlockRole.RISKS_LEAD_IN))


def missed_targets_sentence(count: int) -> str:
    return f"{YEAR_END.missed}的{count}项举措情况如下。"


def risk_rule_sentence(facts: DocumentFacts, audience: Audience) -> str:
    """Return how many are behind or at risk, how many of them are behind 序时进度, and what the rule is.

    Superiors read of a light only as the sub-district's own assessment (研判).
    """
    found, pace = measures_to_correct(facts), facts.scope.pace
    total, points = len(found), found[0][1].red_points
    in_time = [report for _, report in found if report.percent >= pace.percent]
    light = "街道研判存在风险" if audience is Audience.SUPERIORS else "亮黄灯、红灯"
    rule = f"列入的标准：差距{points}个百分点及以上，或者推进状态为滞后、暂停、取消，或者年底预计不能完成，或者{light}"
    if len(in_time) in (0, total):
        shares = f"均{doubts_words(in_time, audience) if in_time else pace.missed}"
    else:
        apart = f"{doubts_words(in_time, audience)}的"
        counts = [(pace.missed, total - len(in_time)), (apart, len(in_time))]
        shares = f"其{division_words(counts, total, shares=False)}"
    return f"共{total}项，{shares}。{rule}。"


def doubts_words(reports: list[AcceptedReport], audience: Audience) -> str:
    """Return why measures that keep pace nevertheless need correction."""
    lights = "、".join(one.label for one in LIGHTS_AT_RISK if any(report.light is one for report in reports))
    statuses = "、".join(
        one.label for one in STATUSES_AT_RISK if any(report.status is one for report in reports)
    )
    going = [report for report in reports if report.status not in NEEDS_STATUS_REASON]
    found = (
        f"推进状态为{statuses}" if statuses else "",
        "年底预计不能完成" if any(map(is_hopeless, going)) else "",
        lights and ("街道研判存在风险" if audience is Audience.SUPERIORS else f"亮{lights}"),
    )
    return f"未落后但{'或者'.join(filter(None, found))}"


def other_problems(facts: DocumentFacts) -> Iterator[Block]:
    """Yield the problems of the other measures."""
    apart = separate_chapter(facts.scope)
    found = [
        pair for pair in facts.reported if not apart.which(pair[1]) and not names_no_problem(pair[1].problems)
    ]
    yield from problem_paragraphs(found, f"{other_measures_words(facts)}举措", facts)


def problem_paragraphs(
    found: list[tuple[MeasureFacts, AcceptedReport]], whose: str, facts: DocumentFacts, elsewhere: str = ""
) -> Iterator[Block]:
    """Yield the problems of some measures; a concise text only counts them and refers to the annex.

    elsewhere: a sentence that refers to the chapter on the other measures.
    """
    if found:
        yield Heading(2, f"{whose}反映的问题", key=BlockKey(BlockRole.OTHER_PROBLEMS_HEADING))
    if found and leaves_to_annex(facts):
        words = f"{elsewhere}{annexed_problems_sentence(found, whose)}"
        yield Paragraph(words, key=BlockKey(BlockRole.OTHER_PROBLEMS_ANNEXED))
        return
    if found and elsewhere:
        words = f"{elsewhere}{whose}反映的问题如下。"
        yield Paragraph(words, key=BlockKey(BlockRole.OTHER_PROBLEMS_LEAD_IN))
    for measure, report in found:
        words = abridged_words(report.problems, facts)
        yield measure_paragraph(BlockRole.OTHER_PROBLEM, measure, report, words)


def annexed_problems_sentence(found: list[tuple[MeasureFacts, AcceptedReport]], whose: str) -> str:
    """Count the measures whose problems are in the annex, and name the common causes."""
    common = "，".join(f"{cause.words}的{len(group)}项" for cause, group in group_by_cause(found).common)
    what = f"其中{common}，" if common else ""
    return f"{whose}中，有{len(found)}项反映了推进中的具体问题，{what}详见附件“存在问题”栏。"


def other_measures_words(facts: DocumentFacts) -> str:
    """Return what the text calls the measures that need no correction: 该项, 其他 or 各项."""
    if len(facts.measures) == 1:
        return "该项"
    return "其他" if measures_to_correct(facts) else "各项"


def measure_paragraph(
    role: BlockRole, measure: MeasureFacts, report: AcceptedReport, text: str, *, level: int = 3
) -> Paragraph:
    """Return a paragraph headed by the measure's title; its key holds the filing."""
    head = Heading(level, f"{measure.title}。")
    return Paragraph(text, head, BlockKey(role, filing=report.filing))


def lead_words(measure: MeasureFacts, facts: DocumentFacts, audience: Audience, mark: str = "，") -> str:
    """Return who leads a measure, for departments only and not in a department's own report."""
    names_details = audience is Audience.DEPARTMENTS and not facts.department and measure.lead
    return f"{measure.lead}牵头{mark}" if names_details else ""


def risk_words(report: AcceptedReport, facts: DocumentFacts, audience: Audience) -> str:
    """Return a measure's progress (not of a single measure) and what its department says about it."""
    words = problem_words(report)
    if not gives_reason(report, audience) and (audience is Audience.DEPARTMENTS or facts.is_of_one):
        is_own = facts.department or audience is Audience.SUPERIORS
        words = OWN_UNEXPLAINED if is_own else UNEXPLAINED
    given = abridged_words(words, facts) if words else ""
    if facts.is_of_one:
        is_moved = report.is_light_moved and audience is Audience.DEPARTMENTS
        moved = f"按完成进度应为红灯，由{lead_name(facts)}调整为{report.light.label}。" if is_moved else ""
        return f"{stop_words(report)}{given}{moved}{light_reason_words(report, audience)}"
    gap = facts.scope.pace.gap_words(report.percent)
    return (
        f"完成率{report.percent}%{'' if says_gap(given, gap) else f'，{gap}'}"
        f"{status_and_light_words(report, facts, audience)}"
        f"{forecast_words(report, facts)}。{stop_words(report)}"
        f"{given}{light_reason_words(report, audience)}"
    )


def says_gap(words: str, gap: str) -> bool:
    """Return whether the department itself names the gap: 进度落后序时23个百分点."""
    found = POINTS_BEHIND.search(words)
    return found is not None and gap == f"落后序时进度{found['points']}个百分点"


def gives_reason(report: AcceptedReport, audience: Audience) -> bool:
    """Return whether these readers are given a reason why a measure is behind or at risk."""
    return bool(problem_words(report) or stop_words(report) or light_reason_words(report, audience))


def stop_words(report: AcceptedReport) -> str:
    """Return why a measure was paused or cancelled; empty if it was neither or no reason was given."""
    has_reason = report.status in NEEDS_STATUS_REASON and not names_no_problem(report.status_reason)
    label = "" if NAMES_CAUSE.match(report.status_reason.strip()) else f"{report.status.label}原因："
    return f"{label}{own_words(report.status_reason)}" if has_reason else ""


def risk_reasons(report: AcceptedReport, pace: Pace) -> str:
    """Return only what is wrong with a measure that is behind or at risk."""
    found = (
        *([pace.gap_words(report.percent)] if report.percent < pace.percent else ()),
        *([status_words(report)] if report.status in STATUSES_AT_RISK else ()),
        *([f"亮{report.light.label}"] if report.light in LIGHTS_AT_RISK else ()),
        *(["年底预计不能完成"] if is_hopeless(report) else ()),
    )
    return "，".join(found)


def faults_for_superiors(report: AcceptedReport, scope: DocumentScope) -> str:
    """Return what is wrong with a measure, as superiors read it when it is the only one."""
    gap = scope.pace.gap_words(report.percent) if report.percent < scope.pace.percent else ""
    stopped = status_words(report) if report.status in NEEDS_STATUS_REASON else ""
    hopeless = "年底预计不能完成" if is_hopeless(report) and not scope.ends_the_year else ""
    return "，".join(filter(None, (gap, stopped, hopeless))) or "存在风险"


def forecast_words(report: AcceptedReport, facts: DocumentFacts) -> str:
    """Return the forecast for the year; empty at the year's end or if the measure was cancelled."""
    is_over = facts.scope.ends_the_year or report.status is MeasureStatus.CANCELLED
    return "" if is_over else f"，年底预计{report.forecast.label}"


def status_and_light_words(report: AcceptedReport, facts: DocumentFacts, audience: Audience) -> str:
    """Return status and light as far as they are bad; for superiors only 暂停 or 取消."""
    if audience is Audience.DEPARTMENTS:
        whose = lead_name(facts)
        moved = f"（按完成进度应为红灯，由{whose}调整）" if report.is_light_moved else ""
        status = "" if report.status is MeasureStatus.ON_TRACK else f"，{status_words(report)}"
        is_named = report.light in LIGHTS_AT_RISK or hears_light_reason(report, audience)
        return f"{status}，{report.light.label}{moved}" if is_named else status
    return f"，{status_words(report)}" if report.status in NEEDS_STATUS_REASON else ""


def status_words(report: AcceptedReport) -> str:
    """Return 已暂停, 尚未启动, or otherwise 推进状态为滞后."""
    if report.status is MeasureStatus.NOT_STARTED:
        return "尚未启动"
    label = report.status.label
    return f"已{label}" if report.status in NEEDS_STATUS_REASON else f"推进状态为{label}"


def lead_name(facts: DocumentFacts) -> str:
    """Return what the text calls the lead department: 本部门 in its own document."""
    return "本部门" if facts.department else "牵头部门"


def problem_words(report: AcceptedReport) -> str:
    """Return the problems that a department names, without its reason for pausing or cancelling.

    Empty if it only writes that all is well or that there are reasons.
    """
    return "" if names_no_problem(report.problems) else own_words(report.problems)


def light_reason_words(report: AcceptedReport, audience: Audience) -> str:
    """Return the reason why a light was moved, for departments only."""
    reason = own_words(report.light_reason)
    return f"调整亮灯的理由：{reason}" if hears_light_reason(report, audience) else ""


def hears_light_reason(report: AcceptedReport, audience: Audience) -> bool:
    """Return whether there is a reason for a moved light and these readers are given it."""
    return audience is Audience.DEPARTMENTS and not names_no_problem(report.light_reason)
