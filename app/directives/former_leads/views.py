"""The page on which the office hands over the work of former lead departments."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import DomainError
from app.base.text import parse_numbers
from app.directives.former_leads.operations import hand_over_to_leads, handover_in_plan
from app.plan.core.models import Plan
from app.plan.core.queries import plan_by_id
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("former_leads", __name__)


@bp.get("/plan/<int:plan_id>/handover")
@allowed(Action.HAND_OVER_DUTY, plan=plan_by_id)
def show_handover(plan: Plan) -> Response:
    return handover_page(plan)


@bp.post("/plan/<int:plan_id>/handover")
@allowed(Action.HAND_OVER_DUTY, plan=plan_by_id)
def submit_handover(plan: Plan) -> Response:
    """Hand over what was ticked."""
    filings, addressees = (set(parse_numbers(request.form.getlist(name))) for name in ("filing", "addressee"))
    try:
        count = hand_over_to_leads(plan, filings, addressees, by=current_person())
    except DomainError as refusal:
        return handover_page(plan, problem=refusal.sentence, status=refusal.status)
    return go_to("former_leads.show_handover", plan_id=plan.id, toast=f"已移交 {count} 件。")


def handover_page(plan: Plan, *, problem: str = "", status: int = 200) -> Response:
    return page_or_fragment(
        "directives/former_leads/former_leads.html",
        status=status,
        plan=plan,
        handover=handover_in_plan(plan),
        problem=problem,
    )
