"""The page of a draft's annex cells, and the form for one cell."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, Response
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from app.access.guards import allowed, current_person, require_row
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.errors import FieldProblems, StaleVersion
from app.base.text import plain_text
from app.composition.facts import MeasureFacts
from app.drafting.core import queries
from app.drafting.core.annex_cells import AnnexCell
from app.drafting.core.models import Document
from app.drafting.core.queries import next_state_of
from app.drafting.editing.annexes.operations import cell_of, cells_of, restore_annex_cell, write_annex_cell
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to, is_htmx_request, page_or_fragment

bp = Blueprint("annexes", __name__, url_prefix="/documents")


class AnnexCellForm(FlaskForm):
    """The new words of a cell."""

    text = TextAreaField("文字", [DataRequired()], filters=[plain_text])


class AnnexRow(NamedTuple):
    measure: MeasureFacts
    cells: tuple[AnnexCell, ...]


@bp.get("/<int:draft_id>/annex")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
def show_annex(draft: Document) -> Response:
    """Show the cells of a draft's annex that can be rewritten. Raises IllegalTransition."""
    next_state_of(draft, Action.EDIT_DOCUMENT)
    cells = cells_of(draft) if draft.facts else ()
    rows = [AnnexRow(measure, tuple(row)) for measure, row in groupby(cells, key=lambda cell: cell.measure)]
    return page_or_fragment(
        "drafting/editing/annexes/annex.html",
        document=draft,
        columns=dict.fromkeys(cell.column for cell in cells),
        rows=rows,
        overtaken=[cell for cell in cells if cell.is_overtaken],
    )


@bp.get("/<int:draft_id>/annex/<int:filing_id>/<int:ordinal>")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
def show_cell_form(draft: Document, filing_id: int, ordinal: int) -> Response:
    """Show the form for one cell. Raises IllegalTransition."""
    next_state_of(draft, Action.EDIT_DOCUMENT)
    cell = cell_of(draft, filing_id, ordinal)
    typed = cell.written if cell.is_overtaken else cell.words
    return cell_form(draft, filing_id, ordinal, AnnexCellForm(formdata=None, data={"text": typed}))


@bp.post("/<int:draft_id>/annex/<int:filing_id>/<int:ordinal>")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
@rate_limited(WorkKind.PREVIEWS)
def write_cell_from_form(draft: Document, filing_id: int, ordinal: int) -> Response:
    """Rewrite a cell."""
    form, version = AnnexCellForm(), hidden_number("version")
    try:
        write_annex_cell(
            draft, filing_id, ordinal, form.text.data or "", by=current_person(), version=version
        )
    except FieldProblems as refusal:
        write_problems(form, refusal.fields)
        return cell_form(draft, filing_id, ordinal, form, status=422, version=version)
    except StaleVersion:
        return cell_form(draft, filing_id, ordinal, form, status=409)
    return cell_after(draft, filing_id, ordinal, "已保存。")


@bp.post("/<int:draft_id>/annex/<int:filing_id>/<int:ordinal>/restore")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
@rate_limited(WorkKind.PREVIEWS)
def restore_cell_from_form(draft: Document, filing_id: int, ordinal: int) -> Response:
    """Restore the words that text and filings produce for a cell."""
    try:
        restore_annex_cell(draft, filing_id, ordinal, by=current_person(), version=hidden_number("version"))
    except StaleVersion:
        return go_to(
            "annexes.show_annex", draft_id=draft.id, toast="他人刚刚改动过这一格，没有恢复。请核对。"
        )
    return cell_after(draft, filing_id, ordinal, "已恢复。")


def cell_after(draft: Document, filing_id: int, ordinal: int, message: str) -> Response:
    """Respond with the present cell, or redirect to the annex without htmx."""
    if not is_htmx_request():
        place = f"cell-{filing_id}-{ordinal}"
        return go_to("annexes.show_annex", draft_id=draft.id, _anchor=place, toast=message)
    fresh = require_row(queries.find_document(draft.id))
    return page_or_fragment(
        "drafting/editing/annexes/annex.html",
        "cell",
        document=fresh,
        cell=cell_of(fresh, filing_id, ordinal),
        message=message,
        is_focused=True,
    )


def cell_form(
    draft: Document,
    filing_id: int,
    ordinal: int,
    form: AnnexCellForm,
    *,
    status: int = 200,
    version: int | None = None,
) -> Response:
    """Return the form for one cell; after a conflict, with the present words beside what was typed."""
    fresh = require_row(queries.find_document(draft.id))
    cell = cell_of(fresh, filing_id, ordinal)
    return page_or_fragment(
        "drafting/editing/annexes/cell.html",
        "cell_form",
        status=status,
        document=fresh,
        cell=cell,
        form=form,
        version=cell.version if version is None else version,
        is_stale=status == 409,
    )
