"""Which milestones a department has ticked as reached, and for which it is asked."""

from __future__ import annotations

from collections.abc import Iterable

from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing, MilestoneTick
from app.periods.models import Period
from app.plan.core import queries as plans
from app.plan.core.models import Milestone

# What is read beside a part of a filing: whose it is, without its texts.
WHOSE_PARTS = (Filing.id, Filing.measure, Filing.state, Period.id, Period.number)


def milestones_among(filings: Iterable[Filing]) -> dict[int, dict[int, bool]]:
    """Return, by a filing's id, whether milestones are reached by the milestone's id: one query for them all.

    What was accepted as reached in an earlier quarter stays so, until the filing itself says otherwise.
    """
    among = list(filings)
    ids, measures = [filing.id for filing in among], {filing.measure_id for filing in among}
    accepted = (Filing.state == FilingState.ACCEPTED) & MilestoneTick.reached
    wanted = MilestoneTick.filing.in_(ids) | (accepted & Filing.measure.in_(sorted(measures)))
    query = MilestoneTick.select(MilestoneTick, *WHOSE_PARTS).join(Filing).join(Period).where(wanted)
    rows = list(query.order_by(MilestoneTick.id))
    found: dict[int, dict[int, bool]] = {}
    for filing in among:
        accepted_before = (
            row
            for row in rows
            if row.filing.measure_id == filing.measure_id
            and row.reached
            and row.filing.is_accepted
            and row.filing.period.number < filing.period.number
        )
        own = {row.milestone_id: row.reached for row in rows if row.filing_id == filing.id}
        found[filing.id] = {row.milestone_id: True for row in accepted_before} | own
    return found


def milestones_for(filing: Filing) -> list[Milestone]:
    """Return what was due by the end of a filing's quarter: that of the quarter first, as its form asks for it."""
    number = filing.period.number
    planned = plans.milestones_of_measure(filing.measure, on=filing.period.last_day)
    return sorted((one for one in planned if one.quarter <= number), key=lambda one: one.quarter != number)
