"""Everything that happens to a render job, and handing out what it made, with all that it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

import pytest

from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at
from app.composition.rules import DocumentKind
from app.drafting.core.models import Document, DocumentBlock, RenderJob
from app.drafting.core.signals import job_requested
from app.drafting.jobs import downloads, job_requests
from app.drafting.jobs import operations as jobs
from app.drafting.jobs.operations import ATTEMPTS, LEASE
from app.printing.formats import PrintedFile
from app.printing.render_pool import RenderProcessDied
from app.printing.rules import FileFormat
from reports.model import DocumentError, OfficialDocument
from tests.drafting.drafts import fresh
from tests.drafting.sample_documents import assembled
from tests.issuing.issued_documents import issued, quick
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import THRESHOLDS, World

pytestmark = pytest.mark.usefixtures("in_app")

MOMENT = datetime(2026, 10, 9, 9, 30)


def test_each_operation_changes_what_it_names_and_nothing_else(reported: World) -> None:
    found = changes_beside(__file__, MOMENT)
    with clock_stopped_at(MOMENT):
        document = assembled(reported)
        out = issued(reported, DocumentKind.CIRCULAR)
    lease_job(found, reported, job_requests.job_of(document))
    end_job(found, job_requests.job_of(document))
    hand_out(found, reported, out, document)
    found.compare()


def announcing(operation: Callable[[], object]) -> Callable[[], tuple[str, ...]]:
    """Do something and return how often it let workers know of a job, and how that stood."""

    def run() -> tuple[str, ...]:
        heard: list[str] = []

        def hear(job: RenderJob, is_urgent: bool = True) -> None:
            assert is_urgent
            heard.append(f"job {job.state} {job.attempts}")

        with job_requested.connected_to(hear):
            result = operation()
        return (str(result), *heard)

    return run


def lease_job(found: RecordedChanges, world: World, job: RenderJob) -> None:
    office = world.users["office"]

    def run(error: Exception | None = None) -> Callable[[], tuple[str, ...]]:
        def printer(
            _text: OfficialDocument, formats: Iterable[FileFormat], pulse: object
        ) -> list[PrintedFile]:
            if error is not None:
                raise error
            return quick(_text, formats, pulse)

        return announcing(partial(jobs.run_job, job.id, printer, thresholds=THRESHOLDS, by=SYSTEM))

    retry = partial(job_requests.retry_printing, by=office)
    found.record("run as filer", lambda: jobs.run_job(job.id, thresholds=THRESHOLDS, by=world.users["filer"]))
    with clock_stopped_at(MOMENT + timedelta(minutes=len(found.steps))):  # in force at the next step
        lease = jobs.take_lease(job.id)
    assert lease
    jobs.HELD_LEASES.add(lease)
    found.record("take what is taken", announcing(lambda: jobs.take_lease(job.id)))
    found.record("ask again for what is running", announcing(lambda: retry(job.document)))
    found.record("release another", announcing(lambda: jobs.release_job(job.id + 1, by=SYSTEM)))
    found.record("release", announcing(lambda: jobs.release_job(job.id, by=SYSTEM)))
    found.record("release again", announcing(lambda: jobs.release_job(job.id, by=SYSTEM)))
    jobs.HELD_LEASES.discard(lease)
    for number in range(1, ATTEMPTS + 1):
        found.record(f"run and die {number}", run(RenderProcessDied("gone")))
    found.record("run once more", run())
    found.record(
        "ask again as filer",
        announcing(lambda: job_requests.retry_printing(job.document, by=world.users["filer"])),
    )
    found.record("ask again", announcing(lambda: retry(job.document)))
    found.record("run and fail", run(DocumentError("缺字。")))
    retry(job.document)
    found.record("run and break", run(RuntimeError("no such thing")))
    retry(job.document)
    found.record("run", run())
    found.record("run what is done", run())


def end_job(found: RecordedChanges, job: RenderJob) -> None:
    """Let the lease run out, or seem to last for ever, and the job be given up."""
    reconcile = announcing(partial(jobs.reconcile_jobs, by=SYSTEM))
    start = found.begin or MOMENT
    for name, until, attempts in (
        ("lease in force", LEASE, 1),
        ("lease as long as two", 2 * LEASE, 1),
        ("lease longer than two", 2 * LEASE + timedelta(seconds=1), 1),
        ("lease over", -timedelta(seconds=1), ATTEMPTS - 1),
        ("lease over for the last time", -timedelta(seconds=1), ATTEMPTS),
    ):
        at = start + timedelta(minutes=len(found.steps))
        running = {"state": "running", "attempts": attempts, "lease_until": at + until}
        RenderJob.update(running).where(RenderJob.id == job.id).execute()
        found.record(f"reconcile: {name}", reconcile)
    RenderJob.update(state="queued", lease_until=None).where(RenderJob.id == job.id).execute()
    found.record("reconcile: queued", reconcile)


def hand_out(found: RecordedChanges, world: World, out: Document, draft: Document) -> None:
    def view(by: str, document: Document = out) -> Callable[[], object]:
        return lambda: downloads.view_pages(fresh(document), by=world.users[by])

    def download(file_format: FileFormat, by: str, document: Document = out) -> Callable[[], object]:
        return lambda: downloads.download_file(fresh(document), file_format, by=world.users[by])

    found.record("view", view("leader"))
    found.record("view again", view("leader"))
    found.record("view as another", view("office"))
    found.record("view a draft", view("office", draft))
    found.record("view a draft as filer", view("filer", draft))
    found.record("download", download(FileFormat.DOCX, "leader"))
    found.record("download again", download(FileFormat.DOCX, "leader"))
    found.record("download a draft as filer", download(FileFormat.PDF, "filer", draft))
    blank = assembled(world, DocumentKind.SUPERVISION)
    found.record("view what is not printed", view("office", blank))
    found.record("download what is not printed", download(FileFormat.PDF, "office", blank))
    assert DocumentBlock.select().where(DocumentBlock.document == blank).count() == 0
