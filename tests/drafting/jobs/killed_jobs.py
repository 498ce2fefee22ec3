"""Documents that are wanted while worker and rendering process are killed, again and again, at random moments."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from app.audit.queries import events_of_subject
from app.authority.policy import Action
from app.base.settings.settings import ROOT, Settings
from app.composition.rules import DocumentKind
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.draft import text_of_document
from app.drafting.core.life_cycle import DocumentState, JobState, JobStep
from app.drafting.core.models import Document, DocumentFile
from app.drafting.jobs import job_requests
from app.drafting.jobs.operations import ATTEMPTS
from app.issuing import operations
from app.issuing.models import RegisterEntry
from app.issuing.register_series import series_of_year
from app.printing.pictures import page_count
from app.printing.rules import DRAFT_FORMATS, FROZEN_FORMATS, FileFormat
from tests.drafting.sample_documents import PARTICULARS, assembled
from tests.issuing.issued_documents import orders
from tests.processes import PATIENCE_SECONDS, is_alive, wait_until
from tests.world import World

LEASE = timedelta(seconds=3)
START_SECONDS = (
    1.5  # what a rendering process takes at least until it is ready; it may be killed on the way as well
)


@dataclass
class Workshop:
    """A worker process with its rendering process, over the database of some settings."""

    settings: Settings
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start a worker."""
        environment = os.environ | {
            "INSTANCE_DIR": str(self.settings.instance),
            "DATABASE_URL": self.settings.database_url,
        }
        command = [sys.executable, "-m", "tests.drafting.jobs.short_lease_worker"]
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    @property
    def log_file(self) -> Path:
        """Return where the worker writes what happens to it."""
        return self.settings.instance / "worker.log"

    @property
    def log(self) -> str:
        """Return what happened."""
        return self.log_file.read_text()

    def rendering_processes(self) -> list[int]:
        """Return the processes that the worker has started."""
        assert self.process is not None
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]

    def kill_rendering_process(self) -> None:
        """Kill what prints."""
        for process in self.rendering_processes():
            os.kill(process, signal.SIGKILL)

    def kill_worker(self) -> None:
        """Kill the worker and start another."""
        self.end(signal.SIGKILL)
        self.start()

    def stop_worker(self) -> None:
        """Ask the worker to stop, as a restart of the machine does, and start another."""
        assert self.end(signal.SIGTERM) == 0
        self.start()

    def send(self, what: signal.Signals) -> None:
        """Send the worker a signal."""
        assert self.process is not None
        self.process.send_signal(what)

    def end(self, how: signal.Signals) -> int:
        """End the worker, see that its rendering process does not stay behind, and return its exit code."""
        if self.process is None:
            return 0
        rendering_processes = self.rendering_processes()
        self.send(how)
        code = self.process.wait()
        wait_until(
            lambda: not any(is_alive(process) for process in rendering_processes),
            "a rendering process outlives its worker",
        )
        return code


@dataclass(frozen=True)
class RenderOutcome:
    """A document's files, wanted amid kills: how many leases were taken for them, and how many seconds they took."""

    document: Document
    leases: int
    seconds: float

    @property
    def hits(self) -> int:
        """Return how many kills came while the job was being done: each costs a lease."""
        return self.leases - 1


@dataclass
class Storm:
    """Kills that strike while jobs are being done, at moments that chance decides."""

    workshop: Workshop
    kills: int
    chance: random.Random
    usual_seconds: float = 0  # from the lease to the files, where nothing is killed
    struck: int = 0  # the last lease that was struck
    to_come: list[Callable[[], None]] = field(init=False)

    def __post_init__(self) -> None:
        """Mix kills of every sort; rendering processes, of which a worker has many, are killed the most."""
        workshop = self.workshop
        sorts = (
            workshop.kill_rendering_process,
            workshop.kill_worker,
            workshop.kill_rendering_process,
            workshop.stop_worker,
        )
        self.to_come = list(islice(cycle(sorts), self.kills))
        self.chance.shuffle(self.to_come)

    def learn(self, document: Document) -> None:
        """See how long a document takes that nothing happens to."""
        wait_until(lambda: is_under_way(document), "nobody takes up the first document")
        begun = time.monotonic()
        wait_until(lambda: is_over(document), "the first document is still wanted")
        self.usual_seconds = time.monotonic() - begun

    def endured(self, document: Document, *, before: int = 0) -> RenderOutcome:
        """Strike at what makes a document's files, as often as its job may be tried again, and wait for them.

        A kill that came a moment too late is still to come.
        before: the leases that were taken before the files were wanted; a worker may have taken the next one by now.
        """
        begun, self.struck, seconds, done = time.monotonic(), before, self.usual_seconds, []
        for _ in range(ATTEMPTS - 1):
            if self.to_come and self.is_at_hand(document, self.to_come[-1]):
                done.append(self.to_come.pop())
                seconds = self.strike(document, done[-1], seconds)
        wait_until(lambda: is_over(document), "a document is still wanted")
        outcome = RenderOutcome(
            document, job_requests.job_of(document).lease_number - before, time.monotonic() - begun
        )
        self.to_come += done[outcome.hits :]
        return outcome

    def is_at_hand(self, document: Document, kill: Callable[[], None]) -> bool:
        """Wait until a document is taken up again, or for a rendering process printed; return whether it is."""
        step = JobStep.PRINT if kill == self.workshop.kill_rendering_process else None
        wait_until(
            lambda: is_over(document) or is_under_way(document, after=self.struck, at=step),
            "nobody takes up a document again",
        )
        return not is_over(document)

    def strike(self, document: Document, kill: Callable[[], None], seconds: float) -> float:
        """Kill at any moment of so many seconds; return how many the work will take when it is begun again."""
        self.struck = job_requests.job_of(document).lease_number
        time.sleep(self.chance.uniform(0, seconds))
        kill()
        job = job_requests.job_of(document)
        if kill == self.workshop.stop_worker:
            is_kept = job.state is JobState.RUNNING and job.lease_number == self.struck
            assert not is_kept, "a worker that was told to stop kept its job"
        return self.usual_seconds + (START_SECONDS if kill == self.workshop.kill_rendering_process else 0)


