"""Editing a draft: its blocks beside the pages that they become."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response
from htmx_flask import request as htmx_request

from app.access.policy import Action
from app.documents import checking, editing, queries, wordings
from app.documents.desk import Desk, desk_of
from app.documents.drafting import as_edited
from app.documents.editing_forms import BlockForm, DescribeForm, InsertForm
from app.documents.facts import Facts
from app.documents.forms import written
from app.documents.models import Document, DocumentBlock
from app.documents.rules import TRAITS
from app.errors import FieldProblems, StaleVersion
from app.web.forms import stated, write_on
from app.web.guards import allowed, found, me
from app.web.responses import go_to, page_or_fragment, with_toast
from reports.lint import Finding

bp = Blueprint("editing", __name__, url_prefix="/documents")

MOVES: dict[str, Callable[..., Any]] = {
    "drop": editing.drop,
    "restore": editing.restore,
    "up": lambda row, **said: editing.move(row, -1, **said),
    "down": lambda row, **said: editing.move(row, 1, **said),
}
SAID = {"drop": "已删去，可以恢复。", "restore": "已恢复。", "up": "已上移。", "down": "已下移。"}


@bp.get("/<int:document_id>/edit")
@allowed(Action.EDIT_DOCUMENT, document=queries.document)
def desk(document: Document) -> Response:
    """Show a draft's blocks, and beside them its pages."""
    return desk_page(document)


@bp.get("/blocks/<int:block_id>")
@allowed(Action.EDIT_DOCUMENT, block=queries.block)
def block(block: DocumentBlock) -> Response:
    """Show the form for one block."""
    line = desk_of(block.document).line(block.id)
    head = line.head.text if line.head else ""
    return block_form(block, BlockForm(data={"text": line.words, "head": head}))


@bp.post("/blocks/<int:block_id>")
@allowed(Action.EDIT_DOCUMENT, block=queries.block)
def rewrite(block: DocumentBlock) -> Response:
    """Have a block say what was typed."""
    form, version = BlockForm(), stated("version")
    try:
        editing.rewrite(block, form.wording(), by=me(), version=version)
    except FieldProblems as refusal:
        write_on(form, refusal.fields)
        return block_form(found(queries.block(block.id)), form, status=422, version=version)
    except StaleVersion:
        return block_form(found(queries.block(block.id)), form, status=409, is_stale=True)
    return settled(block, "已保存。")


@bp.post("/blocks/<int:block_id>/<any(drop, restore, up, down):deed>")
@allowed(Action.EDIT_DOCUMENT, block=queries.block)
def move(block: DocumentBlock, deed: str) -> Response:
    """Leave a block out, take it in again, or move it by one place."""
    MOVES[deed](block, by=me(), version=stated("version"))
    if deed in ("drop", "restore"):
        return settled(block, SAID[deed])
    return whole_desk(block.document, SAID[deed], focus=block.id)


@bp.post("/blocks/<int:block_id>/ask")
@allowed(Action.EDIT_DOCUMENT, block=queries.block)
def ask(block: DocumentBlock) -> Response:
    """Ask the department to confirm its changed words."""
    request = wordings.ask(block, by=me())
    return settled(block, f"已送{request.department.name}确认。")


@bp.get("/blocks/<int:block_id>/after")
@allowed(Action.EDIT_DOCUMENT, block=queries.block)
def new_block(block: DocumentBlock) -> Response:
    """Show the form for a new block after this one."""
    return insert_form(block, InsertForm())


@bp.post("/blocks/<int:block_id>/after")
@allowed(Action.EDIT_DOCUMENT, block=queries.block)
def insert(block: DocumentBlock) -> Response:
    """Write a new block after this one."""
    form = InsertForm()
    if not form.validate():
        return insert_form(block, form, status=422)
    try:
        row = editing.insert(block, form.block(), by=me())
    except FieldProblems as refusal:
        write_on(form, refusal.fields)
        return insert_form(block, form, status=422)
    return whole_desk(block.document, "已写入新的一段。", focus=row.id)


