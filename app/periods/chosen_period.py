"""The quarter that a page is about: ``?period=2026Q2`` in its address, else the current quarter of the plan in the
address, else of all plans.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import request

from app.base.errors import NotFound
from app.periods.models import Period
from app.periods.queries import current_period, period_by_code, periods_of_plan
from app.periods.rules import QUARTERS, Quarter
from app.plan.core.chosen_plan import current_plan, plan_in_address
from app.plan.core.models import Plan
from app.plan.core.queries import years_of_plans
from app.plan.core.signals import current_plan_asked

NOTHING_OPENED = "还没有开启任何季度的填报。街道办公室开启一个季度以后再来。"


@dataclass(frozen=True)
class QuarterChoice:
    """The plan and quarter that a page is about, and those it links to.

    `period` is None if no quarter of the plan is opened yet, `plan` if none is imported. `opened` are the plan's opened
    quarters.
    """

    plan: Plan | None
    period: Period | None
    years: tuple[int, ...]
    opened: tuple[Period, ...]

    @property
    def year(self) -> int | None:
        return self.plan.year if self.plan else None

    @property
    def upcoming(self) -> Period | None:
        """Return the first opened quarter, other than the chosen one, that has not begun."""
        return next((one for one in self.opened if not one.has_begun and one != self.period), None)

    @cached_property
    def quarters(self) -> tuple[tuple[Quarter, Period | None], ...]:
        """Return the plan's four quarters, each with its period if it is opened."""
        if self.plan is None:
            return ()
        by_number = {period.number: period for period in self.opened}
        return tuple((Quarter(self.plan.year, number), by_number.get(number)) for number in QUARTERS)


def chosen_quarter() -> QuarterChoice:
    """Return the choice in the address. Raises BadInput for an unknown quarter or year."""
    return quarter_choice(chosen_period())


def quarter_choice(period: Period | None) -> QuarterChoice:
    """Return the choice of a quarter; for None that of a plan alone: the one in the address, else the current one."""
    plan = period.plan if period else plan_in_address() or current_plan()
    opened = tuple(periods_of_plan(plan)) if plan else ()
    return QuarterChoice(plan, period, years_of_plans(), opened)


def is_quarter_in_address() -> bool:
    """Return whether the address names a quarter or a year."""
    return bool(request.args.get("period") or request.args.get("year"))


def chosen_period() -> Period | None:
    """Return the quarter; None if none is opened yet. Raises BadInput for an unknown one."""
    code = request.args.get("period")
    return period_by_code(code) if code else current_period(plan_in_address())


def require_chosen_period() -> Period:
    """Return the quarter. Raises NotFound if none is opened yet, BadInput."""
    period = chosen_period()
    if period is None:
        raise NotFound(NOTHING_OPENED)
    return period


@current_plan_asked.connect
def answer_current_plan(_sender: object) -> Plan | None:
    period = current_period()
    return period.plan if period else None
