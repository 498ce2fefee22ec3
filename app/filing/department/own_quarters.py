"""The quarters in which a person still has something to do, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from peewee import ModelSelect

from app.access.guards import current_person
from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.base.clock import now, today
from app.base.errors import NotFound
from app.base.statements import prepared
from app.filing.core.life_cycle import FilingState, can_happen
from app.filing.core.models import Filing
from app.filing.core.own_duties import DutyKind, OwnDuty
from app.filing.core.queries import can_move_at
from app.periods.chosen_period import (
    NOTHING_OPENED,
    QuarterChoice,
    chosen_quarter,
    is_quarter_in_address,
    quarter_choice,
)
from app.periods.locks import PeriodLock
from app.periods.models import Period
from app.periods.queries import current_period, locks_on
from app.plan.core.models import Plan

# What a department does of itself. Where one of them is possible, something is left to be done.
OWN_ACTIONS = (Action.SUBMIT_FILING, Action.SIGN_OFF_FILING)


@dataclass(frozen=True)
class OwnQuarter:
    """A quarter in which a person's departments can file now, with the due date and whether work is left."""

    period: Period
    due: date
    has_work: bool


def quarters_to_do(user: Actor, duties: Iterable[OwnDuty] = ()) -> list[Period]:
    """Return the quarters with work left for a person, the most urgent first, unlocked ones included.

    duties: duties besides filings; contributions are done in the list of their quarter. Without any work it is the
    quarter that is being filed, else the current one: a fixed number of queries.
    """
    own = own_quarters(user)
    left = {one.period.id: one for one in own if one.has_work}
    owed = {duty.period_id for duty in duties if duty.kind is DutyKind.CONTRIBUTION}
    further = Period.select(Period, Plan.id, Plan.year).join(Plan).where(Period.id.in_(owed - left.keys()))
    left |= {period.id: OwnQuarter(period, period.department_due, has_work=True) for period in further}
    shown = [one.period for one in in_order(left.values())] or [one.period for one in own][-1:]
    current = None if shown else current_period()
    return [current] if current else shown


def own_quarters(user: Actor) -> list[OwnQuarter]:
    """Return the quarters in which a person's departments can file now, the most urgent first: two queries."""
    standing = unaccepted_filings(user)
    periods = {filing.period_id: filing.period for filing in standing}
    locks = locks_on(periods.values())
    found = (
        own_quarter(period, locks[period.id], [one for one in standing if one.period_id == period.id], user)
        for period in periods.values()
    )
    return in_order(filter(None, found))


def in_order(quarters: Iterable[OwnQuarter]) -> list[OwnQuarter]:
    return sorted(quarters, key=lambda one: (one.due, one.period.quarter))


def unaccepted_filings(user: Actor) -> list[Filing]:
    """Return one filing for each quarter, department and state that can move now, with quarter and plan."""
    return kinds_of_standing(sorted(user.department_ids), today(), now())


@prepared
def kinds_of_standing(department_ids: Sequence[int], day: date, at: datetime) -> ModelSelect[Filing]:
    own = Filing.department.in_(department_ids) & (Filing.state != FilingState.ACCEPTED)
    now_filed = own & (Period.opens_on <= day) & can_move_at(at)
    query = Filing.select(Filing.department, Filing.state, Period, Plan.id, Plan.year)
    return query.join(Period).join(Plan).where(now_filed).distinct()


def own_quarter(
    period: Period, lock: PeriodLock, standing: Iterable[Filing], user: Actor
) -> OwnQuarter | None:
    """Return the quarter with its due date for these filings; None if it is locked for all of them."""
    moment = now()
    movable = [one for one in standing if not lock.is_locked_for(one.department_id, at=moment)]
    if not movable:
        return None
    until = lock.unlocked_until({one.department_id for one in movable}, at=moment)
    has_work = any(
        can_happen(action, one.state) and is_allowed(user, action, one)
        for one in movable
        for action in OWN_ACTIONS
    )
    return OwnQuarter(period, due_of(period, until), has_work)


def due_of(period: Period, until: datetime | None) -> date:
    """Return the last day on which one of them can be filed; in a closed quarter, the end of the unlocking."""
    return until.date() if until else period.department_due


def own_choice() -> QuarterChoice:
    """Return the quarter in the address, else the current person's most urgent one. Raises BadInput."""
    if is_quarter_in_address():
        return chosen_quarter()
    return quarter_choice(next(iter(quarters_to_do(current_person())), None))


def require_own_period() -> Period:
    """Return the quarter of `own_choice`. Raises NotFound if none is opened yet, BadInput."""
    period = own_choice().period
    if period is None:
        raise NotFound(NOTHING_OPENED)
    return period
