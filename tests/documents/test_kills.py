"""Worker and press killed at random points: each wish ends in exactly one document, and no half file is left.

`python -m benchmarks.killed_jobs` does it more often and says how long it takes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.audit.models import Event
from app.audit.queries import verify
from app.config import Settings
from app.documents import operations
from app.documents.rules import JobState
from app.queue import current_queue
from tests.databases import on_both
from tests.documents.kills import Workshop, incomplete, want_amid_kills
from tests.documents.stage import accept_some
from tests.world import World

KILLS = 4


@pytest.fixture
def workshop(world: World, settings: Settings, in_app: None) -> Iterator[Workshop]:
    """A worker that is at work; the application hands its wishes to the queue that production opens."""
    accept_some(world)
    workshop = Workshop(settings)
    workshop.start()
    yield workshop
    workshop.stop()
    current_queue().huey.storage.close()


@on_both
def test_every_wish_ends_in_exactly_one_document(workshop: Workshop, world: World) -> None:
    documents, _ = want_amid_kills(workshop, world, kills=KILLS)
    assert [operations.job_of(one).state for one in documents] == [JobState.DONE] * len(documents)
    assert incomplete(documents) == []
    assert Event.select().where(Event.action == "print_document").count() == len(documents)
    assert verify() is None
