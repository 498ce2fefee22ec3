"""What the page of a measure begins with: the verdict on it, the measures before and after it, its numbers drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.filing.core.filing_briefs import FilingBrief
from app.filing.core.lights import LightThresholds
from app.filing.core.milestone_standing import (
    MilestoneOutcome,
    MilestoneStanding,
    standings_of_milestones,
)
from app.following.queries import followed_by
from app.overview.measure_cells import MeasureCell, QuarterMark, QuarterReport, report_of
from app.overview.measure_history import MeasureHistory, QuarterOfMeasure
from app.overview.rules import HomeScope
from app.plan.core import queries as plans
from app.plan.core import tree
from app.plan.core.models import Indicator, PlanItem
from app.plan.core.rules import CumulationRule
from app.plan.core.tree import ListedMeasure

# Where a chart has its quarters and its shares, in the units of its drawing (templates/overview/measure/_chart.html).
CHART_LEFT, CHART_STEP, CHART_BOTTOM, CHART_HEIGHT = 12, 60, 84, 64
# Rules by which the year's number grows from quarter to quarter, so that it can be held against the pace.
GROWING = (CumulationRule.LATEST, CumulationRule.SUM)


@dataclass(frozen=True)
class MeasureVerdict:
    """How a measure stands by the newest quarter of which something was accepted, and what is due by then.

    `later` are the quarters opened after it: of these only where their filings stand.
    """

    cell: MeasureCell
    report: QuarterReport
    milestones: tuple[MilestoneStanding, ...]
    later: tuple[QuarterOfMeasure, ...]

    @property
    def gap_words(self) -> str:
        """Return how far it is from 序时进度: 落后30个百分点, 与序时进度持平."""
        return self.report.gap_words if self.report.gap else f"与序时进度{self.report.gap_words}"

    @property
    def assessment_words(self) -> str:
        """Return what the office expects beside it, and why."""
        assessment = self.cell.assessment
        return f"{assessment.forecast.label}：{assessment.reason}" if assessment else ""

    @property
    def mismatch_words(self) -> str:
        return "；".join(one.label for one in self.cell.mismatches)

    @property
    def forecast_course(self) -> str:
        """Return what was expected of the year, quarter by quarter; nothing where only one quarter says so."""
        found = [
            f"{one.quarter.short_words}{one.report.forecast.label}" for one in self.cell.series if one.report
        ]
        return "，".join(found) if len(found) > 1 else ""

    @property
    def milestone_words(self) -> str:
        """Return how many are due and where they stand, those not reached by name."""
        named: dict[MilestoneOutcome, list[str]] = {}
        for one in self.milestones:
            named.setdefault(one.outcome, []).append(
                f"{one.milestone.quarter_words}：{one.milestone.labelled_text}"
            )
        found = [
            f"{outcome.label} {len(names)} 个"
            + ("" if outcome is MilestoneOutcome.REACHED else f"（{'；'.join(names)}）")
            for outcome, names in sorted(named.items())
        ]
        return "，".join([f"到期 {len(self.milestones)} 个", *found]) if found else ""


def verdict_on(history: MeasureHistory, thresholds: LightThresholds) -> MeasureVerdict | None:
    """Return the verdict; None while nothing is accepted. At most four queries."""
    reports = [report_in(quarter, thresholds) for quarter in history.quarters]
    place = max((place for place, one in enumerate(reports) if one), default=None)
    accepted = history.quarters[place].accepted_leading if place is not None else None
    standings = standings_of_milestones(
        [accepted] if accepted else [], planned=history.planned, year=history.through_year
    )
    if place is None or accepted is None:
        return None
    quarter, report = history.quarters[place], reports[place]
    if report is None:
        return None
    milestones = standings.get(accepted.id, ())
    missed = any(
        one.outcome is MilestoneOutcome.MISSED and one.milestone.quarter == quarter.period.number
        for one in milestones
    )
    marks = [
        QuarterMark(one.period.quarter, one.standing, found)
        for one, found in zip(history.quarters, reports, strict=True)
    ]
    cell = MeasureCell(
        measure=history.measure,
        mark=marks[place],
        earlier=tuple(marks[:place]),
        lead=history.duty.lead,
        filing=FilingBrief.of(accepted),
        has_missed_milestone=missed,
        assessment=history.assessment_in(quarter),
    )
    return MeasureVerdict(cell, report, milestones, history.quarters[place + 1 :])


def report_in(quarter: QuarterOfMeasure, thresholds: LightThresholds) -> QuarterReport | None:
    """Return what was accepted in a quarter; None also where its answers are not all there."""
    filing = quarter.accepted_leading
    if filing is None or filing.percent is None or filing.forecast is None or filing.status is None:
        return None
    return report_of(FilingBrief.of(filing), quarter.period.quarter, thresholds, is_late=quarter.is_late)


def newest_readable_quarter(history: MeasureHistory, reader: Actor) -> QuarterOfMeasure | None:
    """Return the newest quarter whose report somebody may read."""
    found = [
        quarter
        for quarter in history.quarters
        if quarter.leading
        and not quarter.leading.is_blank
        and is_allowed(reader, Action.READ_FILING, quarter.leading)
    ]
    return found[-1] if found else None


class MeasureNeighbours(NamedTuple):
    """The measures before and after one in a scope, and the how many-th it is of how many."""

    scope: HomeScope
    place: int
    total: int
    before: ListedMeasure | None
    after: ListedMeasure | None

    @property
    def kept_scope(self) -> str | None:
        """Return the scope as addresses keep it; None where it is that of an address without any."""
        return None if self.scope is HomeScope.ALL else self.scope.value


def neighbours_of_measure(measure: PlanItem, scope: HomeScope, reader: Actor) -> MeasureNeighbours | None:
    """Return them in the plan's order; None where the measure does not stand in the scope. At most four queries."""
    among = measures_in_scope(measure, scope, reader)
    place = next((place for place, one in enumerate(among) if one.id == measure.id), None)
    if place is None:
        return None
    before = among[place - 1] if place else None
    after = among[place + 1] if place + 1 < len(among) else None
    return MeasureNeighbours(scope, place + 1, len(among), before, after)


