"""Reading filings with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from peewee import ModelSelect, fn

from app.authority.actor import Actor
from app.authority.roles import Role
from app.base.clock import now
from app.base.statements import prepared
from app.filing.core.filing_briefs import select_in_plan_order
from app.filing.core.life_cycle import HANDED_IN, FilingState
from app.filing.core.models import Filing
from app.org.models import Department, Leader
from app.org.signals import department_dependents_asked
from app.periods.models import Period, Unlock
from app.periods.queries import locks_on
from app.plan.core.in_force import ItemOnDay, read_on_days
from app.plan.core.models import PlanItem


class ReadFiling(NamedTuple):
    """A filing with the version that was read."""

    filing: Filing
    version: int


class ListPlace(NamedTuple):
    """The id of a filing and the number of its measure."""

    id: int
    number: int


def filings_with_context() -> ModelSelect[Filing]:
    """Return a query over filings with measure, period and department, in the plan's order."""
    return select_in_plan_order(Filing, PlanItem, Period, Department).join(Period)


def find_filing(filing_id: int) -> Filing | None:
    """Return one filing with its measure, the leader in charge, period and department."""
    return next(iter(read_filings(filing_with_leader(filing_id))), None)


@prepared
def filing_with_leader(filing_id: int) -> ModelSelect[Filing]:
    query = filings_with_context().select_extend(Leader).switch(PlanItem).left_outer_join(Leader)
    return query.where(Filing.id == filing_id)


def is_readable_by(reader: Actor) -> Any:
    """Return the condition that a person may read a filing, in agreement with the policy table."""
    if Role.OFFICE in reader.roles:
        return Filing.id.is_null(False)
    own = sorted(reader.department_ids)
    readable = Filing.department.in_(own) | Filing.lead.in_(own)
    if {Role.FILER, Role.HEAD} & reader.roles:
        readable |= Filing.state == FilingState.ACCEPTED
    if Role.LEADER in reader.roles:
        readable |= Filing.state.in_(HANDED_IN)
    return readable


def filing_as_stored(filing: Filing) -> Filing:
    """Return the filing as it is stored now, reusing the loaded measure, period and department."""
    (current,) = filings_alone(filing.id)
    current.measure, current.period, current.department = filing.measure, filing.period, filing.department
    current.mark_unchanged()
    return current


@prepared
def filings_alone(filing_id: int) -> ModelSelect[Filing]:
    return Filing.select().where(Filing.id == filing_id)


def read_filings(fetched: Iterable[Filing]) -> list[Filing]:
    """Return filings with measure and department as of the last day of their quarter: one more query."""
    found = list(fetched)
    read_on_days(ItemOnDay(filing.measure, filing.period.last_day) for filing in found)
    for filing in found:
        name_department(filing, filing.period.last_day)
    return found


def name_department(filing: Filing, day: date) -> None:
    """Replace the filing's department by one with the name it had on a day."""
    named = filing.department.named_on(day)
    if named is not filing.department:
        filing.department = named


def filings_among(filing_ids: Iterable[int]) -> list[Filing]:
    return read_filings(filings_by_id(list(filing_ids)))


@prepared
def filings_by_id(filing_ids: Sequence[int]) -> ModelSelect[Filing]:
    return filings_with_context().where(Filing.id.in_(filing_ids))


def filings_of_departments(department_ids: frozenset[int], *periods: Period) -> list[Filing]:
    """Return the filings of departments in some quarters, each in the plan's order."""
    return read_filings(filings_in_quarters(sorted(department_ids), [period.id for period in periods]))


@prepared
def filings_in_quarters(department_ids: Sequence[int], period_ids: Sequence[int]) -> ModelSelect[Filing]:
    mine = Filing.period.in_(period_ids) & Filing.department.in_(department_ids)
    return filings_with_context().where(mine)


def places_in_list(filing: Filing) -> list[ListPlace]:
    """Return the filings of the same department and quarter as places in its list, in the plan's order."""
    return numbers_in_list(filing.period_id, filing.department_id)


