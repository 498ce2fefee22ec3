"""A job asked for again while a worker is at it, and a process that dies: no old lease is good for new work."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from huey import MemoryHuey

from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at, now
from app.drafting.core.life_cycle import JobState, JobStep
from app.drafting.core.models import Document, DocumentBlock, DocumentFile, RenderJob
from app.drafting.jobs import job_requests
from app.drafting.jobs import operations as jobs
from app.drafting.jobs.operations import ATTEMPTS, LEASE, LeaseLost
from app.printing.formats import PrintedFile
from app.printing.render_pool import Pulse, RenderProcessDied
from app.printing.rules import FileFormat
from app.wiring.queue import TaskQueue, open_queue
from tests.databases import on_both
from tests.drafting.sample_documents import assembled
from tests.world import THRESHOLDS, World

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def document(reported: World) -> Document:
    return assembled(reported)


def job_of(document: Document) -> RenderJob:
    return job_requests.job_of(document)


def at_once(*_wanted: object) -> list[PrintedFile]:
    return [PrintedFile(FileFormat.PDF, b"%PDF", 1, "0" * 64)]


def dies(*_wanted: object) -> list[PrintedFile]:
    raise RenderProcessDied


@on_both
def test_a_worker_from_before_a_repeated_request_cannot_finish_for_the_next(
    document: Document, reported: World
) -> None:
    old = jobs.take_lease(job_of(document).id)
    job_requests.request_files_again(job_of(document), by=reported.users["office"])
    new = jobs.take_lease(job_of(document).id)
    assert old is not None
    assert new is not None
    assert job_of(document).attempts == 1
    with pytest.raises(LeaseLost):
        jobs.report_step(old, JobStep.PRINT)
    with pytest.raises(LeaseLost):
        jobs.store_facts(old, document, jobs.facts_of(document, THRESHOLDS))
    assert not DocumentBlock.select().exists()
    with pytest.raises(LeaseLost):
        jobs.finish_job(old, document, at_once(), by=SYSTEM)
    jobs.fail_job(old, "旧的。")
    jobs.retry_job(old)
    assert job_of(document).state is JobState.RUNNING
    jobs.make_files(new, at_once, thresholds=THRESHOLDS, by=SYSTEM)
    assert (job_of(document).state, job_of(document).error) == (JobState.DONE, "")
    assert DocumentFile.select().count() == 1


@on_both
def test_a_process_that_dies_costs_one_attempt_and_the_job_is_tried_again_at_once(
    document: Document, queue: TaskQueue
) -> None:
    queue.huey.flush()
    jobs.run_job(job_of(document).id, dies, thresholds=THRESHOLDS, by=SYSTEM)
    waiting = job_of(document)
    assert (waiting.state, waiting.attempts, waiting.lease_until) == (JobState.QUEUED, 1, None)
    assert queue.huey.pending_count() == 1
    jobs.run_job(waiting.id, at_once, thresholds=THRESHOLDS, by=SYSTEM)
    assert job_of(document).state is JobState.DONE


def test_a_document_that_kills_every_process_is_given_up_with_a_sentence(
    document: Document, queue: TaskQueue
) -> None:
    for _ in range(ATTEMPTS):
        jobs.run_job(job_of(document).id, dies, thresholds=THRESHOLDS, by=SYSTEM)
    queue.huey.flush()
    jobs.run_job(job_of(document).id, at_once, thresholds=THRESHOLDS, by=SYSTEM)
    jobs.reconcile_jobs(by=SYSTEM)
    given_up = job_of(document)
    assert (given_up.state, given_up.error) == (JobState.FAILED, jobs.TOO_MANY_ATTEMPTS)
    assert queue.huey.pending_count() == 0


@on_both
def test_a_stopping_worker_hands_its_job_to_the_next(
    document: Document, queue: TaskQueue, app: Flask
) -> None:
    stopping = open_queue(app, MemoryHuey(results=False), lambda *_wanted: stop_while_printing(stopping))
    queue.huey.flush()
    stopping.render(job_of(document).id)
    stopping.huey.execute(stopping.huey.dequeue())
    handed_back = job_of(document)
    assert (handed_back.state, handed_back.attempts, handed_back.lease_until) == (JobState.QUEUED, 0, None)
    assert not DocumentFile.select().exists()
    assert queue.huey.pending_count() == 1
    jobs.run_job(handed_back.id, at_once, thresholds=THRESHOLDS, by=SYSTEM)
    assert job_of(document).state is JobState.DONE


def test_a_stopping_worker_leaves_a_job_to_the_one_that_took_it_over(document: Document, app: Flask) -> None:
    def overtaken(*_wanted: object) -> list[PrintedFile]:
        with clock_stopped_at(now() + 1.5 * LEASE):
            assert jobs.take_lease(job_of(document).id) is not None
        return stop_while_printing(stopping)

    stopping = open_queue(app, MemoryHuey(results=False), overtaken)
    stopping.render(job_of(document).id)
    stopping.huey.execute(stopping.huey.dequeue())
    kept = job_of(document)
    assert (kept.state, kept.attempts, kept.lease_number) == (JobState.RUNNING, 2, 2)


def stop_while_printing(queue: TaskQueue) -> list[PrintedFile]:
    """Print on while the worker ends: huey names what is under way, and does not wait for it."""
    queue.huey.notify_interrupted_tasks()
    return at_once()


@on_both
def test_a_clock_that_is_put_back_keeps_no_job_waiting(document: Document, queue: TaskQueue) -> None:
    with clock_stopped_at(now() + timedelta(hours=1)):
        dead = jobs.take_lease(job_of(document).id)
    assert dead is not None
    queue.huey.flush()
    jobs.reconcile_jobs(by=SYSTEM)
    assert queue.huey.pending_count() == 1
    jobs.run_job(job_of(document).id, at_once, thresholds=THRESHOLDS, by=SYSTEM)
    assert (job_of(document).state, job_of(document).lease_number) == (JobState.DONE, 2)
    with pytest.raises(LeaseLost):
        jobs.finish_job(dead, document, at_once(), by=SYSTEM)


@on_both
def test_a_clock_that_is_set_right_by_a_little_takes_no_lease_away(document: Document) -> None:
    with clock_stopped_at(now() + LEASE / 2):
        jobs.take_lease(job_of(document).id)
    assert jobs.take_lease(job_of(document).id) is None


def test_a_lease_is_good_until_it_is_over_and_as_long_as_two_may_be(document: Document) -> None:
    def lease_until(ends: datetime) -> None:
        RenderJob.update(state=JobState.RUNNING, lease_until=ends).execute()

    with clock_stopped_at(now()):
        for ends in (now(), now() + 2 * LEASE):
            lease_until(ends)
            assert jobs.take_lease(job_of(document).id) is None
        for ends in (now() - timedelta(seconds=1), now() + 2 * LEASE + timedelta(seconds=1)):
            lease_until(ends)
            assert jobs.take_lease(job_of(document).id) is not None


def test_the_lease_is_renewed_while_the_process_prints(document: Document) -> None:
    seen = []

    def slow(_document: object, _formats: object, pulse: Pulse) -> list[PrintedFile]:
        seen.append(job_of(document).lease_until)
        pulse()
        seen.append(job_of(document).lease_until)
        return at_once()

    jobs.run_job(job_of(document).id, slow, thresholds=THRESHOLDS, by=SYSTEM)
    before, after = seen
    assert after > before
