"""The office's review: the matrix of a quarter, the page of one filing, decisions and suggestions."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.clock import today
from app.base.errors import (
    BadInput,
    FieldProblems,
    IllegalTransition,
    StaleVersion,
)
from app.base.settings.current import current_settings
from app.base.text import quoted_title
from app.filing.core import operations, queries
from app.filing.core.life_cycle import FILING_STAGES, ReturnKind
from app.filing.core.measure_status import criteria_sentence
from app.filing.core.models import Filing
from app.filing.department.filing_details import details_of
from app.filing.department.forms import (
    ReturnForm,
    read_filings,
)
from app.filing.department.text_comparison import comparison_wanted
from app.filing.review.forecast_assessments import assess_forecast, assessment_on
from app.filing.review.forms import (
    OPENED_DECISIONS,
    SUGGEST,
    AssessmentForm,
    ReopenForm,
    SendBackForm,
    SuggestionForm,
    suggestion_form_over,
)
from app.filing.review.matrix.quarter_matrix import BY_DEPARTMENT, BY_MEASURE, MatrixChoice
from app.filing.review.matrix.queries import matrix_of_quarter
from app.filing.review.models import ReturnPhrase
from app.filing.review.queries import decision_obstacle
from app.filing.review.return_phrases import phrases_by_kind, reason_with_phrases
from app.filing.review.waiting_filings import queue_around
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.operations import suggest_wording, withdraw_suggestion
from app.filing.suggestions.queries import find_suggestion
from app.periods.chosen_period import chosen_quarter
from app.periods.models import Period
from app.periods.queries import work_calendar
from app.web.forms import hidden_number, member_of, write_problems
from app.web.responses import go_to, page_or_fragment

MOVED = "在您审核期间，这份填报有了变化，刚才的操作没有办成。下面是最新内容，请看过后再办理。"

bp = Blueprint("review", __name__, url_prefix="/review")


@bp.get("")
@allowed(Action.REVIEW_FILING)
def show_matrix() -> Response:
    """Show the filings of the current quarter or of ``?period=2026Q2``."""
    return matrix_page(tick_all="tick" in request.args)


@bp.post("/accept-all")
@allowed(Action.ACCEPT_FILING)
def accept_ticked() -> Response:
    """Accept the ticked filings: all or none; the matrix stays as it was chosen."""
    try:
        read = read_filings("没有收到要采用的填报，一份也没有采用。请勾选后再办理。")
        operations.accept_filings(read, by=current_person())
    except (BadInput, IllegalTransition) as refusal:
        return matrix_page(refusal.status, refusal.sentence, ticked=request.form.getlist("read"))
    toast = f"已采用 {len(read)} 份填报。"
    return go_to("review.show_matrix", **matrix_choice(read[0].filing.period).address_arguments, toast=toast)


@bp.get("/<int:filing_id>")
@allowed(Action.REVIEW_FILING, filing=queries.find_filing)
def show_reviewed(filing: Filing) -> Response:
    """Show one filing beside the plan's wording and its earlier texts."""
    return reviewed_filing_page(filing)


@bp.post("/<int:filing_id>/accept")
@allowed(Action.ACCEPT_FILING, filing=queries.find_filing)
def accept_reviewed(filing: Filing) -> Response:
    """Accept one filing; go on to the next that waits."""
    try:
        operations.accept_filing(filing, by=current_person(), version=hidden_number("version"))
    except (StaleVersion, IllegalTransition) as conflict:
        return changed_review_page(filing, conflict)
    return go_to_next_waiting(filing, "已采用")


@bp.post("/<int:filing_id>/send-back")
@allowed(Action.SEND_BACK_FILING, filing=queries.find_filing)
def send_back_reviewed(filing: Filing) -> Response:
    """Send one filing back with a reason; go on to the next that waits."""
    form = SendBackForm()
    operation = partial(operations.send_back_filing, kind=form.kind.data or ReturnKind.CORRECT)
    return try_with_reason(operation, filing, form) or go_to_next_waiting(filing, "已退回")


