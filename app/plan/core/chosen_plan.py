"""The plan that a page is about: that of ``?year=2027`` in its address, else the current plan, which need not be the
newest.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from app.base.clock import today
from app.base.errors import BadInput, NotFound
from app.plan.core import queries
from app.plan.core.models import Plan
from app.plan.core.rules import nearest_year
from app.plan.core.signals import current_plan_asked


@dataclass(frozen=True)
class PlanChoice:
    """The plan that a page is about, None before any is imported, and the years it links to."""

    plan: Plan | None
    years: tuple[int, ...]

    @property
    def year(self) -> int | None:
        return self.plan.year if self.plan else None

    @property
    def has_year_before(self) -> bool:
        """Return whether last year's plan is stored as well."""
        return self.plan is not None and self.plan.year - 1 in self.years


def chosen_plan() -> PlanChoice:
    """Return the plan in the address, else the current one. Raises BadInput for a year without a plan."""
    return PlanChoice(plan_in_address() or current_plan(), queries.years_of_plans())


def require_chosen_plan() -> PlanChoice:
    """Return the same. Raises NotFound if no plan is imported yet, BadInput."""
    choice = chosen_plan()
    if choice.plan is None:
        raise NotFound("还没有导入工作计划。请街道办公室先导入计划。")
    return choice


def plan_in_address() -> Plan | None:
    """Return the plan of the year in the address; None without one. Raises BadInput."""
    written = request.args.get("year", "").strip()
    if not written:
        return None
    plan = queries.plan_of_year(int(written)) if len(written) == 4 and written.isdecimal() else None
    if plan is None:
        raise BadInput("没有这一年的工作计划。请在“工作计划”页面选择年度。")
    return plan


def current_plan() -> Plan | None:
    """Return the plan of the current quarter; before any quarter was opened, that of the year nearest to this one."""
    for _, answer in current_plan_asked.send():
        if isinstance(answer, Plan):
            return answer
    year = nearest_year(queries.years_of_plans(), today().year)
    return None if year is None else queries.plan_of_year(year)
