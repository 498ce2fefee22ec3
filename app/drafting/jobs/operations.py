"""The worker's side of making a document's files: take a lease, gather, compose, print, store.

A queue may lose a task or deliver it twice, and a worker may die at any point. Therefore the request is a row, its
lease names the worker, and the files are stored in the same transaction that marks the request as done.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.composition.facts import DocumentFacts
from app.composition.kinds import spec_of
from app.drafting.core.draft import as_composed, rows_for, text_of_document
from app.drafting.core.life_cycle import DocumentState, JobState, JobStep
from app.drafting.core.models import Document, DocumentFile, RenderJob
from app.drafting.core.signals import document_issued, job_requested
from app.drafting.jobs.draft_printing import UnprintableDraft, print_draft
from app.drafting.jobs.gathering import gather_facts
from app.filing.core.lights import LightThresholds
from app.printing.formats import PrintedFile, render_document
from app.printing.render_pool import Printer, Pulse, RenderProcessDied
from app.printing.rules import FROZEN_FORMATS, FileFormat
from reports.model import DocumentError, OfficialDocument

logger = logging.getLogger(__name__)

BROKEN = "生成公文时系统出了问题，填报内容不受影响。请重试；如仍不行，请联系系统管理员。"
# A killed worker's job is taken over within one lease plus the reconciler's minute: less than two minutes.
LEASE = timedelta(seconds=45)
ATTEMPTS = 3
TOO_MANY_ATTEMPTS = f"生成公文连续{ATTEMPTS}次中断，已停止自动重试。请稍后重试；如仍不行，请联系系统管理员。"


@dataclass(frozen=True)
class JobLease:
    """The right to work on a job; valid until somebody takes the job or requests it again."""

    job_id: int
    number: int


# The leases held by this process, to be released when it is stopped.
HELD_LEASES: set[JobLease] = set()


class LeaseLost(Exception):
    """Somebody else has taken the job; the work of this process is discarded."""


def render_in_process(
    document: OfficialDocument, formats: Iterable[FileFormat], _pulse: Pulse
) -> list[PrintedFile]:
    """Print in this process, without a rendering process: if printing crashes, so does this process."""
    return render_document(document, formats)


def run_job(
    job_id: int, printer: Printer = render_in_process, *, by: Actor, thresholds: LightThresholds
) -> None:
    """Make the files that a job requests, unless somebody else is doing so or it is done.

    thresholds: of the lights, if the facts are not gathered yet.
    """
    require(by, Action.PRINT_DOCUMENT)
    lease = take_lease(job_id)
    if lease is None:
        return
    HELD_LEASES.add(lease)
    try:
        make_files(lease, printer, thresholds, by=by)
    except LeaseLost:
        logger.warning("render job %s was taken over by another worker", job_id)
    except RenderProcessDied:
        logger.warning("what printed render job %s died", job_id)
        retry_job(lease)
    except UnprintableDraft as error:
        fail_job(lease, str(error), fault=error.block)
    except DocumentError as error:
        fail_job(lease, str(error))
    except Exception:
        logger.exception("render job %s failed", job_id)
        fail_job(lease, BROKEN)
    finally:
        HELD_LEASES.discard(lease)


@transaction
def take_lease(job_id: int) -> JobLease | None:
    """Take the lease of a job that is queued or whose lease has expired; None if that is not possible."""
    free = (RenderJob.state == JobState.QUEUED) | has_run_out()
    wanted = (RenderJob.id == job_id) & free & (RenderJob.attempts < ATTEMPTS)
    taking = {
        "state": JobState.RUNNING,
        "attempts": RenderJob.attempts + 1,
        "lease_number": RenderJob.lease_number + 1,
        "lease_until": now() + LEASE,
    }
    if not RenderJob.update(taking).where(wanted).execute():
        return None
    return JobLease(job_id, RenderJob.get_by_id(job_id).lease_number)


def has_run_out() -> Any:
    """Return the condition that a job's lease has expired because its worker died or hangs.

    A lease longer than two leases from now means that the clock was set back; it counts as expired too.
    """
    moment = now()
    is_over = (RenderJob.lease_until < moment) | (RenderJob.lease_until > moment + 2 * LEASE)
    return (RenderJob.state == JobState.RUNNING) & is_over


def make_files(lease: JobLease, printer: Printer, thresholds: LightThresholds, *, by: Actor) -> None:
    """Make the files of a job; facts that are already gathered are kept."""
    report_step(lease, JobStep.GATHER)
    document: Document = RenderJob.get_by_id(lease.job_id).document
    if not document.content and not document.facts:
        store_facts(lease, document, facts_of(document, thresholds))
    report_step(lease, JobStep.COMPOSE)
    text = text_of_document(document)
    report_step(lease, JobStep.PRINT)
    draft, frozen = partial(print_draft, document, text, printer), partial(printer, text, FROZEN_FORMATS)
    print_it = frozen if document.content else draft
    finish_job(lease, document, print_it(partial(report_step, lease, JobStep.PRINT)), by=by)


def facts_of(document: Document, thresholds: LightThresholds) -> DocumentFacts:
    """Return the present facts for a document."""
    return gather_facts(
        document.plan,
        document.scope,
        thresholds=thresholds,
        department=document.department,
        leader=document.leader,
        whole_plan=spec_of(document.kind).encloses_plan,
        fullness=document.fullness,
    )


def report_step(lease: JobLease, step: JobStep) -> None:
    """Store the job's current step and renew its lease. Raises LeaseLost."""
    change_job(lease, step=step.label, percent=step.percent, lease_until=now() + LEASE)


