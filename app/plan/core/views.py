"""The plan as published, with who answers for what."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import NotFound
from app.org import queries as org
from app.org.models import Department
from app.plan.core import queries, tree
from app.plan.core.chosen_plan import chosen_plan
from app.plan.core.models import Plan
from app.plan.core.operations import remove_plan
from app.plan.core.rules import kept_words
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("plan", __name__)


@bp.get("/plan")
@allowed(Action.READ_PLAN)
def show_plan() -> Response:
    """Show the whole plan of a year, or only what one department answers for."""
    choice = chosen_plan()
    plan = choice.plan
    departments = org.active_departments()
    chosen = chosen_department(departments)
    return page_or_fragment(
        "plan/tree.html",
        "plan",
        plan=plan,
        choice=choice,
        departments=departments,
        chosen=chosen,
        **(plan_contents(plan, chosen) if plan else {}),
    )


@bp.get("/plan/<int:plan_id>/remove")
@allowed(Action.REMOVE_PLAN, plan=queries.plan_by_id)
def confirm_removal(plan: Plan) -> Response:
    """Say what goes with a plan before it is removed, or what keeps it."""
    dependents = queries.dependents_of_plan(plan)
    return page_or_fragment(
        "plan/removal.html", plan=plan, dependents=dependents, kept=kept_words(dependents)
    )


@bp.post("/plan/<int:plan_id>/remove")
@allowed(Action.REMOVE_PLAN, plan=queries.plan_by_id)
def submit_removal(plan: Plan) -> Response:
    remove_plan(plan, by=current_person())
    return go_to("plan.show_plan", toast=f"已删除：{plan.title}")


def plan_contents(plan: Plan, chosen: Department | None) -> dict[str, Any]:
    """Return the plan's tree and who answers for it, narrowed to the measures of a department if one is chosen."""
    duties, parts = queries.responsible_by_measure(plan), tree.tree_of_plan(plan, through_year=True)
    if chosen is None:
        return {"parts": parts, "duties": duties}
    owed = {number for number, duty in duties.items() if chosen in duty.lead_and_supports}
    return {"parts": tree.narrow_tree(parts, owed), "duties": duties, "count": len(owed)}


def chosen_department(departments: list[Department]) -> Department | None:
    """Return the department that the address names. Raises NotFound for one that there is not."""
    wanted = request.args.get("department", "")
    if not wanted:
        return None
    for department in departments:
        if str(department.id) == wanted:
            return department
    raise NotFound("没有找到这个部门，可能已停用。请在“工作计划”页面重新选择。")