@prepared
def numbers_in_list(period_id: int, department_id: int) -> Any:
    own = (Filing.period == period_id) & (Filing.department == department_id)
    query = Filing.select(Filing.id, PlanItem.position.alias("number")).join(PlanItem).where(own)
    return query.order_by(PlanItem.sequence).objects(ListPlace)


def filings_in_quarter(period: Period) -> list[Filing]:
    return read_filings(filings_with_context().where(Filing.period == period))


def filings_on_measure(measure: PlanItem) -> list[Filing]:
    """Return all filings on a measure, newest quarter first; the measure is loaded already."""
    found = filings_through_year(measure.id)
    for filing in found:
        filing.measure = measure
        name_department(filing, filing.period.last_day)
    return found


@prepared
def filings_through_year(measure_id: int) -> ModelSelect[Filing]:
    query = Filing.select(Filing, Period, Department).join(Period)
    query = query.switch(Filing).join(Department, on=(Filing.department == Department.id))
    newest_first = query.order_by(Period.number.desc(), Department.position, Department.id)
    return newest_first.where(Filing.measure == measure_id)


def last_accepted(filing: Filing) -> Filing | None:
    """Return the department's newest accepted filing on this measure from an earlier quarter, with its quarter."""
    found = accepted_filings(filing.measure_id, filing.department_id, filing.period.number)
    return next(iter(found), None)


@prepared
def accepted_filings(measure_id: int, department_id: int, before: int) -> ModelSelect[Filing]:
    same = (Filing.measure == measure_id) & (Filing.department == department_id)
    earlier = (Period.number < before) & (Filing.state == FilingState.ACCEPTED)
    query = Filing.select(Filing, Period).join(Period).where(same & earlier)
    return query.order_by(Period.number.desc()).limit(1)


def last_accepted_among(filings: Collection[Filing]) -> dict[int, Filing]:
    """Return the same for filings of one quarter by filing id: one query for all."""
    rows = accepted_among(
        sorted({filing.measure_id for filing in filings}),
        sorted({filing.department_id for filing in filings}),
        max((filing.period.number for filing in filings), default=0),
    )
    newest = {(row.measure_id, row.department_id): row for row in rows}
    keys = {filing.id: (filing.measure_id, filing.department_id) for filing in filings}
    return {filing_id: newest[key] for filing_id, key in keys.items() if key in newest}


@prepared
def accepted_among(
    measure_ids: Sequence[int], department_ids: Sequence[int], before: int
) -> ModelSelect[Filing]:
    whose = Filing.measure.in_(measure_ids) & Filing.department.in_(department_ids)
    earlier = (Period.number < before) & (Filing.state == FilingState.ACCEPTED)
    return filings_with_context().where(whose & earlier).order_by(Period.number)


def is_filing_locked(filing: Filing) -> bool:
    """Return whether the filing is locked because its quarter is closed and not unlocked for the department."""
    return filing.id in locked_among([filing])


def locked_among(filings: Collection[Filing]) -> frozenset[int]:
    """Return the ids of the locked filings: one query."""
    locks, moment = locks_on({filing.period_id: filing.period for filing in filings}.values()), now()
    holding = (
        filing.id
        for filing in filings
        if locks[filing.period_id].is_locked_for(filing.department_id, at=moment)
    )
    return frozenset(holding)


def can_move_at(moment: datetime) -> Any:
    """Return the condition that a filing's quarter is open, or unlocked for its department."""
    unlocked = Unlock.select(Unlock.id).where(
        (Unlock.period == Filing.period)
        & (Unlock.department == Filing.department)
        & Unlock.locked_again_at.is_null()
        & (Unlock.until > moment)
    )
    return Period.closed_at.is_null() | fn.EXISTS(unlocked)


@department_dependents_asked.connect
def dependent_filings_in_words(department: Department) -> list[str]:
    """Return, as a sentence in a list, how many filings of open quarters a department has that are not accepted."""
    waiting = (Filing.department == department) & (Filing.state != FilingState.ACCEPTED)
    count = Filing.select().join(Period).where(waiting & Period.closed_at.is_null()).count()
    return [f"还有 {count} 份填报在开启的季度里没有采用。"] if count else []
