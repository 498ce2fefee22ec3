"""Which milestones of the plan are reached, in the word of who files, or by the number that was filed."""

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
    """Where a milestone stands that was due."""

    REACHED = "reached", "已完成", LabelTone.GOOD
    MISSED = "missed", "未完成", LabelTone.ATTENTION
    UNKNOWN = "unknown", "未说明", LabelTone.NEUTRAL


@dataclass(frozen=True)
class MilestoneStanding:
    """A milestone that is due by the end of a filing's quarter, and what the filing says of it."""

    milestone: Milestone
    outcome: MilestoneOutcome


def outcome_of_milestone(
    milestone: Milestone, *, ticked: bool | None, number: Decimal | None
) -> MilestoneOutcome:
    """Return where a milestone stands: ticked, else by the number of the year against its own, else as it was said.

    ticked: None where nobody was asked.
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
    """Return, by a filing's id, the milestones due by the end of its quarter, first quarter first: five queries for
    them all, fewer where the milestones `planned` and the indicators of the `year` are known.

    What is not handed in has missed nothing yet: there a milestone that is not reached is unknown.
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
    """Return whether the number of the year decides of any of these milestones."""
    return any(one.target is not None and not ticked.get(one.id) for one in milestones)


def numbers_among(
    filings: Collection[Filing], year: IndicatorsThroughYear | None = None
) -> dict[int, Decimal | None]:
    """Return, by a filing's id, the number of the year on its only indicator: of several it would be open of which a
    milestone speaks. Three queries for them all, of which two are left out where there is no such filing.
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
    """Return which of some filings of a quarter say that a milestone of that quarter was missed: five queries.

    accepted: the id of the measure that each of them, which are accepted, is about, by its own.
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
