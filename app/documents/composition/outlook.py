"""存在的问题 and 下一步工作打算: the departments' own words, measure by measure, in the plan's order."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.composition.submissions import missing
from app.documents.composition.wording import own_words, says_nothing
from app.documents.facts import Facts, MeasureFacts, Report, reported
from app.filing.rules import NEEDS_STATUS_REASON, Forecast, Light, Status
from reports.model import Block, Heading, Paragraph


def problems(facts: Facts) -> Iterator[Block]:
    """Yield the chapter: measures behind with their gap, what else is in the way, and what is missing."""
    found = (*at_risk(facts), *troubled(facts), *missing(facts))
    if found:
        yield Heading(1, "存在的问题")
    yield from found


def risky(facts: Facts) -> tuple[tuple[MeasureFacts, Report], ...]:
    """Return the measures that are behind or in doubt, with their reports."""
    return tuple(pair for pair in facts.reported if is_at_risk(pair[1]))


def is_at_risk(report: Report) -> bool:
    """Return whether a measure is behind or in doubt: by its light, its status or what its department expects."""
    return (
        report.light in (Light.YELLOW, Light.RED)
        or report.status in (Status.LAGGING, Status.PAUSED, Status.CANCELLED)
        or report.forecast is Forecast.CANNOT_FINISH
    )


def at_risk(facts: Facts) -> Iterator[Block]:
    """Yield each measure that is behind or in doubt: how far, and what its department says of it."""
    found = risky(facts)
    if found:
        yield Heading(2, "进度滞后和存在风险的举措")
    for measure, report in found:
        yield entry(measure, report, answerable(measure, facts) + risk(report, facts.scope.elapsed_percent))


def troubled(facts: Facts) -> Iterator[Block]:
    """Yield what is in the way of the other measures."""
    found = [(measure, report) for measure, report in facts.reported if has_other_problems(report)]
    if found:
        yield Heading(2, f"{'其他' if risky(facts) else '各项'}举措反映的问题")
    for measure, report in found:
        yield entry(measure, report, own_words(report.problems))


def has_other_problems(report: Report) -> bool:
    """Return whether a department names a problem of a measure that is neither behind nor in doubt."""
    return not is_at_risk(report) and not says_nothing(report.problems)


def entry(measure: MeasureFacts, report: Report, text: str) -> Paragraph:
    """Return a paragraph headed by the measure's name that remembers its filing."""
    return Paragraph(text, head=Heading(3, f"{measure.title}。"), source=report.source)


def answerable(measure: MeasureFacts, facts: Facts) -> str:
    """Say who leads a measure, but in a department's own report."""
    return "" if facts.department or not measure.lead else f"{measure.lead}牵头，"


def risk(report: Report, elapsed: int) -> str:
    """Say where a measure stands, then what its department says of it."""
    said = [report.problems]
    if report.status in NEEDS_STATUS_REASON:
        said.append(report.status_reason)
    if report.light_reason and report.light_reason not in said:
        said.append(f"部门调整亮灯的说明：{report.light_reason}")
    words = "".join(own_words(text) for text in said if not says_nothing(text))
    return (
        f"完成率{report.percent}%，{gap(report.percent, elapsed)}，"
        f"状态为{report.status.label}，{report.light.label}，年底预计{report.forecast.label}。{words}"
    )


def gap(percent: int, elapsed: int) -> str:
    """Return the distance to 序时进度 in percentage points."""
    if percent == elapsed:
        return "与序时进度持平"
    return f"{'落后' if percent < elapsed else '超过'}序时进度{abs(elapsed - percent)}个百分点"


def next_steps(facts: Facts, heading: str = "下一步工作打算") -> Iterator[Block]:
    """Yield the chapter: what the departments will do, part by part."""
    planned = [(part.title, tuple(map(to_do, steps_of(part.measures)))) for part in facts.parts]
    if any(steps for _, steps in planned):
        yield Heading(1, heading)
    for title, steps in planned:
        if steps and title:
            yield Heading(2, title)
        yield from steps


def steps_of(measures: tuple[MeasureFacts, ...]) -> Iterator[tuple[MeasureFacts, Report]]:
    """Yield the measures whose departments say what they will do."""
    return (pair for pair in reported(measures) if not says_nothing(pair[1].next_steps))


def to_do(step: tuple[MeasureFacts, Report]) -> Paragraph:
    """Return what a department will do."""
    measure, report = step
    return entry(measure, report, own_words(report.next_steps))
