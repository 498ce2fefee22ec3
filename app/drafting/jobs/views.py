"""The pages of a document as pictures, shown beside its text."""

from __future__ import annotations

import json

from flask import Blueprint, Response, make_response, request

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action, require
from app.drafting.core import queries
from app.drafting.core.life_cycle import READING
from app.drafting.core.models import Document
from app.drafting.jobs.downloads import page_picture, view_pages
from app.drafting.jobs.job_requests import printed_soon
from app.web.responses import page_or_fragment

bp = Blueprint("jobs", __name__, url_prefix="/documents")

A_DAY = 86_400


@bp.get("/<int:document_id>/pages")
@allowed(Action.READ_DOCUMENT, document=queries.find_document)
def show_pages(document: Document) -> Response:
    """Show the pages, or that new ones are being made; ``?waiting=1`` waits a moment for new ones.

    Responds 204 if they are not ready. A trigger tells the page when printing is done, so that other slow work, such as
    checking the text, only starts then.
    """
    require(current_person(), READING[document.state], document)
    shown = printed_soon(document) if request.args.get("waiting") else document
    if shown is None:
        return make_response("", 204)
    answer = page_or_fragment("drafting/jobs/pages.html", "pages_and_fault", document=shown)
    if not shown.job.is_at_work:
        answer.headers["HX-Trigger"] = json.dumps({"document-printed": None})
    return answer


@bp.get("/<int:document_id>/pages/<int:number>.png")
@allowed(Action.READ_DOCUMENT, document=queries.find_document)
def send_page_picture(document: Document, number: int) -> Response:
    """Send one page as a picture, ``?sharp=1`` for a tablet; cacheable if the address names the present version."""
    file = view_pages(document, by=current_person())
    is_sharp = request.args.get("sharp") == "1"
    response = make_response(require_row(page_picture(file.id, file.sha256, number, is_sharp=is_sharp)))
    response.headers["Content-Type"] = "image/png"
    is_named = request.args.get("v", type=int) == file.shows
    response.headers["Cache-Control"] = f"private, max-age={A_DAY}" if is_named else "no-store"
    return response
