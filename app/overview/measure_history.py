"""One measure through the year: each quarter with its lead's filing and the contributions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from app.base.clock import today
from app.directives.carry_over.year_end import MeasureYear, carry_overs_of_measure, years_of_measures
from app.directives.core.carry_overs import MeasureCarryOver
from app.filing.contributions.models import Contribution
from app.filing.contributions.queries import contributions_on_measure
from app.filing.core import content_reading
from app.filing.core import queries as filings
from app.filing.core.content import NOTHING_FILED
from app.filing.core.indicator_progress import IndicatorProgress
from app.filing.core.life_cycle import FilingStanding, FilingState
from app.filing.core.milestone_ticks import milestones_of_measures
from app.filing.core.models import Filing, IndicatorValue
from app.filing.review.forecast_assessments import assessments_on
from app.filing.review.models import ForecastAssessment
from app.org.models import Leader
from app.overview.queries import is_handed_in_after, leading_by_measure, standing_of_any
from app.periods import queries as periods
from app.periods.calendar import WorkCalendar
from app.periods.models import Period
from app.periods.rules import QUARTERS
from app.plan.core import queries as plans
from app.plan.core.cumulation import FiledNumber
from app.plan.core.in_force import IndicatorsThroughYear
from app.plan.core.models import Indicator, Milestone, PlanItem
from app.plan.core.queries import ResponsibleDepartments

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuarterOfMeasure:
    """A quarter of a measure: the lead's filing and the contributions. `is_late`: it was submitted after the grace."""

    period: Period
    leading: Filing | None
    contributions: tuple[Contribution, ...]
    is_overdue: bool
    is_late: bool

    @property
    def accepted_leading(self) -> Filing | None:
        is_accepted = self.leading is not None and self.leading.state is FilingState.ACCEPTED
        return self.leading if is_accepted else None

    def standing_in_quarter(self, filing: Filing | None) -> FilingStanding:
        return standing_of_any(filing, overdue=self.is_overdue)

    @property
    def standing(self) -> FilingStanding:
        return self.standing_in_quarter(self.leading)


@dataclass(frozen=True)
class CarriedMeasure:
    """A measure of last year that was carried over, with its history through that year."""

    carry_over: MeasureCarryOver
    year: MeasureYear


@dataclass(frozen=True)
class MeasureHistory:
    """Everything that the page of a measure shows, first quarter first.

    `carried_out` is what became of it at the end of its year. `duty` and `milestones` are as of the day it is read for,
    `planned` are the milestones of the whole year.
    """

    measure: PlanItem
    leader_words: str
    above: tuple[PlanItem, ...]
    predecessors: tuple[PlanItem, ...]
    successors: tuple[PlanItem, ...]
    carried_in: tuple[CarriedMeasure, ...]
    carried_out: MeasureCarryOver | None
    duty: ResponsibleDepartments
    present_duty: ResponsibleDepartments
    calendar: WorkCalendar
    quarters: tuple[QuarterOfMeasure, ...]
    planned: Mapping[int, list[Milestone]]
    milestones: tuple[Milestone, ...]
    indicators: tuple[Indicator, ...]
    through_year: IndicatorsThroughYear
    values: Mapping[int, Mapping[int, IndicatorValue]]
    assessments: Mapping[int, ForecastAssessment]

    def assessment_in(self, quarter: QuarterOfMeasure) -> ForecastAssessment | None:
        """Return the office's assessment beside what was accepted in a quarter."""
        return self.assessments.get(quarter.accepted_leading.id) if quarter.accepted_leading else None

    def indicator_in_words(self, indicator: Indicator, quarter: QuarterOfMeasure) -> str:
        """Return the progress of an indicator up to a quarter, with its share of the target then; "" if it was not
        asked for.
        """
        progress = self.indicator_progress(indicator, quarter)
        return progress.value_words if progress else ""

    def indicator_progress(self, indicator: Indicator, quarter: QuarterOfMeasure) -> IndicatorProgress | None:
        """Return the progress of an indicator towards its target then; None if it was not asked for."""
        return self.progress.get((indicator.id, quarter.period.id))

    @cached_property
    def progress(self) -> dict[tuple[int, int], IndicatorProgress]:
        """Return the progress by the ids of indicator and quarter."""
        found = {}
        for place, quarter in enumerate(self.quarters):
            for asked in self.through_year.indicators_on(self.measure.id, quarter.period.last_day):
                *earlier, filed = [self.filed_number(asked, one) for one in self.quarters[: place + 1]]
                found[asked.id, quarter.period.id] = IndicatorProgress(asked, filed, tuple(earlier))
        return found

    def filed_number(self, indicator: Indicator, quarter: QuarterOfMeasure) -> FiledNumber:
        """Return the number accepted on an indicator in a quarter; its value is None if there is none."""
        values = self.values.get(quarter.accepted_leading.id, {}) if quarter.accepted_leading else {}
        return values[indicator.id].filed_number if indicator.id in values else NOTHING_FILED


