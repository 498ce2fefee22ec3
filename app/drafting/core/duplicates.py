"""Another document about the same: told when one is assembled and before it is issued, refused when it is issued."""

from __future__ import annotations

from app.base.errors import IllegalTransition, Way
from app.composition.deadlines import Caution
from app.drafting.core.life_cycle import path_of
from app.drafting.core.models import Document
from app.drafting.core.queries import like
from app.drafting.core.rules import DRAFTS, OUT, DocumentState

ISSUED = (DocumentState.ISSUING, *OUT)
TITLE = "同一内容的公文已经印发"
DEED = "如需改动，请打开那份公文，点“更正”。"


def issued_twin(document: Document) -> Document | None:
    """Return what was issued, or is just being issued, about the same, and is not what this document corrects."""
    issued = like(document, ISSUED)
    return None if issued is None or issued.id == document.supersedes_id else issued


def refuse_second(document: Document) -> None:
    """Raise IllegalTransition where a document of this kind was issued about the same, and this does not correct it."""
    issued = issued_twin(document)
    if issued is not None:
        raise IllegalTransition(f"{TITLE}：{issued.number or issued.title}。{DEED}", way_to_twin(issued))


def twin_caution(document: Document) -> Caution | None:
    """Return what to know of another document about the same as a draft, stored or not; None where there is none."""
    issued = issued_twin(document)
    if issued is not None:
        named = f"“{issued.title}”{f'（{issued.number}）' if issued.number else ''}"
        return Caution(TITLE, f"{named}已经印发，同一内容不能再次印发。{DEED}", way_to_twin(issued))
    draft = like(document, DRAFTS)
    if draft is not None:
        text = f"{draft.created_by}汇编的“{draft.title}”还没有印发。两份只能印发一份，不需要的请作废。"
        return Caution("同一内容的公文已有草稿", text, way_to_twin(draft))
    return None


def way_to_twin(twin: Document) -> Way:
    """Return the way to another document's page."""
    return Way("打开那份草稿" if twin.is_draft else "打开那份公文", path_of(twin))
