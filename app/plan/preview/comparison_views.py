"""The step of comparing a draft with last year's plan."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.authority.policy import Action
from app.base.errors import StaleVersion
from app.base.text import plain_text
from app.plan.preview import operations, queries
from app.plan.preview.comparison_page import ComparisonPage
from app.plan.preview.models import ImportDraft
from app.web.forms import hidden_number
from app.web.responses import go_to, page_or_fragment

CHANGED_MEANWHILE = "他人刚刚改动过这份导入稿。您填写的都在下面，与别人所存不同的已标出，请核对后再保存。"

bp = Blueprint("plan_comparison", __name__, url_prefix="/plan/new")


@bp.get("/<int:import_draft_id>/comparison")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def show_comparison(import_draft: ImportDraft) -> Response:
    return comparison_response(ComparisonPage(import_draft))


@bp.post("/<int:import_draft_id>/comparison")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
@once_per_form
def choose_from_form(import_draft: ImportDraft) -> Response:
    """Store which of last year's measures those of the draft continue."""
    typed = {name: plain_text(value) for name, value in request.form.items()}
    comparison = ComparisonPage(import_draft, typed)
    if comparison.problems:
        obstacle = f"有的编号{comparison.words.beside}没有，请改正标出的各项。"
        return comparison_response(comparison, 422, obstacle)
    try:
        operations.choose_predecessors(
            import_draft,
            comparison.chosen,
            carries="carries" in request.form,
            by=current_person(),
            version=hidden_number("version"),
        )
    except StaleVersion as refusal:
        current = require_row(queries.find_import(import_draft.id))
        page = ComparisonPage(current, typed, shows_stored=True)
        return comparison_response(page, refusal.status, CHANGED_MEANWHILE)
    next_step = "plan_duties.show_duties" if import_draft.revised_plan else "carry_over.show_step"
    return go_to(next_step, import_draft_id=import_draft.id, toast="已保存对照。")


def comparison_response(comparison: ComparisonPage, status: int = 200, obstacle: str = "") -> Response:
    return page_or_fragment(
        "plan/preview/comparison/comparison.html",
        "comparison",
        status=status,
        draft=comparison.draft,
        comparison=comparison,
        obstacle=obstacle,
    )
