"""Documents: the register, assembling, watching one being made, reading, issuing, downloading."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, current_app, send_file

from app.access.policy import Action, allows, require
from app.clock import today
from app.documents import operations, queries
from app.documents.facts import QuarterFacts
from app.documents.forms import AssembleForm, IssueForm
from app.documents.models import Document, DocumentFile
from app.documents.particulars import next_number, usual_particulars
from app.documents.rules import READING
from app.errors import FieldProblems
from app.org.queries import leaders
from app.periods.queries import periods
from app.plan.queries import current_plan
from app.web.forms import stated, write_on
from app.web.guards import allowed, found, me
from app.web.once import once
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("documents", __name__, url_prefix="/documents")

PDF = "application/pdf"


@bp.get("")
@allowed(Action.READ_DOCUMENT)
def listing() -> Response:
    """Show the register: all of it to the office, what is issued to leaders."""
    documents = queries.documents(issued_only=not allows(me(), Action.BUILD_DOCUMENT))
    return page_or_fragment("documents/listing.html", "documents/_listing.html", documents=documents)


@bp.get("/new")
@allowed(Action.BUILD_DOCUMENT)
def new() -> Response:
    """Show the form for a new report, with the usual particulars filled in."""
    usual = usual_particulars(current_app.config["SETTINGS"].site_name, leaders(), today())
    return assemble_page(AssembleForm(data=vars(usual) | {"copies_to": "，".join(usual.copies_to)}))


@bp.post("")
@allowed(Action.BUILD_DOCUMENT)
@once
def assemble() -> Response:
    """Have a report made."""
    form = AssembleForm()
    if not form.validate():
        return assemble_page(form, status=422)
    period = found(next((one for one in opened_periods() if one.id == form.period.data), None))
    try:
        document = operations.assemble(period, form.particulars(), by=me())
    except FieldProblems as refusal:
        write_on(form, refusal.fields)
        return assemble_page(form, status=422)
    return go_to("documents.show", document_id=document.id)


@bp.get("/<int:document_id>")
@allowed(Action.READ_DOCUMENT, document=queries.document)
def show(document: Document) -> Response:
    """Show a document, or how far it is while it is being made."""
    require(me(), READING[document.state])
    year = document.dated.year
    return document_page(document, IssueForm(number=str(next_number(queries.numbers_of(year), year))))


@bp.post("/<int:document_id>/issue")
@allowed(Action.ISSUE_DOCUMENT, document=queries.document)
@once
def issue(document: Document) -> Response:
    """Issue a document under the number that was typed."""
    form = IssueForm()
    if not form.validate():
        return document_page(document, form, status=422)
    try:
        operations.issue(document, number=form.number.data or "", by=me(), version=stated("version"))
    except FieldProblems as refusal:
        write_on(form, refusal.fields)
        return document_page(found(queries.document(document.id)), form, status=422)
    return go_to("documents.show", document_id=document.id)


@bp.post("/<int:document_id>/retry")
@allowed(Action.BUILD_DOCUMENT, document=queries.document)
def retry(document: Document) -> Response:
    """Have a document printed again."""
    operations.retry(document, by=me())
    return go_to("documents.show", document_id=document.id)


@bp.get("/<int:document_id>/file.pdf")
@allowed(Action.READ_DOCUMENT, document=queries.document)
def preview(document: Document) -> Response:
    """Send the PDF to be shown inside the page."""
    require(me(), READING[document.state])
    return sent(document, found(queries.pdf_of(document)))


@bp.get("/<int:document_id>/download")
@allowed(Action.READ_DOCUMENT, document=queries.document)
def download(document: Document) -> Response:
    """Hand out the PDF."""
    return sent(document, operations.download(document, by=me()), as_attachment=True)


def assemble_page(form: AssembleForm, *, status: int = 200) -> Response:
    """Return the page with the form."""
    form.offer(opened_periods())
    return page_or_fragment("documents/new.html", "documents/_new.html", status=status, form=form)


def document_page(document: Document, form: IssueForm, *, status: int = 200) -> Response:
    """Return a document's page."""
    return page_or_fragment(
        "documents/document.html",
        "documents/_document.html",
        status=status,
        document=document,
        facts=QuarterFacts.from_json(document.content) if document.content else None,
        form=form,
    )


def opened_periods() -> list[Any]:
    """Return the quarters that a report can be about."""
    plan = current_plan()
    return periods(plan) if plan else []


def sent(document: Document, file: DocumentFile, *, as_attachment: bool = False) -> Response:
    """Return a PDF under its Chinese name; browsers show it with a viewer of their own, which the page frames."""
    name = f"{document.number or ''}{document.title}.pdf"
    response = send_file(
        BytesIO(file.data), PDF, as_attachment=as_attachment, download_name=name, max_age=0, etag=False
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
    return response
