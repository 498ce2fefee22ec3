"""What changed in a filing since it was returned, and since the last quarter: for the list of whoever signs."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.policy import Action
from app.filing import queries
from app.filing.earlier import everything_compared
from app.filing.models import Filing
from app.web.guards import allowed
from app.web.responses import page_or_fragment

bp = Blueprint("comparison", __name__, url_prefix="/filings")


@bp.get("/<int:filing_id>/differences")
@allowed(Action.READ_FILING, filing=queries.filing)
def differences(filing: Filing) -> Response:
    """Show a filing against its earlier texts."""
    return page_or_fragment(
        "filing/differences.html",
        "filing/_differences.html",
        filing=filing,
        comparisons=everything_compared(filing),
    )
