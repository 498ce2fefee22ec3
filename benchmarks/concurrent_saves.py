"""How many saves a second people get through who write the same filings at once, and whether a word is lost.

    python -m benchmarks.concurrent_saves

Serves a small sub-district as the Procfile does, over SQLite and over PostgreSQL, to 20 people who each put tokens of
their own into 5 filings; then pulls the plug under load. Stops with an error where an acknowledged save is missing.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from app.audit.queries import verify_chain
from app.base.database import database
from app.base.settings.settings import Settings
from benchmarks.targets import Targets, as_program
from tests.concurrency.killed_service import kill_under_load
from tests.concurrency.service import Service
from tests.concurrency.writers import (
    Attempt,
    Outcome,
    account_for,
    run,
)
from tests.databases import Databases, PostgresServer, SqliteFiles
from tests.world import World

WRITERS, FILINGS, ROUNDS = 20, 5, 2
KILLS, BACK_SECONDS = 20, 10


def main(targets: Targets) -> None:
    """Print, for each database, the saves and conflicts, the saves a second, and how long the service was down."""
    on_both(lambda name, databases: measure(name, databases, targets))


def on_both(measure: Callable[[str, Databases], None]) -> None:
    """Measure something over SQLite and over PostgreSQL."""
    with TemporaryDirectory() as folder:
        measure("SQLite", SqliteFiles(Path(folder)))
    server = PostgresServer()
    try:
        measure("PostgreSQL", server)
    finally:
        server.stop()


def measure(name: str, databases: Databases, targets: Targets) -> None:
    """Run both loads, each over a database of its own, and print what came of them."""
    with served(databases) as (service, world):
        begun = time.monotonic()
        attempts = run(service.address, world, writers=WRITERS, filings=FILINGS, rounds=ROUNDS)
        seconds = time.monotonic() - begun
        print(
            f"{name:10}  {WRITERS} writers × {FILINGS} filings × {ROUNDS}: {accounted(attempts)} in {seconds:.1f} s"
        )
    with served(databases) as (service, world):
        down_for, attempts = kill_under_load(service, world, kills=KILLS, writers=4)
        target = targets.at_most(BACK_SECONDS, max(down_for), f"the service over {name} back", "s")
        back = f"back after at most {max(down_for):.1f} s ({target})"
        print(f"{name:10}  {KILLS} kills: {accounted(attempts)}; {back}")


def accounted(attempts: list[Attempt]) -> str:
    """Return how the saves were answered, in words. Raises AssertionError where one is not accounted for."""
    account_for(attempts)
    if verify_chain() is not None:
        raise RuntimeError("the event log is broken")
    counts = Counter(attempt.outcome for attempt in attempts)
    return (
        f"{counts[Outcome.ACKNOWLEDGED]} saves, all accounted for, "
        f"{counts[Outcome.STALE]} conflicts, {counts[Outcome.UNANSWERED]} without an answer"
    )


@contextmanager
def served(databases: Databases) -> Iterator[tuple[Service, World]]:
    """Serve a small sub-district over a database of its own.

    Raises RuntimeError where a file is not whole afterwards.
    """
    with TemporaryDirectory() as folder, databases.fresh("world", Path(folder)) as url:
        settings = Settings(Path(folder), url, "benchmark", plain_http=True)
        create_app(settings)
        service = Service(settings)
        service.start()
        try:
            yield service, databases.world
        finally:
            service.stop()
            database.obj.close_all()
        if url.startswith("sqlite:"):
            check_file(url.removeprefix("sqlite:///"))


def check_file(path: str) -> None:
    """Raise RuntimeError where a file of SQLite is not whole."""
    with closing(sqlite3.connect(path)) as file:
        if file.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise RuntimeError("the database file is broken")


if __name__ == "__main__":
    as_program(main)
