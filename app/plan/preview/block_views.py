"""Editing the blocks of a plan's draft; each response holds the text, the tree and all that depends on them."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.errors import BadInput, IllegalTransition, NotFound, StaleVersion
from app.plan.importer import BlockKind
from app.plan.importer.block_edits import BlockEdit, EditKind, EditScope, change_between
from app.plan.preview import operations, queries
from app.plan.preview.models import ImportDraft
from app.plan.preview.preview_page import PreviewPage
from app.web.forms import NOT_WHOLE, hidden_number
from app.web.responses import go_to, is_htmx_request, page_or_fragment

bp = Blueprint("plan_blocks", __name__, url_prefix="/plan/new")

# What a button may ask for, beside the kinds of edits: whose further values are fixed by the button.
LEVELS = {f"level_{level}": level for level in range(6)}
STEPS = {"undo": operations.undo_edit, "redo": operations.redo_edit}
ANNEX = "annex"


@bp.get("/<int:import_draft_id>/blocks/<int:start>")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def show_block(import_draft: ImportDraft, start: int) -> Response:
    """Show everything that can be done with one block, for readers without scripts. Raises NotFound."""
    preview = PreviewPage(import_draft)
    line = preview.line_at(start)
    if line is None:
        raise NotFound("这一段已经不在了，可能刚刚被并入别的段落。请返回核对页重新选择。")
    choices = preview.choices_of(line)
    return page_or_fragment("plan/preview/blocks/block.html", draft=import_draft, choices=choices, line=line)


@bp.post("/<int:import_draft_id>/blocks")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def edit_from_form(import_draft: ImportDraft) -> Response:
    """Change one block, or all like it."""
    edit = sent_edit()
    place = edit.at if edit.kind in (EditKind.CUT, EditKind.CUT_HEAD) and edit.at else edit.start
    version = hidden_number("version")
    try:
        label = operations.edit_blocks(import_draft, edit, by=current_person(), version=version)
    except StaleVersion:
        return stale_response(import_draft, version, place)
    except IllegalTransition as refusal:
        return edited_response(import_draft, place, refusal.sentence, status=409)
    return edited_response(import_draft, place, label)


@bp.post("/<int:import_draft_id>/<any(undo,redo):direction>")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def step_from_form(import_draft: ImportDraft, direction: str) -> Response:
    """Undo or redo an edit."""
    version = hidden_number("version")
    try:
        label = STEPS[direction](import_draft, by=current_person(), version=version)
    except StaleVersion:
        return stale_response(import_draft, version, None)
    except IllegalTransition as refusal:
        return edited_response(import_draft, None, refusal.sentence, status=409)
    return edited_response(import_draft, first_change(import_draft), label)


def first_change(before: ImportDraft) -> int:
    """Return the start of the first block that differs from the draft before."""
    after = require_row(queries.find_import(before.id)).block_row
    place = change_between(before.block_row, after).place
    return int(after[min(place, len(after) - 1)].start)


@bp.post("/<int:import_draft_id>/questions/<int:number>")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def tick_from_form(import_draft: ImportDraft, number: int) -> Response:
    """Tick a question as checked, or open it again."""
    checked = request.form.get("checked") == "yes"
    operations.tick_question(import_draft, number, checked=checked, by=current_person())
    if not is_htmx_request():
        return go_to(
            "plan_preview.show_preview", import_draft_id=import_draft.id, _anchor="preview-questions"
        )
    preview = PreviewPage(require_row(queries.find_import(import_draft.id)))
    return page_or_fragment("plan/preview/preview.html", "questions", draft=preview.draft, preview=preview)


def sent_edit() -> BlockEdit:
    """Return the edit that a form asks for. Raises BadInput for anything that no button sends."""
    step, level, kind = request.form.get("edit", ""), 0, request.form.get("block_kind", "")
    if step in LEVELS:
        step, level = EditKind.SET_LEVEL, LEVELS[step]
    elif step == ANNEX:
        step, kind = EditKind.SET_KIND, BlockKind.ANNEX
    start = hidden_number("start")
    try:
        return BlockEdit(
            EditKind(step),
            start,
            request.form.get("at", 0, type=int),
            level,
            BlockKind(kind or BlockKind.REPORTED),
            EditScope(request.form.get("scope", EditScope.BLOCK.value)),
        )
    except ValueError:
        raise BadInput(NOT_WHOLE) from None


def edited_response(
    draft: ImportDraft, place: int | None, message: str, *, status: int = 200, others: object = None
) -> Response:
    """Respond with the draft as stored now and what was done; without a script, with the whole page."""
    current = require_row(queries.find_import(draft.id))
    preview = PreviewPage(current, place)
    if status < 400 and not is_htmx_request():
        anchor = None if preview.focus is None else f"block-{preview.focus}"
        return go_to(
            "plan_preview.show_preview",
            import_draft_id=draft.id,
            block=preview.focus,
            toast=f"{message}。",
            _anchor=anchor,
        )
    return page_or_fragment(
        "plan/preview/preview.html",
        "edited",
        status=status,
        draft=current,
        preview=preview,
        message=message,
        others=others,
    )


def stale_response(draft: ImportDraft, version: int, place: int | None) -> Response:
    """Respond that somebody else changed the draft first, with those changes."""
    current = require_row(queries.find_import(draft.id))
    message = (
        f"{current.updated_by}刚刚改动过这份导入稿，您的这一步没有办成。下面已是现在的样子，请核对后再改。"
    )
    others = queries.edits_since(current, version)
    return edited_response(draft, place, message, status=409, others=others)
