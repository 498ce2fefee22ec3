"""Reading quarters."""

from __future__ import annotations

from app.errors import BadInput
from app.periods.models import Period
from app.periods.rules import parse_quarter
from app.plan.models import Plan


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
        raise BadInput(f"{quarter.words}的填报尚未开启。请先用 flask period open {quarter.code} 开启。")
    return period


def previous(period: Period) -> Period | None:
    """Return the quarter before, within the same plan."""
    return Period.get_or_none((Period.plan == period.plan_id) & (Period.number == period.number - 1))
