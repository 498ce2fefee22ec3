"""The hour before a quarter closes: what people wait for, whether a save is lost, whether a connection is closed.

    python -m benchmarks.deadline_hour

Serves the sample year with a fourth quarter just opened, from SQLite, as the Procfile does. First a crowd without think
time: list, filing, save, list … Then as many who think for some seconds, whose page saves by itself. Then many people
who think between clicks, each on one connection that stays open; a connection that the server closes shows as an error
to who clicks in that moment. Clients share the machine.
"""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from flask import Flask

from app.access.models import Account
from app.base.database import database
from app.base.settings.settings import Settings
from app.filing.core.models import Filing
from app.periods.queries import period_by_code
from app.periods.rules import Quarter
from benchmarks.pages import sample_app, signed_in_client
from benchmarks.targets import Targets, as_program
from tests.clients import HTMX
from tests.concurrency.service import Service
from tests.concurrency.visitor import ANSWER_SECONDS, Answer, Visitor
from tests.deploy.supervised import descendants_of
from tests.filing.pages import FULL
from tests.world import open_at_once

PEOPLE, SECONDS = 24, 20
MANY_PEOPLE, MANY_SECONDS = 150, 25
SESSIONS = 50  # of one account: there are more people than seats, and three crowds
# Seconds between clicks; the longest pauses are longer than any worker's patience used to be.
THINKING = (1.0, 9.0)
REQUESTS_A_SECOND, P95_MS = 150, 300
# The same people, each thinking so many seconds between a save and the next page.
CALM, AUTOSAVE_P95_MS = (2.5, 2.5), 100
TEXT = "走访企业120家次，协调解决停车难等问题17件。" * 5


