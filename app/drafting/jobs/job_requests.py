"""Requesting a document's files: retrying, announcing the job to workers, and waiting for it."""

from __future__ import annotations

from time import monotonic, sleep

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import database, transaction
from app.base.errors import IllegalTransition
from app.drafting.core.life_cycle import JobState
from app.drafting.core.models import Document, RenderJob
from app.drafting.core.queries import find_document, way_to_document
from app.drafting.core.signals import job_requested

# Seconds: the longest time that a waiting browser may hold one of the few threads, and the interval of checking.
LONGEST_WAIT, NEXT_LOOK = 0.3, 0.02


@transaction
def retry_printing(document: Document, *, by: Actor) -> None:
    """Request a document's files again after a failure. Raises NotAllowed, IllegalTransition."""
    require(by, Action.ASSEMBLE_DOCUMENT)
    job = job_of(document)
    if job.state is not JobState.FAILED:
        raise IllegalTransition(
            f"这份公文现在是“{job.state.label}”，不需要重新生成。", way_to_document(document)
        )
    request_files_again(job, by=by)
    record_event(EventKind.RETRY_DOCUMENT, document, by=by, summary=document.title)


def job_of(document: Document) -> RenderJob:
    """Return the document's render job as stored now."""
    return RenderJob.get(RenderJob.document == document)


def printed_soon(document: Document) -> Document | None:
    """Return the document once its job has ended; None if that takes longer than LONGEST_WAIT."""
    end = monotonic() + LONGEST_WAIT
    while job_of(document).is_at_work:
        if monotonic() >= end:
            return None
        sleep(NEXT_LOOK)
    return find_document(document.id)


def request_files_again(job: RenderJob, *, by: Actor) -> None:
    """Put a job back into the queue; a worker that is running it loses its lease and discards its work."""
    new_state = {
        "state": JobState.QUEUED,
        "step": "",
        "percent": 0,
        "attempts": 0,
        "lease_until": None,
        "error": "",
        "fault": None,
        "requested_at": now(),
        "requested_by": by.person,
    }
    RenderJob.update(new_state).where(RenderJob.id == job.id).execute()
    announce_job(job)


def announce_job(job: RenderJob, *, is_urgent: bool = True) -> None:
    """Announce a job to workers after the commit; a job that is not urgent is queued behind everything else."""
    database.after_commit(lambda: job_requested.send(job, is_urgent=is_urgent))
