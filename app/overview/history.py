"""One measure through the year: each quarter with its lead's filing and the contributions of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.base.clock import today
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.filing.core.reached import Reached
from app.filing.core.rules import FilingState, Standing
from app.overview.queries import leading_by_measure, standing
from app.periods import queries as periods
from app.periods.models import Period
from app.plan import queries as plans
from app.plan.models import Indicator, Milestone, PlanItem
from app.plan.queries import Responsible
from app.plan.rules import AssignmentRole


@dataclass(frozen=True)
class QuarterOfMeasure:
    """A quarter: the filing that speaks for the measure, and what supporting departments contributed."""

    period: Period
    leading: Filing | None
    contributions: tuple[Filing, ...]
    is_overdue: bool

    @property
    def accepted(self) -> Filing | None:
        """Return the leading filing once the office has accepted it."""
        is_accepted = self.leading is not None and self.leading.state is FilingState.ACCEPTED
        return self.leading if is_accepted else None

    def standing(self, filing: Filing | None) -> Standing:
        """Return where a filing stands in the eyes of those who wait for it."""
        return standing(filing, overdue=self.is_overdue)


@dataclass(frozen=True)
class MeasureHistory:
    """Everything about a measure that its page shows, first quarter first."""

    measure: PlanItem
    above: tuple[PlanItem, ...]
    duty: Responsible
    quarters: tuple[QuarterOfMeasure, ...]
    milestones: tuple[Milestone, ...]
    indicators: tuple[Indicator, ...]
    values: Mapping[int, Mapping[int, Decimal]]

    def reached(self, indicator: Indicator, quarter: QuarterOfMeasure) -> str:
        """Return an indicator's value in what was accepted of a quarter, with its share of the yearly target."""
        told = self.values.get(quarter.accepted.id, {}) if quarter.accepted else {}
        return Reached(indicator, told.get(indicator.id)).words


def history_of(measure: PlanItem) -> MeasureHistory:
    """Return a measure's history: a fixed number of queries."""
    everything = filings.filings_on(measure)
    calendar = periods.calendar()
    duty = plans.responsible(measure)
    return MeasureHistory(
        measure=measure,
        above=plans.ancestors(measure),
        duty=duty,
        quarters=tuple(
            quarter_of(
                measure,
                period,
                [filing for filing in everything if filing.period_id == period.id],
                duty,
                is_overdue=today() > period.due.grace_ends_on(calendar),
            )
            for period in periods.periods(measure.plan)
        ),
        milestones=tuple(plans.milestones(measure)),
        indicators=tuple(plans.indicators(measure)),
        values=filings.values_among(everything),
    )


def quarter_of(
    measure: PlanItem, period: Period, filed: list[Filing], duty: Responsible, *, is_overdue: bool
) -> QuarterOfMeasure:
    """Return one quarter out of the filings of that quarter."""
    return QuarterOfMeasure(
        period=period,
        leading=leading_by_measure(filed, {measure.id: duty}).get(measure.id),
        contributions=tuple(filing for filing in filed if filing.role is AssignmentRole.SUPPORT),
        is_overdue=is_overdue,
    )
