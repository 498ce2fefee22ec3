"""The deeds of a document's life: each checks, changes and records in one transaction; workers hear of it after."""

from __future__ import annotations

from peewee import IntegrityError

from app.access.policy import Action, require
from app.access.user import User
from app.audit.operations import record
from app.clock import now
from app.db import database, transaction
from app.documents import queries
from app.documents.composition.quarterly import title
from app.documents.models import Document, DocumentFile, RenderJob
from app.documents.particulars import Particulars, read_number
from app.documents.rules import READING, DocumentKind, JobState, next_state
from app.documents.signals import job_requested
from app.errors import FieldProblems, IllegalTransition, NotFound
from app.periods.models import Period


@transaction
def assemble(period: Period, particulars: Particulars, *, by: User) -> Document:
    """Have a quarterly report made from what is accepted now; a worker prints it.

    Raises NotAllowed, and FieldProblems when nothing of the quarter was accepted.
    """
    require(by, Action.BUILD_DOCUMENT)
    if not queries.has_accepted(period):
        sentence = f"{period.quarter.words}还没有已采用的填报，无法汇编报告。请先在“审核”中采用填报。"
        raise FieldProblems({"period": sentence})
    document = Document.create(
        kind=DocumentKind.QUARTERLY,
        period=period,
        title=title(period.plan.title, period.quarter),
        issuer=particulars.issuer,
        recipient=particulars.recipient,
        signer=particulars.signer,
        copies_to="，".join(particulars.copies_to),
        dated=particulars.dated,
        created_by=by.person,
    )
    job = RenderJob.create(document=document, requested_by=by.person)
    record(Action.BUILD_DOCUMENT, document, by=by.actor, summary=document.title)
    announce(job)
    return document


@transaction
def issue(document: Document, *, number: str, by: User, version: int) -> None:
    """Issue a document under a number, such as 华街〔2026〕12号.

    Its content is frozen already; it counts as issued once a worker has printed it with the number.
    Raises NotAllowed, IllegalTransition, StaleVersion, and FieldProblems for a number that is wrong or taken.
    """
    require(by, Action.ISSUE_DOCUMENT)
    document.state = next_state(Action.ISSUE_DOCUMENT, document.state)
    job = job_of(document)
    if job.state is not JobState.DONE:
        raise IllegalTransition("公文还没有生成，暂时不能印发。请等生成完成并核对后再印发。")
    document.number = str(read_number(number, year=document.dated.year))
    document.issued_at, document.issued_by = now(), by.person
    try:
        document.save_as_next(read_at=version)
    except IntegrityError:
        raise FieldProblems({"number": f"{document.number}已用于另一份公文，请换一个文号。"}) from None
    request_again(job, by=by)
    record(
        Action.ISSUE_DOCUMENT,
        document,
        by=by.actor,
        summary=f"{document.number} {document.title}",
        detail={"number": document.number},
    )


@transaction
def retry(document: Document, *, by: User) -> None:
    """Have a document printed again after it failed. Raises NotAllowed, IllegalTransition."""
    require(by, Action.BUILD_DOCUMENT)
    job = job_of(document)
    if job.state is not JobState.FAILED:
        raise IllegalTransition(f"这份公文现在是“{job.state.label}”，不需要重新生成。")
    request_again(job, by=by)
    record("retry_document", document, by=by.actor, summary=document.title)


@transaction
def download(document: Document, *, by: User) -> DocumentFile:
    """Hand out a document's PDF and write down to whom. Raises NotAllowed, NotFound."""
    require(by, READING[document.state])
    file = queries.pdf_of(document)
    if file is None:
        raise NotFound("这份公文的 PDF 还没有生成，请稍后再下载。")
    detail = {"sha256": file.sha256, "number": document.number}
    record("download_document", document, by=by.actor, summary=document.title, detail=detail)
    return file


def job_of(document: Document) -> RenderJob:
    """Return the document's render job as it stands in the database."""
    return RenderJob.get(RenderJob.document == document)


def request_again(job: RenderJob, *, by: User) -> None:
    """Put a finished job back into the queue."""
    job.state, job.step, job.percent, job.attempts = JobState.QUEUED, "", 0, 0
    job.lease_until, job.error = None, ""
    job.requested_at, job.requested_by = now(), by.person
    job.save()
    announce(job)


def announce(job: RenderJob) -> None:
    """Let workers know of a job, once it is committed."""
    database.after_commit(lambda: job_requested.send(job))
