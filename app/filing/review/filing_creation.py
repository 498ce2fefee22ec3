"""Creating blank filings and contributions when a quarter is opened and when assignments change."""

from __future__ import annotations

from collections.abc import Mapping

from app.authority.actor import Actor
from app.filing.attachments.models import Attachment
from app.filing.contributions.models import Contribution
from app.filing.core.models import Filing
from app.filing.review.reminders import remind_at_stage
from app.periods.due_dates import ReminderStage
from app.periods.models import Period
from app.periods.signals import (
    period_opened,
)
from app.plan.core import queries as plans
from app.plan.core.models import Plan
from app.plan.core.queries import ResponsibleDepartments
from app.plan.core.signals import assignments_changed


def prepare_filings(period: Period) -> None:
    """Create the filings of a quarter's leads and the contributions of its supporting departments, by the assignments
    of its last day.

    Submitted filings stay, and so does anything that a department wrote before it lost the duty: it can be handed over.
    Blank ones are removed with the duty.
    """
    duties = plans.responsible_by_measure(period.plan, on=period.last_day)
    leads = {measure_id: duty.lead.id for measure_id, duty in duties.items() if duty.lead}
    prepare_lead_filings(period, leads)
    prepare_contributions(period, duties, leads)


def prepare_lead_filings(period: Period, leads: Mapping[int, int]) -> None:
    known = {
        (filing.measure_id, filing.department_id): filing
        for filing in Filing.select().where(Filing.period == period)
    }
    for measure_id, lead_id in leads.items():
        if (measure_id, lead_id) not in known:
            Filing.create(period=period, measure=measure_id, department=lead_id, lead=lead_id)
    for filing in known.values():
        present = leads.get(filing.measure_id) or filing.lead_id
        if filing.lead_id != present:
            Filing.update(lead=present).where(Filing.id == filing.id).execute()
    kept = Attachment.select(Attachment.filing).where(Attachment.filing.is_null(False))
    for key in known.keys() - leads.items():
        if known[key].is_untouched:
            Filing.delete().where((Filing.id == known[key].id) & Filing.id.not_in(kept)).execute()


def prepare_contributions(
    period: Period, duties: Mapping[int, ResponsibleDepartments], leads: Mapping[int, int]
) -> None:
    known = {
        (one.measure_id, one.department_id): one
        for one in Contribution.select().where(Contribution.period == period)
    }
    owed = {
        (measure_id, department.id) for measure_id, duty in duties.items() for department in duty.supports
    }
    for measure_id, department_id in sorted(owed - known.keys()):
        Contribution.create(
            period=period, measure=measure_id, department=department_id, lead=leads.get(measure_id)
        )
    kept = Attachment.select(Attachment.contribution).where(Attachment.contribution.is_null(False))
    for key, one in known.items():
        lead_id = leads.get(one.measure_id)
        if key not in owed and one.is_untouched:
            Contribution.delete().where((Contribution.id == one.id) & Contribution.id.not_in(kept)).execute()
        elif one.lead_id != lead_id:
            Contribution.update(lead=lead_id).where(Contribution.id == one.id).execute()


@period_opened.connect
def on_period_opened(period: Period, *, by: Actor) -> None:
    """Create the filings of a quarter that was just opened, and notify the departments."""
    prepare_filings(period)
    remind_at_stage(period, ReminderStage.OPENED)


@assignments_changed.connect
def on_assignments_changed(plan: Plan, *, by: Actor) -> None:
    """Create the filings of newly assigned departments in open quarters."""
    for period in Period.select().where((Period.plan == plan) & Period.closed_at.is_null()):
        prepare_filings(period)
