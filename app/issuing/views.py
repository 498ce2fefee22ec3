"""Documents: list, page, progress, issuing, download, verification."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, make_response, request

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.access.work_limits import WorkKind, count_work, rate_limited
from app.authority.policy import Action, is_allowed, require
from app.base.errors import BadInput, FieldProblems, StaleVersion
from app.base.settings.current import current_settings
from app.drafting.core import queries
from app.drafting.core.life_cycle import READING
from app.drafting.core.models import Document, DocumentFile
from app.drafting.editing.draft_page import draft_page_of
from app.drafting.editing.lint_marks import marks_or_obstacle
from app.drafting.jobs import downloads, job_requests
from app.issuing import announcements, operations, verification
from app.issuing.issue_checks import checks_of
from app.issuing.verification import verdict_of
from app.plan.core.chosen_plan import chosen_plan
from app.printing.rules import FileFormat
from app.web.forms import hidden_number
from app.web.responses import PDF_TYPE, XLSX_TYPE, file_response, go_to, page_asked_for, page_or_fragment

bp = Blueprint("issuing", __name__, url_prefix="/documents")

MIME_TYPES = {
    "pdf": PDF_TYPE,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX_TYPE,
}


@bp.get("")
@allowed(Action.READ_DOCUMENT)
def list_documents() -> Response:
    """Show a plan's documents: all for the office, issued ones for leaders, those issued to it for a department."""
    choice = chosen_plan()
    listed = queries.readable_documents(current_person(), choice.plan, page_asked_for())
    return page_or_fragment(
        "issuing/listing.html",
        choice=choice,
        listed=listed,
        unread=announcements.unread_among(listed.rows, by=current_person()),
    )


@bp.get("/<int:document_id>")
@allowed(Action.READ_DOCUMENT, document=queries.find_document)
def show_document(document: Document) -> Response:
    """Show a document, or its progress while it is being made; ``?waiting=30`` gets no new content while it is still at
    30 %.
    """
    require(current_person(), READING[document.state], document)
    if document.job.is_at_work and request.args.get("waiting", type=int) == document.job.percent:
        return make_response("", 204)
    announcements.mark_document_seen(document, by=current_person())
    return document_page(document, is_awaited="waiting" in request.args)


@bp.post("/<int:document_id>/issue")
@allowed(Action.ISSUE_DOCUMENT, document=queries.find_document)
@rate_limited(WorkKind.DOCUMENTS)
@once_per_form
def issue_from_form(document: Document) -> Response:
    """Issue a document; anything that has changed since the page was opened is shown first."""
    try:
        operations.issue_document(
            document,
            by=current_person(),
            version=hidden_number("version"),
            despite=request.form.getlist("despite", type=int),
            unseen=request.form.get("unseen", 0, type=int),
            errors=request.form.get("errors", 0, type=int),
        )
    except FieldProblems as refusal:
        return refused_page(document, 422, *map(BadInput, refusal.problems))
    except BadInput as refusal:
        return refused_page(document, 422, refusal)
    except StaleVersion:
        sentence = "在您核对期间，公文又有改动，没有印发。请核对现在的内容后再印发。"
        return refused_page(document, 409, BadInput(sentence))
    return go_to("issuing.show_document", document_id=document.id)


@bp.post("/<int:document_id>/retry")
@allowed(Action.ASSEMBLE_DOCUMENT, document=queries.find_document)
@rate_limited(WorkKind.DOCUMENTS)
def retry_from_form(document: Document) -> Response:
    """Print a document again."""
    job_requests.retry_printing(document, by=current_person())
    return go_to("issuing.show_document", document_id=document.id)


@bp.get("/<int:document_id>/file.pdf")
@allowed(Action.READ_DOCUMENT, document=queries.find_document)
def send_pdf(document: Document) -> Response:
    """Send the PDF that the page shows."""
    return send_document_file(
        document, downloads.download_file(document, FileFormat.PDF, by=current_person())
    )


@bp.get("/<int:document_id>/download/<file_format>")
@allowed(Action.READ_DOCUMENT, document=queries.find_document)
def send_download(document: Document, file_format: str) -> Response:
    wanted = require_row(next((one for one in FileFormat if one.value == file_format), None))
    if downloads.is_made_on_demand(document, wanted):
        count_work(WorkKind.DOCUMENTS)
    return send_document_file(
        document, downloads.download_file(document, wanted, by=current_person()), as_attachment=True
    )


def refused_page(document: Document, status: int, *refusals: BadInput) -> Response:
    """Return the page of a document as it is now, with why it could not be issued."""
    return document_page(require_row(queries.find_document(document.id)), status=status, refusals=refusals)


def document_page(
    document: Document,
    *,
    status: int = 200,
    refusals: Iterable[BadInput] = (),
    is_awaited: bool = False,
) -> Response:
    """Return the page of a document, for a draft with its checklist.

    is_awaited: somebody is waiting for its pages, so the page asks for the rest on its own.
    """
    is_composed = document.is_draft and bool(document.facts)
    can_issue = is_allowed(current_person(), Action.ISSUE_DOCUMENT)
    is_checked = is_composed and document.job.is_done and can_issue and not is_awaited
    draft_page = draft_page_of(document, current_settings()) if is_composed else None
    marks, obstacle = marks_or_obstacle(document) if is_checked else (None, "")
    return page_or_fragment(
        "issuing/document.html",
        status=status,
        document=document,
        formats=downloads.formats_of(document),
        successor=queries.correction_of(document),
        checks=checks_of(draft_page) if draft_page else None,
        draft_page=draft_page,
        marks=marks,
        obstacle=obstacle,
        is_awaited=is_awaited,
        refusals=refusals,
        written_on=queries.measures_to_write_on(document) if document.leader_id and document.is_out else [],
    )


def send_document_file(document: Document, file: DocumentFile, *, as_attachment: bool = False) -> Response:
    """Return a file under its Chinese name; a PDF is shown in the browser's viewer within the page."""
    name = f"{document.number or ''}{document.title}{file.format.name_ending}"
    response = file_response(file.data, MIME_TYPES[file.format.suffix], name, as_attachment=as_attachment)
    response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
    return response


@bp.get("/<int:document_id>/verification")
@allowed(Action.READ_DOCUMENT, document=queries.find_document)
def show_verification(document: Document) -> Response:
    """Show the latest verification; ``?waiting=1`` gets no new content while it is under way."""
    require(current_person(), READING[document.state], document)
    if request.args.get("waiting"):
        asked = verification.latest_verification(document)
        if asked is not None and verification.is_under_way(asked):
            return make_response("", 204)
    return verification_page(document)


@bp.post("/<int:document_id>/verification")
@allowed(Action.REQUEST_VERIFICATION, document=queries.find_document)
@rate_limited(WorkKind.DOCUMENTS)
def request_verification_from_form(document: Document) -> Response:
    """Verify the files; if that is under way, show its progress."""
    verification.request_verification(document, by=current_person())
    return verification_page(document)


def verification_page(document: Document) -> Response:
    """Return the page of a verification, or the fragment on the document's page."""
    asked = verification.latest_verification(document)
    findings = verification.findings_of(asked) if asked else []
    return page_or_fragment(
        "issuing/verification/verification.html",
        document=document,
        asked=asked,
        findings=findings,
        verdict=verdict_of(findings),
        sealed=verification.sealed_by_log(document).files,
        is_under_way=asked is not None and verification.is_under_way(asked),
    )
