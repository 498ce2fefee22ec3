"""A department's filing: its list of the quarter, and one page for each measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from htmx_flask import request as htmx_request

from app.access.guards import allowed, found, me
from app.access.policy import Action
from app.base.clock import now
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.filing.core import operations, queries
from app.filing.core.content import TEXT_CEILING, submitting_problems
from app.filing.core.models import Filing
from app.filing.core.rules import REASON_LENGTH
from app.filing.department.forms import FilingForm, ReturnForm, form_over
from app.filing.department.sheet import Sheet, doubts, sheet_of
from app.filing.department.task_list import next_for, task_list
from app.periods.queries import current_period, period_of, periods
from app.plan.queries import commitments
from app.web.forms import stated, write_on
from app.web.responses import go_to, page_or_fragment, with_toast

LENGTHS = {"text_ceiling": TEXT_CEILING, "reason_length": REASON_LENGTH}

bp = Blueprint("filing", __name__, url_prefix="/filings")


@bp.get("", endpoint="task_list")
@allowed(Action.WRITE_FILING)
def show_list() -> Response:
    """Show what the person's departments have to file in a quarter: the current one, or ``?period=2026Q2``."""
    code = request.args.get("period")
    period = period_of(code) if code else current_period()
    return page_or_fragment(
        "filing/task_list.html",
        "filing/_tasks.html",
        tasks=task_list(period, user=me()) if period else None,
        periods=periods(period.plan) if period else [],
    )


@bp.get("/<int:filing_id>")
@allowed(Action.READ_FILING, filing=queries.filing)
def page(filing: Filing) -> Response:
    """Show one filing beside the plan's wording, as a form to whoever can write it now."""
    return sheet_page(sheet_of(filing, reader=me()))


@bp.post("/<int:filing_id>")
@allowed(Action.WRITE_FILING, filing=queries.filing)
def save(filing: Filing) -> Response:
    """Keep what was typed; the page stays."""
    refusal = attempt(operations.save, filing, sent_form(filing))
    if refusal is not None:
        return refusal
    said = f"已保存 {now():%H:%M}"
    if not htmx_request.htmx:
        return go_to("filing.page", filing_id=filing.id, toast=said)
    whole = htmx_request.htmx.target == "filing-form"
    fragment = "filing/_form.html" if whole else "filing/_saved_only.html"
    answer = sheet_page(sheet_of(filing, reader=me()), fragment=fragment, saved_now=True)
    return answer if is_autosave() else with_toast(answer, said)


@bp.post("/<int:filing_id>/submit")
@allowed(Action.SUBMIT, filing=queries.filing)
def submit(filing: Filing) -> Response:
    """Keep what was typed and hand it in, both or neither; go on to the next one that is not handed in."""
    form = sent_form(filing)
    refusal = to_confirm(filing, form) or attempt(operations.save_and_submit, filing, form)
    if refusal is not None:
        return refusal
    said = f"第 {filing.measure.position} 项已提交，现在是“{filing.state.label}”。"
    return go_on(next_for(filing, Action.SUBMIT, user=me()), filing, said)


def is_autosave() -> bool:
    """Return whether the page saved by itself: it is answered quietly, and the form is left alone."""
    return "X-Autosave" in request.headers


def sent_form(filing: Filing) -> FilingForm:
    """Return the form of a filing as the browser sent it."""
    return form_over(commitments(filing.measure), queries.indicators_for(filing))()


def to_confirm(filing: Filing, form: FilingForm) -> Response | None:
    """Return the form where a complete one contradicts what was accepted last, unless the page has shown that."""
    content = form.content()
    if not form.validate() or submitting_problems(content, filing.period.quarter):
        return None
    if doubts(content, queries.last_accepted(filing)).keys() <= set(request.form.getlist("shown")):
        return None
    return once_more(filing, form, stated("version"), status=422, asks=True)


def attempt(deed: Callable[..., None], filing: Filing, form: FilingForm) -> Response | None:
    """Do the deed with what was typed; where that cannot be, return the form with all of it, and why."""
    version = stated("version")
    if not form.validate():
        return once_more(filing, form, version, status=422)
    try:
        deed(filing, form.content(), by=me(), version=version, filled=form.filled.data)
    except FieldProblems as mistakes:
        write_on(form, mistakes.fields)
        return once_more(filing, form, version, status=422)
    except (StaleVersion, IllegalTransition) as conflict:
        return beside_theirs(filing, form, conflict.sentence)
    return None


def once_more(filing: Filing, form: FilingForm, version: int, *, status: int, **shown: Any) -> Response:
    """Return the form with everything that was typed, to be sent again at `version`.

    Where the page saved by itself and something cannot be taken, only the note says so: a form that somebody is
    typing in is not exchanged.
    """
    sheet = sheet_of(found(queries.filing(filing.id)), reader=me())
    if is_autosave() and form.errors:
        shown["fragment"] = "filing/_saved.html"
        return sheet_page(sheet, form=form, version=version, status=status, **shown)
    answer = sheet_page(sheet, form=form, version=version, status=status, **shown)
    answer.headers["HX-Retarget"] = "#filing-form"
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def beside_theirs(filing: Filing, form: FilingForm, conflict: str) -> Response:
    """Return the form with what stands in the base now beside each field; sent again, the merged text counts."""
    current = found(queries.filing(filing.id))
    shown = {"theirs": form.differing(queries.content_of(current)), "is_autosave": is_autosave()}
    return once_more(current, form, current.version, status=409, conflict=conflict, **shown)


def sheet_page(sheet: Sheet, *, form: FilingForm | None = None, status: int = 200, **shown: Any) -> Response:
    """Return the page of a filing; its form holds what is stored unless `form` holds what was typed."""
    if form is None and Action.WRITE_FILING in sheet.deeds:
        kind = form_over(sheet.commitments, sheet.indicators)
        form = kind(formdata=None, data=kind.values(sheet.content) | {"filled": sheet.filing.filled})
    context = {"version": sheet.filing.version, "return_form": ReturnForm(formdata=None), **LENGTHS, **shown}
    context["doubts"] = sheet.doubts(form.content()) if form else {}
    fragment = context.pop("fragment", "filing/_form.html" if form else "filing/_text.html")
    return page_or_fragment("filing/page.html", fragment, status=status, sheet=sheet, form=form, **context)


def go_on(following: Filing | None, filing: Filing, said: str) -> Response:
    """Go on to the next filing that needs the same, or back to the list of the quarter."""
    if following is None:
        return go_to("filing.task_list", period=filing.period.quarter.code, toast=said)
    toast = f"{said}下面是第 {following.measure.position} 项。"
    return go_to("filing.page", filing_id=following.id, toast=toast)
