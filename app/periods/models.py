"""The table of quarters."""

from __future__ import annotations

from peewee import DateField, DateTimeField, ForeignKeyField, IntegerField

from app.db import Table
from app.periods.rules import DueDates, PeriodState, Quarter
from app.plan.models import Plan


class Period(Table):
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
        indexes = ((("plan", "number"), True), (("year", "number"), True))

    @property
    def quarter(self) -> Quarter:
        """Return the quarter as a plain value, for its words and arithmetic."""
        return Quarter(self.year, self.number)

    @property
    def is_closed(self) -> bool:
        """Return whether filing has ended."""
        return self.closed_at is not None

    @property
    def state(self) -> PeriodState:
        """Return the state in its word."""
        return PeriodState.CLOSED if self.is_closed else PeriodState.OPEN

    @property
    def due(self) -> DueDates:
        """Return the dates as one plain value."""
        return DueDates(self.opens_on, self.department_due, self.office_due, self.leader_due, self.grace_days)
