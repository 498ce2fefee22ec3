"""The queue between web and worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from huey import PostgresHuey, SqliteHuey

from app.clock import now
from app.config import Settings
from app.documents.printing.models import RenderJob
from app.documents.rules import JobState
from app.queue import Queue, current_queue
from tests.databases import on_both
from tests.documents.stage import accept_some, assembled
from tests.world import World

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


def test_every_minute_lost_wishes_are_found_again(reported: World, queue: Queue) -> None:
    assembled(reported)
    queue.huey.flush()
    due = {type(task).__name__: task for task in queue.huey.read_periodic(now())}
    queue.huey.execute(due["reconcile"])
    assert queue.huey.pending_count() == 1
