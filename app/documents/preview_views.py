"""The pages of a document as pictures, to be looked at beside its text."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from app.access.policy import Action, require
from app.documents import queries
from app.documents.models import Document
from app.documents.pictures import page_picture
from app.documents.rules import READING, FileFormat
from app.web.guards import allowed, found, me

bp = Blueprint("preview", __name__, url_prefix="/documents")

A_DAY = 86_400


@bp.get("/<int:document_id>/pages")
@allowed(Action.READ_DOCUMENT, document=queries.document)
def pages(document: Document) -> Response:
    """Show the pages, or that new ones are being made."""
    require(me(), READING[document.state])
    return make_response(render_template("documents/_pages.html", document=document))


@bp.get("/<int:document_id>/pages/<int:number>.png")
@allowed(Action.READ_DOCUMENT, document=queries.document)
def page(document: Document, number: int) -> Response:
    """Send one page as a picture; its address names the version that it shows, so that browsers may keep it."""
    require(me(), READING[document.state])
    file = found(queries.file_of(document, FileFormat.PDF))
    response = make_response(found(page_picture(bytes(file.data), number)))
    response.headers["Content-Type"] = "image/png"
    response.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return response
