"""The page for renewing a draft: it shows what will change before the operation is run."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.errors import StaleVersion
from app.base.settings.current import current_settings
from app.drafting.core import queries
from app.drafting.core.models import Document
from app.drafting.core.queries import next_state_of
from app.drafting.editing.renewal import operations as renewal
from app.drafting.editing.renewal.block_changes import BlockChange
from app.filing.core.lights import thresholds_of
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("renewal", __name__, url_prefix="/documents")


@bp.get("/<int:draft_id>/renewal")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
def show_renewal(draft: Document) -> Response:
    """Show what would change. Raises IllegalTransition, BadInput."""
    next_state_of(draft, Action.EDIT_DOCUMENT)
    if not draft.facts:
        return go_to("issuing.show_document", document_id=draft.id)
    return renewal_page(draft)


@bp.post("/<int:draft_id>/renewal")
@allowed(Action.EDIT_DOCUMENT, draft=queries.find_document)
@rate_limited(WorkKind.DOCUMENTS)
def renew_from_form(draft: Document) -> Response:
    """Renew the draft, if the filings still say what was shown."""
    try:
        done = renewal.renew_draft(
            draft,
            by=current_person(),
            read=request.form.get("read", ""),
            thresholds=thresholds_of(current_settings()),
        )
    except StaleVersion:
        return renewal_page(require_row(queries.find_document(draft.id)), status=409)
    kept = len(done.blocks_with(BlockChange.KEPT))
    message = f"已按现在采用的填报更新。{f'有 {kept} 段改动过，文字保留，请逐段核对。' if kept else ''}"
    return go_to("editing.edit_draft", draft_id=draft.id, toast=message)


def renewal_page(draft: Document, *, status: int = 200) -> Response:
    """Return the page with the changes."""
    return page_or_fragment(
        "drafting/editing/renewal/renewal.html",
        status=status,
        document=draft,
        renewal=renewal.renewal_of(draft, thresholds_of(current_settings())),
        outcomes=list(BlockChange),
        is_stale=status == 409,
    )
