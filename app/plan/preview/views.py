"""Importing a plan: waiting drafts, a new text, the page of a draft, its frame, discarding and storing it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form, run_once
from app.access.request_checks import takes_upload
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.errors import BadInput, FieldProblems, StaleVersion
from app.base.settings.current import current_settings
from app.base.text import plain_text
from app.plan.core.plan_files import read_plan_file
from app.plan.importer import PlanUnreadable, SourceText
from app.plan.importer.sources.plain_tables import source_of_plain
from app.plan.preview import operations, queries
from app.plan.preview.duty_grid import DutyGrid
from app.plan.preview.forms import FrameForm, NewPlanForm, frame_form_of
from app.plan.preview.models import ImportDraft
from app.plan.preview.preview_page import PreviewPage
from app.plan.preview.rules import FRAME_FIELDS, PASTED
from app.web.errors import error_page
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to, is_htmx_request, page_or_fragment

NO_TEXT = "请选择计划文件，或者把全文粘贴到下面。"

bp = Blueprint("plan_preview", __name__, url_prefix="/plan/new")


@bp.get("")
@allowed(Action.IMPORT_PLAN)
def list_imports() -> Response:
    return start_page(NewPlanForm(formdata=None))


@bp.post("")
@allowed(Action.IMPORT_PLAN)
@rate_limited(WorkKind.WORKBOOKS)
@takes_upload(lambda settings: settings.text_file_bytes)
def start_from_form() -> Response:
    """Read a file or a pasted text, and go on to its draft."""
    form = NewPlanForm()
    if not form.validate():
        return start_page(form, 422)
    try:
        source, name = sent_source(form)
        proposal = operations.proposed_blocks(source)
    except (BadInput, PlanUnreadable) as refusal:
        return start_page(form, refusal.status, refusal.sentence)

    def start() -> Response:
        draft = operations.start_import(source, name, proposal, by=current_person())
        return go_to("plan_preview.show_preview", import_draft_id=draft.id)

    return run_once(start)


@bp.get("/<int:import_draft_id>")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def show_preview(import_draft: ImportDraft) -> Response:
    """Show a draft: its text in blocks, and the tree made of them; ``?block=120`` takes the reader to one."""
    return preview_response(import_draft, focus=request.args.get("block", type=int))


@bp.get("/<int:import_draft_id>/frame")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def show_frame(import_draft: ImportDraft) -> Response:
    return frame_page(import_draft, frame_form_of(import_draft))


@bp.post("/<int:import_draft_id>/frame")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def change_frame_from_form(import_draft: ImportDraft) -> Response:
    """Correct title, year, issuer, number and date."""
    form = FrameForm()
    if not form.validate():
        return frame_page(import_draft, form, 422)
    try:
        operations.change_frame(
            import_draft, form.typed_fields(), by=current_person(), read=form.opened.data or ""
        )
    except FieldProblems as refusal:
        write_problems(form, refusal.fields)
        return frame_page(import_draft, form, 422)
    except StaleVersion:
        current = require_row(queries.find_import(import_draft.id))
        form.opened.data = current.frame_digest
        theirs = [(label, getattr(current, name)) for name, label in FRAME_FIELDS.items()]
        return frame_page(current, form, 409, theirs=theirs)
    return go_to("plan_preview.show_preview", import_draft_id=import_draft.id, toast="已保存。")


@bp.post("/<int:import_draft_id>/discard")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
@once_per_form
def discard_from_form(import_draft: ImportDraft) -> Response:
    operations.discard_import(import_draft, by=current_person(), version=hidden_number("version"))
    return go_to("plan_preview.list_imports", toast=f"已放弃：{import_draft.title or import_draft.name}")


@bp.get("/<int:import_draft_id>/confirm")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def show_confirmation(import_draft: ImportDraft) -> Response:
    """Show what would be stored and what prevents it; a draft that revises a plan has its own page."""
    if import_draft.revised_plan:
        return go_to("plan_revision.show_revision", import_draft_id=import_draft.id)
    return confirmation_page(import_draft)


@bp.post("/<int:import_draft_id>/confirm")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
@once_per_form
def confirm_from_form(import_draft: ImportDraft) -> Response:
    """Store a draft as the plan of its year."""
    try:
        plan = operations.confirm_import(import_draft, by=current_person(), version=hidden_number("version"))
    except (BadInput, StaleVersion) as refusal:
        current = require_row(queries.find_import(import_draft.id))
        return confirmation_page(current, refusal.status, refusal.sentence)
    return go_to("plan.show_plan", year=plan.year, toast=f"已入库：{plan.title}")


@bp.errorhandler(RequestEntityTooLarge)
def refuse_large_plan(_error: RequestEntityTooLarge) -> Response:
    """Answer on the upload page that the file is too large; nothing of it was read."""
    most = f"{current_settings().text_file_bytes // 1_000_000} MB"
    sentence = (
        f"文件超过 {most}，没有收下。计划文本不会这么大："
        "请去掉插入的图片，或者打开文件，把全文复制后粘贴到下面。"
    )
    if is_htmx_request():
        return error_page(413, sentence)
    return start_page(NewPlanForm(formdata=None), 413, sentence)


def sent_source(form: NewPlanForm) -> tuple[SourceText, str]:
    """Return the text that was sent, and its name. Raises BadInput."""
    file = form.file.data
    if file:
        name = plain_text(file.filename)
        return read_plan_file(name, file.read()), name
    text = form.text.data or ""
    if not text.strip():
        raise BadInput(NO_TEXT)
    return source_of_plain(text), PASTED


def start_page(form: NewPlanForm, status: int = 200, obstacle: str = "") -> Response:
    return page_or_fragment(
        "plan/preview/start.html",
        status=status,
        form=form,
        obstacle=obstacle,
        drafts=queries.waiting_imports(),
        most_bytes=current_settings().text_file_bytes,
    )


def preview_response(draft: ImportDraft, *, status: int = 200, focus: int | None = None) -> Response:
    preview = PreviewPage(draft, focus)
    return page_or_fragment(
        "plan/preview/preview.html", "preview", status=status, draft=draft, preview=preview
    )


def frame_page(
    draft: ImportDraft, form: FrameForm, status: int = 200, *, theirs: list[tuple[str, Any]] | None = None
) -> Response:
    return page_or_fragment(
        "plan/preview/frame.html", status=status, draft=draft, form=form, theirs=theirs or []
    )


def confirmation_page(draft: ImportDraft, status: int = 200, obstacle: str = "") -> Response:
    preview = PreviewPage(draft)
    return page_or_fragment(
        "plan/preview/confirm.html",
        "confirmation",
        status=status,
        draft=draft,
        preview=preview,
        grid=DutyGrid(draft, preview.plan),
        obstacle=obstacle,
        obstacles=queries.obstacles_to(preview.plan, preview.source.text),
    )
