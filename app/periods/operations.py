"""Opening, rescheduling and closing quarters."""

from __future__ import annotations

from dataclasses import asdict

from app.audit.operations import record
from app.audit.rules import Actor
from app.clock import now
from app.db import transaction
from app.errors import BadInput, FieldProblems
from app.periods.models import Period
from app.periods.rules import DueDates, Quarter, schedule_problems, usual_due_dates
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
    period = Period.create(plan=plan, year=quarter.year, number=quarter.number, **asdict(due))
    record("open_period", period, by=by, summary=quarter.words)
    period_opened.send(period, by=by)
    return period


@transaction
def reschedule(period: Period, dates: DueDates, *, by: Actor) -> None:
    """Set other dates for a quarter that is open.

    Raises FieldProblems where the dates are out of order or not working days, BadInput when the quarter is closed.
    """
    if period.is_closed:
        raise BadInput(f"{period.quarter.words}的填报已经关闭，日期不能再改。")
    problems = schedule_problems(dates, period.quarter)
    if problems:
        raise FieldProblems(problems)
    before = period.due
    for name, value in asdict(dates).items():
        setattr(period, name, value)
    period.save()
    record(
        "reschedule_period",
        period,
        by=by,
        summary=period.quarter.words,
        detail={"before": in_plain_values(before), "after": in_plain_values(dates)},
    )


def in_plain_values(dates: DueDates) -> dict[str, str]:
    """Return dates as the log keeps them."""
    return {name: str(value) for name, value in asdict(dates).items()}


@transaction
def close_period(period: Period, *, by: Actor) -> None:
    """End filing for a quarter. Raises BadInput when it has ended already."""
    if period.is_closed:
        raise BadInput(f"{period.quarter.words}的填报已经关闭。")
    period.closed_at = now()
    period.save()
    record("close_period", period, by=by, summary=period.quarter.words)
