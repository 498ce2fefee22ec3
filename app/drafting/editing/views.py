"""Editing a draft: its blocks beside the pages that they become, what the lint finds, what stands around the text."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, found, me
from app.access.once import once
from app.access.policy import Action
from app.access.work_limits import Work, limited
from app.base.errors import FieldProblems, StaleVersion
from app.drafting.core import queries
from app.drafting.core.life_cycle import next_state_of
from app.drafting.core.models import Document
from app.drafting.editing import operations as editing
from app.drafting.editing.draft_page import desk_of
from app.drafting.editing.forms import DescribeForm, described
from app.drafting.editing.marking import marks_or_obstacle
from app.web.forms import stated
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("editing", __name__, url_prefix="/documents")


@bp.get("/<int:draft_id>/edit")
@allowed(Action.EDIT_DOCUMENT, draft=queries.document)
def desk(draft: Document) -> Response:
    """Show a draft's blocks, and beside them its pages; ``?block=12`` puts the reader at that block.

    Under htmx only that block is sent: whoever opened it and changes nothing closes it so. Raises IllegalTransition.
    """
    next_state_of(draft, Action.EDIT_DOCUMENT)
    if not draft.facts:
        return go_to("documents.show", document_id=draft.id)
    current, block_id = desk_of(draft), request.args.get("block", type=int)
    line = next((line for line in current.lines if line.row.id == block_id), None)
    return page_or_fragment(
        "documents/desk.html",
        "documents/_line.html" if line else "documents/_desk.html",
        document=draft,
        desk=current,
        line=line,
        focus=block_id,
        focus_on="line",
    )


@bp.get("/<int:draft_id>/findings")
@allowed(Action.EDIT_DOCUMENT, draft=queries.document)
def findings(draft: Document) -> Response:
    """Show what the lint finds in a draft: all of it, and under htmx also each finding at its block.

    Raises IllegalTransition.
    """
    next_state_of(draft, Action.EDIT_DOCUMENT)
    marks, obstacle = marks_or_obstacle(draft)
    return page_or_fragment(
        "documents/findings.html", "documents/_marks.html", document=draft, marks=marks, obstacle=obstacle
    )


@bp.get("/<int:draft_id>/particulars")
@allowed(Action.EDIT_DOCUMENT, draft=queries.document)
def particulars(draft: Document) -> Response:
    """Show the form for the title and what stands around the text. Raises IllegalTransition."""
    next_state_of(draft, Action.EDIT_DOCUMENT)
    return particulars_form(draft, DescribeForm(formdata=None, data=described(draft)))


@bp.post("/<int:draft_id>/particulars")
@allowed(Action.EDIT_DOCUMENT, draft=queries.document)
@limited(Work.PREVIEWS)
def describe(draft: Document) -> Response:
    """Change the title and what stands around the text."""
    form = DescribeForm()
    form.ask_for(draft.kind)
    if not form.validate():
        return particulars_form(draft, form, status=422)
    try:
        editing.describe(draft, form.title.data or "", form.read(), by=me(), read=form.opened.data or "")
    except FieldProblems as refusal:
        form.refuse(refusal.fields)
        return particulars_form(draft, form, status=422)
    except StaleVersion:
        return beside_theirs(found(queries.document(draft.id)), form)
    return go_to("editing.desk", draft_id=draft.id, toast="已保存，正在按新的内容更新版面。")


@bp.post("/<int:draft_id>/discard")
@allowed(Action.DISCARD_DOCUMENT, draft=queries.document)
@once
def discard(draft: Document) -> Response:
    """Give a draft up."""
    editing.discard(draft, by=me(), version=stated("version"))
    return go_to("documents.listing", toast=f"草稿已作废：{draft.title}")


def beside_theirs(document: Document, form: DescribeForm) -> Response:
    """Return the form with all that was typed, and what another saved meanwhile; sent again, the merged form counts."""
    theirs = form.differing(document)
    form.opened.data = document.frame_digest
    return particulars_form(document, form, status=409, theirs=theirs)


def particulars_form(
    document: Document,
    form: DescribeForm,
    *,
    status: int = 200,
    theirs: list[tuple[str, str]] | None = None,
) -> Response:
    """Return the form for what stands around the text."""
    form.ask_for(document.kind)
    return page_or_fragment(
        "documents/particulars.html",
        "documents/_particulars.html",
        status=status,
        document=document,
        form=form,
        theirs=theirs,
    )
