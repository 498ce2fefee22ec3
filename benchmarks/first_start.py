"""Whether the sample is whole after a first start that was killed at random moments, again and again.

    python -m benchmarks.first_start

Each round kills `flask demo prepare` over one instance, lets it end at last, and looks at what is there.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from app.access.passwords.hashes import password_matches
from app.access.queries import account_named
from app.audit.queries import verify_chain
from app.base.database import database
from app.base.settings.settings import ROOT, Settings
from app.drafting.core.life_cycle import ISSUED_STATES
from app.drafting.core.models import Document
from benchmarks.targets import Targets, as_program

ROUNDS, KILLS = 4, 3
COMMAND = (str(Path(sys.executable).parent / "flask"), "--app", "wsgi", "demo", "prepare")
LONGEST_SECONDS = 300


def main(targets: Targets) -> None:
    """Print what each round came to."""
    seed = random.randrange(10_000)
    chance, usual = random.Random(seed), usual_seconds()
    print(f"a first start that is left alone takes {usual:.1f} s")
    for number in range(1, ROUNDS + 1):
        with TemporaryDirectory() as folder:
            moments = [kill_start(Path(folder), chance.uniform(0, usual)) for _ in range(KILLS)]
            found = faults_after_start(Path(folder))
        targets.missed += [f"first start, seed {seed}, round {number}: {fault}" for fault in found]
        killed = "、".join(f"{moment:.1f} s" for moment in moments)
        print(f"round {number}: killed after {killed}; {'; '.join(found) or 'everything is there'}")


def usual_seconds() -> float:
    """Return how long a first start takes that nothing happens to."""
    with TemporaryDirectory() as folder:
        begun = time.monotonic()
        start(Path(folder)).wait(LONGEST_SECONDS)
        return time.monotonic() - begun


def start(instance: Path) -> subprocess.Popen[str]:
    """Start preparing the sample."""
    environment = os.environ | {"INSTANCE_DIR": str(instance / "instance"), "PLAIN_HTTP": "1"}
    return subprocess.Popen(
        COMMAND, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def kill_start(instance: Path, seconds: float) -> float:
    """Kill a start after so many seconds, and return them."""
    process = start(instance)
    time.sleep(seconds)
    process.kill()
    process.communicate()
    return seconds


def faults_after_start(folder: Path) -> list[str]:
    """Let a start come to its end, and return what is not as it is after one that was never killed."""
    process = start(folder)
    _, output = process.communicate(timeout=LONGEST_SECONDS)
    if process.returncode != 0:
        return [f"it ends with {process.returncode}: {output[-500:]}"]
    instance = folder / "instance"
    settings = Settings(instance, f"sqlite:///{instance / 'work-plan.db'}", "benchmark", plain_http=True)
    with create_app(settings).app_context():
        found = [*content_faults(instance), *account_faults(instance / "demo" / "accounts.csv")]
    database.obj.close_all()
    return found


def content_faults(instance: Path) -> list[str]:
    """Return what is wrong with the documents, the log, or the files beside the database."""
    issued = Document.select().where(Document.state.in_(ISSUED_STATES)).count()
    found = [] if issued == 2 else [f"{issued} documents are issued"]
    reports = [path.name for path in (instance / "demo").iterdir() if path.suffix == ".pdf"]
    found += [] if len(reports) == 1 else [f"there are the reports {reports}"]
    found += [] if verify_chain() is None else ["the log is broken"]
    databases = {path.name for path in instance.rglob("*.db")} - {"work-plan.db", "queue.db"}
    return found + [f"{name} is left behind" for name in sorted(databases)]


def account_faults(file: Path) -> list[str]:
    """Return which lines of the table of accounts open nothing."""
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    accounts = {row["username"]: account_named(row["username"]) for row in rows}
    wrong = [
        row["username"]
        for row in rows
        if (account := accounts[row["username"]]) is None
        or not password_matches(row["password"], account.password_hash)
    ]
    return [f"{len(wrong)} of {len(rows)} passwords open nothing"] if wrong or len(rows) < 50 else []


if __name__ == "__main__":
    as_program(main)
