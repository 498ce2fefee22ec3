"""Directives on an issued document, and the printed sheet of a directive (督办单)."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from app.access.guards import allowed, current_person
from app.access.once_per_form import once_per_form
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.directives.core.content import DirectiveTarget, TargetDocument
from app.directives.core.models import Directive
from app.directives.pages.forms import DirectiveForm
from app.directives.pages.views import find_directive
from app.directives.pages.writing_views import form_about, issue_typed, writing_page
from app.drafting.core import queries
from app.drafting.core.models import Document
from app.issuing.directive_sheets import print_directive_sheet
from app.web.responses import file_response

bp = Blueprint("document_directives", __name__)


def find_issued(document_id: int) -> Document | None:
    """Return an issued document; drafts are for the office only."""
    document = queries.find_document(document_id)
    return document if document is not None and document.is_out else None


@bp.get("/documents/<int:document_id>/directives/new")
@allowed(Action.WRITE_DIRECTIVE, document=find_issued)
def show_form_on_document(document: Document) -> Response:
    return writing_page(form_on_document(document))


@bp.post("/documents/<int:document_id>/directives/new")
@allowed(Action.WRITE_DIRECTIVE, document=find_issued)
@once_per_form
def submit_form_on_document(document: Document) -> Response:
    return issue_typed(form_on_document(document))


def form_on_document(document: Document) -> DirectiveForm:
    title = "".join(document.title.split("\n"))
    return form_about(
        DirectiveTarget(document=TargetDocument(document.id, title)),
        document.plan,
        submit=url_for("document_directives.submit_form_on_document", document_id=document.id),
        back=url_for("issuing.show_document", document_id=document.id),
    )


@bp.get("/directives/<directive_id>/sheet.pdf")
@allowed(Action.READ_DIRECTIVE, directive=find_directive)
@rate_limited(WorkKind.DOCUMENTS)
def send_sheet(directive: Directive) -> Response:
    """Send the sheet with the history, or ``?blank=1`` to be filled in by hand."""
    is_blank = request.args.get("blank") == "1"
    printed = print_directive_sheet(directive, is_blank=is_blank, by=current_person())
    return file_response(
        printed.data, "application/pdf", f"督办单 {directive.number_words}.pdf", as_attachment=False
    )
