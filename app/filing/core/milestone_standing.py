"""Which milestones are reached, according to the department's tick or the filed number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.base.labels import LabelledEnum, LabelTone
from app.filing.core import content_reading
from app.filing.core.content import NOTHING_FILED
from app.filing.core.indicator_progress import NOTHING_YET, IndicatorProgress
from app.filing.core.life_cycle import FilingState
from app.filing.core.milestone_ticks import milestones_among, milestones_due_among, milestones_of_quarter
from app.filing.core.models import Filing
from app.periods.models import Period
from app.plan.core.in_force import IndicatorsThroughYear
from app.plan.core.models import Milestone


class MilestoneOutcome(LabelledEnum):
    """The outcome of a milestone that is due."""

    REACHED = "reached", "已完成", LabelTone.GOOD
    MISSED = "missed", "未完成", LabelTone.ATTENTION
    UNKNOWN = "unknown", "未说明", LabelTone.NEUTRAL


@dataclass(frozen=True)
class MilestoneStanding:
    """A milestone due by the end of a filing's quarter, with its outcome."""

    milestone: Milestone
    outcome: MilestoneOutcome


def outcome_of_milestone(
    milestone: Milestone, *, ticked: bool | None, number: Decimal | None
) -> MilestoneOutcome:
    """Return the outcome of a milestone: reached if ticked, else decided by the number of the year.

    ticked: None if nobody was asked, so that the outcome may be unknown.
    """
    if ticked:
        return MilestoneOutcome.REACHED
    if milestone.target is not None and number is not None:
        return MilestoneOutcome.REACHED if number >= milestone.target else MilestoneOutcome.MISSED
    return MilestoneOutcome.UNKNOWN if ticked is None else MilestoneOutcome.MISSED


def standings_of_milestones(
    filings: Iterable[Filing],
    *,
    planned: Mapping[int, list[Milestone]] | None = None,
    year: IndicatorsThroughYear | None = None,
) -> dict[int, tuple[MilestoneStanding, ...]]:
    """Return the milestones due by the end of each filing's quarter with their outcomes, by filing id, first quarter
    first.

    Five queries for all; fewer if the `planned` milestones and the indicators of the `year` are given. In a filing that
    is not submitted, a milestone that is not reached is unknown rather than missed.
    """
    among = list(filings)
    due = milestones_due_among(among, planned=planned)
    ticked = milestones_among(among)
    deciding = [one for one in among if has_number_to_meet(due[one.id], ticked[one.id])]
    numbers = numbers_among(deciding, year)

    def outcome_on(filing: Filing, milestone: Milestone) -> MilestoneOutcome:
        word, number = ticked[filing.id].get(milestone.id), numbers.get(filing.id)
        outcome = outcome_of_milestone(milestone, ticked=word, number=number)
        is_early = outcome is MilestoneOutcome.MISSED and not filing.is_handed_in
        return MilestoneOutcome.UNKNOWN if is_early else outcome

    return {
        filing.id: tuple(MilestoneStanding(one, outcome_on(filing, one)) for one in due[filing.id])
        for filing in among
    }


def has_number_to_meet(milestones: Iterable[Milestone], ticked: Mapping[int, bool]) -> bool:
    """Return whether one of these milestones is decided by the number of the year."""
    return any(one.target is not None and not ticked.get(one.id) for one in milestones)


def numbers_among(
    filings: Collection[Filing], year: IndicatorsThroughYear | None = None
) -> dict[int, Decimal | None]:
    """Return the number of the year of filings with exactly one indicator, by filing id.

    With several it would be unclear which one a milestone means. Three queries for all, one if there is no such filing.
    """
    asked = content_reading.asked_indicators_among(filings, year)
    speaking = [filing for filing in filings if len(asked[filing.id]) == 1]
    if not speaking:
        return {}
    values, earlier, found = (
        content_reading.values_among(speaking),
        content_reading.accepted_before_among(speaking),
        {},
    )
    for filing in speaking:
        (one,) = asked[filing.id]
        value = values.get(filing.id, content_reading.NO_VALUES).get(one.id)
        filed = value.filed_number if value else NOTHING_FILED
        before = earlier[filing.id].get(one.id, NOTHING_YET)
        found[filing.id] = IndicatorProgress(one, filed, before).number_of_year
    return found


def filings_missing_milestones(period: Period, accepted: Mapping[int, int]) -> frozenset[int]:
    """Return the ids of filings that missed a milestone of their quarter: five queries.

    accepted: measure ids of accepted filings by filing id.
    """
    planned = milestones_of_quarter(period)
    among = [
        Filing(id=filing_id, measure=measure_id, period=period, state=FilingState.ACCEPTED)
        for filing_id, measure_id in accepted.items()
        if measure_id in planned
    ]
    return frozenset(
        filing_id
        for filing_id, standings in standings_of_milestones(among, planned=planned).items()
        if any(one.outcome is MilestoneOutcome.MISSED for one in standings)
    )
