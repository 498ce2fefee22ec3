"""The steps of a document's life as they are asked for: a refusal leads on to the document that holds now."""

from __future__ import annotations

from app.authority.policy import Action
from app.base.errors import IllegalTransition, RefusalWay
from app.drafting.core.models import Document
from app.drafting.core.queries import edition_in_force
from app.drafting.core.rules import DocumentState, next_document_state


def next_state_of(document: Document, action: Action) -> DocumentState:
    """Return where `action` leads from where a document stands. Raises IllegalTransition."""
    try:
        return next_document_state(action, document.state)
    except IllegalTransition as refusal:
        raise IllegalTransition(refusal.sentence, way_to_document(document)) from None


def way_to_document(document: Document) -> RefusalWay:
    """Return the way to a document's page, or to that of what corrected it."""
    current = edition_in_force(document)
    is_corrected = current.id != document.id
    return RefusalWay(
        f"查看更正后的第 {current.edition} 版" if is_corrected else "查看这份公文", document_path(current)
    )


def document_path(document: Document) -> str:
    """Return the path of a document's page."""
    return f"/documents/{document.id}"
