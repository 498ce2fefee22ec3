"""What filing does for plan and quarters: every assignment gets its empty filing; how much is accepted is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import Case, fn

from app.authority.actor import Actor
from app.filing.core.models import Filing
from app.filing.core.rules import FilingState
from app.filing.review.reminders import ReminderStage, remind_at_stage
from app.periods.models import Period
from app.periods.rules import AcceptedShare
from app.periods.signals import accepted_shares_asked, period_opened
from app.plan.core import queries as plans
from app.plan.core.models import Plan
from app.plan.core.rules import AssignmentRole
from app.plan.core.signals import assignments_changed


def prepare_filings(period: Period) -> None:
    """Create the filings of a quarter that are still missing; those that exist are left as they are."""
    known = {
        (filing.measure_id, filing.department_id)
        for filing in Filing.select(Filing.measure, Filing.department).where(Filing.period == period)
    }
    assignments = plans.assignments_of_plan(period.plan)
    leads = {row.item_id: row.department_id for row in assignments if row.role is AssignmentRole.LEAD}
    for row in assignments:
        if (row.item_id, row.department_id) not in known:
            Filing.create(
                period=period,
                measure=row.item_id,
                department=row.department_id,
                lead=leads.get(row.item_id),
                role=row.role,
            )


@period_opened.connect
def on_period_opened(period: Period, *, by: Actor) -> None:
    """Prepare the filings of a quarter that was just opened, and tell the departments."""
    prepare_filings(period)
    remind_at_stage(period, ReminderStage.OPENED)


@assignments_changed.connect
def on_assignments_changed(plan: Plan, *, by: Actor) -> None:
    """Prepare the filings of newly assigned departments in the quarters that are still open."""
    for period in Period.select().where((Period.plan == plan) & Period.closed_at.is_null()):
        prepare_filings(period)


@accepted_shares_asked.connect
def count_accepted(_sender: object, *, period_ids: Sequence[int]) -> dict[int, AcceptedShare]:
    """Return how much of quarters is accepted, by their ids; those without any filing are left out: one query."""
    accepted = fn.SUM(Case(None, ((Filing.state == FilingState.ACCEPTED, 1),), 0))
    query: Any = Filing.select(Filing.period, accepted, fn.COUNT(Filing.id))
    rows = query.where(Filing.period.in_(period_ids)).group_by(Filing.period).tuples()
    return {period_id: AcceptedShare(int(number), total) for period_id, number, total in rows}
