"""The last step of a draft that revises a stored plan: difference, day, confirmation."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.authority.policy import Action
from app.base.days import written_day
from app.base.errors import BadInput, StaleVersion
from app.plan.measure_changes.forms import NewTermsForm
from app.plan.preview import queries
from app.plan.preview.models import ImportDraft
from app.plan.preview.plan_revision import PlanDifference, numbers_of_change, revise_plan
from app.web.forms import hidden_number, write_further_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("plan_revision", __name__, url_prefix="/plan/new")


@bp.get("/<int:import_draft_id>/revision")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def show_revision(import_draft: ImportDraft) -> Response:
    """Show what the draft changes in the plan as it is today."""
    if import_draft.revised_plan is None:
        return go_to("plan_preview.show_confirmation", import_draft_id=import_draft.id)
    return revision_page(import_draft, NewTermsForm(formdata=None))


@bp.post("/<int:import_draft_id>/revision")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
@once_per_form
def revise_from_form(import_draft: ImportDraft) -> Response:
    """Show the difference on the day typed; once it is confirmed, revise the plan."""
    form = NewTermsForm()
    try:
        difference = examined_difference(import_draft, form)
        if form.errors or difference.obstacles:
            return revision_page(import_draft, form, 422)
        if form.confirmed.data != difference.digest:
            return revision_page(import_draft, form, is_shown=True)
        revision = revise_plan(
            import_draft, form.terms, by=current_person(), version=hidden_number("version")
        )
    except (BadInput, StaleVersion) as refusal:
        current = require_row(queries.find_import(import_draft.id))
        return revision_page(current, form, refusal.status, refusal.sentence)
    toast = f"修订已办理：自{written_day(revision.effective_on)}起有效。"
    if difference.changes_leads:
        return go_to("former_leads.show_handover", plan_id=difference.plan.id, toast=toast)
    return go_to("plan.show_plan", year=difference.plan.year, toast=toast)


def examined_difference(draft: ImportDraft, form: NewTermsForm) -> PlanDifference:
    """Return the difference, with problems of day, reason and paper beside their fields."""
    form.validate()
    difference = PlanDifference(draft, form.terms)
    wrong = difference.field_problems
    write_further_problems(form, wrong)
    return difference


def revision_page(
    draft: ImportDraft,
    form: NewTermsForm,
    status: int = 200,
    obstacle: str = "",
    *,
    is_shown: bool = False,
) -> Response:
    """Return the page; it can be confirmed if the difference on the day typed `is_shown`."""
    return page_or_fragment(
        "plan/preview/revision/revision.html",
        "revision",
        status=status,
        draft=draft,
        form=form,
        difference=PlanDifference(draft, form.terms),
        numbers_of_change=numbers_of_change,
        obstacle=obstacle,
        is_shown=is_shown,
    )
