"""The measures of a quarter as plain values for pages to count and draw. Only accepted filings count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.filing.contributions.rules import ContributionState, counts_in_words
from app.filing.core.filing_briefs import FilingBrief
from app.filing.core.life_cycle import FilingStanding
from app.filing.core.lights import Light, LightThresholds, adjustment_words, light_for
from app.filing.core.measure_risk import ForecastFacts, ForecastMismatch, forecast_mismatches
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.review.models import ForecastAssessment
from app.org.models import Department, Leader
from app.overview.rules import StandingChange, change_between, concern_rank, gap_in_words, needs_attention
from app.periods.rules import Quarter
from app.plan.core.models import PlanItem


class QuarterReport(NamedTuple):
    """What the office accepted of a measure in a quarter.

    computed: the light before adjustment. red_points: the threshold of a red light. is_late: it was submitted after the
    quarter's grace.
    """

    filing: int
    quarter: Quarter
    percent: int
    status: MeasureStatus
    light: Light
    computed: Light
    forecast: Forecast
    red_points: int
    is_late: bool
    is_light_adjusted: bool

    @property
    def adjusted_words(self) -> str:
        """Return that the department adjusted the light, and what was computed; "" if not."""
        is_moved = self.is_light_adjusted and self.light is not self.computed
        return adjustment_words(self.computed) if is_moved else ""

    @property
    def light_notes(self) -> str:
        """Return the notes behind the light: （部门调整，按序时为红灯）."""
        notes = "；".join(filter(None, (self.adjusted_words, "补报" if self.is_late else "")))
        return f"（{notes}）" if notes else ""

    @property
    def light_words(self) -> str:
        return f"{self.light.label}{self.light_notes}"

    @property
    def forecast_note(self) -> str:
        """Return the forecast unless it is that the target will be reached."""
        return "" if self.forecast is Forecast.CAN_FINISH else self.forecast.label

    @property
    def gap(self) -> int:
        """Return how many points it is behind 序时进度; negative if it is ahead."""
        return self.quarter.elapsed_percent - self.percent

    @property
    def gap_words(self) -> str:
        return gap_in_words(self.gap)


def report_of(
    filing: FilingBrief, quarter: Quarter, thresholds: LightThresholds, *, is_late: bool
) -> QuarterReport:
    percent, elapsed = filing.percent or 0, quarter.elapsed_percent
    return QuarterReport(
        filing=filing.id,
        quarter=quarter,
        percent=percent,
        status=filing.status,
        light=filing.light,
        computed=light_for(percent, filing.status, elapsed=elapsed, thresholds=thresholds),
        forecast=filing.forecast,
        red_points=thresholds.red,
        is_late=is_late,
        is_light_adjusted=filing.is_light_adjusted,
    )


class QuarterMark(NamedTuple):
    """How a measure stood in a quarter: what was accepted, else the standing of its filing."""

    quarter: Quarter
    standing: FilingStanding
    report: QuarterReport | None

    @property
    def words(self) -> str:
        """Return it in words for screen readers: 第二季度绿灯（补报）."""
        how = self.report.light_words if self.report else self.standing.label
        return f"{self.quarter.short_words}{how}"

    @property
    def shown_light(self) -> Light | None:
        """Return its light; a green one that was reported late is shown yellow."""
        if self.report is None:
            return None
        is_made_good = self.report.is_late and self.report.light is Light.GREEN
        return Light.YELLOW if is_made_good else self.report.light


@dataclass(frozen=True, kw_only=True)
class MeasureCell:
    """One measure in one quarter, with its lead department's filing.

    `mark` is this quarter, `earlier` are the opened quarters of the year before it, first quarter first.
    """

    measure: PlanItem
    mark: QuarterMark
    earlier: tuple[QuarterMark, ...] = ()
    lead: Department | None = None
    filing: FilingBrief | None = None
    has_missed_milestone: bool = False
    assessment: ForecastAssessment | None = None

    @property
    def quarter(self) -> Quarter:
        return self.mark.quarter

    @property
    def standing(self) -> FilingStanding:
        """Return the standing of its filing."""
        return self.mark.standing

    @property
    def report(self) -> QuarterReport | None:
        """Return what was accepted, or None."""
        return self.mark.report

    @property
    def accepted_filing(self) -> FilingBrief | None:
        return self.filing if self.standing is FilingStanding.ACCEPTED else None

    @property
    def light(self) -> Light | None:
        """Return the light; None while nothing is accepted."""
        return self.report.light if self.report else None

    @property
    def is_adjusted(self) -> bool:
        """Return whether the department adjusted the light."""
        return bool(self.report and self.report.adjusted_words)

    @property
    def status(self) -> MeasureStatus | None:
        """Return the status; None while nothing is accepted."""
        return self.report.status if self.report else None

    @property
    def forecast(self) -> Forecast | None:
        return self.report.forecast if self.report else None

    @cached_property
    def previous(self) -> QuarterReport | None:
        """Return what was accepted in the quarter before, or None."""
        last = self.earlier[-1] if self.earlier else None
        return last.report if last and last.quarter.next_quarter == self.quarter else None

    @property
    def series(self) -> tuple[QuarterMark, ...]:
        """Return the marks of all quarters up to this one."""
        return (*self.earlier, self.mark)

    @property
    def series_words(self) -> str:
        return "，".join(one.words for one in self.series)

    @cached_property
    def change(self) -> StandingChange | None:
        return change_between(self.previous, self.report)

    @property
    def changed(self) -> StandingChange | None:
        """Return the change since last quarter if it is to be named."""
        return None if self.change is StandingChange.SAME else self.change

    @property
    def notes(self) -> list[str]:
        """Return the notes beside its light, each in a few words."""
        found = (
            f"预计{self.report.forecast_note}" if self.report and self.report.forecast_note else "",
            f"办公室研判：{self.assessment.forecast.label}" if self.assessment else "",
            f"请核对：{'；'.join(one.label for one in self.mismatches)}" if self.mismatches else "",
        )
        return [*filter(None, found)]

    @property
    def change_words(self) -> str:
        """Return what changed: 亮灯由绿灯变为黄灯，年底预计由能够完成变为不能完成."""
        before, now = self.previous, self.report
        if before is None or now is None:
            return ""
        pairs = (("亮灯", before.light, now.light), ("年底预计", before.forecast, now.forecast))
        return "，".join(f"{word}由{a.label}变为{b.label}" for word, a, b in pairs if a is not b)

    @cached_property
    def mismatches(self) -> tuple[ForecastMismatch, ...]:
        """Return where the forecast contradicts the report."""
        if self.report is None:
            return ()
        facts = ForecastFacts(
            forecast=self.report.forecast,
            light=self.report.light,
            computed=self.report.computed,
            status=self.report.status,
            percent=self.report.percent,
            percent_before=self.previous.percent if self.previous else None,
            has_missed_milestone=self.has_missed_milestone,
        )
        return forecast_mismatches(facts)

    @property
    def needs_attention(self) -> bool:
        return needs_attention(self.report, self.standing)

    @property
    def concern_key(self) -> tuple[int, int, int]:
        """Return the sort key of measures that need attention."""
        gap = self.report.gap if self.report else 0
        return concern_rank(self.report, self.standing, self.change), -gap, self.measure.sequence


@dataclass(frozen=True)
class SectionRow:
    """A section with its measures, or the measures directly in a part (`section` is None)."""

    section: PlanItem | None
    cells: tuple[MeasureCell, ...]


@dataclass(frozen=True)
class OverviewPart:
    item: PlanItem
    rows: tuple[SectionRow, ...]

    @property
    def cells(self) -> tuple[MeasureCell, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)

    def narrowed(self, wanted: Callable[[MeasureCell], bool]) -> OverviewPart:
        rows = (SectionRow(row.section, tuple(filter(wanted, row.cells))) for row in self.rows)
        return OverviewPart(self.item, tuple(row for row in rows if row.cells))


class LeaderRow(NamedTuple):
    """The measures that a leader is in charge of; for None those without one."""

    leader: Leader | None
    cells: tuple[MeasureCell, ...]


class StandingFiling(NamedTuple):
    filing: FilingBrief
    measure: PlanItem
    standing: FilingStanding


@dataclass(frozen=True)
class DepartmentRow:
    """A department's duties in a quarter: the measures it leads, the filings it owes, and its contributions."""

    department: Department
    leading: tuple[MeasureCell, ...]
    filed: tuple[StandingFiling, ...]
    contributed: Counter[ContributionState]

    @property
    def contributed_in_words(self) -> str:
        """Return the counts of its contributions: 未写 2 项，已报送 1 项."""
        return counts_in_words(self.contributed)

    @property
    def handed_in_count(self) -> int:
        return sum(one.filing.is_handed_in for one in self.filed)

    @property
    def accepted_count(self) -> int:
        return sum(one.standing is FilingStanding.ACCEPTED for one in self.filed)

    @property
    def owed_filings(self) -> tuple[StandingFiling, ...]:
        return tuple(one for one in self.filed if not one.filing.is_handed_in)
