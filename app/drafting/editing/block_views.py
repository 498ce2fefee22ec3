"""The form for one block and the operations on it; each response holds the block and everything that depends on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm

from app.access.guards import allowed, current_person, require_row
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.clock import now
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.base.settings.current import current_settings
from app.base.text_differences import compare_texts
from app.composition.rules import SynopsisView
from app.drafting.core import queries
from app.drafting.core.models import DocumentBlock
from app.drafting.core.queries import next_state_of
from app.drafting.editing import operations as editing
from app.drafting.editing import wording_requests
from app.drafting.editing.block_words import words_behind
from app.drafting.editing.draft_page import DraftLine, PageFocus, draft_page_of
from app.drafting.editing.figure_reasons import changed_figure_of, explain_figures, reasons_given
from app.drafting.editing.forms import BlockForm, InsertForm, ReasonForm
from app.drafting.editing.lint_marks import fixed_block, marks_in
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to, is_htmx_request, page_or_fragment
from reports.model import DocumentError

bp = Blueprint("blocks", __name__, url_prefix="/documents/blocks")


BlockOperation = Callable[..., object]


class BlockMove(NamedTuple):
    places: int
    message: str


class BlockStep(NamedTuple):
    operation: BlockOperation
    message: str


MOVES = {"up": BlockMove(-1, "已上移。"), "down": BlockMove(1, "已下移。")}
STEPS = {
    "drop": BlockStep(editing.drop_block, "已删去，可以恢复。"),
    "restore": BlockStep(editing.restore_block, "已恢复。"),
    "keep": BlockStep(editing.keep_block_words, "已保留现在的文字。"),
}


@bp.get("/<int:block_id>")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
def show_block_form(block: DocumentBlock) -> Response:
    """Show the form for one block. Raises IllegalTransition."""
    next_state_of(block.document, Action.EDIT_DOCUMENT)
    line = line_of(block)
    if not line.is_text:
        raise IllegalTransition("表格和图由填报数据生成，不能改写；不需要可以删去。")
    return block_form(line, BlockForm(formdata=None, data={"text": line.words, "head": line.head}))


@bp.post("/<int:block_id>")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
@rate_limited(WorkKind.PREVIEWS)
def rewrite_from_form(block: DocumentBlock) -> Response:
    typed, version = BlockForm(), hidden_number("version")
    try:
        editing.rewrite_block(block, typed.typed_wording(), by=current_person(), version=version)
    except FieldProblems as refusal:
        write_problems(typed, refusal.fields)
        return block_form(line_of(block), typed, status=422, version=version)
    except StaleVersion:
        return block_form(line_of(block), typed, status=409)
    return block_response(block.id, f"已保存 {now():%H:%M}。")


@bp.post("/<int:block_id>/<any(up,down):way>")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
@rate_limited(WorkKind.PREVIEWS)
def move_from_form(block: DocumentBlock, way: str) -> Response:
    """Move a block by one place."""
    move = MOVES[way]
    editing.move_block(block, move.places, by=current_person())
    return block_response(block.id, move.message, MOVED, button=way)


@bp.post("/<int:block_id>/<any(drop,restore,keep):step>")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
@rate_limited(WorkKind.PREVIEWS)
def take_step_from_form(block: DocumentBlock, step: str) -> Response:
    """Drop a block, restore it or its assembled words, or keep its present words."""
    return block_after_operation(block, STEPS[step].operation, message=STEPS[step].message)


@bp.post("/<int:block_id>/renew")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
@rate_limited(WorkKind.PREVIEWS)
def renew_from_form(block: DocumentBlock) -> Response:
    """Replace a block's words by what its filing says now."""
    offer = line_of(block).offer
    if offer is None:
        raise IllegalTransition("填报的文字与公文一致，没有新的文字可换。请刷新页面后核对。")
    return block_after_operation(block, editing.renew_block, offer, message="已换成新采用的文字。")


@bp.post("/<int:block_id>/wording/<any(by_topic,by_part,supervision):view>")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
@rate_limited(WorkKind.PREVIEWS)
def choose_wording_from_form(block: DocumentBlock, view: str) -> Response:
    """Choose another wording for a block of the synopsis."""
    wanted = SynopsisView(view)
    return block_after_operation(
        block, editing.choose_wording, wanted, message=f"已换成{wanted.label}的写法。"
    )


@bp.post("/<int:block_id>/fix")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
@rate_limited(WorkKind.PREVIEWS)
def fix_from_form(block: DocumentBlock) -> Response:
    """Apply the fix of a lint finding, which the address identifies."""
    wanted = request.args.to_dict()
    try:
        marks = marks_in(block.document).marks_at(block)
    except DocumentError:
        marks = ()
    mark = next((one for one in marks if {name: str(part) for name, part in one.key.items()} == wanted), None)
    if mark is None or not mark.can_be_fixed:
        raise IllegalTransition("这一处已经改动过，没有再改。请核对现在的文字。")
    better = fixed_block(block.document, mark)
    rule = mark.finding.rule.id
    return block_after_operation(block, editing.fix_block, better, rule, message="已采用修改。")


@bp.post("/<int:block_id>/ask")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
def ask_from_form(block: DocumentBlock) -> Response:
    """Ask the department to confirm its changed words."""
    asked = wording_requests.ask_department(block, by=current_person(), version=hidden_number("version"))
    return block_response(block.id, f"已送{asked.department.name}确认。")


@bp.get("/<int:block_id>/after")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
def show_insert_form(block: DocumentBlock) -> Response:
    """Show the form for a new block after this one. Raises IllegalTransition."""
    next_state_of(block.document, Action.EDIT_DOCUMENT)
    return insert_form(block, InsertForm(formdata=None))


