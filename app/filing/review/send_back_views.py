"""Sending several filings back at once, and editing the frequently used reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.access.models import Account
from app.authority.policy import Action
from app.base.errors import BadInput, FieldProblems, IllegalTransition
from app.filing.core import operations
from app.filing.core.life_cycle import ReturnKind
from app.filing.core.models import Filing
from app.filing.department.forms import read_filings
from app.filing.review.forms import RETURN_KINDS, PhraseForm, SendBackAllForm, send_back_form_over
from app.filing.review.models import ReturnPhrase
from app.filing.review.reminder_views import seats_by_department
from app.filing.review.return_phrases import (
    add_phrase,
    find_phrase,
    phrases_by_kind,
    reason_with_phrases,
    remove_phrase,
)
from app.filing.review.views import matrix_page
from app.org.models import Department
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

NOTHING_TICKED = "没有勾选要退回的填报，一份也没有退回。请勾选后再办理。"

bp = Blueprint("sending_back", __name__, url_prefix="/review")


@bp.post("/send-back/choose")
@allowed(Action.SEND_BACK_FILING)
def choose_filings() -> Response:
    """Go from the ticks in the matrix to the page that asks for the reasons."""
    try:
        read_filings(NOTHING_TICKED)
    except BadInput as refusal:
        return matrix_page(refusal.status, refusal.sentence, ticked=request.form.getlist("read"))
    return go_to("sending_back.show_send_back_form", read=request.form.getlist("read"))


@bp.get("/send-back")
@allowed(Action.SEND_BACK_FILING)
def show_send_back_form() -> Response:
    """Show the filings in the address, each with a field for its reason, and who will be notified."""
    filings = filings_in_address()
    return send_back_page(
        filings, send_back_form_over(filings)(formdata=None), ticked=request.args.getlist("read")
    )


@bp.post("/send-back")
@allowed(Action.SEND_BACK_FILING)
def send_back_ticked() -> Response:
    """Send the ticked filings back: all or none; the address keeps the whole list."""
    filings = filings_in_address()
    form = send_back_form_over(filings)()
    ticked = request.form.getlist("read")
    try:
        read = [one for one in read_filings(NOTHING_TICKED) if one.filing in filings]
        operations.send_back_filings(form.read_decisions(read, ticked_phrases_as_text()), by=current_person())
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return send_back_page(filings, form, ticked=ticked, status=422)
    except (BadInput, IllegalTransition) as refusal:
        return send_back_page(filings_in_address(), form, status=refusal.status, obstacle=refusal.sentence)
    toast = f"已退回 {len(read)} 份填报，有关部门会收到通知。"
    return go_to("review.show_matrix", period=read[0].filing.period.quarter.code, toast=toast)


def ticked_phrases_as_text() -> str:
    offered = [phrase for listed in phrases_by_kind().values() for phrase in listed]
    return reason_with_phrases(offered, request.form.getlist("phrase"), "")


def filings_in_address() -> list[Filing]:
    """Return the filings in the address as they are stored now. Raises BadInput if there are none."""
    return [one.filing for one in read_filings(NOTHING_TICKED, request.args.getlist("read"))]


def send_back_page(
    filings: list[Filing], form: SendBackAllForm, *, status: int = 200, **shown: Any
) -> Response:
    """Return the page; without `ticked` all that can still be sent back are ticked."""
    waiting = [filing for filing in filings if filing.can_be_sent_back]
    shown = {"ticked": [filing.read_value for filing in waiting], "obstacle": "", **shown}
    return page_or_fragment(
        "filing/review/sending_back/send_back_form.html",
        status=status,
        filings=filings,
        quarter=filings[0].period.quarter,
        form=form,
        offered=[phrase for listed in phrases_by_kind().values() for phrase in listed],
        ticked_phrases=request.form.getlist("phrase"),
        notified=departments_to_notify(filings),
        **shown,
    )


@dataclass(frozen=True)
class NotifiedDepartment:
    """A department whose filings are sent back: the accounts notified, and the number of filings."""

    department: Department
    accounts: Sequence[Account]
    count: int


def departments_to_notify(filings: Sequence[Filing]) -> list[NotifiedDepartment]:
    departments = {filing.department_id: filing.department for filing in filings}
    counts, reached = Counter(filing.department_id for filing in filings), seats_by_department(departments)
    return [
        NotifiedDepartment(department, reached[key], counts[key]) for key, department in departments.items()
    ]


@bp.get("/phrases")
@allowed(Action.EDIT_RETURN_PHRASES)
def list_phrases() -> Response:
    return phrases_page(PhraseForm(formdata=None))


@bp.post("/phrases")
@allowed(Action.EDIT_RETURN_PHRASES)
def add_phrase_from_form() -> Response:
    form = PhraseForm()
    try:
        add_phrase(form.kind.data or ReturnKind.CORRECT, form.text.data or "", by=current_person())
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return phrases_page(form, status=422)
    return go_to("sending_back.list_phrases", toast="已加入常用理由。")


@bp.post("/phrases/<int:phrase_id>/remove")
@allowed(Action.EDIT_RETURN_PHRASES, phrase=find_phrase)
def remove_phrase_from_list(phrase: ReturnPhrase) -> Response:
    remove_phrase(phrase, by=current_person())
    return go_to("sending_back.list_phrases", toast="已删除这条常用理由。")


def phrases_page(form: PhraseForm, *, status: int = 200) -> Response:
    return page_or_fragment(
        "filing/review/phrases/phrases.html",
        status=status,
        form=form,
        phrases=phrases_by_kind(),
        return_kinds=RETURN_KINDS,
    )