@transaction
def store_facts(lease: JobLease, document: Document, facts: DocumentFacts) -> None:
    """Store the gathered facts and the first blocks of the text. Raises LeaseLost, DocumentError."""
    change_job(lease, lease_until=now() + LEASE)
    for row in rows_for(document, as_composed(document, facts).body):
        row.save(force_insert=True)
    document.facts = facts.as_json()
    document.save_as_next(read_at=document.version)


@transaction
def finish_job(lease: JobLease, document: Document, files: Iterable[PrintedFile], *, by: Actor) -> None:
    """Store the files and end the job in one transaction.

    Raises LeaseLost, also after an edit, which requests new files.
    """
    change_job(lease, state=JobState.DONE, step="", percent=100, lease_until=None)
    DocumentFile.delete().where(DocumentFile.document == document).execute()
    hashes = {}
    for file in files:
        DocumentFile.create(document=document, shows=document.version, **vars(file))
        hashes[file.format.value] = file.sha256
    detail = {"sha256": hashes, "number": document.number}
    record_event(Action.PRINT_DOCUMENT, document, by=by, summary=document.title, detail=detail)
    if document.state is DocumentState.ISSUING:
        document.state = DocumentState.ISSUED
        document.save_as_next(read_at=document.version)
        Document.update(state=DocumentState.SUPERSEDED).where(Document.id == document.supersedes_id).execute()
        document_issued.send(document)


def fail_job(lease: JobLease, sentence: str, fault: int | None = None) -> None:
    """End the job with a sentence for the office, which may retry it; `fault` is the id of the block to change."""
    with suppress(LeaseLost):
        change_job(lease, state=JobState.FAILED, step="", error=sentence, fault=fault, lease_until=None)


def retry_job(lease: JobLease) -> None:
    """Queue a job again at once, or end it if it was tried too often."""
    job = RenderJob.get_by_id(lease.job_id)
    if job.attempts >= ATTEMPTS:
        fail_job(lease, TOO_MANY_ATTEMPTS)
        return
    requeue_job(lease)


def release_job(job_id: int, *, by: Actor) -> None:
    """Give back a job of this process, which is being stopped, so that another one takes it; this costs no attempt.

    A job that somebody else has taken over stays with them.
    """
    require(by, Action.PRINT_DOCUMENT)
    for lease in tuple(HELD_LEASES):
        if lease.job_id == job_id:
            requeue_job(lease, attempts=RenderJob.attempts - 1)


def requeue_job(lease: JobLease, **changes: Any) -> None:
    """Give up a lease and announce the job to workers."""
    with suppress(LeaseLost):
        change_job(lease, state=JobState.QUEUED, step="", percent=0, lease_until=None, **changes)
        job_requested.send(RenderJob.get_by_id(lease.job_id))


def change_job(lease: JobLease, **changes: Any) -> None:
    """Change the job if the lease is still valid. Raises LeaseLost otherwise."""
    mine = (RenderJob.state == JobState.RUNNING) & (RenderJob.lease_number == lease.number)
    if not RenderJob.update(changes).where((RenderJob.id == lease.job_id) & mine).execute():
        raise LeaseLost


def reconcile_jobs(*, by: Actor) -> None:
    """Announce again the jobs that the queue lost or whose worker died, and end those tried too often."""
    require(by, Action.RUN_TASKS)
    is_given_up = has_run_out() & (RenderJob.attempts >= ATTEMPTS)
    RenderJob.update(state=JobState.FAILED, error=TOO_MANY_ATTEMPTS, lease_until=None).where(
        is_given_up
    ).execute()
    for job in RenderJob.select().where((RenderJob.state == JobState.QUEUED) | has_run_out()):
        job_requested.send(job)
