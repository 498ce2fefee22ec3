"""Checks before a filing is submitted: problems that prevent it, and questions that the writer confirms by submitting.

A question is about something unusual that does happen: a project resumed, a number corrected downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.filing.core.content import FilingContent, lacking_answers
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import Quarter
from app.plan.core.cumulation import PERCENT, FiledNumber
from app.plan.core.models import Indicator
from app.plan.core.numbers import share_of, with_unit
from app.plan.core.rules import CumulationRule

SHORT_PROGRESS = 8  # characters: below that nobody can say what was done
NOTABLE_SHARE = 200  # per cent of the yearly target
CONFIRM = "确实如此可以照常提交，否则请改正。"


@dataclass(frozen=True)
class AcceptedContent:
    """The content accepted last, with its quarter."""

    content: FilingContent
    quarter: Quarter


def questions_about(
    content: FilingContent, accepted: AcceptedContent | None, indicators: Iterable[Indicator]
) -> dict[str, str]:
    """Return the questions by field; each quotes what was accepted last."""
    asked = tuple(indicators)
    figures = (question for one in asked for question in questions_about_indicator(content, accepted, one))
    return dict((*questions_about_answers(content, accepted, asked), *figures))


def questions_about_answers(
    content: FilingContent, accepted: AcceptedContent | None, indicators: tuple[Indicator, ...]
) -> Iterator[tuple[str, str]]:
    """Yield the questions about texts, percent and status."""
    progress = content.progress.strip()
    if progress and len(progress) < SHORT_PROGRESS:
        yield "progress", f"进展情况只有 {len(progress)} 个字。{CONFIRM}"
    # With any other forecast the problems have to be written, which `submitting_problems` says.
    is_hopeful = content.forecast in (None, Forecast.CAN_FINISH)
    if content.status is MeasureStatus.LAGGING and is_hopeful and not content.problems.strip():
        yield "problems", f"填了“{content.status.label}”，却没有写存在问题。{CONFIRM}"
    if question := question_about_percent(content, accepted, indicators):
        yield "percent", question
    was_done = accepted is not None and accepted.content.status is MeasureStatus.DONE
    if accepted and was_done and content.status not in (None, MeasureStatus.DONE):
        yield "status", f"{accepted.quarter.words}采用的是“已完成”，现在不是。{CONFIRM}"


def question_about_percent(
    content: FilingContent, accepted: AcceptedContent | None, indicators: tuple[Indicator, ...]
) -> str:
    before = accepted.content.percent if accepted else None
    if content.percent is None:
        return ""
    if accepted and before is not None and content.percent < before:
        return f"比{accepted.quarter.words}采用的 {before}% 低。{CONFIRM}"
    empty = [one.name for one in indicators if content.indicators.get(one.id) is None]
    if content.percent >= 100 and empty:
        last = f"（{accepted.quarter.words}采用的是 {before}%）" if accepted and before is not None else ""
        return f"完成率 {content.percent}%{last}，量化指标“{empty[0]}”却没有填。{CONFIRM}"
    return ""


def questions_about_indicator(
    content: FilingContent, accepted: AcceptedContent | None, indicator: Indicator
) -> Iterator[tuple[str, str]]:
    """Yield the questions about the number filed on an indicator."""
    filed = content.filed_number(indicator.id)
    if filed.value is None:
        return
    before = accepted.content.filed_number(indicator.id) if accepted else FiledNumber(None)
    words = indicator.cumulation.number_in_quarter(before)
    last = f"{accepted.quarter.words}采用的是 {words}。" if accepted and words else ""
    if question := question_about_number(filed, before, indicator):
        yield f"indicator_{indicator.id}", f"{question}{last}{CONFIRM}"


def question_about_number(filed: FiledNumber, before: FiledNumber, indicator: Indicator) -> str:
    value = filed.value or Decimal(0)
    reached = indicator.cumulation.number_of_year([filed])
    share = share_of(reached, indicator.yearly_target) if reached is not None else None
    if value < 0:
        return f"{with_unit(value, indicator.unit)}是负数。"
    if share is not None and share > NOTABLE_SHARE:
        return f"这个数是年度目标的 {share:,}%。"
    is_running_total = indicator.cumulation_rule is CumulationRule.LATEST and indicator.unit != PERCENT
    if is_running_total and before.value is not None and value < before.value:
        return "年初以来的累计数比以前的低。"
    return ""


def submitting_problems(
    content: FilingContent, quarter: Quarter, indicators: Iterable[Indicator]
) -> dict[str, str]:
    """Return, by field, everything that prevents a filing from being submitted."""
    return impossible_figures(content, indicators) | lacking_answers(content, quarter)


def impossible_figures(content: FilingContent, indicators: Iterable[Indicator]) -> dict[str, str]:
    """Return, by field, numbers that cannot be: a negative count, unless it corrects a cumulative sum."""
    return {
        f"indicator_{one.id}": f"“{one.name}”不能是负数，请改正。"
        for one in indicators
        if one.unit != PERCENT and one.cumulation_rule is not CumulationRule.SUM
        if (content.indicators.get(one.id) or 0) < 0
    }
