"""Which milestones a filing asks for and which are ticked as reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from peewee import ModelSelect

from app.base.statements import prepared
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing, MilestoneTick
from app.periods.models import Period
from app.plan.core.models import Milestone, PlanItem

# What is read beside a part of a filing: whose it is, without its texts.
WHOSE_PARTS = (Filing.id, Filing.measure, Filing.state, Period.id, Period.number)


def milestones_among(filings: Iterable[Filing]) -> dict[int, dict[int, bool]]:
    """Return whether milestones are reached, by filing id and milestone id: one query for all.

    A milestone accepted as reached in an earlier quarter stays reached unless the filing says otherwise.
    """
    among = list(filings)
    ids, measures = [filing.id for filing in among], {filing.measure_id for filing in among}
    ticks: dict[int, list[MilestoneTick]] = {}
    for tick in own_and_accepted_milestones(ids, sorted(measures)):
        ticks.setdefault(tick.filing.measure_id, []).append(tick)
    found: dict[int, dict[int, bool]] = {}
    for filing in among:
        rows = ticks.get(filing.measure_id, ())
        accepted_before = (
            row
            for row in rows
            if row.reached and row.filing.is_accepted and row.filing.period.number < filing.period.number
        )
        own = {row.milestone_id: row.reached for row in rows if row.filing_id == filing.id}
        found[filing.id] = {row.milestone_id: True for row in accepted_before} | own
    return found


@prepared
def own_and_accepted_milestones(
    filing_ids: Sequence[int], measure_ids: Sequence[int]
) -> ModelSelect[MilestoneTick]:
    return own_and_accepted(MilestoneTick, MilestoneTick.reached, filing_ids, measure_ids)


def own_and_accepted(
    table: Any, is_ticked: Any, filing_ids: Sequence[int], measure_ids: Sequence[int]
) -> Any:
    """Return a query over the ticks of filings and the accepted ticks on measures."""
    accepted = (Filing.state == FilingState.ACCEPTED) & is_ticked
    wanted = table.filing.in_(filing_ids) | (accepted & Filing.measure.in_(measure_ids))
    return table.select(table, *WHOSE_PARTS).join(Filing).join(Period).where(wanted).order_by(table.id)


def milestones_for(filing: Filing) -> list[Milestone]:
    """Return the milestones due by the end of a filing's quarter, in the form's order: those of the quarter first."""
    due = milestones_due_among([filing])[filing.id]
    return sorted(due, key=lambda one: one.quarter != filing.period.number)


def milestones_due_among(
    filings: Iterable[Filing], *, planned: Mapping[int, list[Milestone]] | None = None
) -> dict[int, list[Milestone]]:
    """Return the milestones due by the end of each filing's quarter by filing id, first quarter first: one query, or
    none if `planned` is given.
    """
    among = list(filings)
    if planned is None:
        until = max((filing.period.number for filing in among), default=0)
        planned = milestones_of_measures({filing.measure_id for filing in among}, until)
    return {
        filing.id: [
            one
            for one in planned.get(filing.measure_id, ())
            if one.quarter <= filing.period.number and one.is_held(filing.period.last_day)
        ]
        for filing in among
    }


def milestones_of_measures(measure_ids: Collection[int], until: int) -> dict[int, list[Milestone]]:
    """Return the milestones of measures and their commitments up to a quarter, by measure id, first quarter first: one
    query.
    """
    return by_measure(milestones_below(sorted(measure_ids), until))


@prepared
def milestones_below(measure_ids: Sequence[int], until: int) -> ModelSelect[Milestone]:
    below = PlanItem.id.in_(measure_ids) | PlanItem.parent.in_(measure_ids)
    return milestones_with_item().where(below & (Milestone.quarter <= until))


def milestones_of_quarter(period: Period) -> dict[int, list[Milestone]]:
    """Return the milestones of a plan's measures in one quarter, by measure id: one query."""
    return by_measure(milestones_within(period.plan_id, period.number))


@prepared
def milestones_within(plan_id: int, quarter: int) -> ModelSelect[Milestone]:
    return milestones_with_item().where((PlanItem.plan == plan_id) & (Milestone.quarter == quarter))


def milestones_with_item() -> ModelSelect[Milestone]:
    """Return a query over milestones with their items, first quarter first."""
    item = PlanItem.id, PlanItem.parent, PlanItem.kind, PlanItem.number
    query = Milestone.select(Milestone, *item).join(PlanItem)
    return query.order_by(Milestone.quarter, PlanItem.sequence, Milestone.id)


def by_measure(rows: Iterable[Milestone]) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = {}
    for row in rows:
        measure_id = row.item_id if row.item.is_measure else row.item.parent_id
        found.setdefault(measure_id or row.item_id, []).append(row)
    return found
