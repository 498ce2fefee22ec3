"""Reading a whole quarter for the office: every filing without its texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from peewee import fn

from app.base.clock import now
from app.base.statements import prepared
from app.filing.core.filing_briefs import BRIEF_COLUMNS, FilingBrief, select_in_plan_order
from app.filing.core.life_cycle import FilingStanding, FilingState, standing_at
from app.filing.core.models import Filing
from app.filing.core.queries import can_move_at, is_filing_locked
from app.org.models import Department, short_name_on
from app.periods.models import Period
from app.periods.queries import is_period_overdue, lock_on
from app.periods.rules import Quarter
from app.plan.core.models import PlanItem
from app.plan.core.queries import changed_titles


@dataclass(frozen=True, slots=True)
class ListedFiling(FilingBrief):
    """A filing in a list, without texts, with the names of the last day of its quarter."""

    version: int
    lead_id: int | None
    heading_id: int | None
    number: int
    title: str
    department: str
    position: int
    is_overdue: bool
    is_locked: bool

    @property
    def read_value(self) -> str:
        """Return id and version, as `Filing.read_value` does."""
        return f"{self.id}:{self.version}"

    @property
    def is_of_lead(self) -> bool:
        """Return whether its department leads the measure now."""
        return self.department_id == self.lead_id

    @property
    def standing(self) -> FilingStanding:
        return standing_at(self.shown_state, overdue=self.is_overdue)

    @property
    def was_handed_in(self) -> bool:
        """Return whether it was ever submitted, even if it was returned; a draft states no facts yet."""
        return self.state is not FilingState.DRAFT

    @property
    def is_undecided(self) -> bool:
        """Return whether it is submitted and waits for a decision."""
        return self.state in (FilingState.SUBMITTED, FilingState.SIGNED_OFF)

    @property
    def is_waiting(self) -> bool:
        return self.state is FilingState.SIGNED_OFF and not self.is_locked


class WaitingQuarter(NamedTuple):
    """A quarter with the number of its filings that wait for the office."""

    year: int
    number: int
    waiting: int

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.number)


def waiting_by_quarter() -> list[WaitingQuarter]:
    """Return the quarters with filings that wait for the office, the oldest first: one query.

    In a closed quarter only unlocked filings count.
    """
    return quarters_waiting(now())


@prepared
def quarters_waiting(moment: datetime) -> Any:
    query = Filing.select(Period.year, Period.number, fn.COUNT(Filing.id).alias("waiting")).join(Period)
    waiting = query.where((Filing.state == FilingState.SIGNED_OFF) & can_move_at(moment))
    quarter = Period.year, Period.number
    return waiting.group_by(*quarter).order_by(*quarter).objects(WaitingQuarter)


def decision_obstacle(filing: Filing) -> str:
    """Return why the office cannot decide on a filing now, or ""."""
    if is_filing_locked(filing):
        return f"{filing.period.lock_words}，不能再采用、退回或重新打开。"
    return {
        FilingState.DRAFT: "部门还没有提交。",
        FilingState.SUBMITTED: "部门已提交，等待部门负责人审签，之后才能采用或退回。",
        FilingState.RETURNED: f"{filing.shown_state.label}，等待部门修改后重新提交。",
    }.get(filing.state, "")


# What a list adds to a brief; the names are still to be read for a day.
LIST_COLUMNS = (
    Filing.version,
    Filing.lead.alias("lead_id"),
    PlanItem.parent.alias("heading_id"),
    PlanItem.position.alias("number"),
    PlanItem.title,
    Department.short_name,
    Department.earlier_names,
    Department.position,
)


def listed_filings(
    period: Period, *, measure_ids: Iterable[int] | None = None, filing_ids: Iterable[int] | None = None
) -> list[ListedFiling]:
    """Return the filings of a quarter in the plan's order: all, those on some measures, or those with some ids."""
    on_measures = None if measure_ids is None else sorted(measure_ids)
    rows = listed_rows(period.id, on_measures, None if filing_ids is None else sorted(filing_ids))
    late, lock, moment = is_period_overdue(period), lock_on(period), now()
    titles = changed_titles(period.plan_id, on=period.last_day)

    def listed(
        *, department_id: int, short_name: str, earlier_names: Any, measure_id: int, title: str, **rest: Any
    ) -> ListedFiling:
        return ListedFiling(
            department_id=department_id,
            department=short_name_on(period.last_day, short_name=short_name, earlier_names=earlier_names),
            measure_id=measure_id,
            title=titles.get(measure_id, title),
            is_overdue=late,
            is_locked=lock.is_locked_for(department_id, at=moment),
            **rest,
        )

    return [listed(**row) for row in rows]


@prepared
def listed_rows(period_id: int, measure_ids: Sequence[int] | None, filing_ids: Sequence[int] | None) -> Any:
    wanted = Filing.period == period_id
    if measure_ids is not None:
        wanted &= Filing.measure.in_(measure_ids)
    if filing_ids is not None:
        wanted &= Filing.id.in_(filing_ids)
    return select_in_plan_order(*BRIEF_COLUMNS, *LIST_COLUMNS).where(wanted).dicts()
