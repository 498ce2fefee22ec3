"""How long the server takes for a page, beside an empty page behind the same log-in.

    python -m benchmarks.pages

Serves the sample year (45 measures, 27 departments, three quarters) from SQLite on disk through Flask's test client.
CPU time is counted: other work on the machine does not change it. The brief as PDF is printed by a process of its own:
of that the shortest time by the clock counts.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.access.guards import signed_in
from app.access.login.delays import LoginOrigin
from app.access.login.operations import open_session
from app.access.models import Account
from app.authority.actor import SAMPLE_LOADER
from app.base.database import database, migration_runner
from app.base.settings.settings import Settings
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import thresholds_of
from app.filing.core.models import Filing
from app.periods.queries import period_by_code
from app.wiring.demo.operations import load_sample
from app.wiring.demo.sample_accounts import AccountsFile
from benchmarks.targets import Targets, as_program

RUNS = 30
EMPTY = "/empty"
# Pages over a whole quarter or plan, and what they may take; the others are about one thing, or one department.
WHOLE = ("/", "/review", "/review?by=department", "/overview", "/brief", "/plan")
TARGET, WHOLE_TARGET = 6.0, 9.0
BRIEF_SECONDS, PRINTS = 0.5, 5


def main(targets: Targets) -> None:
    """Print, for every page, the median milliseconds, the ratio to an empty page, the target, and the queries."""
    with TemporaryDirectory() as folder:
        app = sample_app(Path(folder))
        waiting, accepted = one_in(FilingState.SIGNED_OFF), one_in(FilingState.ACCEPTED)
        returned = one_in(FilingState.RETURNED)
        filer = Account.get(Account.seat == f"{returned.department.short_name}填报员").username
        pages = {
            "office": [
                "/",
                "/review",
                "/review?by=department",
                f"/review/{waiting.id}",
                "/overview",
                "/plan",
            ],
            "leader1": [
                "/",
                "/overview",
                "/brief",
                f"/measures/{accepted.measure_id}",
                "/directives?scope=all",
                "/documents",
            ],
            filer: ["/filings", f"/filings/{returned.id}", "/notices"],
        }
        for username, paths in pages.items():
            client = signed_in_client(app, username)
            for path in paths:
                taken, empty = median_ms(client, path, EMPTY)
                limit = WHOLE_TARGET if path in WHOLE else TARGET
                target = targets.at_most(limit, taken / empty, f"{path} of {username}")
                line = f"{username:8} {path:24} {taken:7.1f} ms  {taken / empty:4.1f} × empty ({target})"
                print(f"{line}  {queries(client, path)} queries")
        printed = shortest_seconds(signed_in_client(app, "leader1"), "/brief.pdf")
        target = targets.at_most(BRIEF_SECONDS, printed, "the brief as PDF", "s")
        print(f"{'leader1':8} {'/brief.pdf, warm':24} {printed:7.2f} s ({target})")
        app.extensions["demand_printer"].pool.close_pool()


def sample_app(folder: Path, settings: Settings | None = None) -> Flask:
    """Return the application over a freshly loaded sample year, with an empty page behind the log-in."""
    own = Settings(folder, f"sqlite:///{folder / 'bench.db'}", "benchmark", plain_http=True)
    app = create_app(settings or own)
    app.add_url_rule(EMPTY, "empty", signed_in(lambda: "空"))
    migration_runner().up()
    load_sample(AccountsFile(folder / "accounts.csv"), thresholds_of(own), by=SAMPLE_LOADER)
    return app


def one_in(state: FilingState) -> Filing:
    """Return a filing of the third quarter that stands in a state."""
    own = (Filing.period == period_by_code("2026Q3")) & (Filing.state == state)
    return Filing.select().where(own).order_by(Filing.id).get()


def signed_in_client(app: Flask, username: str) -> FlaskClient:
    """Return a client with a log-in of its own, made without hashing a password."""
    client = app.test_client()
    account = Account.get(Account.username == username)
    token = open_session(account, origin=LoginOrigin("127.0.0.1"), settings=app.config["SETTINGS"]).token
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client


def median_ms(client: FlaskClient, *paths: str) -> list[float]:
    """Return the median CPU milliseconds of many requests for each path; they take turns, after a warm-up."""
    taken: dict[str, list[float]] = {path: [] for path in paths}
    for _ in range(RUNS + 1):
        for path in paths:
            start = time.process_time()
            answer = client.get(path)
            taken[path].append(1000 * (time.process_time() - start))
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status}")
    return [statistics.median(taken[path][1:]) for path in paths]


def shortest_seconds(client: FlaskClient, path: str) -> float:
    """Return the shortest of several requests by the clock, after one that starts what answers it."""
    taken = []
    for _ in range(PRINTS + 1):
        start = time.perf_counter()
        answer = client.get(path)
        taken.append(time.perf_counter() - start)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    return min(taken[1:])


def queries(client: FlaskClient, path: str) -> int:
    """Return how many statements a page runs."""
    seen: list[object] = []
    database.obj.query_hooks.append(seen.append)
    client.get(path)
    database.obj.query_hooks.remove(seen.append)
    return len(seen)


if __name__ == "__main__":
    as_program(main)
