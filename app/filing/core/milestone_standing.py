"""Which milestones of the plan are reached, in the word of who files, or by the number that was filed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.base.labels import LabelledEnum, LabelTone
from app.filing.core import queries
from app.filing.core.content import FilingContent
from app.filing.core.indicator_progress import IndicatorProgress, progress_of_indicators
from app.filing.core.milestone_ticks import milestones_among, milestones_due_among
from app.filing.core.models import Filing
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


def standings_of_milestones(filings: Iterable[Filing]) -> dict[int, tuple[MilestoneStanding, ...]]:
    """Return, by a filing's id, the milestones due by the end of its quarter, first quarter first: five queries for
    them all.

    What is not handed in has missed nothing yet: there a milestone that is not reached is unknown.
    """
    among = list(filings)
    due = milestones_due_among(among)
    ticked, indicators = milestones_among(among), queries.asked_indicators_among(among)
    values, earlier = queries.values_among(among), queries.accepted_before_among(among)
    found = {}
    for filing in among:
        content = queries.content_with(
            filing, {}, values.get(filing.id, queries.NO_VALUES), ticked[filing.id]
        )
        rows = progress_of_indicators(indicators[filing.id], content, earlier[filing.id])
        found[filing.id] = tuple(
            MilestoneStanding(one, known_outcome(filing, one, content, rows)) for one in due[filing.id]
        )
    return found


def known_outcome(
    filing: Filing, milestone: Milestone, content: FilingContent, rows: Sequence[IndicatorProgress]
) -> MilestoneOutcome:
    """Return where a milestone stands. Its number is that of the only indicator: with several it would be open of which
    it speaks.
    """
    number = rows[0].number_of_year if len(rows) == 1 else None
    outcome = outcome_of_milestone(milestone, ticked=content.milestones.get(milestone.id), number=number)
    is_early = outcome is MilestoneOutcome.MISSED and not filing.is_handed_in
    return MilestoneOutcome.UNKNOWN if is_early else outcome
