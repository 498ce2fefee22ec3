"""A department's filings: the task list, the page of one filing, and the check before submitting."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState
from htmx_flask import request as htmx_request

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.clock import now
from app.base.errors import BadInput, FieldProblems, IllegalTransition, StaleVersion
from app.base.settings.current import current_settings
from app.filing.core import content_reading, operations, queries
from app.filing.core.content import FURTHER_TEXTS, LONG_TEXTS
from app.filing.core.lights import thresholds_of
from app.filing.core.merging import WrittenFiling, marks_of, with_tied
from app.filing.core.models import Filing
from app.filing.core.operations import SavedFiling
from app.filing.core.own_duties import own_duties
from app.filing.core.submission_checks import questions_about, submitting_problems
from app.filing.department.filing_details import PlannedParts, details_of, planned_parts_of
from app.filing.department.form_pages import (
    FORM,
    SAVED_ONLY,
    filing_form_page,
    form_beside_stored,
    form_details,
    is_autosave,
    over_whole_form,
    saved_form_page,
)
from app.filing.department.forms import DeclineForm, FilingForm, read_filings
from app.filing.department.home import department_home
from app.filing.department.own_quarters import quarters_to_do, require_own_period
from app.filing.department.quarter_check import check_quarter
from app.filing.department.task_list import next_filing_for
from app.filing.presence.operations import note_and_read_presence
from app.filing.presence.queries import others_on
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.operations import agree_to_suggestion, decline_suggestion
from app.filing.suggestions.queries import find_suggestion
from app.filing.suggestions.rules import SuggestionStep
from app.periods.chosen_period import chosen_period, is_quarter_in_address, quarter_choice
from app.web.forms import write_problems
from app.web.responses import go_to, is_htmx_request, page_or_fragment, with_toast

NOTHING_TICKED = "没有勾选任何一项，什么也没有提交。请勾选要提交的各项。"

bp = Blueprint("filing", __name__, url_prefix="/filings")


@bp.record_once
def name_long_texts(state: BlueprintSetupState) -> None:
    """Give the templates the long texts of a filing with their labels, in order."""
    state.app.jinja_env.globals.update(long_texts=LONG_TEXTS, further_texts=FURTHER_TEXTS)


@bp.get("", endpoint="task_list")
@allowed(Action.WRITE_FILING)
def show_task_list() -> Response:
    """Show the filings that the person's departments have to write, in every open quarter or in ``?period=2026Q2``.

    An htmx request gets only what is left to do.
    """
    is_chosen = is_quarter_in_address()
    duties = own_duties(current_person())
    periods = list(filter(None, [chosen_period()])) if is_chosen else quarters_to_do(current_person(), duties)
    home = department_home(periods, duties, user=current_person(), is_chosen=is_chosen)
    return page_or_fragment(
        "filing/department/home/home.html",
        "work_left",
        home=home,
        is_home=not is_chosen or home.step is not None,
        choice=quarter_choice(periods[0] if len(periods) == 1 else None),
    )


@bp.get("/<int:filing_id>")
@allowed(Action.READ_FILING, filing=queries.find_filing)
def show_filing(filing: Filing) -> Response:
    """Show one filing beside the plan's wording, as a form to those who can write it now."""
    details = details_of(filing, reader=current_person(), settings=current_settings())
    if not details.is_watched:
        return filing_form_page(details)
    return filing_form_page(details, others=others_on(filing, reader=current_person()))


@bp.post("/<int:filing_id>")
@allowed(Action.WRITE_FILING, filing=queries.find_filing)
def save_typed(filing: Filing) -> Response:
    """Save whatever is valid, and stay on the page."""
    planned = planned_parts_of(filing)
    form = sent_filing_form(filing, planned)
    written = written_filing(form)
    try:
        saved = operations.save_written(
            filing, written, by=current_person(), thresholds=thresholds_of(current_settings())
        )
    except IllegalTransition as refusal:
        return form_beside_stored(filing, form, refusal.sentence)
    status = refusal_status(saved, written)
    sentence = f"已保存 {now():%H:%M}"
    if not is_htmx_request() and status == 200:
        return go_to("filing.show_filing", filing_id=filing.id, toast=sentence)
    is_whole = is_whole_form_wanted()
    answer = saved_form_page(
        None if is_whole and status == 200 else form,
        written,
        saved,
        planned=planned,
        status=200 if is_autosave() else status,
        fragment=FORM if is_whole else SAVED_ONLY,
        others=note_and_read_presence(saved.filing, by=current_person(), writes=True),
    )
    if is_autosave():
        return answer
    return with_toast(answer, sentence if status == 200 else f"{sentence}，标出的几处除外。")


@bp.post("/<int:filing_id>/submit")
@allowed(Action.SUBMIT_FILING, filing=queries.find_filing)
def submit_typed(filing: Filing) -> Response:
    """Save; if nothing is open, submit and go on to the next filing."""
    planned = planned_parts_of(filing)
    form = sent_filing_form(filing, planned)
    written = written_filing(form)
    try:
        saved = operations.save_written(
            filing, written, by=current_person(), thresholds=thresholds_of(current_settings())
        )
        status = refusal_status(saved, written)
        if status == 200:
            status = try_to_submit(saved.filing, form)
    except (StaleVersion, IllegalTransition) as refusal:
        return form_beside_stored(filing, form, refusal.sentence)
    if status != 200:
        answer = saved_form_page(
            form,
            written,
            saved,
            planned=planned,
            status=status,
            fragment=FORM,
            asks=status == 422 and not form.errors,
        )
        return over_whole_form(answer)
    sentence = f"第 {filing.measure.position} 项已提交，现在是“{saved.filing.state.label}”。"
    return go_to_next_filing(
        next_filing_for(filing, Action.SUBMIT_FILING, user=current_person()),
        filing,
        sentence,
        anchor="progress",
    )


