"""Reading quarters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from peewee import ModelSelect

from app.access.models import Account
from app.base.clock import today
from app.base.days import written_day
from app.base.errors import BadInput
from app.base.statements import prepared
from app.org.models import Department
from app.periods.calendar import WorkCalendar
from app.periods.due_dates import DueDates, schedule_problems, usual_due_dates
from app.periods.locks import PeriodLock
from app.periods.models import CalendarException, Period, Unlock, UnlockRequest
from app.periods.rules import (
    END_OF_WORK,
    QUARTERS,
    USUAL_UNLOCK_DAYS,
    AcceptedShare,
    PeriodState,
    Quarter,
    QuarterFacts,
    current_quarter,
    parse_quarter,
)
from app.periods.signals import accepted_shares_asked, kept_periods_asked, period_dependents_asked
from app.plan.core.models import Assignment, Plan, PlanItem
from app.plan.core.rules import DependentRows
from app.plan.core.signals import closed_quarters_asked, plan_dependents_asked


@dataclass(frozen=True)
class PlannedQuarter:
    """A quarter of a plan's year, with its period if it is opened."""

    quarter: Quarter
    period: Period | None
    calendar: WorkCalendar

    @property
    def state(self) -> PeriodState:
        return self.period.state if self.period else PeriodState.PLANNED

    @property
    def is_planned(self) -> bool:
        return self.state is PeriodState.PLANNED

    @property
    def is_open(self) -> bool:
        return self.state is PeriodState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state is PeriodState.CLOSED

    @property
    def due_dates(self) -> DueDates:
        """Return its dates; the usual ones if it is not opened yet."""
        return self.period.due_dates if self.period else usual_due_dates(self.quarter, self.calendar)

    @property
    def date_problems(self) -> dict[str, str]:
        """Return, by date, what has become wrong with the dates of an open quarter since they were set."""
        return schedule_problems(self.due_dates, self.quarter, self.calendar) if self.is_open else {}


def quarters_of_plan(plan: Plan) -> list[PlannedQuarter]:
    """Return the four quarters of a plan's year, opened or not."""
    opened = {period.number: period for period in periods_of_plan(plan)}
    days = work_calendar()
    return [PlannedQuarter(Quarter(plan.year, number), opened.get(number), days) for number in QUARTERS]


def undoable_quarters(lines: Iterable[PlannedQuarter]) -> frozenset[Quarter]:
    """Return the open quarters whose opening can still be undone."""
    opened = [line.period for line in lines if line.period and line.is_open]
    answers = kept_periods_asked.send(period_ids=[one.id for one in opened])
    kept = {period_id for _, found in answers for period_id in found}
    return frozenset(one.quarter for one in opened if one.id not in kept)


def period_by_id(period_id: int) -> Period | None:
    return Period.select(Period, Plan).join(Plan).where(Period.id == period_id).first()


@prepared
def periods_of_plan(plan: Plan) -> ModelSelect[Period]:
    """Return the opened quarters of a plan, first to last."""
    return Period.select().where(Period.plan == plan).order_by(Period.number)


@closed_quarters_asked.connect
def closed_quarters_from(plan: Plan, *, on: date) -> str:
    """Return the closed quarters that a change from a day on would alter, as a sentence; "" if none."""
    closed = [one for one in periods_of_plan(plan) if one.is_closed and one.last_day >= on]
    if not closed:
        return ""
    named, following = "、".join(one.quarter.words for one in closed), closed[-1].last_day + timedelta(days=1)
    return (
        f"{named}已经关闭，当时有效的内容不再变动。"
        f"生效日期请填{written_day(following)}或以后；确需改动的，请先重新开启该季度。"
    )


def current_period(plan: Plan | None = None) -> Period | None:
    """Return the current quarter of one plan or of all: two queries, however many years there are.

    Among the quarters whose office deadline is over, only the newest can be it.
    """
    day = today()
    periods = {row.quarter: row for row in candidate_quarters(plan, day)}
    shares = accepted_shares([row.id for row in periods.values() if row.office_due >= day])
    facts = (
        QuarterFacts(quarter, row.office_due, row.is_closed, shares.get(row.id, AcceptedShare()))
        for quarter, row in periods.items()
    )
    found = current_quarter(facts, day)
    return None if found is None else periods[found]


@prepared
def candidate_quarters(plan: Plan | None, day: date) -> ModelSelect[Period]:
    """Return the quarters of a plan, or of all, with their plans, newest first. Of those whose office deadline is over
    only the newest is included.
    """
    query = Period.select(Period, Plan).join(Plan).order_by(Period.year.desc(), Period.number.desc())
    among = query if plan is None else query.where(Period.plan == plan)
    past = among.where(Period.office_due < day).limit(1)
    return among.where((Period.office_due >= day) | Period.id.in_(past.select(Period.id)))


def accepted_shares(period_ids: Sequence[int]) -> dict[int, AcceptedShare]:
    """Return how much of each quarter is accepted, by period id."""
    answers = accepted_shares_asked.send(period_ids=period_ids)
    return {period_id: share for _, answer in answers for period_id, share in answer.items()}


class OpenQuarter(NamedTuple):
    """A quarter that is being filed, how much of it is accepted, and the quarter it is shown beside."""

    period: Period
    share: AcceptedShare
    beside: Period

    @property
    def words(self) -> str:
        """Return it in a phrase, with its year if that differs: 第四季度填报中，已采用 0/45."""
        quarter = self.period.quarter
        name = quarter.short_words if quarter.year == self.beside.quarter.year else quarter.words
        return f"{name}填报中，已采用 {self.share.accepted}/{self.share.total}"


