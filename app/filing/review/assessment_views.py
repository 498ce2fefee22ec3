"""What the office expects of a measure's year, on the page on which it reviews the filing."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import FieldProblems, IllegalTransition
from app.base.text import REASON_LENGTH
from app.filing.core import queries as filings
from app.filing.core.measure_status import criteria_sentence
from app.filing.core.models import Filing
from app.filing.review.forecast_assessments import assess_forecast, assessment_on
from app.filing.review.forms import AssessmentForm
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("assessing", __name__, url_prefix="/review")


@bp.get("/<int:filing_id>/assessment")
@allowed(Action.ASSESS_FORECAST, filing=filings.find_filing)
def show_assessment(filing: Filing) -> Response:
    return assessment_page(filing)


@bp.post("/<int:filing_id>/assessment")
@allowed(Action.ASSESS_FORECAST, filing=filings.find_filing)
def submit_assessment(filing: Filing) -> Response:
    """Keep what the office expects; the page of the review comes back."""
    form = AssessmentForm()
    try:
        assess_forecast(filing, form.forecast.data, form.reason.data or "", by=current_person())
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return assessment_page(filing, form, status=422)
    except IllegalTransition as refusal:
        return assessment_page(filing, form, status=409, obstacle=refusal.sentence)
    return go_to("review.show_reviewed", filing_id=filing.id, toast="办公室研判已写在部门的预计旁边。")


def assessment_page(
    filing: Filing, form: AssessmentForm | None = None, *, status: int = 200, obstacle: str = ""
) -> Response:
    known = assessment_on(filing)
    return page_or_fragment(
        "filing/review/assessment/assessment.html",
        "filing/review/assessment/_assessment.html",
        status=status,
        filing=filing,
        assessment=known,
        form=form or AssessmentForm(formdata=None, obj=known),
        criteria=criteria_sentence(),
        reason_length=REASON_LENGTH,
        obstacle=obstacle,
    )
