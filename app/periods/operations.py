"""Opening and closing quarters."""

from __future__ import annotations

from app.audit.operations import record
from app.audit.rules import Actor
from app.clock import now
from app.db import transaction
from app.errors import BadInput
from app.periods.models import Period
from app.periods.rules import Quarter, usual_due_dates
from app.periods.signals import period_opened
from app.plan.models import Plan


@transaction
def open_period(plan: Plan, quarter: Quarter, *, by: Actor) -> Period:
    """Open a quarter for filing with the usual due dates; whoever listens prepares the filings.

    Raises BadInput when it is open already or not a quarter of the plan's year.
    """
    if quarter.year != plan.year:
        raise BadInput(f"《{plan.title}》是 {plan.year} 年的计划，不能开启{quarter.words}的填报。")
    if Period.get_or_none((Period.plan == plan) & (Period.number == quarter.number)):
        raise BadInput(f"{quarter.words}的填报已经开启。")
    due = usual_due_dates(quarter)
    period = Period.create(
        plan=plan,
        year=quarter.year,
        number=quarter.number,
        opens_on=due.opens_on,
        department_due=due.department_due,
        office_due=due.office_due,
        leader_due=due.leader_due,
    )
    record("open_period", period, by=by, summary=quarter.words)
    period_opened.send(period, by=by)
    return period


@transaction
def close_period(period: Period, *, by: Actor) -> None:
    """End filing for a quarter. Raises BadInput when it has ended already."""
    if period.is_closed:
        raise BadInput(f"{period.quarter.words}的填报已经关闭。")
    period.closed_at = now()
    period.save()
    record("close_period", period, by=by, summary=period.quarter.words)
