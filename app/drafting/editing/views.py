"""The pages for editing a draft: blocks beside printed pages, lint findings, and the form for the particulars."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.base.settings.current import current_settings
from app.composition.block_keys import BlockRole
from app.drafting.core import queries
from app.drafting.core.models import Document
from app.drafting.core.queries import next_state_of
from app.drafting.editing import operations as editing
from app.drafting.editing.annexes.operations import words_of_cell
from app.drafting.editing.draft_page import PageFocus, draft_page_of
from app.drafting.editing.forms import DescribeForm, description_as_typed
from app.drafting.editing.lint_marks import marks_or_obstacle, safe_fixes_in
from app.drafting.editing.replacing.operations import REPLACED_LENGTH
from app.drafting.editing.undo_operations import redo_edit, undo_edit
from app.web.forms import hidden_number
from app.web.responses import go_to, page_or_fragment
from reports.model import DocumentError

TURNS = {"undo": (undo_edit, "已撤销上一步"), "redo": (redo_edit, "已重做")}

bp = Blueprint("editing", __name__, url_prefix="/documents")


@bp.get("/<int:draft_id>/edit")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
def edit_draft(draft: Document) -> Response:
    """Show a draft's blocks beside its pages; ``?block=12`` sets the focus to that block.

    Under htmx only that block is sent, which closes its form without changes. Raises IllegalTransition.
    """
    next_state_of(draft, Action.EDIT_DOCUMENT)
    if not draft.facts:
        return go_to("issuing.show_document", document_id=draft.id)
    current, block_id = draft_page_of(draft, current_settings()), request.args.get("block", type=int)
    line = next((line for line in current.lines if line.row.id == block_id), None)
    return page_or_fragment(
        "drafting/editing/draft_page.html",
        "line" if line else "content",
        document=draft,
        draft_page=current,
        line=line,
        focus=PageFocus(block_id),
        find_length=REPLACED_LENGTH,
    )


@bp.get("/<int:draft_id>/findings")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
def show_findings(draft: Document) -> Response:
    """Show the lint findings in a draft; under htmx also each finding at its block.

    Raises IllegalTransition.
    """
    next_state_of(draft, Action.EDIT_DOCUMENT)
    marks, obstacle = marks_or_obstacle(draft)
    if marks and draft.file and draft.file.shows == draft.version:
        marks = replace(marks, short_last_lines=draft.file.short_last_lines)
    return page_or_fragment(
        "drafting/editing/findings/findings.html",
        "marked_lines",
        document=draft,
        marks=marks,
        obstacle=obstacle,
    )


@bp.post("/<int:draft_id>/fix-all")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
@rate_limited(WorkKind.PREVIEWS)
def fix_all_from_form(draft: Document) -> Response:
    """Apply all fixes of which the lint is certain."""
    try:
        fixes = safe_fixes_in(draft)
    except DocumentError:
        fixes = []
    if not fixes:
        raise IllegalTransition("没有可以一键改正的地方，可能已经改过。请核对现在的文字。")
    editing.fix_all_blocks(draft, fixes, by=current_person())
    toast = f"已改正 {len(fixes)} 段，正在更新版面。请逐段核对。"
    return go_to("editing.edit_draft", draft_id=draft.id, toast=toast)


@bp.get("/<int:draft_id>/particulars")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
def show_particulars(draft: Document) -> Response:
    """Show the form for title and particulars. Raises IllegalTransition."""
    next_state_of(draft, Action.EDIT_DOCUMENT)
    return particulars_form(draft, DescribeForm(formdata=None, data=description_as_typed(draft)))


@bp.post("/<int:draft_id>/particulars")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
@rate_limited(WorkKind.PREVIEWS)
def change_particulars(draft: Document) -> Response:
    """Change title and particulars."""
    form = DescribeForm()
    form.ask_for(draft.kind)
    if not form.validate():
        return particulars_form(draft, form, status=422)
    try:
        editing.change_description(
            draft,
            form.title.data or "",
            form.read_particulars(),
            by=current_person(),
            read=form.opened.data or "",
        )
    except FieldProblems as refusal:
        form.show_problems(refusal.fields)
        return particulars_form(draft, form, status=422)
    except StaleVersion:
        return beside_theirs(require_row(queries.find_document(draft.id)), form)
    return go_to("editing.edit_draft", draft_id=draft.id, toast="已保存，正在按新的内容更新版面。")


@bp.post("/<int:draft_id>/<any(undo,redo):direction>")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
@rate_limited(WorkKind.PREVIEWS)
def turn_step_from_form(draft: Document, direction: str) -> Response:
    """Undo or redo an edit; the message names a change that is not visible at the focus."""
    operation, message = TURNS[direction]
    try:
        first, *others = operation(draft, by=current_person(), step=hidden_number("step"))
    except StaleVersion:
        sentence = "正文刚刚又有改动，这一步没有办成。请核对后再点。"
        return go_to("editing.edit_draft", draft_id=draft.id, toast=sentence)
    more = f"，共{len(others) + 1}段" if others else ""
    named = f"：{words_of_cell(draft, first)}" if first.role is BlockRole.ANNEX_CELL else ""
    place = {"draft_id": draft.id, "block": first.id, "_anchor": f"block-{first.id}"}
    return go_to("editing.edit_draft", toast=f"{message}{more}{named}。", **place)


@bp.post("/<int:draft_id>/discard")
@allowed(Action.DISCARD_DOCUMENT, draft=queries.find_document)
@once_per_form
def discard_from_form(draft: Document) -> Response:
    editing.discard_draft(draft, by=current_person(), version=hidden_number("version"))
    return go_to("issuing.list_documents", year=draft.plan.year, toast=f"草稿已作废：{draft.title}")


def beside_theirs(document: Document, form: DescribeForm) -> Response:
    """Return the form with what was typed and what somebody else saved; sent again, the form replaces that."""
    theirs = form.differing_fields(document)
    form.opened.data = document.frame_digest
    return particulars_form(document, form, status=409, theirs=theirs)


def particulars_form(
    document: Document,
    form: DescribeForm,
    *,
    status: int = 200,
    theirs: list[tuple[str, str]] | None = None,
) -> Response:
    form.ask_for(document.kind)
    return page_or_fragment(
        "drafting/editing/particulars.html", status=status, document=document, form=form, theirs=theirs
    )
