"""Correcting an issued document, and the links between a document and its correction."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from app.access.guards import allowed, current_person
from app.access.once_per_form import once_per_form
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.errors import FieldProblems
from app.base.text import plain_text
from app.drafting.core import queries
from app.drafting.core.models import Document
from app.drafting.core.queries import next_state_of
from app.issuing import corrections
from app.issuing.corrections import CORRECTION_LENGTH
from app.web.forms import MarkedLimit, MarkedRequired, hidden_number, write_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("corrections", __name__, url_prefix="/documents")


class CorrectForm(FlaskForm):
    """The reason for a correction."""

    reason = TextAreaField(
        "更正说明", [MarkedRequired(), MarkedLimit(CORRECTION_LENGTH)], filters=[plain_text]
    )


@bp.get("/<int:document_id>/correct")
@allowed(Action.CORRECT_DOCUMENT, document=queries.find_document)
def show_correction_form(document: Document) -> Response:
    """Show the form; if a correction is being edited, go there. Raises IllegalTransition."""
    next_state_of(document, Action.CORRECT_DOCUMENT)
    begun = corrections.open_correction(document)
    if begun is not None:
        toast = f"{begun.created_by}已经开始更正，请在这份更正稿上继续。"
        return go_to("issuing.show_document", document_id=begun.id, toast=toast)
    return correct_page(document, CorrectForm())


@bp.post("/<int:document_id>/correct")
@allowed(Action.CORRECT_DOCUMENT, document=queries.find_document)
@rate_limited(WorkKind.DOCUMENTS)
@once_per_form
def correct_from_form(document: Document) -> Response:
    """Start a correction."""
    form = CorrectForm()
    try:
        draft = corrections.correct_document(
            document, form.reason.data or "", by=current_person(), version=hidden_number("version")
        )
    except FieldProblems as refusal:
        write_problems(form, refusal.fields)
        return correct_page(document, form, status=422)
    return go_to("issuing.show_document", document_id=draft.id)


def correct_page(document: Document, form: CorrectForm, *, status: int = 200) -> Response:
    return page_or_fragment(
        "issuing/corrections/correction_form.html", status=status, document=document, form=form
    )
