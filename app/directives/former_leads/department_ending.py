"""Handing over the unfinished filings, contributions and directives of a department that ends to its successor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.directives.core.life_cycle import UNSETTLED
from app.directives.core.models import Directive
from app.directives.core.queries import addressed_to, directives_with_context
from app.directives.core.related_rows import load_directives
from app.directives.former_leads.operations import (
    UNFINISHED,
    FormerAddressee,
    hand_over_directive,
    hand_over_filing,
    written_places,
)
from app.filing.contributions.models import Contribution
from app.filing.contributions.queries import contributions_with_context, read_contributions
from app.filing.contributions.rules import ContributionState
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.core.queries import filings_with_context, read_filings
from app.org.models import Department
from app.periods.models import Period
from app.plan.core.queries import ResponsibleDepartments, responsible_by_measure

NOBODY = ResponsibleDepartments(lead=None)


@dataclass(frozen=True)
class WorkInHand:
    """A department's unfinished work: filings of open quarters that are not accepted, contributions it began and still
    owes, and open directives.
    """

    filings: tuple[Filing, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    directives: tuple[Directive, ...] = ()

    @property
    def shared_directives(self) -> tuple[Directive, ...]:
        """Return the directives that are not confidential, which may be shown to those who hand the work over or take
        it.
        """
        return tuple(one for one in self.directives if not one.is_confidential)


def work_in_hand(department: Department) -> WorkInHand:
    """Return a department's unfinished work: a fixed number of queries."""
    waiting = (Filing.department == department) & (Filing.state != FilingState.ACCEPTED)
    filings = filings_with_context().where(waiting & Period.closed_at.is_null())
    return WorkInHand(
        tuple(read_filings(filings)),
        tuple(begun_contributions(department)),
        tuple(open_directives_to(department)),
    )


def begun_contributions(department: Department) -> list[Contribution]:
    """Return the contributions of open quarters that a department began or was asked for and has not submitted."""
    owed = (Contribution.department == department) & (Contribution.state == ContributionState.OWED)
    begun = owed & ((Contribution.text != "") | (Contribution.asked != ""))
    return read_contributions(contributions_with_context().where(begun & Period.closed_at.is_null()))


def open_directives_to(department: Department) -> Iterable[Directive]:
    addressed = Directive.id.in_(addressed_to(frozenset({department.id})))
    unclosed = Directive.state.in_(UNSETTLED)
    return load_directives(directives_with_context().where(unclosed & addressed))


@transaction
def pass_work_in_hand(department: Department, successor: Department, *, by: Actor) -> WorkInHand:
    """Hand the unfinished work of a department over to its successor; return what was handed over.

    Submitted filings stay where they are, and so does work of a quarter for which the duty does not pass, or to which
    the successor has written something itself. Raises NotAllowed.
    """
    require(by, Action.TRANSFER_DUTIES)
    filings: list[Filing] = []
    contributions: list[Contribution] = []
    for period in Period.select().where(Period.closed_at.is_null()).order_by(Period.year, Period.number):
        for filing, duty in filings_to_pass(period, department, successor):
            hand_over_filing(filing, successor, duty.lead, by=by)
            filings.append(filing)
        contributions += pass_contributions(period, department, successor, by=by)
    directives = tuple(open_directives_to(department))
    for directive in directives:
        for addressee in list(directive.addressees):
            if addressee.department_id == department.id:
                hand_over_directive(FormerAddressee(directive, addressee, successor), by=by)
    return WorkInHand(tuple(filings), tuple(contributions), directives)


def filings_to_pass(
    period: Period, department: Department, successor: Department
) -> Iterator[tuple[Filing, ResponsibleDepartments]]:
    """Yield the filings that a department began in a quarter at whose end the successor leads the measure, with that
    duty.
    """
    duties = responsible_by_measure(period.plan, on=period.last_day)
    filed = read_filings(filings_with_context().where(Filing.period == period))
    kept = written_places(filed)
    for filing in filed:
        duty = duties.get(filing.measure_id, NOBODY)
        is_begun = filing.department_id == department.id and filing.state in UNFINISHED
        is_passed = department not in duty.lead_and_supports and successor == duty.lead
        if is_begun and is_passed and (filing.measure_id, successor.id) not in kept:
            yield filing, duty


def pass_contributions(
    period: Period, department: Department, successor: Department, *, by: Actor
) -> Iterator[Contribution]:
    """Hand begun contributions over to the successor where it supports the measure now.

    A contribution stays where it is if the successor has written its own.
    """
    duties = responsible_by_measure(period.plan, on=period.last_day)
    for one in begun_contributions(department):
        duty = duties.get(one.measure_id, NOBODY)
        if one.period_id != period.id or successor not in duty.supports or department in duty.supports:
            continue
        place = (Contribution.period == period) & (Contribution.measure == one.measure_id)
        own = Contribution.get_or_none(place & (Contribution.department == successor))
        if own is None or own.is_untouched:
            yield hand_contribution_to(one, own, successor, by=by)


def hand_contribution_to(
    one: Contribution, own: Contribution | None, successor: Department, *, by: Actor
) -> Contribution:
    if own is not None:
        own.delete_instance()
    former = one.department
    one.department = successor
    one.save_as_next(read_at=one.version)
    summary = f"{former.short_name}→{successor.short_name}：{one.measure.title}（{one.period.quarter.code}）配合情况"
    detail = {"version": one.version, "from": former.short_name, "to": successor.short_name}
    record_event(Action.HAND_OVER_DUTY, one, by=by, summary=summary, detail=detail)
    return one