def history_of_measure(measure: PlanItem, *, on: date | None = None) -> MeasureHistory:
    """Return a measure's history, with who is responsible on a day (today) or was last: a fixed number of queries."""
    present = today()
    day = measure.ended_on - ONE_DAY if measure.ended_on else on or present
    everything = filings.filings_on_measure(measure)
    calendar, opened = periods.work_calendar(), periods.periods_of_plan(measure.plan)
    contributed = contributions_on_measure(measure, opened)
    through_year = IndicatorsThroughYear({measure.id})
    planned = milestones_of_measures({measure.id}, QUARTERS[-1])
    duties = plans.responsible_on_days(measure, [day, present, *(period.last_day for period in opened)])
    carried = carry_overs_of_measure(measure)
    carried_in = [row for row in carried if row.successor_id == measure.id]
    came_in = {row.measure_id for row in carried_in}
    years = years_of_measures([row.measure for row in carried_in])
    return MeasureHistory(
        measure=measure,
        leader_words=leader_in_words(measure.leader, day),
        above=plans.headings_above(measure, on=day),
        predecessors=tuple(one for one in plans.predecessors_of_measure(measure) if one.id not in came_in),
        carried_in=tuple(map(CarriedMeasure, carried_in, years)),
        carried_out=next((row for row in carried if row.measure_id == measure.id), None),
        successors=tuple(plans.successors_of_measure(measure)),
        duty=duties[day],
        present_duty=duties[present],
        calendar=calendar,
        quarters=tuple(
            quarter_of_measure(measure, period, everything, contributed, duties[period.last_day], calendar)
            for period in opened
            if measure.is_counted_on(period.last_day)
        ),
        planned=planned,
        milestones=tuple(one for one in planned.get(measure.id, ()) if one.is_held(day)),
        indicators=tuple(through_year.indicators_on(measure.id, day)),
        through_year=through_year,
        values=content_reading.values_among(everything),
        assessments=assessments_on([filing.id for filing in everything]),
    )


def leader_in_words(leader: Leader | None, day: date) -> str:
    """Return the leader in charge, noting if he or she has left by that day and must be replaced."""
    if leader is None:
        return ""
    is_there = leader.serves_until is None or leader.serves_until >= day
    return f"{leader.name}（{leader.post_in_words if is_there else '不在任，待定分管领导'}）"


def quarter_of_measure(
    measure: PlanItem,
    period: Period,
    everything: Iterable[Filing],
    contributed: Iterable[Contribution],
    duty: ResponsibleDepartments,
    calendar: WorkCalendar,
) -> QuarterOfMeasure:
    filed = [one for one in everything if one.period_id == period.id]
    leading = leading_by_measure(filed, {measure.id: duty.lead.id} if duty.lead else {}).get(measure.id)
    return QuarterOfMeasure(
        period=period,
        leading=leading,
        contributions=tuple(one for one in contributed if one.period_id == period.id),
        is_overdue=period.is_overdue(calendar),
        is_late=bool(leading and is_handed_in_after(period.due_dates.grace_ends_on(calendar), leading)),
    )
