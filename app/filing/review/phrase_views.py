"""The page on which the office edits the reasons that it uses often."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import FieldProblems
from app.base.text import REASON_LENGTH
from app.filing.core.life_cycle import ReturnKind
from app.filing.review.forms import RETURN_KINDS, PhraseForm
from app.filing.review.models import ReturnPhrase
from app.filing.review.return_phrases import add_phrase, find_phrase, phrases_by_kind, remove_phrase
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("phrases", __name__, url_prefix="/review/phrases")


@bp.get("")
@allowed(Action.EDIT_RETURN_PHRASES)
def list_phrases() -> Response:
    return phrases_page(PhraseForm(formdata=None))


@bp.post("")
@allowed(Action.EDIT_RETURN_PHRASES)
def add_from_form() -> Response:
    form = PhraseForm()
    try:
        add_phrase(form.kind.data or ReturnKind.CORRECT, form.text.data or "", by=current_person())
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return phrases_page(form, status=422)
    return go_to("phrases.list_phrases", toast="已加入常用理由。")


@bp.post("/<int:phrase_id>/remove")
@allowed(Action.EDIT_RETURN_PHRASES, phrase=find_phrase)
def remove_from_list(phrase: ReturnPhrase) -> Response:
    remove_phrase(phrase, by=current_person())
    return go_to("phrases.list_phrases", toast="已删除这条常用理由。")


def phrases_page(form: PhraseForm, *, status: int = 200) -> Response:
    return page_or_fragment(
        "filing/review/phrases/phrases.html",
        "filing/review/phrases/_phrases.html",
        status=status,
        form=form,
        phrases=phrases_by_kind(),
        return_kinds=RETURN_KINDS,
        reason_length=REASON_LENGTH,
    )
