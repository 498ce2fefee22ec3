"""What a department that ends has in hand: unfinished filings and open directives, passed to who follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.directives.lead_handover import (
    UNFINISHED,
    FormerAddressee,
    hand_on_directive,
    hand_on_filing,
    places_kept,
)
from app.directives.life_cycle import DirectiveState
from app.directives.models import Directive
from app.directives.queries import addressed_to, directives_with_context, load_directives
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.core.queries import filings_with_context, read_filings
from app.org.models import Department
from app.periods.models import Period
from app.plan.core.queries import ResponsibleDepartments, responsible_by_measure
from app.plan.core.rules import AssignmentRole

NOBODY = ResponsibleDepartments(lead=None)


@dataclass(frozen=True)
class WorkInHand:
    """What a department has in hand: filings of open quarters that are not accepted, directives that are open."""

    filings: tuple[Filing, ...] = ()
    directives: tuple[Directive, ...] = ()


def work_in_hand(department: Department) -> WorkInHand:
    """Return what a department has in hand: a fixed number of queries."""
    waiting = (Filing.department == department) & (Filing.state != FilingState.ACCEPTED)
    filings = filings_with_context().where(waiting & Period.closed_at.is_null())
    return WorkInHand(tuple(read_filings(filings)), tuple(open_directives_to(department)))


def open_directives_to(department: Department) -> Iterable[Directive]:
    addressed = Directive.id.in_(addressed_to(frozenset({department.id})))
    unclosed = Directive.state != DirectiveState.CLOSED
    return load_directives(directives_with_context().where(unclosed & addressed))


@transaction
def pass_work_in_hand(department: Department, successor: Department, *, by: Actor) -> WorkInHand:
    """Let a department that took over another's duties go on with what that one began; return what passed.

    What was handed in, and what belongs to a quarter in which the duty did not pass, stays where it is; so does what
    was begun where the successor wrote something itself. Raises NotAllowed.
    """
    require(by, Action.TRANSFER_DUTIES)
    filings = []
    for period in Period.select().where(Period.closed_at.is_null()).order_by(Period.year, Period.number):
        filings += [
            hand_filing_to(filing, duty, successor, by=by)
            for filing, duty in filings_to_pass(period, department, successor)
        ]
    directives = tuple(open_directives_to(department))
    for directive in directives:
        for addressee in list(directive.addressees):
            if addressee.department_id == department.id:
                hand_on_directive(FormerAddressee(directive, addressee, successor), by=by)
    return WorkInHand(tuple(filings), directives)


def filings_to_pass(
    period: Period, department: Department, successor: Department
) -> Iterator[tuple[Filing, ResponsibleDepartments]]:
    """Yield what a department began in a quarter at whose end the successor has its duty, with that duty."""
    duties = responsible_by_measure(period.plan, on=period.last_day)
    filed = read_filings(filings_with_context().where(Filing.period == period))
    kept = places_kept(filed)
    for filing in filed:
        duty = duties.get(filing.measure_id, NOBODY)
        is_begun = filing.department_id == department.id and filing.state in UNFINISHED
        is_passed = department not in duty.lead_and_supports and successor in duty.lead_and_supports
        if is_begun and is_passed and (filing.measure_id, successor.id) not in kept:
            yield filing, duty


def hand_filing_to(
    filing: Filing, duty: ResponsibleDepartments, successor: Department, *, by: Actor
) -> Filing:
    filing.role = AssignmentRole.LEAD if successor == duty.lead else AssignmentRole.SUPPORT
    hand_on_filing(filing, successor, duty.lead, by=by)
    return filing
