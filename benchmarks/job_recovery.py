"""Whether every document is made however often worker and rendering process are killed, and how long it takes.

    python -m benchmarks.job_recovery

Over SQLite and over PostgreSQL, with real processes, killed at random moments while they are at it. Ends with 1
where a request does not end in exactly one whole document with one number, or too few kills hit a job.
"""

from __future__ import annotations

import random
import signal
from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from app.base.database import database
from app.base.settings.settings import Settings
from app.wiring.queue import current_queue
from benchmarks.concurrent_saves import on_both
from benchmarks.targets import Targets, as_program
from tests.databases import Databases
from tests.drafting.jobs.killed_jobs import LEASE, Workshop, faults, want_amid_kills
from tests.processes import PATIENCE_SECONDS
from tests.world import World

KILLS = 20


def main(targets: Targets) -> None:
    """Print, for each database, what came of the requests and how long the slowest took."""
    on_both(lambda name, databases: measure(name, databases, targets))


def measure(name: str, databases: Databases, targets: Targets) -> None:
    """Kill over a database of its own, and print what came of it."""
    with TemporaryDirectory() as folder, databases.fresh("reported", Path(folder)) as url:
        settings = Settings(Path(folder), url, "benchmark", plain_http=True)
        with create_app(settings).app_context():
            print(f"{name:10}  {killed(Workshop(settings), databases.world, name, targets)}")
            current_queue().huey.storage.close()
        database.obj.close_all()


def killed(workshop: Workshop, world: World, name: str, targets: Targets) -> str:
    """Return what came of documents that were wanted amid kills, and note what is wrong."""
    seed = random.randrange(10_000)
    workshop.start()
    try:
        outcomes = want_amid_kills(workshop, world, kills=KILLS, seed=seed)
    finally:
        workshop.end(signal.SIGKILL)
    drafts = len({outcome.document.id for outcome in outcomes})
    targets.missed += [f"{name}, seed {seed}: {fault}" for fault in faults(outcomes, kills=KILLS)]
    slowest = max(outcome.seconds for outcome in outcomes)
    target = targets.at_most(PATIENCE_SECONDS, slowest, f"slowest document amid kills over {name}", "s")
    return (
        f"{sum(outcome.hits for outcome in outcomes)} kills in the middle of a job; {drafts} drafts "
        f"and {len(outcomes) - drafts} issues; the slowest took {slowest:.0f} s with a lease of "
        f"{LEASE.seconds} s ({target})"
    )


if __name__ == "__main__":
    as_program(main)
