"""Reading quarters."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import BadInput
from app.periods.models import Period
from app.periods.rules import QUARTERS, DueDates, PeriodState, Quarter, parse_quarter, usual_due_dates
from app.plan.models import Plan


@dataclass(frozen=True)
class PlannedQuarter:
    """A quarter of a plan's year, opened (then with its period) or not yet."""

    quarter: Quarter
    period: Period | None

    @property
    def state(self) -> PeriodState:
        """Return how far it is."""
        return self.period.state if self.period else PeriodState.PLANNED

    @property
    def due(self) -> DueDates:
        """Return its dates; those that it would be opened with where it is not open yet."""
        return self.period.due if self.period else usual_due_dates(self.quarter)


def year_of(plan: Plan) -> list[PlannedQuarter]:
    """Return the four quarters of a plan's year, opened or not."""
    opened = {period.number: period for period in periods(plan)}
    return [PlannedQuarter(Quarter(plan.year, number), opened.get(number)) for number in QUARTERS]


def period(period_id: int) -> Period | None:
    """Return one opened quarter with its plan."""
    return Period.select(Period, Plan).join(Plan).where(Period.id == period_id).first()


def periods(plan: Plan) -> list[Period]:
    """Return the opened quarters of a plan, first to last."""
    return list(Period.select().where(Period.plan == plan).order_by(Period.number))


def current_period() -> Period | None:
    """Return the quarter being worked on: the newest that was opened."""
    return Period.select(Period, Plan).join(Plan).order_by(Period.year.desc(), Period.number.desc()).first()


def period_of(code: str) -> Period:
    """Return the quarter written ``2026Q3``. Raises BadInput when it is not one, or was not opened."""
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


def previous(period: Period) -> Period | None:
    """Return the quarter before, within the same plan."""
    return Period.get_or_none((Period.plan == period.plan_id) & (Period.number == period.number - 1))
