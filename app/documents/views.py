"""Documents: the register, assembling, watching one being made, reading, issuing, downloading."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from flask import Blueprint, Response, current_app, request, send_file

from app.access.policy import Action, require
from app.documents import announcements, operations, queries
from app.documents.addressing import addressed, in_words
from app.documents.editing.desk import desk_of
from app.documents.facts import Facts
from app.documents.forms import NO_QUARTER, AssembleForm, written
from app.documents.kinds import OFFERS, purpose_of
from app.documents.models import Document, DocumentFile
from app.documents.ordering import Order
from app.documents.proposals import caution, proposed
from app.documents.register.numbers import number_for
from app.documents.rules import DRAFTS, READING, TRAITS, DocumentKind, FileFormat, Fullness
from app.documents.scope import Scope, Span, scope_of
from app.errors import BadInput, FieldProblems, StaleVersion
from app.org.queries import department, departments, leader, leaders
from app.periods.queries import periods
from app.periods.rules import QUARTERS, Quarter
from app.plan.models import Plan
from app.plan.queries import current_plan
from app.web.forms import stated
from app.web.guards import allowed, found, me
from app.web.once import once
from app.web.responses import go_to, page_asked_for, page_or_fragment

bp = Blueprint("documents", __name__, url_prefix="/documents")

MIME_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("")
@allowed(Action.READ_DOCUMENT)
def listing() -> Response:
    """Show the documents: all to the office, what is issued to leaders, to a department what is issued to it."""
    listed = queries.documents(me(), page_asked_for())
    return page_or_fragment(
        "documents/listing.html",
        "documents/_listing.html",
        listed=listed,
        unread=announcements.unread_among(listed.rows, by=me()),
    )


@bp.get("/new")
@allowed(Action.BUILD_DOCUMENT)
def kinds() -> Response:
    """Show the kinds of documents to choose from."""
    return page_or_fragment("documents/kinds.html", "documents/_kinds.html", offers=OFFERS)


@bp.get("/new/<kind>")
@allowed(Action.BUILD_DOCUMENT)
def new(kind: str) -> Response:
    """Show the form for a new document of a kind, with the usual particulars filled in."""
    chosen, plan = kind_of(kind), found(current_plan())
    form = AssembleForm(data=written(proposed(chosen, plan, current_app.config["SETTINGS"].site_name)))
    offer(chosen, form)
    return assemble_page(chosen, form)


@bp.post("/new/<kind>")
@allowed(Action.BUILD_DOCUMENT)
@once
def assemble(kind: str) -> Response:
    """Have a document made."""
    chosen, plan, form = kind_of(kind), found(current_plan()), AssembleForm()
    offer(chosen, form)
    if not form.validate():
        return assemble_page(chosen, form, status=422)
    try:
        order = Order(
            chosen,
            plan,
            scope_chosen(chosen, plan, form),
            department=department(form.said("department")),
            leader=leader(form.said("leader")),
            fullness=form.said("fullness") or Fullness.FULL,
        )
        document = operations.assemble(order, form.read(), by=me())
    except FieldProblems as refusal:
        form.refuse(refusal.fields)
        return assemble_page(chosen, form, status=422)
    return go_to("documents.show", document_id=document.id)


@bp.get("/<int:document_id>")
@allowed(Action.READ_DOCUMENT, document=queries.document)
def show(document: Document) -> Response:
    """Show a document, or how far it is while it is being made."""
    require(me(), READING[document.state], document)
    announcements.seen(document, by=me())
    return document_page(document)


@bp.post("/<int:document_id>/issue")
@allowed(Action.ISSUE_DOCUMENT, document=queries.document)
@once
def issue(document: Document) -> Response:
    """Issue a document; whatever came up since the page was opened, it shows first."""
    shown = request.form.getlist("despite", type=int)
    try:
        operations.issue(document, by=me(), version=stated("version"), despite=shown)
    except FieldProblems as refusal:
        return refused(document, 422, *map(BadInput, refusal.problems))
    except BadInput as refusal:
        return refused(document, 422, refusal)
    except StaleVersion:
        sentence = "在您核对期间，公文又有改动，没有印发。请核对现在的内容后再印发。"
        return refused(document, 409, BadInput(sentence))
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
    require(me(), READING[document.state], document)
    return sent(document, found(queries.file_of(document, FileFormat.PDF)))


@bp.get("/<int:document_id>/download/<file_format>")
@allowed(Action.READ_DOCUMENT, document=queries.document)
def download(document: Document, file_format: str) -> Response:
    """Hand out a file of the document."""
    wanted = found(next((one for one in FileFormat if one.value == file_format), None))
    return sent(document, operations.download(document, wanted, by=me()), as_attachment=True)


def refused(document: Document, status: int, *refusals: BadInput) -> Response:
    """Return the page of a document as it stands now, with what stood against issuing it."""
    return document_page(found(queries.document(document.id)), status=status, refusals=refusals)


def document_page(document: Document, *, status: int = 200, refusals: Iterable[BadInput] = ()) -> Response:
    """Return the page of a document; of a draft also what is to be looked at before it is issued."""
    is_draft = document.state in DRAFTS and bool(document.facts)
    return page_or_fragment(
        "documents/document.html",
        "documents/_document.html",
        status=status,
        document=document,
        files=queries.files_of(document),
        facts=Facts.from_json(document.facts) if document.facts else None,
        next_number=number_for(document) if TRAITS[document.kind].is_numbered else None,
        successor=queries.successor(document),
        goes_to=in_words(addressed(document.particulars)) if is_draft else "",
        desk=desk_of(document) if is_draft else None,
        rests_on_filings=TRAITS[document.kind].rests_on_filings,
        refusals=refusals,
    )


def kind_of(name: str) -> DocumentKind:
    """Return the kind with that name; 404 where there is none."""
    return found(next((one for one in DocumentKind if one.value == name), None))


def scope_chosen(kind: DocumentKind, plan: Plan, form: AssembleForm) -> Scope:
    """Return the time that was chosen. Raises FieldProblems where quarter and span do not fit."""
    span = form.said("span") or TRAITS[kind].spans[0]
    if span is Span.YEAR:
        return Scope(Quarter(plan.year, QUARTERS[-1]), span)
    period = next((one for one in periods(plan) if one.id == form.said("period")), None)
    if period is None:
        raise FieldProblems({"period": NO_QUARTER})
    try:
        return scope_of(period.quarter, span)
    except BadInput as refusal:
        raise FieldProblems({"span": str(refusal)}) from None


def offer(kind: DocumentKind, form: AssembleForm) -> None:
    """Offer what can be chosen for a kind."""
    plan = current_plan()
    opened = periods(plan) if plan else []
    form.offer(kind, periods=opened, departments=departments(), leaders=leaders())


def assemble_page(kind: DocumentKind, form: AssembleForm, *, status: int = 200) -> Response:
    """Return the page with the form."""
    return page_or_fragment(
        "documents/new.html",
        "documents/_new.html",
        status=status,
        form=form,
        kind=kind,
        purpose=purpose_of(kind),
        caution=caution(kind, found(current_plan())),
    )


def sent(document: Document, file: DocumentFile, *, as_attachment: bool = False) -> Response:
    """Return a file under its Chinese name; browsers show a PDF with a viewer of their own, which the page frames."""
    name = f"{document.number or ''}{document.title}{file.format.name_ending}"
    response = send_file(
        BytesIO(file.data),
        MIME_TYPES[file.format.suffix],
        as_attachment=as_attachment,
        download_name=name,
        max_age=0,
        etag=False,
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
    return response