def measures_in_scope(measure: PlanItem, scope: HomeScope, reader: Actor) -> list[ListedMeasure]:
    """Return the measures of the same plan that stand in a scope of the reader."""
    everything = tree.reported_measures(measure.plan)
    if scope is HomeScope.MINE:
        return [one for one in everything if one.leader_id == reader.leader_id]
    if scope is HomeScope.FOLLOWED:
        own, duties = followed_by(reader.account_id), plans.responsible_by_measure(measure.plan)
        leads = {number: duty.lead.id for number, duty in duties.items() if duty.lead}
        return [one for one in everything if own.covers_measure(one.id, leads.get(one.id))]
    return everything


class ChartPoint(NamedTuple):
    """Where an indicator stood at the end of a quarter, as a place in its chart."""

    x: int
    y: int


class PaceLine(NamedTuple):
    """From nothing at the beginning of the year to the whole target at its end."""

    start: ChartPoint
    end: ChartPoint


@dataclass(frozen=True)
class IndicatorChart:
    """An indicator through the year as shares of its target: what was accepted, the target, and the pace towards it.

    `pace` is None where the number does not grow from quarter to quarter.
    """

    indicator: Indicator
    points: tuple[ChartPoint, ...]
    target_y: int
    pace: PaceLine | None
    words: str

    @property
    def line(self) -> str:
        return " ".join(f"{one.x},{one.y}" for one in self.points)


def charts_of_indicators(history: MeasureHistory) -> Mapping[int, IndicatorChart]:
    """Return a chart of each indicator of which anything was accepted, by its id."""
    found = (chart_of_indicator(history, indicator) for indicator in history.indicators)
    return {one.indicator.id: one for one in found if one}


def chart_of_indicator(history: MeasureHistory, indicator: Indicator) -> IndicatorChart | None:
    shares: dict[int, int] = {}
    words = []
    for quarter in history.quarters:
        progress = history.indicator_progress(indicator, quarter)
        if progress is None or progress.share is None or not progress.quarter_words:
            continue
        shares[quarter.period.number] = progress.share
        words.append(f"{quarter.period.quarter.short_words} {progress.value_words}")
    if not shares:
        return None
    full = max(100, *shares.values())

    def point(number: int, share: int) -> ChartPoint:
        height = round(CHART_HEIGHT * max(0, share) / full)
        return ChartPoint(CHART_LEFT + CHART_STEP * number, CHART_BOTTOM - height)

    grows = indicator.cumulation_rule in GROWING
    return IndicatorChart(
        indicator,
        tuple(point(number, share) for number, share in shares.items()),
        point(0, 100).y,
        PaceLine(point(0, 0), point(4, 100)) if grows else None,
        f"{indicator.name}：年度目标 {indicator.target_words}；{'，'.join(words)}",
    )
