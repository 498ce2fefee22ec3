"""A department answers what the office suggests for its words."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.errors import FieldProblems, IllegalTransition
from app.base.settings.current import current_settings
from app.filing.core import queries as filings
from app.filing.core.lights import thresholds_of
from app.filing.department.details import details_of
from app.filing.department.form_pages import filing_form_page
from app.filing.department.forms import DeclineForm
from app.filing.suggestions import operations, queries
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.rules import SuggestionStep
from app.web.forms import write_problems
from app.web.responses import go_to

bp = Blueprint("suggestions", __name__, url_prefix="/filings/suggestions")


@bp.post("/<int:suggestion_id>/<any(agree,decline):verdict>")
@allowed(Action.ANSWER_SUGGESTION, suggestion=queries.find_suggestion)
def answer_from_form(suggestion: WordingSuggestion, verdict: str) -> Response:
    """Agree, or decline with a word; the page of the filing stays."""
    form, by = DeclineForm.sent_on(suggestion.id), current_person()
    try:
        if verdict == SuggestionStep.AGREE:
            operations.agree_to_suggestion(suggestion, by=by, thresholds=thresholds_of(current_settings()))
        else:
            operations.decline_suggestion(suggestion, form.answer.data or "", by=by)
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return filing_page_with(suggestion, form, status=422)
    except IllegalTransition as refusal:
        return filing_page_with(suggestion, form, status=409, obstacle=refusal.sentence)
    toast = f"{suggestion.label}：{suggestion.state.label}。街道办公室会收到答复。"
    return go_to("filing.show_filing", filing_id=suggestion.filing_id, toast=toast)


def filing_page_with(
    suggestion: WordingSuggestion, form: DeclineForm, *, status: int, obstacle: str = ""
) -> Response:
    """Return the filing's page as it stands now, with what was typed about one suggestion."""
    filing = require_row(filings.find_filing(suggestion.filing_id))
    details = details_of(filing, reader=current_person(), settings=current_settings())

    def form_on(suggestion_id: int) -> DeclineForm:
        return form if suggestion_id == suggestion.id else DeclineForm.empty_on(suggestion_id)

    return filing_form_page(details, status=status, decline_form_on=form_on, obstacle=obstacle)
