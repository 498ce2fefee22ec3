"""Tables of quarters, unlocks, requests and calendar exceptions."""

from __future__ import annotations

from datetime import date, datetime

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from app.access.models import Account
from app.authority.permits import DepartmentTie
from app.base.clock import now, today
from app.base.database import BaseTable, ChoiceField
from app.base.days import day_with_weekday
from app.org.models import Department
from app.periods.calendar import WorkCalendar
from app.periods.due_dates import DueDates
from app.periods.locks import UnlockRequestState
from app.periods.rules import PeriodState, Quarter, UnlockState
from app.plan.core.models import Plan


class Period(BaseTable):
    """A quarter of a plan, open for filing until `closed_at` is set."""

    plan = ForeignKeyField(Plan, backref="periods", on_delete="CASCADE")
    year = IntegerField()
    number = IntegerField()
    opens_on = DateField()
    department_due = DateField()
    office_due = DateField()
    leader_due = DateField()
    grace_days = IntegerField(default=0)
    closed_at = DateTimeField(null=True)
    plan_id: int

    class Meta:
        constraints = [
            Check("year BETWEEN 2000 AND 2100", "period_year"),
            Check("number BETWEEN 1 AND 4", "period_number"),
            Check(
                "opens_on <= department_due AND department_due <= office_due AND office_due <= leader_due",
                "period_days",
            ),
            Check("grace_days >= 0", "period_grace"),
        ]
        indexes = ((("plan", "number"), True), (("year", "number"), True))

    @property
    def quarter(self) -> Quarter:
        """Return the quarter as a plain value."""
        return Quarter(self.year, self.number)

    @property
    def last_day(self) -> date:
        """Return the last day; wording, duties and targets are shown as of that day."""
        return self.quarter.last_day

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def state(self) -> PeriodState:
        return PeriodState.CLOSED if self.is_closed else PeriodState.OPEN

    @property
    def has_begun(self) -> bool:
        """Return whether filing has begun (开始填报)."""
        return self.opens_on <= today()

    @property
    def lock_words(self) -> str:
        """Return why filings are locked."""
        if not self.has_begun:
            return f"{self.quarter.words}从{day_with_weekday(self.opens_on)}开始填报"
        return f"{self.quarter.words}的填报已关闭"

    def lock_sentence(self, what: str) -> str:
        """Return the refusal of a step while filings are locked."""
        if not self.has_begun:
            return f"{self.lock_words}，现在还不能{what}。需要提前的，请联系街道办公室。"
        return f"{self.lock_words}，不能{what}。如需补改，请联系街道办公室。"

    def is_overdue(self, calendar: WorkCalendar) -> bool:
        """Return whether the due date and its grace are over and filing is still possible.

        In a closed quarter missing filings count as not reported (未报) rather than overdue.
        """
        return not self.is_closed and today() > self.due_dates.grace_ends_on(calendar)

    @property
    def due_dates(self) -> DueDates:
        return DueDates(self.opens_on, self.department_due, self.office_due, self.leader_due, self.grace_days)


class Unlock(BaseTable):
    """A department may file in a closed quarter until a moment, or until it is locked again."""

    period = ForeignKeyField(Period, backref="unlocks", on_delete="CASCADE")
    department = ForeignKeyField(Department, on_delete="RESTRICT")
    until = DateTimeField()
    reason = TextField()
    person = CharField(max_length=64)
    created_at = DateTimeField(default=now)
    locked_again_at = DateTimeField(null=True)
    period_id: int
    department_id: int

    class Meta:
        indexes = ((("period", "department"), False),)

    @property
    def ends_at(self) -> datetime:
        """Return the moment from which the lock applies again."""
        return self.locked_again_at or self.until

    @property
    def is_in_force(self) -> bool:
        return self.state is UnlockState.IN_FORCE

    @property
    def state(self) -> UnlockState:
        """Return its state now; it expires by the clock."""
        if self.locked_again_at is not None:
            return UnlockState.LOCKED_AGAIN
        return UnlockState.IN_FORCE if now() < self.until else UnlockState.RUN_OUT


class UnlockRequest(BaseTable):
    """A department's request to the office to unlock a closed quarter for it until a day.

    `decided_by` and `answer` are the office's; `answer` is empty if it was granted.
    """

    period = ForeignKeyField(Period, backref="unlock_requests", on_delete="CASCADE")
    department = ForeignKeyField(Department, on_delete="RESTRICT")
    addressee = ForeignKeyField(Account, on_delete="RESTRICT")
    until = DateField()
    reason = TextField()
    state = ChoiceField(UnlockRequestState, default=UnlockRequestState.OPEN)
    person = CharField(max_length=64)
    seat = CharField(max_length=64)
    created_at = DateTimeField(default=now)
    decided_at = DateTimeField(null=True)
    decided_by = CharField(max_length=64, default="")
    answer = TextField(default="")
    period_id: int
    department_id: int
    addressee_id: int

    class Meta:
        constraints = [Check("(state = 'open') = (decided_at IS NULL)", "unlock_request_decided")]

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return its department for the policy table."""
        return frozenset({self.department_id} if tie is DepartmentTie.OWNER else ())

    @property
    def is_open(self) -> bool:
        return self.state is UnlockRequestState.OPEN


# One open request of a department in a quarter, also where two ask at the same moment.
UnlockRequest.add_index(
    UnlockRequest.period,
    UnlockRequest.department,
    unique=True,
    where=UnlockRequest.decided_at.is_null(),
    name="unlock_request_open",
)


class CalendarException(BaseTable):
    """A day that is worked or off here, other than in the calendar of China."""

    day = DateField(unique=True)
    is_working_day = BooleanField()
    note = CharField(max_length=255, default="")