@bp.post("/<int:filing_id>/reopen")
@allowed(Action.REOPEN_FILING, filing=queries.find_filing)
def reopen_accepted(filing: Filing) -> Response:
    """Reopen an accepted filing with a reason; stay on the page."""
    sentence = f"{filing.department.short_name}可以修改这份填报了，改好须重新提交。"
    refusal = try_with_reason(operations.reopen_filing, filing, ReopenForm())
    return refusal or go_to("review.show_reviewed", filing_id=filing.id, toast=sentence)


def try_with_reason(operation: Callable[..., None], filing: Filing, form: ReturnForm) -> Response | None:
    """Run an operation that needs a reason; if it is refused, show the page again with the reason typed."""
    version, phrases = hidden_number("version"), offered_phrases(form)
    reason = reason_with_phrases(phrases, request.form.getlist("phrase"), form.reason.data or "")
    try:
        operation(filing, by=current_person(), version=version, reason=reason)
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return reviewed_filing_page(
            require_row(queries.find_filing(filing.id)), form=form, version=version, status=422
        )
    except (StaleVersion, IllegalTransition) as conflict:
        return changed_review_page(filing, conflict, form)
    return None


def changed_review_page(
    filing: Filing, conflict: StaleVersion | IllegalTransition, form: ReturnForm | None = None
) -> Response:
    """Return the page of a filing as it is stored now, with why nothing was done."""
    why = MOVED if isinstance(conflict, StaleVersion) else conflict.sentence
    return reviewed_filing_page(
        require_row(queries.find_filing(filing.id)), form=form, status=409, obstacle=why
    )


def go_to_next_waiting(filing: Filing, outcome: str) -> Response:
    """Go on to the next waiting filing, or back to the matrix."""
    sentence = f"{filing.department.short_name}{quoted_title(filing.measure.title)}{outcome}。"
    queue = queue_around(filing)
    if queue.following_waiting is None:
        toast = f"{sentence}本季度没有待采用的填报了。"
        return go_to("review.show_matrix", period=filing.period.quarter.code, toast=toast)
    return go_to(
        "review.show_reviewed",
        filing_id=queue.following_waiting.id,
        toast=f"{sentence}还有 {len(queue)} 份待采用。",
    )


def reviewed_filing_page(
    filing: Filing,
    *,
    form: ReturnForm | None = None,
    suggesting: SuggestionForm | None = None,
    version: int | None = None,
    status: int = 200,
    obstacle: str = "",
) -> Response:
    """Return the page of one filing; `form` holds a reason that was typed already."""
    details = details_of(filing, reader=current_person(), settings=current_settings())
    form = form or asked_decision_form(filing)
    can_open = details.can_reopen if isinstance(form, ReopenForm) else details.can_send_back
    return page_or_fragment(
        "filing/review/filing.html",
        status=status,
        details=details,
        comparison=comparison_wanted(details, wanted=request.args.get("beside"), reader=current_person()),
        queue=queue_around(filing),
        decision_obstacle=decision_obstacle(filing),
        form=form,
        suggesting=asked_suggestion_form(filing, suggesting) if details.can_suggest else None,
        opened=OPENED_DECISIONS[form.decision] if form and can_open else None,
        version=version or filing.version,
        obstacle=obstacle,
        offered=offered_phrases(form),
        ticked_phrases=request.form.getlist("phrase"),
    )


def offered_phrases(form: ReturnForm | None) -> list[ReturnPhrase]:
    """Return the frequently used reasons for the kind of decision of a form."""
    return phrases_by_kind()[form.return_kind] if isinstance(form, SendBackForm) else []


def asked_suggestion_form(filing: Filing, form: SuggestionForm | None) -> SuggestionForm | None:
    """Return the suggestion form as sent, or as the address opens it with the department's text."""
    if form is None and request.args.get("decide") == SUGGEST:
        return suggestion_form_over(filing)(formdata=None, obj=filing)
    return form


