"""The request that an open filing page repeats to learn who else has it open."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from app.access.guards import allowed, asked_by_page, current_person
from app.authority.policy import Action
from app.filing.core import queries
from app.filing.core.models import Filing
from app.filing.presence.operations import note_and_read_presence

bp = Blueprint("presence", __name__, url_prefix="/filings")


@bp.post("/<int:filing_id>/presence")
@asked_by_page
@allowed(Action.WRITE_FILING, filing=queries.find_filing)
def note_open_page(filing: Filing) -> Response:
    """Record that the page is open, and return who else has it; 204 if the page shows that already."""
    others = note_and_read_presence(filing, by=current_person())
    if others.key == request.form.get("shown", ""):
        return make_response("", 204)
    return make_response(render_template("filing/presence/_presence.html", filing=filing, others=others))