@dataclass
class Tally:
    """What everybody met."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    saved: dict[int, str] = field(default_factory=dict)
    closed: int = 0
    failures: list[str] = field(default_factory=list)


class Filer(Visitor):
    """Somebody on one connection, who counts how often it was closed on him."""

    def __init__(self, address: str, username: str, cookie: str, tally: Tally) -> None:
        super().__init__(address, username)
        self.cookies.load(f"session={cookie}")
        self.tally = tally
        self.connection = HTTPConnection(address, timeout=ANSWER_SECONDS)

    def ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> Answer:
        """Raises OSError or HTTPException where no whole answer came."""
        self.connection.request(method, path, body or None, {**headers, "Cookie": self.cookie_header})
        response = self.connection.getresponse()
        text = response.read().decode()
        if response.headers.get("Connection") == "close":
            self.tally.closed += 1
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        return Answer(response.status, response.headers.get("Location", ""), text)

    def timed(self, kind: str, call: Callable[[], Answer]) -> Answer:
        """Make a request and note how long it took, and whether it failed."""
        begun = time.perf_counter()
        try:
            answer = call()
        except (OSError, HTTPException) as error:
            self.tally.closed += 1
            self.tally.failures.append(f"{kind}: {type(error).__name__}")
            self.connection.close()
            return Answer(0, "", "")
        self.tally.milliseconds[kind].append(1000 * (time.perf_counter() - begun))
        if answer.status not in (200, 204):
            self.tally.failures.append(f"{kind}: {answer.status}")
        return answer

    def work(self, filing_id: int | None, until: float, thinking: tuple[float, float]) -> None:
        """Look at the list, open the filing, save it, as often as time allows."""
        chance, turn = random.Random(self.username), 0
        time.sleep(chance.uniform(0, thinking[1]))  # nobody begins in step with everybody else
        while time.monotonic() < until:
            self.timed("list", lambda: self.get("/filings"))
            if filing_id is not None:
                turn += 1
                self.edit(filing_id, f"第{turn}次保存。{TEXT}")
            time.sleep(chance.uniform(*thinking))
        self.connection.close()

    def edit(self, filing_id: int, text: str) -> None:
        """Open a filing and save it as the page does by itself."""
        path = f"/filings/{filing_id}"
        page = self.timed("filing", lambda: self.get(path))
        if page.version is None:
            return
        form = {**FULL, "progress": text, "version": str(page.version), "csrf_token": page.token}
        headers = {"Content-Type": "application/x-www-form-urlencoded", **HTMX, "X-Autosave": "true"}
        headers |= {"HX-Target": "filing-saved", "Origin": f"http://{self.address}"}
        if self.timed("save", lambda: self.ask("POST", path, urlencode(form), headers)).status in (200, 204):
            self.tally.saved[filing_id] = text


def main(targets: Targets) -> None:
    """Print waiting times by kind of request, requests a second, lost saves and closed connections."""
    with TemporaryDirectory() as folder:
        given = {"INSTANCE_DIR": folder, "PLAIN_HTTP": "1", "SESSIONS_PER_ACCOUNT": str(SESSIONS)}
        app = sample_app(Path(folder), Settings.from_environment(given))
        open_at_once(period_by_code("2026Q3").plan, Quarter(2026, 4))
        places = own_filings()
        database.close()
        service = Service(app.config["SETTINGS"])
        service.start()
        try:
            before = processor_seconds(service)
            busy = crowd(app, service.address, places, PEOPLE, SECONDS, (0, 0))
            used = processor_seconds(service) - before
            report(f"{PEOPLE} people without think time", busy, SECONDS, targets)
            count = sum(map(len, busy.milliseconds.values()))
            print(f"  {1000 * used / count:.1f} ms of the web processes' processor time a request")
            rate = count / SECONDS
            print(
                f"  {rate:.0f} requests/s ({targets.at_least(REQUESTS_A_SECOND, rate, 'requests a second')})"
            )
            calm = crowd(app, service.address, places, PEOPLE, SECONDS, CALM)
            report(f"{PEOPLE} people who think {CALM[0]} s", calm, SECONDS, targets)
            p95 = sorted(calm.milliseconds["save"])[int(len(calm.milliseconds["save"]) * 0.95)]
            print(
                f"  p95 of a save {p95:.0f} ms ({targets.at_most(AUTOSAVE_P95_MS, p95, 'p95 of an autosave', 'ms')})"
            )
            many = crowd(app, service.address, places, MANY_PEOPLE, MANY_SECONDS, THINKING)
            report(f"{MANY_PEOPLE} people on open connections", many, MANY_SECONDS, targets)
        finally:
            service.stop()


def processor_seconds(service: Service) -> float:
    """Return what the web processes have used of the processors: other work on the machine does not change it."""
    if service.process is None:
        raise RuntimeError("the service does not run")
    ticks = 0
    for process in (service.process.pid, *descendants_of(service.process.pid)):
        # After the name, which may hold spaces, the 12th and 13th of the numbers of proc(5).
        numbers = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(numbers[11]) + int(numbers[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def own_filings() -> list[tuple[str, int]]:
    """Return the filings of the open quarter, each with the account of its department, departments taking turns."""
    by_account: dict[str, list[int]] = defaultdict(list)
    names = {account.seat: account.username for account in Account.select()}
    for filing in Filing.select().where(Filing.period == period_by_code("2026Q4")).order_by(Filing.id):
        by_account[names[f"{filing.department.short_name}填报员"]].append(filing.id)
    longest = max(map(len, by_account.values()))
    turns = (
        (name, ids[turn]) for turn in range(longest) for name, ids in by_account.items() if turn < len(ids)
    )
    return list(turns)


def crowd(
    app: Flask,
    address: str,
    places: Sequence[tuple[str, int]],
    people: int,
    seconds: float,
    thinking: tuple[float, float],
) -> Tally:
    """Let so many people work at once; who finds no filing of his own only reads the list."""
    tally = Tally()
    filers = []
    for number in range(people):
        name, filing_id = places[number % len(places)]
        filer = Filer(address, name, cookie_of(app, name), tally)
        filers.append((filer, filing_id if number < len(places) else None))
    database.close()
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(people) as threads:
        for done in [threads.submit(filer.work, place, until, thinking) for filer, place in filers]:
            done.result()
    return tally


def cookie_of(app: Flask, username: str) -> str:
    """Return the cookie of a new log-in."""
    cookie = signed_in_client(app, username).get_cookie("session")
    if cookie is None:
        raise RuntimeError("no log-in was made")
    return cookie.value


def report(who: str, tally: Tally, seconds: float, targets: Targets) -> None:
    """Print what a crowd met."""
    print(f"{who}, {seconds} s:")
    if not tally.milliseconds["save"]:
        raise RuntimeError("nothing was saved: the quarter takes no filings")
    everything = sorted(taken for kind in tally.milliseconds.values() for taken in kind)
    for kind, taken in (*tally.milliseconds.items(), ("all", everything)):
        ordered = sorted(taken)
        p50, p95, p99 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.95, 0.99))
        print(f"  {kind:8} {len(ordered):6} p50 {p50:5.0f}  p95 {p95:5.0f}  p99 {p99:5.0f} ms")
    p95 = everything[int(len(everything) * 0.95)]
    print(f"  p95 of all {p95:.0f} ms ({targets.at_most(P95_MS, p95, f'p95 of {who}', 'ms')})")
    for what, count in (
        ("lost saves", lost_saves(tally)),
        ("closed connections", tally.closed),
        ("failures", len(tally.failures)),
    ):
        print(f"  {count} {what} ({targets.at_most(0, count, f'{what} of {who}')})")
    if tally.failures:
        print(f"  {sorted(set(tally.failures))}")


def lost_saves(tally: Tally) -> int:
    """Return of how many filings the text that was acknowledged last does not stand there."""
    with database.connection_context():
        return sum(Filing.get_by_id(number).progress != text for number, text in tally.saved.items())


if __name__ == "__main__":
    as_program(main)
