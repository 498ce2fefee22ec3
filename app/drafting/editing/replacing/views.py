"""The page for find and replace: it lists the matches before the operation is run on the chosen blocks."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

from app.access.guards import allowed, current_person, require_row
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.errors import FieldProblems, StaleVersion
from app.base.text import plain_text, text_problem
from app.drafting.core import queries
from app.drafting.core.models import Document
from app.drafting.core.queries import next_state_of
from app.drafting.editing.replacing.operations import (
    REPLACED_LENGTH,
    FoundWords,
    WordReplacement,
    find_words,
    replace_words,
)
from app.web.forms import AtMost, parse_row_id, write_problems
from app.web.responses import go_to, page_or_fragment
from reports.model import DocumentError

VALUE_LENGTH = 40  # of a ticked checkbox

bp = Blueprint("replacing", __name__, url_prefix="/documents")


class ReplacementForm(FlaskForm):
    """The words to find in a draft, and their replacement."""

    find = StringField("查找", [DataRequired(), AtMost(REPLACED_LENGTH)], filters=[plain_text])
    replacement = StringField("替换为", [AtMost(REPLACED_LENGTH)], filters=[plain_text])

    def typed_replacement(self) -> WordReplacement:
        """Return what was typed, stripped."""
        return WordReplacement((self.find.data or "").strip(), (self.replacement.data or "").strip())


@bp.get("/<int:draft_id>/replace")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
def show_places(draft: Document) -> Response:
    """Show the matches of ``?find=…`` with the form to replace them. Raises IllegalTransition."""
    next_state_of(draft, Action.EDIT_DOCUMENT)
    if not draft.facts:
        return go_to("issuing.show_document", document_id=draft.id)
    form = ReplacementForm(formdata=request.args)
    problem = text_problem(form.typed_replacement().wanted, "查找的文字", REPLACED_LENGTH)
    if problem:
        write_problems(form, {"find": problem})
    return places_page(draft, form, status=422 if problem else 200)


@bp.post("/<int:draft_id>/replace")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
@rate_limited(WorkKind.PREVIEWS)
def replace_from_form(draft: Document) -> Response:
    """Replace the words in the chosen blocks, or in the block whose button was pressed."""
    form, pressed = ReplacementForm(), request.form.getlist("only")
    chosen = read_versions(pressed or request.form.getlist("block"))
    typed = form.typed_replacement()
    try:
        count = replace_words(draft, typed, chosen, by=current_person())
    except FieldProblems as refusal:
        write_problems(form, refusal.fields)
        return places_page(draft, form, status=422, chosen=chosen)
    except StaleVersion:
        return places_page(require_row(queries.find_document(draft.id)), form, status=409)
    message = f"已替换 {count} 处。"
    if pressed and found_words(draft, typed).blocks:
        again = {"find": typed.wanted, "replacement": typed.better}
        return go_to("replacing.show_places", draft_id=draft.id, toast=message, **again)
    return go_to("editing.edit_draft", draft_id=draft.id, toast=message)


def read_versions(sent: Iterable[str]) -> dict[int, int]:
    """Return the sent versions by block id; malformed values are left out."""
    pairs = (value.partition("-") for value in sent if len(value) <= VALUE_LENGTH)
    read = ((parse_row_id(number), parse_row_id(version)) for number, _, version in pairs)
    return {number: version for number, version in read if number and version}


def found_words(draft: Document, wanted: WordReplacement) -> FoundWords:
    """Return the matches; empty if the words are missing or too long, or if the draft has no text."""
    if not 0 < len(wanted.wanted) <= REPLACED_LENGTH:
        return FoundWords()
    try:
        return find_words(draft, wanted)
    except DocumentError:
        return FoundWords()


def places_page(
    draft: Document, form: ReplacementForm, *, status: int = 200, chosen: Iterable[int] | None = None
) -> Response:
    """Return the page that lists the matches; the `chosen` blocks are ticked, or all if None."""
    typed = form.typed_replacement()
    return page_or_fragment(
        "drafting/editing/replacing/replace.html",
        status=status,
        document=draft,
        form=form,
        wanted=typed.wanted,
        found=found_words(draft, typed),
        chosen=None if chosen is None else frozenset(chosen),
        is_stale=status == 409,
    )
