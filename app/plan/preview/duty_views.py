"""The step of assigning a draft: deciding on printed names, and the grid."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.errors import BadInput, StaleVersion
from app.base.text import plain_text
from app.plan.preview import operations, queries
from app.plan.preview.duty_grid import DUTY_FIELDS, DutyGrid, DutyRow, checked_rows, merge_rows
from app.plan.preview.models import ImportDraft
from app.plan.preview.preview_page import PreviewPage
from app.web.forms import NOT_WHOLE, hidden_number
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("plan_duties", __name__, url_prefix="/plan/new")

PRINTED_NAME_LENGTH = 255
CHANGED_MEANWHILE = (
    "在您填写期间，别人改过这份导入稿，分工没有保存。您没有动过的格子已换成现在的内容，请核对后再保存。"
)


@bp.get("/<int:import_draft_id>/duties")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def show_duties(import_draft: ImportDraft) -> Response:
    return duties_page(import_draft)


@bp.post("/<int:import_draft_id>/duties/names")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def decide_names_from_form(import_draft: ImportDraft) -> Response:
    """Store what printed names mean, for all measures at once."""
    grid = DutyGrid(import_draft, PreviewPage(import_draft).plan)
    typed = {name.name: request.form.get(f"name-{name.number}", "") for name in grid.unclear_names}
    meanings = {name: meant for name, meant in typed.items() if meant}
    version = hidden_number("version")
    try:
        operations.decide_names(import_draft, meanings, by=current_person(), version=version)
    except StaleVersion as refusal:
        return duties_page(require_row(queries.find_import(import_draft.id)), 409, refusal.sentence)
    return go_to("plan_duties.show_duties", import_draft_id=import_draft.id, toast="已对应。")


@bp.post("/<int:import_draft_id>/duties")
@allowed(Action.IMPORT_PLAN, import_draft=queries.find_import)
def save_from_form(import_draft: ImportDraft) -> Response:
    """Save the grid, and go on to the next step."""
    version = hidden_number("version")
    rows = typed_rows(DutyGrid(import_draft, PreviewPage(import_draft).plan))
    try:
        operations.save_duty_rows(import_draft, rows, by=current_person(), version=version)
    except StaleVersion as conflict:
        current = require_row(queries.find_import(import_draft.id))
        stored = DutyGrid(current, PreviewPage(current).plan).rows
        merged = merge_rows(rows, shown_names(), stored)
        return duties_page(current, conflict.status, CHANGED_MEANWHILE, rows=merged)
    except BadInput as refusal:
        current = require_row(queries.find_import(import_draft.id))
        return duties_page(current, refusal.status, refusal.sentence, rows=checked_rows(rows))
    return go_to("plan_preview.show_confirmation", import_draft_id=import_draft.id, toast="已保存分工。")


def typed_rows(grid: DutyGrid) -> list[DutyRow]:
    """Return the grid as sent; a heading's values apply to the measures below it that are empty.

    A heading with an unknown name applies to none of them and is a row of its own, to be corrected once.
    """
    heads = checked_rows(section.head.with_names(typed_values(section.head)) for section in grid.sections)
    found = [head for head in heads if head.problems]
    for head, section in zip(heads, grid.sections, strict=True):
        of_all = {} if head.problems else head.names
        for row in section.rows:
            own = typed_values(row)
            found.append(row.with_names(own if any(own.values()) else of_all))
    return found


def shown_names() -> dict[str, dict[str, str]]:
    """Return the names that the page was made with. Raises BadInput if they were not sent completely."""
    try:
        found = json.loads(request.form.get("shown", ""))
        return {start: {name: str(names[name]) for name in DUTY_FIELDS} for start, names in found.items()}
    except (ValueError, AttributeError, KeyError, TypeError):
        raise BadInput(NOT_WHOLE) from None


def typed_values(row: DutyRow) -> dict[str, str]:
    return {
        name: plain_text(request.form.get(f"{name}-{row.field_ending}")).strip()[:PRINTED_NAME_LENGTH]
        for name in DUTY_FIELDS
    }


def duties_page(
    draft: ImportDraft, status: int = 200, obstacle: str = "", *, rows: Sequence[DutyRow] = ()
) -> Response:
    """Return the page; `rows` are typed values that were not stored."""
    grid = DutyGrid(draft, PreviewPage(draft).plan)
    shown = json.dumps({row.start: row.names for row in grid.rows}, ensure_ascii=False)
    if rows:
        grid.rows = [row for row in rows if row.number]
        grid.typed_heads = {row.start: row for row in rows if not row.number}
    return page_or_fragment(
        "plan/preview/duties/duties.html",
        "duties",
        status=status,
        draft=draft,
        grid=grid,
        shown=shown,
        obstacle=obstacle,
    )
