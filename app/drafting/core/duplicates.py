"""Documents about the same subject: a warning on assembling and before issuing, a refusal on issuing."""

from __future__ import annotations

from app.base.errors import IllegalTransition, RefusalWay
from app.composition.deadlines import DraftCaution
from app.drafting.core.life_cycle import DRAFT_STATES, ISSUED_STATES, DocumentState
from app.drafting.core.models import Document
from app.drafting.core.queries import document_path, similar_document

ISSUED = (DocumentState.ISSUING, *ISSUED_STATES)
TITLE = "同一内容的公文已经印发"
CORRECTION_HINT = "如需改动，请打开那份公文，点“更正”。"


def issued_duplicate(document: Document) -> Document | None:
    """Return a document about the same, (being) issued and not the one that this document corrects; None if none."""
    issued = similar_document(document, ISSUED)
    return None if issued is None or issued.id == document.supersedes_id else issued


def refuse_duplicate(document: Document) -> None:
    """Raise IllegalTransition if a document about the same was issued and this one does not correct it."""
    issued = issued_duplicate(document)
    if issued is not None:
        raise IllegalTransition(
            f"{TITLE}：{issued.number or issued.title}。{CORRECTION_HINT}", way_to_duplicate(issued)
        )


def duplicate_caution(document: Document) -> DraftCaution | None:
    """Return a warning about another document about the same as a draft, stored or not; None if there is none."""
    issued = issued_duplicate(document)
    if issued is not None:
        named = f"“{issued.title}”{f'（{issued.number}）' if issued.number else ''}"
        return DraftCaution(
            TITLE, f"{named}已经印发，同一内容不能再次印发。{CORRECTION_HINT}", way_to_duplicate(issued)
        )
    draft = similar_document(document, DRAFT_STATES)
    if draft is not None:
        text = f"{draft.created_by}汇编的“{draft.title}”还没有印发。两份只能印发一份，不需要的请作废。"
        return DraftCaution("同一内容的公文已有草稿", text, way_to_duplicate(draft))
    return None


def way_to_duplicate(duplicate: Document) -> RefusalWay:
    """Return the link to another document's page."""
    return RefusalWay("打开那份草稿" if duplicate.is_draft else "打开那份公文", document_path(duplicate))
