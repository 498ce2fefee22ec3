"""Signing and returning filings as the head, and taking back a submission or a signature."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.filing.core import operations, queries
from app.filing.core.models import Filing
from app.filing.department.form_pages import filing_form_page, stored_details
from app.filing.department.forms import CorrectionForm, ReturnForm, read_filings
from app.filing.department.sign_off_corrections import sign_off_corrected
from app.filing.department.taking_back import take_back_filing, take_back_sign_off
from app.filing.department.task_list import next_filing_for
from app.filing.department.views import go_to_next_filing
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to

MOVED = "在您查看期间，这份填报有了变化。下面是最新内容，请看过后再办理。"

bp = Blueprint("sign_off", __name__, url_prefix="/filings")


@bp.post("/<int:filing_id>/sign-off")
@allowed(Action.SIGN_OFF_FILING, filing=queries.find_filing)
def sign_off_submitted(filing: Filing) -> Response:
    """Sign one filing off; go on to the next one, or back to the list if it was done there."""
    form, version, corrected = CorrectionForm(), hidden_number("version"), False
    is_correcting = form.progress.name in request.form
    try:
        if is_correcting:
            corrected = sign_off_corrected(filing, form.texts(), by=current_person(), version=version)
        else:
            operations.sign_off_filing(filing, by=current_person(), version=version)
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return filing_form_page(stored_details(filing), status=422, version=version, correction_form=form)
    except (StaleVersion, IllegalTransition) as conflict:
        return changed_filing_page(filing, conflict, correction_form=form if is_correcting else None)
    done = "已改好并审签，填报人会看到改动" if corrected else "已审签"
    sentence = f"第 {filing.measure.position} 项{done}，等待街道办公室采用。"
    if request.form.get("then") == "list":
        return go_to("filing.task_list", period=filing.period.quarter.code, toast=sentence)
    return go_to_next_filing(
        next_filing_for(filing, Action.SIGN_OFF_FILING, user=current_person()), filing, sentence
    )


@bp.post("/<int:filing_id>/return")
@allowed(Action.RETURN_FILING, filing=queries.find_filing)
def return_submitted(filing: Filing) -> Response:
    form, version = ReturnForm(), hidden_number("version")
    try:
        operations.return_filing(filing, by=current_person(), version=version, reason=form.reason.data or "")
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        current = stored_details(filing)
        return filing_form_page(current, status=422, version=version, return_form=form)
    except (StaleVersion, IllegalTransition) as conflict:
        return changed_filing_page(filing, conflict, return_form=form)
    sentence = f"第 {filing.measure.position} 项已退回，填报人会看到理由。"
    return go_to_next_filing(
        next_filing_for(filing, Action.SIGN_OFF_FILING, user=current_person()), filing, sentence
    )


@bp.post("/sign-off-all")
@allowed(Action.SIGN_OFF_FILING)
def sign_off_listed() -> Response:
    """Sign all filings off that the list showed, at the versions that it showed: all or none."""
    read = read_filings("没有收到要审签的填报，一份也没有审签。请刷新页面后重试。")
    operations.sign_off_filings(read, by=current_person())
    return go_to(
        "filing.task_list", period=read[0].filing.period.quarter.code, toast=f"已审签 {len(read)} 份。"
    )


def changed_filing_page(
    filing: Filing, conflict: StaleVersion | IllegalTransition, **forms: FlaskForm | None
) -> Response:
    """Return the filing as it is stored now, with what was typed and why nothing was done."""
    details = stored_details(filing)
    why = MOVED if isinstance(conflict, StaleVersion) else conflict.sentence
    shown = {name: form for name, form in forms.items() if form is not None}
    return filing_form_page(details, status=409, obstacle=why, **shown)


@bp.post("/<int:filing_id>/take-back")
@allowed(Action.TAKE_BACK_FILING, filing=queries.find_filing)
def take_back_handed_in(filing: Filing) -> Response:
    """Take back a submission; go to the form, or back to the list if it was done there."""
    return answer_taking_back(take_back_filing, filing, "已撤回，可以继续修改，改好后重新提交。")


@bp.post("/<int:filing_id>/take-back-sign-off")
@allowed(Action.TAKE_BACK_SIGN_OFF, filing=queries.find_filing)
def take_back_signed(filing: Filing) -> Response:
    """Take back a signature; the filing waits for one again."""
    return answer_taking_back(take_back_sign_off, filing, "已撤回审签，可以退回填报人修改，或者重新审签。")


def answer_taking_back(take_back: Callable[..., None], filing: Filing, outcome: str) -> Response:
    try:
        take_back(filing, by=current_person(), version=hidden_number("version"))
    except (StaleVersion, IllegalTransition) as conflict:
        return changed_filing_page(filing, conflict)
    toast = f"第 {filing.measure.position} 项{outcome}"
    if request.form.get("then") == "list":
        return go_to("filing.task_list", period=filing.period.quarter.code, toast=toast)
    return go_to("filing.show_filing", filing_id=filing.id, toast=toast)
