"""The page of all milestones and indicators of a plan, and the import of tables."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import BadInput
from app.plan.assignments.forms import TargetTableForm
from app.plan.assignments.revising import target_problems
from app.plan.assignments.target_tables import (
    TargetTable,
    changes_by_table,
    parse_target_table,
    store_target_table,
    targets_of_plan,
)
from app.plan.assignments.views import ShownDifference
from app.plan.core import queries
from app.plan.core.models import Plan
from app.plan.core.rules import ItemAspect
from app.web.forms import write_further_problems
from app.web.responses import go_to, page_or_fragment

NO_TABLE = "请先选择要导入的表。"
NO_DIFFERENCE = "表中所列与该日有效的相同，没有需要保存的改动。"
SHOWN_TABLE = "表.csv"
COUNTED = {ItemAspect.MILESTONES: "个节点", ItemAspect.INDICATORS: "项指标"}

bp = Blueprint("target_tables", __name__)


@bp.get("/plan/<int:plan_id>/targets")
@allowed(Action.SET_TARGETS, plan=queries.plan_by_id)
def show_plan_targets(plan: Plan) -> Response:
    return plan_targets_page(plan, TargetTableForm(formdata=None), ShownDifference())


@bp.post("/plan/<int:plan_id>/targets")
@allowed(Action.SET_TARGETS, plan=queries.plan_by_id)
def submit_target_table(plan: Plan) -> Response:
    """Show what a table would change; once that is confirmed, change it."""
    form = TargetTableForm()
    form.validate()
    try:
        table = sent_table(form)
        changes = changes_by_table(plan, table, form.terms)
        problems = target_problems(plan, form.terms, changes.targets)
        write_further_problems(form, problems)
        form.shown.data, form.name.data = table.as_csv, table.name
        if not changes.differing:
            raise BadInput(NO_DIFFERENCE)
        shown = ShownDifference(() if form.errors else changes.differing, form.terms.effective_on)
        if form.errors or form.confirmed.data != shown.digest:
            status = 422 if form.errors else 200
            return plan_targets_page(plan, form, shown, warnings=changes.warnings, status=status)
        count = store_target_table(plan, table, form.terms, by=current_person())
    except BadInput as refusal:
        return plan_targets_page(plan, form, ShownDifference(problem=refusal), status=422)
    toast = f"已导入 {count} {COUNTED[table.aspect]}。"
    return go_to("target_tables.show_plan_targets", plan_id=plan.id, toast=toast)


def sent_table(form: TargetTableForm) -> TargetTable:
    """Return the uploaded table, else the one whose changes were shown. Raises BadInput."""
    file = form.table.data
    if file:
        return parse_target_table(file.read(), file.filename or "")
    if not form.shown.data:
        raise BadInput(NO_TABLE)
    kept = parse_target_table(form.shown.data.encode(), SHOWN_TABLE)
    return replace(kept, name=form.name.data or SHOWN_TABLE)


def plan_targets_page(
    plan: Plan,
    form: TargetTableForm,
    difference: ShownDifference,
    *,
    warnings: tuple[str, ...] = (),
    status: int = 200,
) -> Response:
    return page_or_fragment(
        "plan/assignments/plan_targets.html",
        status=status,
        plan=plan,
        rows=targets_of_plan(plan),
        form=form,
        difference=difference,
        warnings=warnings,
    )