def try_to_submit(filing: Filing, form: FilingForm) -> int:
    """Submit what was just saved; return 422 if it lacks something, or if it raises a question that the page has not
    shown. Raises StaleVersion, IllegalTransition.
    """
    content, asked = content_reading.content_of_filing(filing), content_reading.indicators_for(filing)
    problems = submitting_problems(content, filing.period.quarter, asked)
    write_problems(form, problems)
    questions = questions_about(content, content_reading.last_accepted_content(filing), asked)
    asks = questions.keys() - set(request.form.getlist("shown"))
    if problems or asks:
        return 422
    operations.submit_filing(filing, by=current_person(), version=filing.version)
    return 200


def refusal_status(saved: SavedFiling, written: WrittenFiling) -> int:
    """Return 200 if everything is stored, 409 if others changed the same fields, 422 if something is invalid."""
    if saved.merged.conflicts:
        return 409
    return 422 if saved.problems or written.unreadable else 200


def is_whole_form_wanted() -> bool:
    """Return whether the page needs its whole form again: it shows a refusal that is settled now."""
    return bool(htmx_request.htmx.target == "filing-form")


def written_filing(form: FilingForm) -> WrittenFiling:
    """Return the filing as sent.

    A person who uses a button has seen what others stored: then what the form holds is stored, or what is stored is
    kept where that was chosen (``use=progress``).
    """
    written = form.read_written()
    if is_autosave() or written.marks is None:
        return written
    seen = dict(value.split(":", 1) for value in request.form.getlist("seen") if ":" in value)
    left_alone = with_tied(request.form.getlist("use"))
    own = marks_of({name: form[name].data for name in left_alone & set(form.field_names())})
    return replace(written, marks={**written.marks, **seen, **own})


def sent_filing_form(filing: Filing, planned: PlannedParts) -> FilingForm:
    """Return the form as sent. Without a script a button 沿用 (``take=progress``) sends it, and its value is filled in
    here.
    """
    form = planned.form_in(filing.period.number)()
    if pressed := request.form.getlist("take"):
        offers = form_details(filing, planned).offers_for(form.read_content())
        form.take_over(offers.values_to_take(pressed))
    return form


def go_to_next_filing(
    following: Filing | None, filing: Filing, sentence: str, *, anchor: str | None = None
) -> Response:
    """Go on to the next filing on which the same step is possible, at `anchor` of its page, or back to the list."""
    if following is None:
        return go_to("filing.task_list", period=filing.period.quarter.code, toast=sentence)
    toast = f"{sentence}下面是第 {following.measure.position} 项。"
    return go_to("filing.show_filing", filing_id=following.id, _anchor=anchor, toast=toast)


@bp.get("/check")
@allowed(Action.SUBMIT_FILING)
def show_check() -> Response:
    """Show everything that is still to be submitted in the most urgent quarter or in ``?period=2026Q2``; ``?tick=all``
    ticks what is ready.
    """
    return check_page()


@bp.post("/submit-all")
@allowed(Action.SUBMIT_FILING)
def submit_ticked() -> Response:
    """Submit the ticked filings at the versions that the page showed: all or none."""
    try:
        read = read_filings(NOTHING_TICKED)
        operations.submit_filings(read, by=current_person())
    except (BadInput, IllegalTransition) as refusal:
        return check_page(refusal.status, refusal.sentence)
    period = read[0].filing.period
    left = len(check_quarter(period, user=current_person()).rows)
    needs_sign_off = any(one.filing.department.needs_sign_off for one in read)
    toast = f"已提交 {len(read)} 份，接下来由{'部门负责人审签' if needs_sign_off else '街道办公室审核'}。"
    if left:
        toast += f"还有 {left} 项未提交。"
    return go_to("filing.task_list", period=period.quarter.code, toast=toast)


def check_page(status: int = 200, obstacle: str = "") -> Response:
    """Return the check page; `obstacle` says why nothing was submitted, and what was ticked stays ticked.

    At first the filings are ticked that their writer marked as filled and that lack nothing.
    """
    check = check_quarter(require_own_period(), user=current_person())
    first = check.ready_values if request.args.get("tick") == "all" else check.filled_values
    return page_or_fragment(
        "filing/department/check/check.html",
        status=status,
        check=check,
        obstacle=obstacle,
        ticked=first if request.method == "GET" else request.form.getlist("read"),
    )


@bp.post("/suggestions/<int:suggestion_id>/<any(agree,decline):verdict>")
@allowed(Action.ANSWER_SUGGESTION, suggestion=find_suggestion)
def answer_suggestion_from_form(suggestion: WordingSuggestion, verdict: str) -> Response:
    """Agree to a suggestion or decline it with a reason; stay on the page."""
    form, by = DeclineForm.sent_on(suggestion.id), current_person()
    try:
        if verdict == SuggestionStep.AGREE:
            agree_to_suggestion(suggestion, by=by, thresholds=thresholds_of(current_settings()))
        else:
            decline_suggestion(suggestion, form.answer.data or "", by=by)
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
    """Return the filing's page as stored now, with what was typed about one suggestion."""
    filing = require_row(queries.find_filing(suggestion.filing_id))
    details = details_of(filing, reader=current_person(), settings=current_settings())

    def form_on(suggestion_id: int) -> DeclineForm:
        return form if suggestion_id == suggestion.id else DeclineForm.empty_on(suggestion_id)

    return filing_form_page(details, status=status, decline_form_on=form_on, obstacle=obstacle)
