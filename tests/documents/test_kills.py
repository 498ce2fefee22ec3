"""Worker and press killed while they are at it: each wish ends in exactly one document, and no half file is left.

The moments are drawn anew in every run; KILLS_SEED=… repeats those of a run that failed, whose seed is printed.
`python -m benchmarks.killed_jobs` kills more often and says how long it takes.
"""

from __future__ import annotations

import logging
import os
import random
import signal
from collections.abc import Iterator

import pytest

from app.audit.queries import verify
from app.config import Settings
from app.queue import current_queue
from tests.documents.kills import Workshop, faults, want_amid_kills
from tests.documents.stage import accept_some
from tests.world import World

logger = logging.getLogger(__name__)


@pytest.fixture
def workshop(world: World, settings: Settings, in_app: None) -> Iterator[Workshop]:
    """A worker that is at work; the application hands its wishes to the queue that production opens."""
    accept_some(world)
    workshop = Workshop(settings)
    workshop.start()
    yield workshop
    workshop.end(signal.SIGKILL)
    current_queue().huey.storage.close()
    log = (settings.instance / "worker.log").read_text()
    assert "Traceback" not in log, log


@pytest.mark.parametrize(
    ("database_url", "kills"), [("sqlite", 8), ("postgres", 4)], indirect=["database_url"]
)
def test_every_wish_ends_in_exactly_one_document(workshop: Workshop, world: World, kills: int) -> None:
    seed = int(os.environ.get("KILLS_SEED") or random.randrange(10_000))
    logger.warning("KILLS_SEED=%s", seed)
    assert faults(want_amid_kills(workshop, world, kills=kills, seed=seed), kills=kills) == []
    assert verify() is None
