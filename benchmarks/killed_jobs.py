"""Whether a document comes of every wish however often worker and press are killed, and how long it then takes.

    python -m benchmarks.killed_jobs

Over SQLite and over PostgreSQL, with real processes, killed at random moments; each wish is hit twice. Stops with an
error where a wish does not end in exactly one whole file of each format.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from app.config import Settings
from app.db import database
from app.documents import operations
from app.queue import current_queue
from benchmarks.writers import FreshDatabase, fresh_file
from tests.databases import PostgresServer
from tests.documents.kills import LEASE, Workshop, incomplete, want_amid_kills
from tests.documents.stage import accept_some
from tests.world import build_world

KILLS = 20
TARGET_SECONDS = 120


def main() -> None:
    """Print, for each database, what came of the wishes and how long the slowest took."""
    measure("SQLite", fresh_file)
    server = PostgresServer()
    try:
        measure("PostgreSQL", server.fresh_database)
    finally:
        server.stop()


def measure(name: str, fresh: FreshDatabase) -> None:
    """Kill over a database of its own, and print what came of it."""
    with fresh() as url, TemporaryDirectory() as folder:
        settings = Settings(Path(folder), url, "benchmark", plain_http=True)
        with create_app(settings).app_context():
            print(f"{name:10}  {killed(Workshop(settings))}")
            current_queue().huey.storage.close()
        database.obj.close_all()


def killed(workshop: Workshop) -> str:
    """Return what came of documents that were wanted amid kills. Raises RuntimeError where one is missing."""
    world = build_world()
    accept_some(world)
    workshop.start()
    try:
        documents, seconds = want_amid_kills(workshop, world, kills=KILLS)
    finally:
        workshop.stop()
    if incomplete(documents):
        raise RuntimeError(f"{len(incomplete(documents))} wishes did not end in one document")
    again = sum(operations.job_of(one).attempts > 1 for one in documents)
    return (
        f"{KILLS} kills, {len(documents)} wishes, one document each; {again} of them tried again; the slowest took "
        f"{max(seconds):.0f} s with a lease of {LEASE.seconds} s (target ≤ {TARGET_SECONDS})"
    )


if __name__ == "__main__":
    main()
