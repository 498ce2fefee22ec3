"""The office suggests other words for a filing to its department, and takes a suggestion back."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.filing.review.forms import suggestion_form_over
from app.filing.review.views import MOVED, reviewed_filing_page
from app.filing.suggestions import operations, queries
from app.filing.suggestions.models import WordingSuggestion
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to

bp = Blueprint("suggesting", __name__, url_prefix="/review")


@bp.post("/<int:filing_id>/suggest")
@allowed(Action.SUGGEST_WORDING, filing=filings.find_filing)
def suggest_from_form(filing: Filing) -> Response:
    """Send what was changed in the texts to the department; the page stays."""
    form, version = suggestion_form_over(filing)(), hidden_number("version")
    try:
        made = operations.suggest_wording(
            filing, form.read_texts(), by=current_person(), version=version, note=form.note.data or ""
        )
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return reviewed_filing_page(stored_filing(filing), suggesting=form, version=version, status=422)
    except (StaleVersion, IllegalTransition) as conflict:
        why = MOVED if isinstance(conflict, StaleVersion) else conflict.sentence
        return reviewed_filing_page(stored_filing(filing), suggesting=form, status=409, obstacle=why)
    labels = "、".join(one.label for one in made)
    toast = f"{labels}的改字建议已送{filing.department.short_name}，答复后会提醒您。"
    return go_to("review.show_reviewed", filing_id=filing.id, toast=toast)


@bp.post("/suggestions/<int:suggestion_id>/withdraw")
@allowed(Action.SUGGEST_WORDING, suggestion=queries.find_suggestion)
def withdraw_from_page(suggestion: WordingSuggestion) -> Response:
    try:
        operations.withdraw_suggestion(suggestion, by=current_person())
    except IllegalTransition as refusal:
        return reviewed_filing_page(suggestion.filing, status=409, obstacle=refusal.sentence)
    return go_to("review.show_reviewed", filing_id=suggestion.filing_id, toast="改字建议已撤回。")


def stored_filing(filing: Filing) -> Filing:
    return require_row(filings.find_filing(filing.id))
