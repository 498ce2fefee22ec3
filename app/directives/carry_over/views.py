"""The carry-over page: a step of importing a plan, and a page of a stored plan."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.authority.policy import Action
from app.base.errors import DomainError, StaleVersion
from app.base.text import plain_text
from app.directives.carry_over.operations import (
    can_carry_over,
    carry_over_measures,
    plan_carry_overs,
    take_back_carry_over,
)
from app.directives.carry_over.page import (
    CarryOverPage,
    decisions_on_plan,
    page_of_draft,
    page_of_plan,
)
from app.directives.carry_over.year_end import carry_overs_of, turn_into_year
from app.directives.core.carry_overs import MeasureCarryOver
from app.plan.core.models import Plan
from app.plan.core.queries import plan_by_id
from app.plan.preview.models import ImportDraft
from app.plan.preview.queries import find_import
from app.web.forms import hidden_number
from app.web.responses import go_to, page_or_fragment

CORRECT_THESE = "有的还不能办理，请改正标出的各项。"
CHANGED_MEANWHILE = "他人刚刚改动过这份导入稿。您填写的都在下面，与别人所存不同的已标出，请核对后再保存。"

bp = Blueprint("carry_over", __name__)


def find_carry_over(carry_over_id: int) -> MeasureCarryOver | None:
    return next(iter(carry_overs_of(MeasureCarryOver.id == carry_over_id)), None)


@bp.get("/plan/new/<int:import_draft_id>/carry-over")
@allowed(Action.CARRY_OVER_MEASURES, import_draft=find_import)
def show_step(import_draft: ImportDraft) -> Response:
    """Show last year's unfinished measures; ``?tick=all`` preselects all proposals. A revision of a plan skips this."""
    if import_draft.revised_plan:
        return go_to("plan_duties.show_duties", import_draft_id=import_draft.id)
    return step_page(import_draft, page_of_draft(import_draft, carries_proposed=is_all_ticked()))


@bp.post("/plan/new/<int:import_draft_id>/carry-over")
@allowed(Action.CARRY_OVER_MEASURES, import_draft=find_import)
@once_per_form
def keep_from_form(import_draft: ImportDraft) -> Response:
    """Store on the draft what is to be carried over."""
    typed = typed_fields()
    page = page_of_draft(import_draft, typed)
    if page.problems:
        return step_page(import_draft, page, 422, CORRECT_THESE)
    try:
        version = hidden_number("version")
        plan_carry_overs(import_draft, page.decisions, by=current_person(), version=version)
    except StaleVersion as refusal:
        current = require_row(find_import(import_draft.id))
        page = page_of_draft(current, typed, shows_stored=True)
        return step_page(current, page, refusal.status, CHANGED_MEANWHILE)
    return go_to("plan_duties.show_duties", import_draft_id=import_draft.id, toast="已保存结转。")


@bp.get("/plan/<int:plan_id>/carry-over")
@allowed(Action.CARRY_OVER_MEASURES, plan=plan_by_id)
def show_carry_over(plan: Plan) -> Response:
    return plan_page(plan, page_of_plan(plan, carries_proposed=is_all_ticked()))


@bp.post("/plan/<int:plan_id>/carry-over")
@allowed(Action.CARRY_OVER_MEASURES, plan=plan_by_id)
@once_per_form
def submit_carry_over(plan: Plan) -> Response:
    """Carry out the decisions; measures without one stay on the page."""
    page = page_of_plan(plan, typed_fields())
    if page.problems:
        return plan_page(plan, page, 422, CORRECT_THESE)
    decisions = decisions_on_plan(page)
    try:
        carry_over_measures(plan, decisions, by=current_person())
    except DomainError as refusal:
        return plan_page(plan, page_of_plan(plan, page.typed), refusal.status, refusal.sentence)
    return go_to("carry_over.show_carry_over", plan_id=plan.id, toast=f"已办理 {len(decisions)} 项结转。")


@bp.post("/carry-overs/<int:carry_over_id>/take-back")
@allowed(Action.CARRY_OVER_MEASURES, carry_over=find_carry_over)
@once_per_form
def take_back_from_form(carry_over: MeasureCarryOver) -> Response:
    plan = carry_over.plan
    try:
        take_back_carry_over(carry_over, by=current_person())
    except DomainError as refusal:
        return plan_page(plan, page_of_plan(plan), refusal.status, refusal.sentence)
    return go_to("carry_over.show_carry_over", plan_id=plan.id, toast="已撤回。")


@bp.get("/plan/<int:plan_id>/carry-over/left")
@allowed(Action.CARRY_OVER_MEASURES, plan=plan_by_id)
def show_left(plan: Plan) -> Response:
    """Show, in one line of the plan's page, how many of last year's measures are not decided yet."""
    return page_or_fragment(
        "directives/carry_over/left.html",
        plan=plan,
        turn=turn_into_year(plan.year, plan),
        is_open=can_carry_over(plan),
    )


def is_all_ticked() -> bool:
    return request.args.get("tick") == "all"


def typed_fields() -> dict[str, str]:
    return {name: plain_text(value) for name, value in request.form.items()}


def step_page(draft: ImportDraft, page: CarryOverPage, status: int = 200, obstacle: str = "") -> Response:
    return page_or_fragment(
        "directives/carry_over/step.html",
        "carry_over",
        status=status,
        draft=draft,
        carry_over=page,
        obstacle=obstacle,
    )


def plan_page(plan: Plan, page: CarryOverPage, status: int = 200, obstacle: str = "") -> Response:
    return page_or_fragment(
        "directives/carry_over/carry_over.html",
        status=status,
        plan=plan,
        carry_over=page,
        is_open=can_carry_over(plan),
        obstacle=obstacle,
    )
