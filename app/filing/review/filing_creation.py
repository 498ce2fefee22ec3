"""What filing does for plan and quarters: every assignment gets its empty filing; how much is accepted is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import Case, fn

from app.authority.actor import Actor
from app.filing.attachments.models import Attachment
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
    """Give each department that answers for a measure on the quarter's last day its filing.

    What was handed in stays as it is, and so does what somebody wrote who no longer answers: it can be handed over.
    A filing that nobody has written anything in goes with its duty.
    """
    known = {
        (filing.measure_id, filing.department_id): filing
        for filing in Filing.select().where(Filing.period == period)
    }
    owed = roles_by_filing(period)
    for key, (role, lead_id) in owed.items():
        filing = known.get(key)
        if filing is None:
            measure_id, department_id = key
            Filing.create(
                period=period, measure=measure_id, department=department_id, lead=lead_id, role=role
            )
        elif (filing.role, filing.lead_id) != (role, lead_id):
            may_change = filing.state in (FilingState.DRAFT, FilingState.RETURNED)
            Filing.update(lead=lead_id, role=role if may_change else filing.role).where(
                Filing.id == filing.id
            ).execute()
    kept = Attachment.select(Attachment.filing)
    for key in known.keys() - owed.keys():
        if known[key].is_untouched:
            Filing.delete().where((Filing.id == known[key].id) & Filing.id.not_in(kept)).execute()


def roles_by_filing(period: Period) -> dict[tuple[int, int], tuple[AssignmentRole, int | None]]:
    """Return, by measure and department, the role in which a filing is owed in a quarter, and the measure's lead."""
    owed: dict[tuple[int, int], tuple[AssignmentRole, int | None]] = {}
    for measure_id, duty in plans.responsible_by_measure(period.plan, on=period.last_day).items():
        lead_id = duty.lead.id if duty.lead else None
        if lead_id is not None:
            owed[measure_id, lead_id] = AssignmentRole.LEAD, lead_id
        for department in duty.supports:
            owed[measure_id, department.id] = AssignmentRole.SUPPORT, lead_id
    return owed


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
