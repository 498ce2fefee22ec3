"""Documents that are wanted while worker and press are killed, again and again, at random moments of their work."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from app.config import ROOT, Settings
from app.documents import operations
from app.documents.models import Document, DocumentFile
from app.documents.rules import ATTEMPTS, DRAFT_FORMATS, JobState
from tests.documents.stage import assembled
from tests.world import World

LEASE = timedelta(seconds=4)
PATIENCE_SECONDS = 120  # what the assurance allows a document whose worker was killed
LONGEST_WAIT = (
    1.2  # seconds after the wish: a small document takes about half of it, a press that starts all of it
)


@dataclass
class Workshop:
    """A worker process with its press, over the database of some settings."""

    settings: Settings
    chance: random.Random = field(default_factory=lambda: random.Random(9704))
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start a worker."""
        environment = os.environ | {
            "INSTANCE_DIR": str(self.settings.instance),
            "DATABASE_URL": self.settings.database_url,
        }
        command = [sys.executable, "-m", "tests.documents.hired"]
        with (self.settings.instance / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def presses(self) -> list[int]:
        """Return the processes that the worker has started."""
        assert self.process is not None
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]

    def kill_worker(self) -> None:
        """Kill the worker, see that its press does not stay behind, and start another."""
        presses = self.presses()
        self.stop()
        wait_until(lambda: not any(is_alive(press) for press in presses), "a press outlives its worker")
        self.start()

    def kill_press(self) -> None:
        """Kill what prints, once it is there."""
        wait_until(lambda: bool(self.presses()), "the worker starts no press")
        for press in self.presses():
            os.kill(press, signal.SIGKILL)

    def stop(self) -> None:
        """End the worker without a warning."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def want_amid_kills(workshop: Workshop, world: World, *, kills: int) -> tuple[list[Document], list[float]]:
    """Want documents one after the other, each killed as often as it may be; return them and how long each took."""
    documents, seconds = [], []
    deeds = [workshop.kill_worker, workshop.kill_press] * kills
    for number in range(0, kills, ATTEMPTS - 1):
        begun = time.monotonic()
        document = assembled(world)
        for kill in deeds[number : min(number + ATTEMPTS - 1, kills)]:
            time.sleep(workshop.chance.uniform(0, LONGEST_WAIT))
            kill()
        wait_until(lambda document=document: is_over(document), "a document is still wanted")
        documents.append(document)
        seconds.append(time.monotonic() - begun)
    return documents, seconds


def is_over(document: Document) -> bool:
    """Return whether nobody is or will be at it any more."""
    return operations.job_of(document).state in (JobState.DONE, JobState.FAILED)


def incomplete(documents: Iterable[Document]) -> list[Document]:
    """Return those that did not end in exactly one whole file of each format."""
    return [one for one in documents if formats_of(one) != sorted(DRAFT_FORMATS)]


def formats_of(document: Document) -> list[str]:
    """Return the formats in which a document has a whole file."""
    files = DocumentFile.select().where(DocumentFile.document == document)
    whole = (one for one in files if hashlib.sha256(one.data).hexdigest() == one.sha256)
    return sorted(one.format for one in whole)


def is_alive(process: int) -> bool:
    """Return whether a process runs; one that nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(holds: Callable[[], bool], complaint: str, *, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until a condition holds, for as long as a document may take."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, complaint
        time.sleep(0.05)
