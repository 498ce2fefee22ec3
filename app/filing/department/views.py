"""A department's filing: its list of the quarter, and one page for each measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState
from htmx_flask import request as htmx_request

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.clock import now
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.base.settings.current import current_settings
from app.base.text import REASON_LENGTH
from app.filing.core import operations, queries
from app.filing.core.content import FURTHER_TEXTS, LONG_TEXTS, TEXT_CEILING, submitting_problems
from app.filing.core.lights import current_thresholds
from app.filing.core.models import Filing
from app.filing.department.details import FilingDetails, contradictions_with_accepted, details_of
from app.filing.department.forms import FilingForm, ReturnForm, filing_form_over
from app.filing.department.own_quarters import quarters_to_do
from app.filing.department.task_list import next_filing_for, task_lists
from app.periods.chosen_period import chosen_period, is_quarter_in_address, quarter_choice
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to, is_htmx_request, page_or_fragment, with_toast

LENGTHS = {"text_ceiling": TEXT_CEILING, "reason_length": REASON_LENGTH}

bp = Blueprint("filing", __name__, url_prefix="/filings")


@bp.record_once
def name_long_texts(state: BlueprintSetupState) -> None:
    """Let templates show the long texts of a filing in their order, under their labels."""
    state.app.jinja_env.globals.update(long_texts=LONG_TEXTS, further_texts=FURTHER_TEXTS)


@bp.get("", endpoint="task_list")
@allowed(Action.WRITE_FILING)
def show_task_list() -> Response:
    """Show what the person's departments have to file: in every quarter with something to do, or ``?period=2026Q2``."""
    if is_quarter_in_address():
        periods = [period for period in (chosen_period(),) if period]
    else:
        periods = quarters_to_do(current_person())
    return page_or_fragment(
        "filing/department/task_list.html",
        "filing/department/_task_list.html",
        lists=task_lists(periods, user=current_person()),
        choice=quarter_choice(periods[0] if len(periods) == 1 else None),
    )


@bp.get("/<int:filing_id>")
@allowed(Action.READ_FILING, filing=queries.find_filing)
def show_filing(filing: Filing) -> Response:
    """Show one filing beside the plan's wording, as a form to those who can write it now."""
    return filing_form_page(details_of(filing, reader=current_person(), settings=current_settings()))


@bp.post("/<int:filing_id>")
@allowed(Action.WRITE_FILING, filing=queries.find_filing)
def save_typed(filing: Filing) -> Response:
    """Keep what was typed; the page stays."""
    refusal = try_operation(operations.save_filing, filing, sent_filing_form(filing))
    if refusal is not None:
        return refusal
    sentence = f"已保存 {now():%H:%M}"
    if not is_htmx_request():
        return go_to("filing.show_filing", filing_id=filing.id, toast=sentence)
    whole = htmx_request.htmx.target == "filing-form"
    fragment = "filing/department/form/_form.html" if whole else "filing/department/form/_saved_only.html"
    answer = filing_form_page(
        details_of(filing, reader=current_person(), settings=current_settings()),
        fragment=fragment,
        saved_now=True,
    )
    return answer if is_autosave() else with_toast(answer, sentence)


@bp.post("/<int:filing_id>/submit")
@allowed(Action.SUBMIT_FILING, filing=queries.find_filing)
def submit_typed(filing: Filing) -> Response:
    """Keep what was typed and hand it in, both or neither; go on to the next one that is not handed in."""
    form = sent_filing_form(filing)
    refusal = form_to_confirm(filing, form) or try_operation(operations.save_and_submit, filing, form)
    if refusal is not None:
        return refusal
    sentence = f"第 {filing.measure.position} 项已提交，现在是“{filing.state.label}”。"
    return go_to_next_filing(
        next_filing_for(filing, Action.SUBMIT_FILING, user=current_person()), filing, sentence
    )


def is_autosave() -> bool:
    """Return whether the page saved by itself: it is answered quietly, and the form is left alone."""
    return "X-Autosave" in request.headers


