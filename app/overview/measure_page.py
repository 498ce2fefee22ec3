"""The head of a measure's page: the verdict, links to the neighbouring measures, and charts of the indicators."""

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
    """How a measure stands in the newest quarter with an accepted filing, with the milestones due by then.

    `later` are the quarters opened after it, of which only the standing of the filing is known.
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
        """Return the office's assessment with its reason."""
        assessment = self.cell.assessment
        return f"{assessment.forecast.label}：{assessment.reason}" if assessment else ""

    @property
    def mismatch_words(self) -> str:
        return "；".join(one.label for one in self.cell.mismatches)

    @property
    def forecast_course(self) -> str:
        """Return the forecasts quarter by quarter; "" if only one quarter has one."""
        found = [
            f"{one.quarter.short_words}{one.report.forecast.label}" for one in self.cell.series if one.report
        ]
        return "，".join(found) if len(found) > 1 else ""

    @property
    def milestone_words(self) -> str:
        """Return how many milestones are due and reached, naming those that are not."""
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
    """Return what was accepted in a quarter; None if nothing was, or if answers are missing in it."""
    filing = quarter.accepted_leading
    if filing is None or filing.percent is None or filing.forecast is None or filing.status is None:
        return None
    return report_of(FilingBrief.of(filing), quarter.period.quarter, thresholds, is_late=quarter.is_late)


def newest_readable_quarter(history: MeasureHistory, reader: Actor) -> QuarterOfMeasure | None:
    """Return the newest quarter whose report the reader may read."""
    found = [
        quarter
        for quarter in history.quarters
        if quarter.leading
        and not quarter.leading.is_blank
        and is_allowed(reader, Action.READ_FILING, quarter.leading)
    ]
    return found[-1] if found else None


class MeasureNeighbours(NamedTuple):
    """The measures before and after one in a scope, with its position and their number."""

    scope: HomeScope
    place: int
    total: int
    before: ListedMeasure | None
    after: ListedMeasure | None

    @property
    def kept_scope(self) -> str | None:
        """Return the scope as an address argument; None for the default."""
        return None if self.scope is HomeScope.ALL else self.scope.value


def neighbours_of_measure(measure: PlanItem, scope: HomeScope, reader: Actor) -> MeasureNeighbours | None:
    """Return the neighbours in the plan's order; None if the measure is not in the scope. At most four queries."""
    among = measures_in_scope(measure, scope, reader)
    place = next((place for place, one in enumerate(among) if one.id == measure.id), None)
    if place is None:
        return None
    before = among[place - 1] if place else None
    after = among[place + 1] if place + 1 < len(among) else None
    return MeasureNeighbours(scope, place + 1, len(among), before, after)


def measures_in_scope(measure: PlanItem, scope: HomeScope, reader: Actor) -> list[ListedMeasure]:
    """Return the measures of the same plan in a scope of the reader."""
    everything = tree.reported_measures(measure.plan)
    if scope is HomeScope.MINE:
        return [one for one in everything if one.leader_id == reader.leader_id]
    if scope is HomeScope.FOLLOWED:
        own, duties = followed_by(reader.account_id), plans.responsible_by_measure(measure.plan)
        leads = {number: duty.lead.id for number, duty in duties.items() if duty.lead}
        return [one for one in everything if own.covers_measure(one.id, leads.get(one.id))]
    return everything


class ChartPoint(NamedTuple):
    """The state of an indicator at the end of a quarter, as a point in its chart."""

    x: int
    y: int


class PaceLine(NamedTuple):
    """The line from nothing at the beginning of the year to the full target at its end."""

    start: ChartPoint
    end: ChartPoint


@dataclass(frozen=True)
class IndicatorChart:
    """An indicator through the year in shares of its target: accepted numbers, target, and pace.

    `pace` is None if the number does not grow from quarter to quarter.
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
    """Return the charts of the indicators with accepted numbers, by id."""
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
