"""Asking whether an issued document's files are still those that were issued, and being told."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action, require
from app.drafting.core import queries
from app.drafting.core.life_cycle import READING
from app.drafting.core.models import Document
from app.issuing import verification
from app.issuing.verification import verdict_of
from app.web.responses import page_or_fragment

bp = Blueprint("verification", __name__, url_prefix="/documents")


@bp.get("/<int:document_id>/verification")
@allowed(Action.READ_DOCUMENT, document=queries.find_document)
def show_verification(document: Document) -> Response:
    """Show what came of the last verification, or how far it is."""
    require(current_person(), READING[document.state], document)
    return verification_page(document)


@bp.post("/<int:document_id>/verification")
@allowed(Action.REQUEST_VERIFICATION, document=queries.find_document)
@rate_limited(WorkKind.DOCUMENTS)
def request_from_form(document: Document) -> Response:
    """Have the files verified; where that is under way, show how far it is."""
    verification.request_verification(document, by=current_person())
    return verification_page(document)


def verification_page(document: Document) -> Response:
    """Return the page, or the fragment that stands on the document's own page."""
    asked = verification.latest_verification(document)
    findings = verification.findings_of(asked) if asked else []
    return page_or_fragment(
        "issuing/verification/verification.html",
        "issuing/verification/_verification.html",
        document=document,
        asked=asked,
        findings=findings,
        verdict=verdict_of(findings),
        sealed=verification.sealed_by_log(document).files,
        is_under_way=asked is not None and verification.is_under_way(asked),
    )