def want_amid_kills(workshop: Workshop, world: World, *, kills: int, seed: int) -> list[RenderOutcome]:
    """Have documents made and issued, one after the other, until so many kills have hit a job."""
    storm, outcomes = Storm(workshop, kills, random.Random(seed)), []
    storm.learn(assembled(world, DocumentKind.SUMMARY))
    for order in orders(world):
        if storm.to_come:
            outcomes.append(storm.endured(draft(world, order)))
        if storm.to_come:
            before = job_requests.job_of(outcomes[-1].document).lease_number
            outcomes.append(storm.endured(issue_last(world, outcomes), before=before))
    return outcomes


def draft(world: World, order: AssemblyRequest) -> Document:
    """Have a draft made."""
    return assemble_document(order, PARTICULARS, by=world.users["office"])


def issue_last(world: World, outcomes: Sequence[RenderOutcome]) -> Document:
    """Issue the draft that was wanted last."""
    last: Document = Document.get_by_id(outcomes[-1].document.id)
    operations.issue_document(last, by=world.users["office"], version=last.version)
    return last


def faults(outcomes: Sequence[RenderOutcome], *, kills: int) -> list[str]:
    """Return what is wrong: a request that did not end in exactly one document, in time; or kills that hit nothing."""
    hits = sum(outcome.hits for outcome in outcomes)
    found = [] if hits >= kills else [f"only {hits} of {kills} kills hit a job"]
    found += [
        f"{outcome.seconds:.0f} s for one document"
        for outcome in outcomes
        if outcome.seconds > PATIENCE_SECONDS
    ]
    for document in {
        outcome.document.id: Document.get_by_id(outcome.document.id) for outcome in outcomes
    }.values():
        times = sum(outcome.document.id == document.id for outcome in outcomes)
        printed = sum(event.action == Action.PRINT_DOCUMENT for event in events_of_subject(document))
        if printed != times:
            found.append(f"{document.title} was wanted {times} times and made {printed} times")
        if files_of(document) != files_wanted(document):
            found.append(f"{document.title} has {files_of(document)} instead of {files_wanted(document)}")
        given = RegisterEntry.select().where(RegisterEntry.document == document).count()
        if given != bool(document.content) or (given and document.state is not DocumentState.ISSUED):
            found.append(f"{document.title} has {given} numbers and is {document.state.label}")
    gaps = [book for book in series_of_year(document.dated.year) if book.missing]
    return found + [f"numbers {book.missing} were never given" for book in gaps]


def files_of(document: Document) -> list[str]:
    """Return the formats in which a document has a whole file: one that can be opened and has its checksum."""
    files = DocumentFile.select().where(DocumentFile.document == document)
    whole_ones = (
        one
        for one in files
        if hashlib.sha256(one.data).hexdigest() == one.sha256
        and (one.format.suffix != "pdf" or page_count(bytes(one.data)) == one.pages)
    )
    return sorted(one.format.value for one in whole_ones)


def files_wanted(document: Document) -> list[str]:
    """Return the formats that a draft, or an issued document, is to have."""
    formats = FROZEN_FORMATS if document.content else DRAFT_FORMATS
    has_tables = text_of_document(document).has_tables
    return sorted(one.value for one in formats if one is not FileFormat.XLSX or has_tables)


def is_over(document: Document) -> bool:
    """Return whether nobody is or will be at it any more."""
    return job_requests.job_of(document).state in (JobState.DONE, JobState.FAILED)


def is_under_way(document: Document, *, after: int = 0, at: JobStep | None = None) -> bool:
    """Return whether somebody has taken a document up since a lease, and is at a step, if one is named."""
    job = job_requests.job_of(document)
    is_there = at is None or job.step == at.label
    return job.state is JobState.RUNNING and job.lease_number > after and is_there