def sent_filing_form(filing: Filing) -> FilingForm:
    """Return the form of a filing as the browser sent it."""
    return filing_form_over(queries.commitments_for(filing), queries.indicators_for(filing))()


def form_to_confirm(filing: Filing, form: FilingForm) -> Response | None:
    """Return the form where a complete one contradicts what was accepted last, unless the page has shown that."""
    content = form.read_content()
    if not form.validate() or submitting_problems(content, filing.period.quarter):
        return None
    if contradictions_with_accepted(content, queries.last_accepted(filing)).keys() <= set(
        request.form.getlist("shown")
    ):
        return None
    return form_to_resend(filing, form, hidden_number("version"), status=422, asks=True)


def try_operation(operation: Callable[..., None], filing: Filing, form: FilingForm) -> Response | None:
    """Run the operation with what was typed; where it is refused, return the form with all of it, and why."""
    version = hidden_number("version")
    if not form.validate():
        return form_to_resend(filing, form, version, status=422)
    try:
        operation(
            filing,
            form.read_content(),
            by=current_person(),
            version=version,
            thresholds=current_thresholds(),
            filled=form.filled.data,
        )
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return form_to_resend(filing, form, version, status=422)
    except (StaleVersion, IllegalTransition) as conflict:
        return form_beside_stored(filing, form, conflict.sentence)
    return None


def form_to_resend(filing: Filing, form: FilingForm, version: int, *, status: int, **shown: Any) -> Response:
    """Return the form with everything that was typed, to be sent again at `version`.

    Where the page saved by itself and something cannot be taken, only the note says so: a form that somebody is
    typing in is not exchanged.
    """
    details = details_of(
        require_row(queries.find_filing(filing.id)), reader=current_person(), settings=current_settings()
    )
    if is_autosave() and form.errors:
        shown["fragment"] = "filing/department/form/_saved.html"
        return filing_form_page(details, form=form, version=version, status=status, **shown)
    answer = filing_form_page(details, form=form, version=version, status=status, **shown)
    answer.headers["HX-Retarget"] = "#filing-form"
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def form_beside_stored(filing: Filing, form: FilingForm, conflict: str) -> Response:
    """Return the form with what stands in the base now beside each field; sent again, the merged text counts."""
    current = require_row(queries.find_filing(filing.id))
    shown = {
        "theirs": form.differing_fields(queries.content_of_filing(current)),
        "is_autosave": is_autosave(),
    }
    return form_to_resend(current, form, current.version, status=409, conflict=conflict, **shown)


def filing_form_page(
    details: FilingDetails, *, form: FilingForm | None = None, status: int = 200, **shown: Any
) -> Response:
    """Return the page of a filing; its form holds what is stored unless `form` holds what was typed."""
    if form is None and details.can_write:
        kind = filing_form_over(details.commitments, details.asked_indicators)
        form = kind(
            formdata=None, data=kind.field_values(details.content) | {"filled": details.filing.filled}
        )
    context = {
        "version": details.filing.version,
        "return_form": ReturnForm(formdata=None),
        **LENGTHS,
        **shown,
    }
    context["adjusts_light"] = form is not None and form.adjusts_light(context.get("theirs", {}))
    context["contradictions"] = details.contradictions_in(form.read_content()) if form else {}
    fragment = context.pop(
        "fragment", "filing/department/form/_form.html" if form else "filing/core/_filing_text.html"
    )
    return page_or_fragment(
        "filing/department/filing.html", fragment, status=status, details=details, form=form, **context
    )


def go_to_next_filing(following: Filing | None, filing: Filing, sentence: str) -> Response:
    """Go on to the next filing that needs the same, or back to the list of the quarter."""
    if following is None:
        return go_to("filing.task_list", period=filing.period.quarter.code, toast=sentence)
    toast = f"{sentence}下面是第 {following.measure.position} 项。"
    return go_to("filing.show_filing", filing_id=following.id, toast=toast)
