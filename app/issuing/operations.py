"""Issuing a document."""

from __future__ import annotations

from collections.abc import Collection

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now, today
from app.base.database import transaction
from app.base.errors import BadInput, IllegalTransition, RefusalWay
from app.composition.deadlines import date_problem
from app.composition.kinds import spec_of
from app.drafting.core.draft import content_digest, text_of_document
from app.drafting.core.duplicates import refuse_duplicate
from app.drafting.core.life_cycle import JobState
from app.drafting.core.models import Document, RenderJob
from app.drafting.core.queries import document_path, next_state_of, way_to_document
from app.drafting.editing import wording_requests
from app.drafting.editing.lint_marks import issue_despite
from app.drafting.jobs.job_requests import job_of, request_files_again
from app.issuing import addressing, register
from reports.frozen_text import document_as_json
from reports.model import DocumentError


@transaction
def issue_document(
    document: Document,
    *,
    by: Actor,
    version: int,
    despite: Collection[int] = (),
    unseen: int = 0,
    errors: int = 0,
) -> None:
    """Issue a document: give it its number and freeze its text; a worker then makes its files.

    despite: the ids of unanswered wording requests that the person was shown. unseen: the number of blocks that the
    person was shown whose words a department has not seen. errors: the number of lint errors that the person was
    shown. Raises NotAllowed, IllegalTransition, StaleVersion, BadInput for a date that cannot be right or a text that
    cannot be printed, FieldProblems for departments that did not agree to their wording, and for such blocks or errors
    that were not shown.
    """
    require(by, Action.ISSUE_DOCUMENT)
    document.state = next_state_of(document, Action.ISSUE_DOCUMENT)
    job = finished_job(document)
    known = known_errors(document, errors)
    document.save_as_next(read_at=version)
    wording_requests.confirm_despite(document, despite, unseen, by=by)
    refuse_duplicate(document)
    refuse_slip(document)
    freeze_document(document, by=by)
    request_files_again(job, by=by)
    detail = {
        "number": document.number,
        "edition": document.edition,
        "errors": known,
        "content": content_digest(document.content),
    }
    summary = f"{document.number or ''} {document.title}".strip()
    record_event(Action.ISSUE_DOCUMENT, document, by=by, summary=summary, detail=detail)


def finished_job(document: Document) -> RenderJob:
    """Return the job of a document whose pages can be viewed. Raises IllegalTransition."""
    job = job_of(document)
    if job.state is not JobState.DONE:
        sentence = "公文还没有生成，暂时不能印发。请等生成完成并核对后再印发。"
        raise IllegalTransition(sentence, way_to_document(document))
    return job


def freeze_document(document: Document, *, by: Actor) -> None:
    """Give a document its number, freeze its text, and store whom it goes to."""
    if spec_of(document.kind).is_numbered:
        document.number = str(register.enter_document(document, person=by.person))
    document.content = document_as_json(text_of_document(document))
    document.issued_at, document.issued_by = now(), by.person
    addressing.record_addressees(document, addressing.addressees_of(document))
    document.save_as_next(read_at=document.version)


def known_errors(document: Document, shown: int) -> int:
    """Return the number of lint errors that a document is issued with. Raises BadInput, FieldProblems for more than
    were shown.
    """
    try:
        return issue_despite(document, shown)
    except DocumentError as error:
        way = RefusalWay("编辑正文", f"{document_path(document)}/edit")
        raise BadInput(str(error), way=way) from None


def refuse_slip(document: Document) -> None:
    """Raise BadInput for a date that cannot be right, because the number's year is taken from it."""
    if problem := date_problem(document.dated, spec_of(document.kind), document.scope, today()):
        raise BadInput(problem, way=RefusalWay("改正成文日期", f"{document_path(document)}/particulars"))