def asked_decision_form(filing: Filing) -> ReturnForm | None:
    """Return the form that the address opens (``?decide=supplement``), with a reason typed in another one."""
    asked, typed = request.args.get("decide"), {"reason": request.args.get("reason", "")}
    if filing.is_accepted:
        return ReopenForm(formdata=None, data=typed) if asked == ReopenForm.decision else None
    kind = member_of(ReturnKind)(asked)
    return SendBackForm(formdata=None, data={**typed, "kind": kind}) if kind else None


def matrix_page(
    status: int = 200, obstacle: str = "", *, ticked: Collection[str] | None = None, tick_all: bool = False
) -> Response:
    """Return the matrix as chosen in the address; `ticked` are the boxes that a form sent."""
    choice = chosen_quarter()
    period = choice.period
    return page_or_fragment(
        "filing/review/matrix/matrix.html",
        "matrix",
        status=status,
        choice=choice,
        period=period,
        matrix=matrix_of_quarter(period, matrix_choice(period, ticked)) if period else None,
        today=today(),
        calendar=work_calendar(),
        obstacle=obstacle,
        tick_all=tick_all,
    )


def matrix_choice(period: Period, ticked: Collection[str] | None = None) -> MatrixChoice:
    """Return what the address chooses; a wrong value chooses nothing. `ticked` replaces the ticks in the address."""
    asked = request.args
    return MatrixChoice(
        period=period.quarter.code,
        by=BY_DEPARTMENT if asked.get("by") == BY_DEPARTMENT else BY_MEASURE,
        state=member_of(FILING_STAGES)(asked.get("state")),
        department=asked.get("department", type=int),
        part=asked.get("part", type=int),
        page=asked.get("page", default=1, type=int),
        ticked=tuple(dict.fromkeys(asked.getlist("read") if ticked is None else ticked)),
    )


@bp.post("/<int:filing_id>/suggest")
@allowed(Action.SUGGEST_WORDING, filing=queries.find_filing)
def suggest_from_form(filing: Filing) -> Response:
    """Send the changed texts to the department as suggestions; stay on the page."""
    form, version = suggestion_form_over(filing)(), hidden_number("version")
    try:
        made = suggest_wording(
            filing, form.read_texts(), by=current_person(), version=version, note=form.note.data or ""
        )
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return reviewed_filing_page(filing_as_stored(filing), suggesting=form, version=version, status=422)
    except (StaleVersion, IllegalTransition) as conflict:
        why = MOVED if isinstance(conflict, StaleVersion) else conflict.sentence
        return reviewed_filing_page(filing_as_stored(filing), suggesting=form, status=409, obstacle=why)
    labels = "、".join(one.label for one in made)
    toast = f"{labels}的改字建议已送{filing.department.short_name}，答复后会提醒您。"
    return go_to("review.show_reviewed", filing_id=filing.id, toast=toast)


@bp.post("/suggestions/<int:suggestion_id>/withdraw")
@allowed(Action.SUGGEST_WORDING, suggestion=find_suggestion)
def withdraw_suggestion_from_page(suggestion: WordingSuggestion) -> Response:
    try:
        withdraw_suggestion(suggestion, by=current_person())
    except IllegalTransition as refusal:
        return reviewed_filing_page(suggestion.filing, status=409, obstacle=refusal.sentence)
    return go_to("review.show_reviewed", filing_id=suggestion.filing_id, toast="改字建议已撤回。")


def filing_as_stored(filing: Filing) -> Filing:
    return require_row(queries.find_filing(filing.id))


@bp.get("/<int:filing_id>/assessment")
@allowed(Action.ASSESS_FORECAST, filing=queries.find_filing)
def show_assessment(filing: Filing) -> Response:
    return assessment_page(filing)


@bp.post("/<int:filing_id>/assessment")
@allowed(Action.ASSESS_FORECAST, filing=queries.find_filing)
def submit_assessment(filing: Filing) -> Response:
    """Store the office's assessment; stay on the page."""
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
        status=status,
        filing=filing,
        assessment=known,
        form=form or AssessmentForm(formdata=None, obj=known),
        criteria=criteria_sentence(),
        obstacle=obstacle,
    )
