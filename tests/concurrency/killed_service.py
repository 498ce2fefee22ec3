"""People who go on saving while the plug is pulled, again and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from tests.concurrency.service import Service
from tests.concurrency.writers import (
    Attempt,
    Outcome,
    Writer,
    add_writers,
    come_in,
)
from tests.world import World

SAVES_BETWEEN = 4
WAIT_SECONDS = 60


def kill_under_load(
    service: Service, world: World, *, kills: int, writers: int
) -> tuple[list[float], list[Attempt]]:
    """Kill the service amid the saves of many; return the seconds that it was down each time, and all saves."""
    crowd = [come_in(service.address, name) for name in add_writers(world, writers)]
    filing_id, stop = world.filing(1).id, threading.Event()
    with ThreadPoolExecutor(writers) as threads:
        working = [threads.submit(write_until, stop, writer, filing_id) for writer in crowd]
        try:
            down_for = [pull_the_plug(service, crowd) for _ in range(kills)]
        finally:
            stop.set()
    for work_done in working:
        work_done.result()
    return down_for, [attempt for writer in crowd for attempt in writer.attempts]


def write_until(stop: threading.Event, writer: Writer, filing_id: int, pause: float = 0) -> None:
    """Save one text after the other, whether the service stands or not."""
    while not stop.wait(pause):
        try:
            writer.try_once(filing_id, f"[{writer.visitor.username}-{len(writer.attempts)}]")
        except (OSError, HTTPException):
            time.sleep(0.02)  # it is down


def pull_the_plug(service: Service, crowd: Sequence[Writer]) -> float:
    """Kill the service once some more was saved; return the seconds that it takes to be back."""
    enough, deadline = acknowledged(crowd) + SAVES_BETWEEN, time.monotonic() + WAIT_SECONDS
    while acknowledged(crowd) < enough:
        assert time.monotonic() < deadline, "nothing gets saved"
        time.sleep(0.01)
    service.kill()
    return service.start()


def acknowledged(crowd: Sequence[Writer]) -> int:
    """Return how many saves were acknowledged so far."""
    return sum(attempt.outcome is Outcome.ACKNOWLEDGED for writer in crowd for attempt in writer.attempts)
