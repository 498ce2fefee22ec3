"""Corrections: an issued document never changes; a corrected one with the same number replaces it."""

from __future__ import annotations

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import (
    IllegalTransition,
    RefusalWay,
    StaleVersion,
    raise_field_problems,
)
from app.base.text import plain_text, text_problem
from app.drafting.core.life_cycle import DRAFT_STATES, DocumentState
from app.drafting.core.models import Document, DocumentBlock, RenderJob, columns_of
from app.drafting.core.queries import document_path, next_state_of, rows_of
from app.drafting.jobs.job_requests import announce_job

CORRECTION_LENGTH = 500
NO_REASON = "请写明更正了什么、为什么更正；这段话会登记在发文登记簿上。"


@transaction
def correct_document(document: Document, reason: str, *, by: Actor, version: int) -> Document:
    """Start the correction of an issued document: a draft with the same text, to be edited and issued.

    It starts from the blocks and facts of the original, not from present filings. Raises NotAllowed, FieldProblems,
    StaleVersion, IllegalTransition if it is not issued, is corrected already, or a correction is being edited.
    """
    require(by, Action.CORRECT_DOCUMENT)
    current: Document = Document.get_by_id(document.id)
    next_state_of(current, Action.CORRECT_DOCUMENT)
    if current.version != version:
        raise StaleVersion(current)
    cause = sound_reason(reason)
    begun = open_correction(current)
    if begun is not None:
        raise IllegalTransition(
            f"{begun.created_by}已经开始更正这份公文，请在那份更正稿上继续：{begun.title}。",
            RefusalWay("打开更正稿", document_path(begun)),
        )
    draft = correction_draft(current, cause, by=by)
    announce_job(RenderJob.create(document=draft, requested_by=by.person))
    detail = {"draft": draft.id, "number": current.number, "edition": draft.edition}
    summary = f"{current.number or ''} {current.title}".strip()
    record_event(Action.CORRECT_DOCUMENT, current, by=by, summary=summary, reason=cause, detail=detail)
    return draft


def sound_reason(reason: str) -> str:
    """Return the reason as it will stand in the register. Raises FieldProblems."""
    cause = plain_text(reason).strip()
    raise_field_problems({"reason": text_problem(cause, "更正说明", CORRECTION_LENGTH, when_empty=NO_REASON)})
    return cause


def correction_draft(corrected: Document, cause: str, *, by: Actor) -> Document:
    """Return a draft with the text of an issued document."""
    draft = Document.create(
        kind=corrected.kind,
        state=DocumentState.EDITING,
        plan=corrected.plan_id,
        period=corrected.period_id,
        span=corrected.span,
        fullness=corrected.fullness,
        department=corrected.department_id,
        leader=corrected.leader_id,
        title=corrected.title,
        edition=corrected.edition + 1,
        supersedes=corrected,
        correction=cause,
        facts=corrected.facts,
        gathered_at=corrected.gathered_at or corrected.created_at,
        created_by=by.person,
        owner=by.account_id,
        **columns_of(corrected.particulars),
    )
    for row in rows_of(corrected):
        copy_block(row, draft).save()
    return draft


def copy_block(row: DocumentBlock, draft: Document) -> DocumentBlock:
    """Return a copy of a block for the draft of a correction; it is not stored yet."""
    return DocumentBlock(
        document=draft,
        position=row.position,
        content=row.content,
        composed=row.composed,
        role=row.role,
        filing=row.filing_id,
        directive=row.directive_id,
        item=row.item_id,
        ordinal=row.ordinal,
        overtaken_by=row.overtaken_by,
        is_dropped=row.is_dropped,
        updated_by=row.updated_by,
        updated_at=row.updated_at,
    )


def open_correction(document: Document) -> Document | None:
    """Return the correction of a document that is being edited, or None."""
    states = (*DRAFT_STATES, DocumentState.ISSUING)
    return Document.get_or_none((Document.supersedes == document) & Document.state.in_(states))
