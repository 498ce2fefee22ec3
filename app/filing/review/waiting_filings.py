"""The filings of a quarter that wait for the office, seen from one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.base.clock import now
from app.base.statements import prepared
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.org.models import Department, short_name_on
from app.periods.queries import lock_on
from app.plan.core.models import PlanItem


@dataclass(frozen=True)
class WaitingFiling:
    """A filing that waits, with the number of its measure and its department."""

    id: int
    number: int
    department: str
    department_id: int


# What a WaitingFiling is made of, by the names of its fields.
WAITING_COLUMNS = (
    Filing.id,
    PlanItem.position.alias("number"),
    Filing.department.alias("department_id"),
    Department.short_name,
    Department.earlier_names,
)


@dataclass(frozen=True)
class OfficeQueue:
    """The filings that wait for the office before and after a given one."""

    before: tuple[WaitingFiling, ...]
    after: tuple[WaitingFiling, ...]

    @property
    def previous_waiting(self) -> WaitingFiling | None:
        return self.before[-1] if self.before else None

    @property
    def next_waiting(self) -> WaitingFiling | None:
        return self.after[0] if self.after else None

    @property
    def following_waiting(self) -> WaitingFiling | None:
        """Return the next one, starting over at the end."""
        return next(iter((*self.after, *self.before)), None)

    def __len__(self) -> int:
        return len(self.before) + len(self.after)


def queue_around(filing: Filing) -> OfficeQueue:
    """Return the waiting filings of the same quarter in the matrix's order: one query if the quarter is open."""
    lock, moment = lock_on(filing.period), now()

    def waiting(*, short_name: str, earlier_names: Any, **rest: Any) -> WaitingFiling:
        day = filing.period.last_day
        name = short_name_on(day, short_name=short_name, earlier_names=earlier_names)
        return WaitingFiling(department=name, **rest)

    line = [
        one
        for one in (waiting(**row) for row in waiting_in_quarter(filing.period_id, filing.id))
        if one.id == filing.id or not lock.is_locked_for(one.department_id, at=moment)
    ]
    here = next(place for place, one in enumerate(line) if one.id == filing.id)
    return OfficeQueue(before=tuple(line[:here]), after=tuple(line[here + 1 :]))


@prepared
def waiting_in_quarter(period_id: int, filing_id: int) -> Any:
    """Return the columns of WaitingFiling for the signed filings of a quarter and one more."""
    query = Filing.select(*WAITING_COLUMNS).join(PlanItem).switch(Filing)
    query = query.join(Department, on=(Filing.department == Department.id))
    shown = (Filing.state == FilingState.SIGNED_OFF) | (Filing.id == filing_id)
    ordered = query.order_by(PlanItem.sequence, Department.position, Department.id)
    return ordered.where((Filing.period == period_id) & shown).dicts()
