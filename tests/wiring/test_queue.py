"""The queue between web and worker."""

from __future__ import annotations

import json
import logging
import os
import pickle
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from huey import PostgresHuey, SqliteHuey
from huey.consumer import Worker

from app.base.clock import now
from app.base.settings.settings import Settings
from app.drafting.core.life_cycle import JobState
from app.drafting.core.models import RenderJob
from app.wiring.queue import TaskQueue, current_queue
from tests.databases import on_both
from tests.drafting.sample_documents import accept_some, assembled
from tests.world import World


class Malice:
    """Unpickling it creates a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.file),)


FOREIGN = {
    "other text": b"\x00\xff",
    "too long": json.dumps(["1", "app.wiring.queue.render", *range(1_000)]).encode(),
    "deep": b"[" * 900,
    "no list": b'{"id": "1", "name": "app.wiring.queue.render"}',
    "no name": b'["1"]',
    "no text": b'[1, "app.wiring.queue.render", 1]',
    "no number": b'["1", "app.wiring.queue.render", "1"]',
    "no task of ours": b'["1", "os.system", 1]',
    "no argument": b'["1", "app.wiring.queue.render", [1]]',
}

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def real_queue(app: Flask) -> Iterator[None]:
    """The queue that production opens, closed after the test."""
    yield
    current_queue().huey.storage.close()


@on_both
def test_the_queue_lies_beside_the_data_and_a_worker_finds_the_task_there(
    world: World, settings: Settings, real_queue: None
) -> None:
    accept_some(world)
    document = assembled(world)
    queue = current_queue().huey
    is_sqlite = settings.database_url.startswith("sqlite:")
    assert isinstance(queue, SqliteHuey if is_sqlite else PostgresHuey)
    assert (settings.instance / "queue.db").exists() is is_sqlite
    queue.execute(queue.dequeue())
    assert RenderJob.get(RenderJob.document == document).state is JobState.DONE


def test_every_minute_lost_jobs_are_found_again(reported: World, queue: TaskQueue) -> None:
    assembled(reported)
    queue.huey.flush()
    due = {type(task).__name__: task for task in queue.huey.read_periodic(now())}
    queue.huey.execute(due["reconcile_jobs"])
    assert queue.huey.pending_count() == 1


@on_both
def test_what_somebody_else_wrote_into_the_queue_is_dropped_and_the_worker_lives_on(
    world: World,
    settings: Settings,
    real_queue: None,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue, trap = current_queue().huey, tmp_path / "trap"
    pickled = [
        pickle.dumps(Malice(trap)),
        pickle.dumps(("1", "app.wiring.queue.render", Malice(trap)), protocol=0),
    ]
    for row in (*pickled, *FOREIGN.values()):
        queue.storage.enqueue(row)
    accept_some(world)
    document = assembled(world)

    worker = Worker(queue, Event(), default_delay=0.001, max_delay=0.001, backoff=1)
    with caplog.at_level(logging.ERROR, "huey"):
        for _ in range(len(pickled) + len(FOREIGN) + 1):
            worker.loop()

    assert not trap.exists()
    assert len(caplog.records) == len(pickled) + len(FOREIGN)
    assert queue.pending_count() == 0
    assert RenderJob.get(RenderJob.document == document).state is JobState.DONE


def test_the_queue_holds_names_and_whole_numbers(reported: World, queue: TaskQueue) -> None:
    assembled(reported)
    [row] = queue.huey.storage.enqueued_items()
    _identity, name, number = json.loads(row)
    assert (name, number) == ("app.wiring.queue.render", RenderJob.get().id)
    for arguments in (("1",), (1.5,), (True,), ([1],)):
        with pytest.raises(TypeError, match="whole numbers"):
            queue.huey.enqueue(queue.render.s(*arguments))


NIGHTLY = {"sweep_attachments": (3, 20), "verify_nightly": (2, 40)}


def test_what_is_done_every_night_goes_by_the_clock_of_china(app: Flask, real_queue: None) -> None:
    huey = current_queue().huey
    due: dict[str, list[tuple[int, int]]] = {}
    for minute in range(24 * 60):
        asked = datetime(2026, 11, 29) + timedelta(minutes=minute)
        local = asked + timedelta(hours=8)
        for task in huey.read_periodic(asked):
            due.setdefault(task.name, []).append((local.hour, local.minute))
    assert {name: times[0] for name, times in due.items() if len(times) == 1} == NIGHTLY
