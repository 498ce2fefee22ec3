"""存在的问题 and 下一步工作打算: the departments' own words, measure by measure, in the plan's order."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.composition.wording import names, own_words, percentage, says_nothing
from app.documents.facts import Facts, MeasureFacts, Report, reported
from app.documents.rules import MISSING_WORDS
from app.filing.rules import NEEDS_STATUS_REASON, Forecast, Light, Status
from reports.model import Block, Heading, Paragraph


def problems(facts: Facts) -> Iterator[Block]:
    """Yield the chapter: measures behind with their gap, what else is in the way, and what is missing."""
    at_risk = [pair for pair in facts.reported if is_at_risk(pair[1])]
    troubled = [pair for pair in facts.reported if pair not in at_risk and not says_nothing(pair[1].problems)]
    if at_risk or troubled or facts.missing:
        yield Heading(1, "存在的问题")
    if at_risk:
        yield Heading(2, "进度滞后和存在风险的举措")
        for measure, report in at_risk:
            yield entry(measure, report, risk(measure, report, facts.scope.elapsed_percent))
    if troubled:
        yield Heading(2, "其他举措反映的问题")
        for measure, report in troubled:
            yield entry(measure, report, own_words(report.problems))
    yield from missing(facts)


def is_at_risk(report: Report) -> bool:
    """Return whether a measure is behind or in doubt: by its light, its status or what its department expects."""
    return (
        report.light in (Light.YELLOW, Light.RED)
        or report.status in (Status.LAGGING, Status.PAUSED, Status.CANCELLED)
        or report.forecast is Forecast.CANNOT_FINISH
    )


def entry(measure: MeasureFacts, report: Report, text: str) -> Paragraph:
    """Return a paragraph headed by the measure's name that remembers its filing."""
    return Paragraph(text, head=Heading(3, f"{measure.title}。"), source=report.source)


def risk(measure: MeasureFacts, report: Report, elapsed: int) -> str:
    """Say where a measure stands, then what its department says of it."""
    words = [f"{measure.lead}牵头，完成率{report.percent}%，{gap(report.percent, elapsed)}"]
    words.append(f"状态为{report.status.label}，{report.light.label}，年底预计{report.forecast.label}。")
    said = [report.problems]
    if report.status in NEEDS_STATUS_REASON:
        said.append(report.status_reason)
    if report.light_reason and report.light_reason not in said:
        said.append(f"部门调整亮灯的说明：{report.light_reason}")
    return "，".join(words) + "".join(own_words(text) for text in said if not says_nothing(text))


def gap(percent: int, elapsed: int) -> str:
    """Return the distance to 序时进度 in percentage points."""
    if percent == elapsed:
        return "与序时进度持平"
    return f"{'落后' if percent < elapsed else '超过'}序时进度{abs(elapsed - percent)}个百分点"


def missing(facts: Facts) -> Iterator[Block]:
    """Name every measure that has no accepted report, with its lead department, by what it waits for."""
    if not facts.missing:
        return
    total = len(facts.measures)
    yield Heading(2, "未报送和尚未采用的举措")
    yield Paragraph(
        f"截至汇总时，共有{len(facts.missing)}项举措没有已采用的填报，"
        f"占{total}项的{percentage(len(facts.missing), total)}："
        + "；".join(f"{word}{len(group)}项，{listed(group)}" for word, group in by_word(facts).items())
        + "。"
    )


def by_word(facts: Facts) -> dict[str, list[MeasureFacts]]:
    """Return the missing measures by what they wait for, each group in the plan's order."""
    groups: dict[str, list[MeasureFacts]] = {word: [] for word in MISSING_WORDS.values()}
    for measure in facts.missing:
        groups[measure.missing_words].append(measure)
    return {word: group for word, group in groups.items() if group}


def listed(measures: list[MeasureFacts]) -> str:
    """Return titles with the departments that answer for them."""
    return "、".join(f"{names([one.title])}（{one.lead or '牵头部门未明确'}）" for one in measures)


def next_steps(facts: Facts) -> Iterator[Block]:
    """Yield the chapter: what the departments will do, part by part."""
    yield Heading(1, "下一步工作打算")
    for part in facts.parts:
        planned = [pair for pair in reported(part.measures) if not says_nothing(pair[1].next_steps)]
        if planned:
            yield Heading(2, part.title)
        for measure, report in planned:
            yield entry(measure, report, own_words(report.next_steps))