def open_shares_beside(period: Period) -> list[OpenQuarter]:
    """Return the other quarters of any plan that are being filed, the oldest first: two queries."""
    found = open_quarters_beside(period.id, today())
    shares = accepted_shares([one.id for one in found])
    return [OpenQuarter(one, shares.get(one.id, AcceptedShare()), period) for one in found]


@prepared
def open_quarters_beside(period_id: int, day: date) -> ModelSelect[Period]:
    others = (Period.id != period_id) & Period.closed_at.is_null() & (Period.opens_on <= day)
    return Period.select().where(others).order_by(Period.year, Period.number)


def period_by_code(code: str) -> Period:
    """Return the quarter written ``2026Q3``. Raises BadInput if it is not one or is not opened."""
    quarter = parse_quarter(code)
    period = (
        Period.select(Period, Plan)
        .join(Plan)
        .where((Period.year == quarter.year) & (Period.number == quarter.number))
        .first()
    )
    if period is None:
        raise BadInput(f"{quarter.words}的填报尚未开启。请街道办公室先在“审核”的“季度设置”中开启。")
    return period


def work_calendar() -> WorkCalendar:
    """Return the working days with the office's exceptions: one query."""
    return WorkCalendar({row.day: row.is_working_day for row in days_excepted()})


def usual_unlock_end() -> datetime:
    """Return the usual end of an unlock made today: one query."""
    return datetime.combine(work_calendar().working_day_after(today(), USUAL_UNLOCK_DAYS), END_OF_WORK)


@prepared
def days_excepted() -> ModelSelect[CalendarException]:
    return CalendarException.select(CalendarException.day, CalendarException.is_working_day)


def calendar_exceptions() -> list[CalendarException]:
    return list(CalendarException.select().order_by(CalendarException.day))


def exception_by_id(exception_id: int) -> CalendarException | None:
    return CalendarException.get_or_none(CalendarException.id == exception_id)


def is_period_overdue(period: Period) -> bool:
    """Return whether the due date and its grace are over and filing is still possible."""
    return period.is_overdue(work_calendar())


def lock_on(period: Period) -> PeriodLock:
    """Return the lock on a quarter: one query if it is closed, else none."""
    return locks_on([period])[period.id]


def locks_on(periods: Iterable[Period]) -> dict[int, PeriodLock]:
    """Return the locks on quarters by period id: one query if any is closed, else none."""
    known = {period.id: period for period in periods}
    closed = sorted(key for key, period in known.items() if period.is_closed)
    until: dict[int, dict[int, datetime]] = {}
    for row in unlocks_in_force(closed) if closed else ():
        until.setdefault(row.period_id, {})[row.department_id] = row.until
    return {key: PeriodLock(row.is_closed, until.get(key, {}), row.opens_on) for key, row in known.items()}


@prepared
def unlocks_in_force(period_ids: Sequence[int]) -> ModelSelect[Unlock]:
    in_force = Unlock.period.in_(period_ids) & Unlock.locked_again_at.is_null()
    return Unlock.select().where(in_force).order_by(Unlock.until)


def unlocks_of_plan(plan: Plan) -> list[Unlock]:
    """Return all unlocks in the quarters of a plan, newest first."""
    return list(unlocks_with_context().where(Period.plan == plan).order_by(Unlock.id.desc()))


def unlock_by_id(unlock_id: int) -> Unlock | None:
    return unlocks_with_context().where(Unlock.id == unlock_id).first()


def unlocks_with_context() -> ModelSelect[Unlock]:
    query = Unlock.select(Unlock, Period, Department).join(Period).switch(Unlock)
    return query.join(Department)


@prepared
def open_unlock_requests(plan: Plan | None = None) -> ModelSelect[UnlockRequest]:
    """Return the requests that wait for an answer, of one plan or of all, the oldest first."""
    query = unlock_requests_with_context().where(UnlockRequest.decided_at.is_null())
    return (query if plan is None else query.where(Period.plan == plan)).order_by(UnlockRequest.id)


def unlock_requests_of(period: Period, department_ids: Iterable[int]) -> list[UnlockRequest]:
    """Return the requests of departments in a quarter, newest first: one query."""
    own = UnlockRequest.department.in_(sorted(department_ids)) & (UnlockRequest.period == period)
    return list(unlock_requests_with_context().where(own).order_by(UnlockRequest.id.desc()))


def unlock_request_by_id(request_id: int) -> UnlockRequest | None:
    return unlock_requests_with_context().where(UnlockRequest.id == request_id).first()


def unlock_requests_with_context() -> ModelSelect[UnlockRequest]:
    query = UnlockRequest.select(UnlockRequest, Period, Department, Account).join(Period)
    return query.switch(UnlockRequest).join(Department).switch(UnlockRequest).join(Account)


def departments_of_plan(plan: Plan) -> list[Department]:
    """Return the departments responsible for measures of a plan, in their official order."""
    assigned = Assignment.select(Assignment.department).join(PlanItem).where(PlanItem.plan == plan)
    among = Department.id.in_(assigned)
    return list(Department.select().where(among).order_by(Department.position, Department.id))


@plan_dependents_asked.connect
def list_quarters_of_plan(plan: Plan) -> list[DependentRows]:
    """Return the opened quarters of a plan, which are removed with it."""
    return [DependentRows(f"{one.quarter.words}的季度设置", False) for one in periods_of_plan(plan)]


def dependents_of_period(period: Period) -> list[DependentRows]:
    """Return what depends on a quarter, in a fixed order."""
    answers = (one for _, answer in period_dependents_asked.send(period) for one in answer)
    return sorted(answers, key=lambda one: (one.keeps, one.words))
