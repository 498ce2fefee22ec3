"""The steps of a document's life as they are asked for: a refusal leads on to the document that holds now."""

from __future__ import annotations

from app.access.policy import Action
from app.base.errors import IllegalTransition, Way
from app.drafting.core.models import Document
from app.drafting.core.queries import in_force
from app.drafting.core.rules import DocumentState, next_state


def next_state_of(document: Document, action: Action) -> DocumentState:
    """Return where `action` leads from where a document stands. Raises IllegalTransition."""
    try:
        return next_state(action, document.state)
    except IllegalTransition as refusal:
        raise IllegalTransition(refusal.sentence, way_to(document)) from None


def way_to(document: Document) -> Way:
    """Return the way to a document's page, or to that of what corrected it."""
    current = in_force(document)
    is_corrected = current.id != document.id
    return Way(f"查看更正后的第 {current.edition} 版" if is_corrected else "查看这份公文", path_of(current))


def path_of(document: Document) -> str:
    """Return the path of a document's page."""
    return f"/documents/{document.id}"
