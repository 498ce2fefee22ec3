"""What a filing's page offers to take over (沿用): what was accepted last, and a percent derived from figures. Pure.

Nothing is stored by itself: a person takes it over or writes something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.filing.core.content import FIELD_LABELS, LONG_TEXTS, FilingContent
from app.filing.core.indicator_progress import IndicatorProgress
from app.filing.core.measure_status import MeasureStatus
from app.filing.core.short_answers import answer_in_words
from app.filing.core.submission_checks import AcceptedContent
from app.plan.core.cumulation import PERCENT, FiledNumber
from app.plan.core.models import Milestone
from app.plan.core.rules import CumulationRule

WHOLE = 100
QUARTERS = 4
# What is taken over with one button, in the order of the form.
CONFIRMED_TOGETHER = ("percent", "status", "status_reason", "forecast")
# A sum takes up what is new in the quarter alone: what was filed before would count twice.
CARRIED_RULES = frozenset({CumulationRule.LATEST, CumulationRule.HIGHEST})


@dataclass(frozen=True)
class DerivedPercent:
    """A percent derived from figures, with an explanation."""

    percent: int
    explanation: str


@dataclass(frozen=True)
class OfferedAnswers:
    """What can be taken over into a filing with `content`: `last` are the accepted values by field."""

    content: FilingContent
    last: Mapping[str, Any]
    quarter_words: str = ""
    derived: DerivedPercent | None = None

    @property
    def texts(self) -> dict[str, str]:
        """Return the long texts accepted last that are not empty, by field."""
        return {name: self.last[name] for name in LONG_TEXTS if self.last.get(name)}

    def words_of_last(self, name: str) -> str:
        """Return the value accepted last in a field as it is shown."""
        return answer_in_words(self.last.get(name))

    @property
    def is_percent_other(self) -> bool:
        """Return whether the written percent differs from the derived one."""
        written = self.content.percent
        return self.derived is not None and written is not None and written != self.derived.percent

    @property
    def confirmed_values(self) -> dict[str, Any]:
        """Return what one button takes over: percent, status and forecast where they are empty and fit together."""
        offered = {name: self.last[name] for name in CONFIRMED_TOGETHER if self.last.get(name)}
        offered.pop("percent", None)
        if self.derived:
            offered["percent"] = self.derived.percent
        percent = self.content.percent if self.content.percent is not None else offered.get("percent")
        if not does_status_fit(offered.get("status"), percent):
            offered.pop("status", None)
        if "status" not in offered:
            offered.pop("status_reason", None)
        return {
            name: offered[name]
            for name in CONFIRMED_TOGETHER
            if name in offered and is_unanswered(getattr(self.content, name))
        }

    @property
    def confirmed_words(self) -> str:
        """Return the same as it is shown: 完成率 76%、正常推进."""
        values = self.confirmed_values
        named = {"percent": f"{FIELD_LABELS['percent']} "}
        return "、".join(f"{named.get(name, '')}{answer_in_words(value)}" for name, value in values.items())

    def values_to_take(self, names: Collection[str]) -> dict[str, Any]:
        """Return the values to put into the form for these names: `confirmed`, `derived`, or fields."""
        taken = {name: self.last[name] for name in names if name in self.last}
        if "derived" in names and self.derived:
            taken["percent"] = self.derived.percent
        return taken | (self.confirmed_values if "confirmed" in names else {})


def is_unanswered(value: object) -> bool:
    return value is None or value == ""


def does_status_fit(status: MeasureStatus | None, percent: int | None) -> bool:
    """Return whether a status agrees with a percent."""
    if percent is None:
        return True
    is_undone = status is MeasureStatus.DONE and percent < WHOLE
    return not is_undone and not (status is MeasureStatus.NOT_STARTED and percent)


def offered_answers(
    content: FilingContent,
    accepted: AcceptedContent | None,
    indicators: Sequence[IndicatorProgress],
    milestones: Sequence[Milestone] = (),
) -> OfferedAnswers:
    """Return what can be taken over into a filing as it is now."""
    now = [replace(row, filed=content.filed_number(row.indicator.id)) for row in indicators]
    before = accepted.content.percent if accepted else None
    derived = (
        percent_of_indicators(now)
        or percent_of_milestones(content, milestones, before or 0)
        or percent_of_ticks(content, before or 0)
    )
    if accepted is None:
        return OfferedAnswers(content, {}, derived=derived)
    last = {name: getattr(accepted.content, name) for name in FIELD_LABELS if not name.startswith("light")}
    last |= {
        f"indicator_{row.indicator.id}": accepted.content.indicators.get(row.indicator.id)
        for row in indicators
        if row.indicator.cumulation_rule in CARRIED_RULES
    }
    kept = {name: value for name, value in last.items() if not is_unanswered(value)}
    return OfferedAnswers(content, kept, accepted.quarter.words, derived)


def percent_of_indicators(indicators: Iterable[IndicatorProgress]) -> DerivedPercent | None:
    """Return the mean share of the yearly targets; a share above 100% does not make up for others.

    Rates are left out: they say how well, not how far. None until every number of this quarter is filed.
    """
    counted = [row for row in indicators if row.indicator.unit != PERCENT and not row.indicator.is_ratio]
    shares = [row.share for row in counted]
    if not counted or None in shares or all(row.filed == FiledNumber(None) for row in counted):
        return None
    known = [share for share in shares if share is not None]
    within = [min(max(share, 0), WHOLE) for share in known]
    words = "、".join(f"{row.indicator.name} {share}%" for row, share in zip(counted, known, strict=True))
    mean = "，取平均" if len(known) > 1 else ""
    beyond = "，超过 100% 的按 100% 计" if max(known) > WHOLE else ""
    return DerivedPercent(mean_of(within), f"按量化指标：{words}{mean}{beyond}")


def percent_of_milestones(
    content: FilingContent, milestones: Sequence[Milestone], before: int
) -> DerivedPercent | None:
    """Return the share of the year's milestones that are reached.

    None if it is nothing, if it is less than was accepted before, or if no milestone is due at the end of the year, so
    that they do not cover the whole measure.
    """
    reached = sum(content.milestones.get(one.id, False) for one in milestones)
    if not reached or all(one.quarter < QUARTERS for one in milestones):
        return None
    percent = mean_of([WHOLE] * reached + [0] * (len(milestones) - reached))
    if percent < before:
        return None
    return DerivedPercent(percent, f"按节点：全年 {len(milestones)} 个节点已完成 {reached} 个")


def percent_of_ticks(content: FilingContent, before: int) -> DerivedPercent | None:
    """Return the share of the commitments that are done.

    None if it is nothing or less than was accepted before: unfinished commitments count for something too.
    """
    total, done = len(content.ticks), sum(tick.done for tick in content.ticks.values())
    if not done:
        return None
    percent = mean_of([WHOLE] * done + [0] * (total - done))
    if percent < before:
        return None
    return DerivedPercent(percent, f"按任务办结情况：{total} 项任务已办结 {done} 项")


def mean_of(numbers: Sequence[int]) -> int:
    """Return the mean as a whole number, half rounded up."""
    return int((Decimal(sum(numbers)) / len(numbers)).to_integral_value(ROUND_HALF_UP))


def joined_text(written: str, offered: str) -> str:
    """Return a text with another one appended, unless it contains it already."""
    if offered in written:
        return written
    joint = "\n" if written and not written.endswith("\n") else ""
    return f"{written}{joint}{offered}"
