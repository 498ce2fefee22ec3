"""A worker that hangs at work; those that are killed: `python -m benchmarks.job_recovery`."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from app.audit.queries import events_of_subject
from app.authority.policy import Action
from app.base.settings.settings import Settings
from app.drafting.core.life_cycle import JobState, JobStep
from app.drafting.core.models import DocumentFile
from app.drafting.jobs import job_requests
from app.wiring.queue import current_queue
from tests.drafting.jobs.killed_jobs import Workshop, is_over, is_under_way
from tests.drafting.sample_documents import accept_some, assembled
from tests.processes import wait_until
from tests.world import World


@pytest.fixture
def workshop(world: World, settings: Settings, in_app: None) -> Iterator[Workshop]:
    """A worker that is at work; the application hands its jobs to the queue that production opens."""
    accept_some(world)
    workshop = Workshop(settings)
    workshop.start()
    yield workshop
    workshop.end(signal.SIGKILL)
    current_queue().huey.storage.close()
    assert "Traceback" not in workshop.log, workshop.log


@pytest.fixture
def second(settings: Settings) -> Iterator[Workshop]:
    """Another worker, which a test may start."""
    second = Workshop(settings)
    yield second
    second.end(signal.SIGKILL)


def test_a_worker_that_hangs_longer_than_its_lease_changes_nothing_when_it_wakes_up(
    workshop: Workshop, second: Workshop, world: World
) -> None:
    before = assembled(world)
    wait_until(lambda: is_over(before), "nobody makes the document before")
    for process in workshop.rendering_processes():  # or it may be done before the worker hangs
        os.kill(process, signal.SIGSTOP)
    document = assembled(world)
    wait_until(lambda: is_under_way(document, at=JobStep.PRINT), "nobody takes up the document")
    workshop.send(signal.SIGSTOP)
    second.start()
    wait_until(lambda: is_over(document), "nobody takes over from a worker that hangs")
    made = list(DocumentFile.select(DocumentFile.id, DocumentFile.sha256).tuples())
    workshop.send(signal.SIGCONT)
    wait_until(lambda: "was taken over by another worker" in workshop.log, "it goes on as if nothing was")
    assert list(DocumentFile.select(DocumentFile.id, DocumentFile.sha256).tuples()) == made
    assert [event.action for event in events_of_subject(document)] == [
        Action.ASSEMBLE_DOCUMENT,
        Action.PRINT_DOCUMENT,
    ]
    assert job_requests.job_of(document).state is JobState.DONE