@bp.post("/<int:block_id>/after")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
@rate_limited(WorkKind.PREVIEWS)
def insert_from_form(block: DocumentBlock) -> Response:
    """Insert a new block after this one."""
    typed = InsertForm()
    if not typed.validate():
        return insert_form(block, typed, status=422)
    try:
        row = editing.insert_block(block, typed.typed_block(), by=current_person())
    except FieldProblems as refusal:
        write_problems(typed, refusal.fields)
        return insert_form(block, typed, status=422)
    return block_response(row.id, "已写入新的一段。", BlockSwap("inserted_block", at=block.id))


@bp.get("/<int:block_id>/figures")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
def show_reason_form(block: DocumentBlock) -> Response:
    """Show the form for the reason why a block's figures differ from its facts. Raises IllegalTransition."""
    next_state_of(block.document, Action.EDIT_DOCUMENT)
    return reason_form(block, ReasonForm(formdata=None))


@bp.post("/<int:block_id>/figures")
@allowed(Action.EDIT_DOCUMENT, block=queries.find_block)
def explain_from_form(block: DocumentBlock) -> Response:
    """Store the reason why a block's figures differ from its facts."""
    typed = ReasonForm()
    try:
        explain_figures(block, typed.reason.data or "", by=current_person(), version=hidden_number("version"))
    except FieldProblems as refusal:
        write_problems(typed, refusal.fields)
        return reason_form(block, typed, status=422)
    except StaleVersion:
        return reason_form(block, typed, status=409)
    place = {"draft_id": block.document_id, "block": block.id, "_anchor": f"block-{block.id}"}
    return go_to("editing.edit_draft", toast="已写明理由。", **place)


def reason_form(block: DocumentBlock, typed: ReasonForm, *, status: int = 200) -> Response:
    """Return the form with the figures concerned and the reasons given before."""
    return page_or_fragment(
        "drafting/editing/figures/reason.html",
        status=status,
        document=block.document,
        block=block,
        form=typed,
        figure=changed_figure_of(block),
        given=reasons_given([block.id]),
        is_stale=status == 409,
    )


def line_of(block: DocumentBlock) -> DraftLine:
    """Return a block as the editor shows it now."""
    fresh = require_row(queries.find_block(block.id))
    return draft_page_of(fresh.document, current_settings()).line_of(block.id)


def block_after_operation(
    block: DocumentBlock, operation: BlockOperation, *given: object, message: str
) -> Response:
    """Run an operation on a block and respond with the block; after a conflict, nothing is done but a message shown."""
    try:
        operation(block, *given, by=current_person(), version=hidden_number("version"))
    except StaleVersion as conflict:
        who = getattr(conflict.current, "updated_by", "") or "他人"
        message = f"{who}刚刚改动过这一段，您的这一步没有办。请核对现在的文字。"
        return block_response(block.id, message, status=409)
    return block_response(block.id, message)


class BlockSwap(NamedTuple):
    """Which fragment is sent, and how and at which block htmx inserts it; `at` is None for the block itself."""

    fragment: str
    method: str = "outerHTML"
    at: int | None = None


SAVED, MOVED = BlockSwap("saved_block"), BlockSwap("moved_block", "delete")


def block_response(
    block_id: int, message: str, swap: BlockSwap = SAVED, *, button: str = "", status: int = 200
) -> Response:
    """Respond with the present block, the numbers of all headings and the number of characters.

    button: the pressed button, if it should get the focus.
    """
    draft = require_row(queries.find_document(require_row(queries.find_block(block_id)).document_id))
    if not is_htmx_request() and status < 400:
        place = {"draft_id": draft.id, "block": block_id, "_anchor": f"block-{block_id}"}
        return go_to("editing.edit_draft", toast=message, **place)
    current = draft_page_of(draft, current_settings())
    about = {
        "document": draft,
        "draft_page": current,
        "line": current.line_of(block_id),
        "message": message,
        "at": swap.at,
        "focus": PageFocus(block_id, button),
    }
    answer = page_or_fragment("drafting/editing/draft_page.html", swap.fragment, status=status, **about)
    answer.headers["HX-Trigger"] = json.dumps({"document-edited": None})
    answer.headers["HX-Retarget"] = f"#block-{swap.at or block_id}"
    answer.headers["HX-Reswap"] = swap.method
    return answer


def block_form(
    line: DraftLine, typed: BlockForm, *, status: int = 200, version: int | None = None
) -> Response:
    """Return the form for a block with what was typed; after a conflict, beside what somebody else saved."""
    is_stale = status == 409
    make_ids_unique(typed, line.row)
    return page_or_fragment(
        "drafting/editing/blocks/edit_block.html",
        "block_form",
        status=status,
        document=line.row.document,
        line=line,
        form=typed,
        behind=words_behind(line.row),
        version=version or line.row.version,
        is_stale=is_stale,
        theirs=compare_texts(typed.text.data or "", line.words) if is_stale else None,
    )


def insert_form(block: DocumentBlock, typed: InsertForm, *, status: int = 200) -> Response:
    """Return the form for a new block after another one."""
    make_ids_unique(typed, block)
    return page_or_fragment(
        "drafting/editing/blocks/insert_block.html",
        "insert_form",
        status=status,
        document=block.document,
        block=block,
        form=typed,
    )


def make_ids_unique(typed: FlaskForm, row: DocumentBlock) -> None:
    """Give the fields unique ids, because several blocks may be open at the same time."""
    for field in typed:
        field.id = f"{type(typed).__name__.lower()}-{field.name}-{row.id}"