@bp.get("/<int:document_id>/findings")
@allowed(Action.EDIT_DOCUMENT, document=queries.document)
def findings(document: Document) -> Response:
    """Show what the lint finds in a draft, each finding with the block that it is about."""
    rows = [row for row in queries.blocks_of(document) if not row.is_dropped]
    facts = Facts.from_json(document.facts) if document.facts else None
    found_ones = checking.findings(as_edited(document, rows), facts)
    noted = [(finding, row_of(finding, rows)) for finding in found_ones]
    return page_or_fragment(
        "documents/findings.html", "documents/_findings.html", document=document, findings=noted
    )


def row_of(finding: Finding, rows: list[DocumentBlock]) -> DocumentBlock | None:
    """Return the block that a finding is about, if it is about one of the body."""
    place = finding.place
    if place.block is None or place.annex is not None or place.enclosure:
        return None
    return rows[place.block]


@bp.get("/<int:document_id>/particulars")
@allowed(Action.EDIT_DOCUMENT, document=queries.document)
def particulars(document: Document) -> Response:
    """Show the form for the title and what stands around the text."""
    usual = written(document.particulars) | {"title": document.title}
    return particulars_form(document, DescribeForm(data=usual))


@bp.post("/<int:document_id>/particulars")
@allowed(Action.EDIT_DOCUMENT, document=queries.document)
def describe(document: Document) -> Response:
    """Change the title and what stands around the text."""
    form, version = DescribeForm(), stated("version")
    form.ask_for(document.kind)
    if not form.validate():
        return particulars_form(document, form, status=422, version=version)
    try:
        editing.describe(document, form.title.data or "", form.read(), by=me(), version=version)
    except FieldProblems as refusal:
        write_on(form, refusal.fields)
        return particulars_form(found(queries.document(document.id)), form, status=422, version=version)
    return go_to("documents.show", document_id=document.id, toast="已保存，正在按新的内容重新生成。")


def desk_page(document: Document, *, focus: int | None = None) -> Response:
    """Return the whole desk."""
    return page_or_fragment(
        "documents/desk.html",
        "documents/_desk.html",
        document=document,
        desk=desk_of(document),
        focus=focus,
    )


def whole_desk(document: Document, said: str, *, focus: int) -> Response:
    """Return the desk after a deed that changed the order, the focus on the block that was moved."""
    if not htmx_request.htmx:
        return go_to("editing.desk", document_id=document.id, toast=said)
    return with_toast(desk_page(found(queries.document(document.id)), focus=focus), said)


def settled(block: DocumentBlock, said: str) -> Response:
    """Return a block as it now stands, with the counters beside it."""
    if not htmx_request.htmx:
        return go_to("editing.desk", document_id=block.document_id, toast=said)
    current: Desk = desk_of(found(queries.document(block.document_id)))
    return page_or_fragment(
        "documents/desk.html",
        "documents/_block_saved.html",
        document=current.document,
        desk=current,
        line=current.line(block.id),
        said=said,
    )


def block_form(
    block: DocumentBlock,
    form: BlockForm,
    *,
    status: int = 200,
    version: int | None = None,
    is_stale: bool = False,
) -> Response:
    """Return the form for a block, with everything that was typed; after a conflict, beside what another saved."""
    current = desk_of(block.document)
    return page_or_fragment(
        "documents/block.html",
        "documents/_block_form.html",
        status=status,
        document=block.document,
        line=current.line(block.id),
        form=form,
        version=version or block.version,
        is_stale=is_stale,
    )


def insert_form(block: DocumentBlock, form: InsertForm, *, status: int = 200) -> Response:
    """Return the form for a new block after another."""
    return page_or_fragment(
        "documents/insert.html",
        "documents/_insert_form.html",
        status=status,
        document=block.document,
        block=block,
        form=form,
    )


def particulars_form(
    document: Document, form: DescribeForm, *, status: int = 200, version: int | None = None
) -> Response:
    """Return the form for what stands around the text."""
    form.ask_for(document.kind)
    return page_or_fragment(
        "documents/particulars.html",
        "documents/_particulars.html",
        status=status,
        document=document,
        form=form,
        traits=TRAITS[document.kind],
        version=version or document.version,
    )
