"""Many people write the same filings at once; afterwards every acknowledged word must be accounted for.

A save counts as acknowledged when its answer says so: a page that saves by itself is answered 200 as well where others
changed the same field, which then stays open. Each save names the version that it was read at, so the stored
versions of a filing form a chain: what the save of version 7 had read is exactly what the save of version 6 had
written. A word that is no longer there was thus taken out by somebody who had it before their eyes.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum, auto
from http.client import HTTPException
from time import monotonic

from app.access.grants import grant_role
from app.access.models import Account
from app.audit.models import Event
from app.audit.queries import events_of_subject
from app.authority.actor import SAMPLE_LOADER
from app.authority.roles import Role
from app.filing.core.models import Filing, FilingRevision
from tests.concurrency.visitor import Visitor
from tests.filing.pages import FULL
from tests.world import World, add_user

WRITE = "write_filing"
PLACES = ((1, "经发办"), (2, "经发办"), (1, "城管办"), (3, "城管办"), (4, "城管办"))
LONGEST_WAIT_SECONDS = 60  # then somebody else's part has failed, and no word of one's own will ever be taken
REWRITES = 0.2  # the share of saves that leave out what they have read


class Outcome(Enum):
    """How a save was answered."""

    ACKNOWLEDGED = auto()
    STALE = auto()
    UNANSWERED = auto()


OUTCOMES = {200: Outcome.ACKNOWLEDGED, 204: Outcome.ACKNOWLEDGED, 409: Outcome.STALE}


@dataclass(frozen=True)
class Attempt:
    """One save as its writer knows it."""

    username: str
    filing_id: int
    version: int
    read: str
    written: str
    outcome: Outcome


@dataclass
class Writer:
    """Somebody who puts tokens into filings, one after the other, until each was acknowledged."""

    visitor: Visitor
    chance: random.Random
    attempts: list[Attempt] = field(default_factory=list)

    def write(self, filing_id: int, token: str, step: str = "") -> None:
        """Save a text with `token` in it, reading again after every conflict; `step` "/submit" hands it in, too."""
        began = monotonic()
        while not self.try_once(filing_id, token, step):
            assert monotonic() - began < LONGEST_WAIT_SECONDS, f"filing {filing_id} takes nothing any more"

    def try_once(self, filing_id: int, token: str, step: str = "") -> bool:
        """Read, write and save; return whether it was acknowledged."""
        page = self.visitor.get(f"/filings/{filing_id}")
        assert page.status == 200, page.text
        if page.progress is None or page.version is None:
            return False  # handed in meanwhile: it will come back
        kept = "" if self.chance.random() < REWRITES else page.progress
        written = f"{kept}\n{token}".strip()
        form = (
            FULL
            | dict.fromkeys(page.ticks, "y")
            | {"progress": written, "version": str(page.version), "marks": page.marks}
        )
        outcome = self.send(f"/filings/{filing_id}{step}", form)
        self.attempts.append(
            Attempt(self.visitor.username, filing_id, page.version, page.progress, written, outcome)
        )
        return outcome is Outcome.ACKNOWLEDGED

    def send(self, path: str, form: dict[str, str]) -> Outcome:
        """Send the form and read the answer as a browser would."""
        try:
            answer = self.visitor.post(path, htmx=True, **form)
        except (OSError, HTTPException):
            return Outcome.UNANSWERED
        assert answer.status in OUTCOMES, f"{answer.status}: {answer.text}"
        return Outcome.STALE if "progress" in answer.open_fields else OUTCOMES[answer.status]


def hand_in_and_return(filer: Writer, head: Visitor, filing_id: int) -> None:
    """Hand a filing in amid everything, and give it back: its text must be kept as it was handed over."""
    filer.write(filing_id, f"[handed-in-{filing_id}]", step="/submit")
    version = head.get(f"/filings/{filing_id}").version
    answer = head.post(f"/filings/{filing_id}/return", version=str(version), reason="请补充数字。")
    assert answer.status == 303, answer.text


def add_writers(world: World, count: int) -> list[str]:
    """Let `count` people write for both departments; return their user names."""
    names = [f"writer-{number}" for number in range(1, count + 1)]
    for name in names:
        add_user(name, Role.FILER, department=world.departments["经发办"])
        grant_role(
            Account.get(Account.username == name),
            Role.FILER,
            by=SAMPLE_LOADER,
            department=world.departments["城管办"],
        )
    return names


def work(writer: Writer, filing_ids: Sequence[int], rounds: int) -> None:
    """Put one token a round into every filing, in an order of one's own."""
    for number in range(rounds):
        for filing_id in writer.chance.sample(filing_ids, len(filing_ids)):
            writer.write(filing_id, f"[{writer.visitor.username}-{filing_id}-{number}]")


def run(address: str, world: World, *, writers: int, filings: int, rounds: int) -> list[Attempt]:
    """Let everybody write at once, and one filing come and go meanwhile; return every save that was tried."""
    filing_ids = [world.filing(*place).id for place in PLACES[:filings]]
    crowd = [come_in(address, name) for name in add_writers(world, writers)]
    filer, head = (come_in(address, world.users[role].username) for role in ("filer", "head"))
    with ThreadPoolExecutor(writers + 1) as threads:
        working = [threads.submit(work, writer, filing_ids, rounds) for writer in crowd]
        working.append(threads.submit(hand_in_and_return, filer, head.visitor, filing_ids[0]))
    for work_done in working:
        work_done.result()
    return [attempt for writer in (*crowd, filer) for attempt in writer.attempts]


def come_in(address: str, username: str) -> Writer:
    """Let somebody log in; what is left to chance is the same in every run."""
    return Writer(Visitor(address, username).log_in(), random.Random(username))


def account_for(attempts: Sequence[Attempt]) -> None:
    """Check the whole chain of every filing that was written."""
    by_filing: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_filing[attempt.filing_id].append(attempt)
    for filing_id, tried in by_filing.items():
        follow(Filing.get_by_id(filing_id), tried)


def follow(filing: Filing, tried: Sequence[Attempt]) -> None:
    """Go along the versions of a filing: each follows the one before, and none that was acknowledged is missing."""
    text, accounted = "", []
    for version, event in enumerate(events_of_subject(filing), 2):
        assert event.detail["version"] == version
        if event.action == WRITE:
            step = author_of(event, tried)
            assert step.read == text, f"version {version} was written over a text that its writer never saw"
            text = step.written
            accounted.append(step)
        else:
            assert kept_at(filing, version) == text
    assert filing.progress == text
    assert filing.version == len(events_of_subject(filing)) + 1
    lost = [step for step in tried if step.outcome is Outcome.ACKNOWLEDGED and step not in accounted]
    assert lost == []


def author_of(event: Event, tried: Sequence[Attempt]) -> Attempt:
    """Return the save that led to an event: an acknowledged one, or one whose answer got lost on the way."""
    username = Account.get_by_id(event.account_id).username
    candidates = [
        step
        for step in tried
        if step.username == username
        and step.version == event.detail["version"] - 1
        and step.outcome is not Outcome.STALE
    ]
    assert candidates, f"nobody wrote version {event.detail['version']}"
    # A writer that read the same version again knew thereby that his save before, left without an answer, was not done.
    return candidates[-1]


def kept_at(filing: Filing, version: int) -> str:
    """Return the progress that was kept with a step of the life cycle."""
    kept = FilingRevision.get((FilingRevision.filing == filing) & (FilingRevision.version == version))
    progress: str = kept.content["progress"]
    return progress
