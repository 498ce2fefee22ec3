"""Answers to the signals of plans and quarters: which filings prevent an end or a removal, and how much is accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
from app.notices.operations import forget_topics
from app.periods.models import Period
from app.periods.rules import AcceptedShare, Quarter
from app.periods.signals import (
    accepted_shares_asked,
    kept_periods_asked,
    period_dependents_asked,
    period_withdrawn,
)
from app.plan.core.models import Plan, PlanItem
from app.plan.core.rules import DependentRows
from app.plan.core.signals import measure_ending, plan_dependents_asked, plan_removed


@measure_ending.connect
def obstacle_of_filings(measure: PlanItem, *, on: date) -> str:
    """Return why a measure cannot end on a day: the later quarters with filings that have content; "" if none."""
    query = Filing.select(Filing, Period).join(Period).where(Filing.measure == measure)
    attached = Attachment.select(Attachment.filing).join(Filing).where(Filing.measure == measure)
    evidenced = {row.filing_id for row in attached}
    held: Counter[Quarter] = Counter()
    for filing in query.order_by(Period.number):
        is_kept = filing.period.is_closed or filing.id in evidenced or not filing.is_untouched
        if filing.period.last_day >= on and is_kept:
            held[filing.period.quarter] += 1
    contributed = quarters_with_contributions(measure, on=on)
    named = "、".join(
        (
            *(f"{quarter.words} {count} 份" for quarter, count in held.items()),
            *(f"{quarter.words}的配合情况" for quarter in contributed),
        )
    )
    if not named:
        return ""
    is_last = any(quarter.ends_the_year for quarter in (*held, *contributed))
    advice = "本年没有以后的季度，下一年的计划不再列入即可。" if is_last else "请改从以后的季度起结束。"
    return f"已有填报：{named}。{advice}"


def quarters_with_contributions(measure: PlanItem, *, on: date) -> list[Quarter]:
    """Return the quarters from a day on in which somebody wrote a contribution to a measure."""
    query = Contribution.select(Contribution, Period).join(Period).where(Contribution.measure == measure)
    written = query.where(written_contribution()).order_by(Period.number)
    return list(dict.fromkeys(one.period.quarter for one in written if one.period.last_day >= on))


@accepted_shares_asked.connect
def count_accepted(_sender: object, *, period_ids: Sequence[int]) -> dict[int, AcceptedShare]:
    """Return how much of each quarter is accepted, by period id; quarters without filings are left out: one query."""
    rows = counts_of_accepted(list(period_ids))
    return {row["period"]: AcceptedShare(int(row["accepted"]), row["total"]) for row in rows}


@prepared
def counts_of_accepted(period_ids: Sequence[int]) -> Any:
    accepted = fn.SUM(Case(None, ((Filing.state == FilingState.ACCEPTED, 1),), 0))
    columns = Filing.period, accepted.alias("accepted"), fn.COUNT(Filing.id).alias("total")
    return Filing.select(*columns).where(Filing.period.in_(period_ids)).group_by(Filing.period).dicts()


def written_filing() -> Any:
    """Return the condition that something of a filing was saved: a text or an attachment."""
    attached = Attachment.select(Attachment.id).where(Attachment.filing == Filing.id)
    return (Filing.version > 1) | fn.EXISTS(attached)


def written_contribution() -> Any:
    """Return the condition that somebody has done something about a contribution."""
    attached = Attachment.select(Attachment.id).where(Attachment.contribution == Contribution.id)
    is_answered = Contribution.state.in_((ContributionState.WRITTEN, ContributionState.NOT_NEEDED))
    return is_answered | (Contribution.text != "") | (Contribution.asked != "") | fn.EXISTS(attached)


def filings_as_dependents(periods: Any) -> list[DependentRows]:
    """Return the filings and contributions that depend on quarters: four queries.

    Written ones prevent a removal, blank ones are removed with the quarter.
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


@kept_periods_asked.connect
def periods_with_words(_sender: object, *, period_ids: Sequence[int]) -> set[int]:
    """Return the quarters in which something was written: two queries."""
    tables: tuple[tuple[Any, Any], ...] = (
        (Filing, written_filing()),
        (Contribution, written_contribution()),
    )
    found: set[int] = set()
    for table, is_written in tables:
        rows = table.select(table.period).where(table.period.in_(period_ids) & is_written).distinct()
        found.update(row["period"] for row in rows.dicts())
    return found


@plan_removed.connect
def on_plan_removed(plan: Plan, *, by: Actor) -> None:
    delete_blank_filings(periods_under(plan))


@period_withdrawn.connect
def on_period_withdrawn(period: Period, *, by: Actor) -> None:
    delete_blank_filings([period.id])


def periods_under(plan: Plan) -> Any:
    return Period.select(Period.id).where(Period.plan == plan)


def delete_blank_filings(periods: Any) -> None:
    """Delete the blank filings and contributions of a quarter, with the notices about them."""
    prepared_rows = (
        (Filing, ~written_filing(), reminder_topic),
        (Contribution, ~written_contribution(), contributions_topic),
    )
    for table, is_blank, topic_of in prepared_rows:
        blank = table.period.in_(periods) & is_blank
        owing = table.select(table.period, table.department).where(blank).distinct()
        forget_topics(topic_of(one.period_id, one.department_id) for one in owing)
        table.delete().where(blank).execute()
