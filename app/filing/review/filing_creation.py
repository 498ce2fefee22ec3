"""What filing does for plan and quarters: every assignment gets its empty filing; how much is accepted is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peewee import Case, fn

from app.authority.actor import Actor
from app.base.statements import prepared
from app.filing.attachments.models import Attachment
from app.filing.contributions.models import Contribution
from app.filing.contributions.rules import ContributionState
from app.filing.core.announcements import contributions_topic, reminder_topic
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.review.reminders import ReminderStage, remind_at_stage
from app.notices.operations import forget_topics
from app.periods.models import Period
from app.periods.rules import AcceptedShare
from app.periods.signals import (
    accepted_shares_asked,
    period_dependents_asked,
    period_opened,
    period_withdrawn,
)
from app.plan.core import queries as plans
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import ResponsibleDepartments
from app.plan.core.rules import DependentRows
from app.plan.core.signals import assignments_changed, measure_ending, plan_dependents_asked, plan_removed


def prepare_filings(period: Period) -> None:
    """Give the lead of each measure on the quarter's last day its filing, and each supporting department what it may
    contribute.

    What was handed in stays as it is, and so does what somebody wrote who no longer answers: it can be handed over.
    What nobody has written anything in goes with its duty.
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
    """Prepare the filings of a quarter that was just opened, and tell the departments."""
    prepare_filings(period)
    remind_at_stage(period, ReminderStage.OPENED)


@measure_ending.connect
def filings_kept_from_ending(measure: PlanItem, *, on: date) -> str:
    """Return, in words, which quarters from a day on have filings on a measure that cannot go; nothing for none."""
    query = Filing.select(Filing, Period).join(Period).where(Filing.measure == measure)
    evidenced = {row.filing_id for row in Attachment.select(Attachment.filing)}
    held: Counter[str] = Counter()
    for filing in query.order_by(Period.number):
        is_kept = filing.period.is_closed or filing.id in evidenced or not filing.is_untouched
        if filing.period.last_day >= on and is_kept:
            held[filing.period.quarter.words] += 1
    contributed = contributions_kept_from_ending(measure, on=on)
    named = "、".join(
        (
            *(f"{words} {count} 份" for words, count in held.items()),
            *(f"{words}的配合情况" for words in contributed),
        )
    )
    return f"已有填报：{named}。请改从以后的季度起结束。" if named else ""


def contributions_kept_from_ending(measure: PlanItem, *, on: date) -> list[str]:
    """Return the quarters from a day on in which somebody wrote something in support of a measure."""
    query = Contribution.select(Contribution, Period).join(Period).where(Contribution.measure == measure)
    written = query.where(written_contribution()).order_by(Period.number)
    return list(dict.fromkeys(one.period.quarter.words for one in written if one.period.last_day >= on))


@assignments_changed.connect
def on_assignments_changed(plan: Plan, *, by: Actor) -> None:
    """Prepare the filings of newly assigned departments in the quarters that are still open."""
    for period in Period.select().where((Period.plan == plan) & Period.closed_at.is_null()):
        prepare_filings(period)


@accepted_shares_asked.connect
def count_accepted(_sender: object, *, period_ids: Sequence[int]) -> dict[int, AcceptedShare]:
    """Return how much of quarters is accepted, by their ids; those without any filing are left out: one query."""
    rows = counts_of_accepted(list(period_ids))
    return {row["period"]: AcceptedShare(int(row["accepted"]), row["total"]) for row in rows}


@prepared
def counts_of_accepted(period_ids: Sequence[int]) -> Any:
    accepted = fn.SUM(Case(None, ((Filing.state == FilingState.ACCEPTED, 1),), 0))
    columns = Filing.period, accepted.alias("accepted"), fn.COUNT(Filing.id).alias("total")
    return Filing.select(*columns).where(Filing.period.in_(period_ids)).group_by(Filing.period).dicts()


def written_filing() -> Any:
    """Return the condition that something of a filing was saved: a text, or evidence."""
    attached = Attachment.select(Attachment.id).where(Attachment.filing == Filing.id)
    return (Filing.version > 1) | fn.EXISTS(attached)


def written_contribution() -> Any:
    """Return the condition that somebody did something about a contribution."""
    attached = Attachment.select(Attachment.id).where(Attachment.contribution == Contribution.id)
    is_answered = Contribution.state.in_((ContributionState.WRITTEN, ContributionState.NOT_NEEDED))
    return is_answered | (Contribution.text != "") | (Contribution.asked != "") | fn.EXISTS(attached)


def filings_as_dependents(periods: Any) -> list[DependentRows]:
    """Return the filings and contributions of quarters: those with saved words keep them, blank ones go along: four
    queries.
    """
    of_periods = Filing.select().where(Filing.period.in_(periods))
    written = of_periods.where(written_filing()).count()
    blank = of_periods.count() - written
    all_contributions = Contribution.select().where(Contribution.period.in_(periods))
    contributed = all_contributions.where(written_contribution()).count()
    owed = all_contributions.count() - contributed
    found = (
        (blank, "份空白的填报", False),
        (written, "份保存过内容的填报", True),
        (owed, "项空白的配合情况", False),
        (contributed, "项写过的配合情况", True),
    )
    return [DependentRows(f"{count} {words}", keeps) for count, words, keeps in found if count]


@plan_dependents_asked.connect
def count_filings_of_plan(plan: Plan) -> list[DependentRows]:
    return filings_as_dependents(periods_under(plan))


@period_dependents_asked.connect
def count_filings_of_period(period: Period) -> list[DependentRows]:
    return filings_as_dependents([period.id])


@plan_removed.connect
def on_plan_removed(plan: Plan, *, by: Actor) -> None:
    delete_blank_filings(periods_under(plan))


@period_withdrawn.connect
def on_period_withdrawn(period: Period, *, by: Actor) -> None:
    delete_blank_filings([period.id])


def periods_under(plan: Plan) -> Any:
    return Period.select(Period.id).where(Period.plan == plan)


def delete_blank_filings(periods: Any) -> None:
    """Delete what was prepared and never written, and the reminders of it."""
    prepared_rows = (
        (Filing, ~written_filing(), reminder_topic),
        (Contribution, ~written_contribution(), contributions_topic),
    )
    for table, is_blank, topic_of in prepared_rows:
        blank = table.period.in_(periods) & is_blank
        owing = table.select(table.period, table.department).where(blank).distinct()
        forget_topics(topic_of(one.period_id, one.department_id) for one in owing)
        table.delete().where(blank).execute()
