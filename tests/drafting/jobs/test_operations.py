"""Leases: whatever dies or is late, every job ends in exactly one file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from unittest.mock import Mock

import pytest

from app.audit.queries import events_of_subject
from app.authority.actor import SYSTEM
from app.authority.policy import Action
from app.base.clock import clock_stopped_at, now
from app.base.database import database
from app.base.errors import IllegalTransition
from app.composition.rules import DocumentKind
from app.drafting.core.life_cycle import DocumentState, JobState, JobStep
from app.drafting.core.models import Document, DocumentFile, RenderJob
from app.drafting.jobs import job_requests
from app.drafting.jobs import operations as jobs
from app.drafting.jobs.operations import ATTEMPTS, LEASE, JobLease, LeaseLost
from app.issuing.corrections import correct_document
from app.printing.formats import PrintedFile
from app.printing.rules import FileFormat
from app.wiring.queue import TaskQueue
from reports.model import DocumentError
from tests.databases import on_both
from tests.drafting.sample_documents import assembled, take_through
from tests.issuing.issued_documents import issue_now, issued, print_now
from tests.world import THRESHOLDS, World, full_content

pytestmark = pytest.mark.usefixtures("in_app")

TAKERS = 8
LATER = LEASE + timedelta(seconds=1)


class Killed(BaseException):
    """A worker that dies: no handler of ours runs."""


@pytest.fixture
def job(reported: World) -> RenderJob:
    document = assembled(reported)
    return job_requests.job_of(document)


@pytest.fixture
def render(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException | None], None]:
    """Return how to let printing succeed at once, or die with an error."""

    def set_up(error: BaseException | None) -> None:
        def printed(_document: object, _formats: object) -> list[PrintedFile]:
            if error is not None:
                raise error
            return [PrintedFile(FileFormat.PDF, b"%PDF", 1, "0" * 64)]

        monkeypatch.setattr(jobs, "render_document", printed)

    return set_up


def stored(job: RenderJob) -> RenderJob:
    return RenderJob.get_by_id(job.id)


@on_both
def test_of_many_takers_one_wins(job: RenderJob) -> None:
    line = Barrier(TAKERS)

    def take(_taker: int) -> JobLease | None:
        with database.connection_context():
            line.wait()
            return jobs.take_lease(job.id)

    with ThreadPoolExecutor(TAKERS) as takers:
        leases = list(takers.map(take, range(TAKERS)))
    assert [lease for lease in leases if lease] == [JobLease(job.id, 1)]


@on_both
def test_a_killed_workers_job_is_taken_again_when_its_lease_is_over(
    job: RenderJob, queue: TaskQueue, render: Callable[[BaseException | None], None]
) -> None:
    render(Killed())
    with pytest.raises(Killed):
        jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    died = stored(job)
    assert (died.state, died.step, died.percent) == (JobState.RUNNING, "生成文件", 50)
    render(None)
    jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    assert stored(job).state is JobState.RUNNING
    queue.huey.flush()
    with clock_stopped_at(now() + LATER):
        jobs.reconcile_jobs(by=SYSTEM)
        assert queue.huey.pending_count() == 1
        queue.huey.execute(queue.huey.dequeue())
    assert (stored(job).state, stored(job).attempts) == (JobState.DONE, 2)
    assert DocumentFile.select().count() == 1


@on_both
def test_a_worker_that_comes_too_late_changes_nothing(
    job: RenderJob, render: Callable[[BaseException | None], None]
) -> None:
    render(None)
    late = jobs.take_lease(job.id)
    assert late is not None
    with clock_stopped_at(now() + LATER):
        jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    file = DocumentFile.get()
    with pytest.raises(LeaseLost):
        jobs.make_files(late, jobs.render_in_process, THRESHOLDS, by=SYSTEM)
    jobs.fail_job(late, "太晚了。")
    assert (stored(job).state, stored(job).error) == (JobState.DONE, "")
    assert DocumentFile.get().id == file.id


@on_both
def test_a_job_that_kills_its_workers_is_ended_and_can_be_tried_again(
    job: RenderJob, reported: World, render: Callable[[BaseException | None], None]
) -> None:
    render(Killed())
    moment = now()
    for attempt in range(ATTEMPTS):
        with clock_stopped_at(moment + attempt * LATER), pytest.raises(Killed):
            jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    with clock_stopped_at(moment + ATTEMPTS * LATER):
        jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
        assert stored(job).attempts == ATTEMPTS
        jobs.reconcile_jobs(by=SYSTEM)
    assert stored(job).state is JobState.FAILED
    assert "已停止自动重试" in stored(job).error
    render(None)
    job_requests.retry_printing(job.document, by=reported.users["office"])
    jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    assert (stored(job).state, stored(job).error) == (JobState.DONE, "")


@on_both
@pytest.mark.parametrize(
    ("error", "sentence"),
    [(DocumentError("字体里没有“𰻝”。"), "字体里没有“𰻝”。"), (RuntimeError("no such thing"), jobs.BROKEN)],
)
def test_a_failure_says_what_to_do_and_leaves_no_half_file(
    job: RenderJob, render: Callable[[BaseException | None], None], error: Exception, sentence: str
) -> None:
    render(error)
    jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    failed = stored(job)
    assert (failed.state, failed.error, failed.lease_until) == (JobState.FAILED, sentence, None)
    assert not DocumentFile.select().exists()
    assert job.document.content == {}


def test_who_waits_for_a_document_gets_it_within_a_moment_or_not_at_all(
    job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []
    monkeypatch.setattr(job_requests, "sleep", naps.append)
    monkeypatch.setattr(job_requests, "monotonic", Mock(side_effect=[5.0, 5.2, 5.3, 6.0]))
    assert job_requests.printed_soon(job.document) is None
    assert naps == [job_requests.NEXT_LOOK]
    RenderJob.update(state=JobState.DONE).execute()
    assert job_requests.printed_soon(job.document) == job.document


def test_a_text_that_cannot_be_composed_says_why(job: RenderJob, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "text_of_document", Mock(side_effect=DocumentError("没有正文。")))
    jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    assert (stored(job).state, stored(job).error, stored(job).fault) == (JobState.FAILED, "没有正文。", None)


def test_a_character_that_no_font_has_is_named(reported: World) -> None:
    take_through(reported, 4, "城管办", full_content("走访\U00032000社区。"))
    document = assembled(reported)
    jobs.run_job(job_requests.job_of(document).id, thresholds=THRESHOLDS, by=SYSTEM)
    failed = job_requests.job_of(document)
    assert failed.state is JobState.FAILED
    assert "\U00032000" in failed.error
    assert "U+32000" in failed.error


def test_a_job_says_at_which_step_it_is_and_its_end_is_on_record(
    job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, int]] = []
    report = jobs.report_step

    def noted(lease: JobLease, step: JobStep) -> None:
        report(lease, step)
        steps.append((stored(job).step, stored(job).percent))

    monkeypatch.setattr(jobs, "report_step", noted)
    jobs.run_job(
        job.id,
        lambda *_: [PrintedFile(FileFormat.PDF, b"%PDF", 1, "0" * 64)],
        thresholds=THRESHOLDS,
        by=SYSTEM,
    )
    assert steps == [(step.label, step.percent) for step in (JobStep.GATHER, JobStep.COMPOSE, JobStep.PRINT)]
    assert (stored(job).step, stored(job).percent, stored(job).lease_until) == ("", 100, None)
    event = events_of_subject(job.document)[-1]
    assert (event.action, event.summary) == (Action.PRINT_DOCUMENT, job.document.title)
    assert event.detail == {"sha256": {"pdf": "0" * 64}, "number": None}


def test_only_the_document_that_a_correction_corrects_gives_way_to_it(reported: World) -> None:
    other, document = issued(reported, DocumentKind.CIRCULAR), issued(reported)
    office = reported.users["office"]
    correction = correct_document(document, "数字有误。", by=office, version=document.version)
    issue_now(print_now(correction), reported)
    states = [Document.get_by_id(one.id).state for one in (other, document, correction)]
    assert states == [DocumentState.ISSUED, DocumentState.SUPERSEDED, DocumentState.ISSUED]


def test_a_failed_job_that_is_tried_again_is_given_to_the_workers(
    job: RenderJob, reported: World, queue: TaskQueue
) -> None:
    lease = jobs.take_lease(job.id)
    assert lease is not None
    jobs.fail_job(lease, "缺字。")
    queue.huey.flush()
    job_requests.retry_printing(job.document, by=reported.users["office"])
    again = stored(job)
    assert (again.state, again.attempts, again.error) == (JobState.QUEUED, 0, "")
    assert queue.huey.pending_count() == 1
    assert events_of_subject(job.document)[-1].action == "retry_document"


def test_only_a_failed_job_is_tried_again(job: RenderJob, reported: World) -> None:
    with pytest.raises(IllegalTransition):
        job_requests.retry_printing(job.document, by=reported.users["office"])


def test_a_job_that_is_done_stays_done(
    job: RenderJob, queue: TaskQueue, render: Callable[[BaseException | None], None]
) -> None:
    render(None)
    jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    queue.huey.flush()
    with clock_stopped_at(now() + LATER):
        jobs.reconcile_jobs(by=SYSTEM)
        jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    assert queue.huey.pending_count() == 0
    assert (stored(job).state, stored(job).attempts) == (JobState.DONE, 1)
