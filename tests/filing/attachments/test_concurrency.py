"""Several people attaching at the same moment: one effect of the same file, and no more than fits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from app.audit.queries import verify_chain
from app.base.database import database
from app.base.errors import BadInput
from app.filing.attachments import operations, queries
from app.uploads.inspection import SentFile
from app.uploads.rules import FileQuota
from app.uploads.store import FileStore
from tests.databases import on_both
from tests.uploads.files import QUOTA, pdf, stored_hashes, upload
from tests.world import World

PEOPLE = 6


def at_once(world: World, store: FileStore, chosen: Callable[[int], SentFile], quota: FileQuota) -> int:
    """Let several people attach what each has chosen at the same moment; return how many were refused."""
    start = Barrier(PEOPLE)

    def attach(person: int) -> bool:
        with database.connection_context():
            filing = world.filing(1)
            start.wait()
            try:
                operations.add_attachments(
                    filing, [chosen(person)], by=world.users["filer"], quota=quota, store=store
                )
            except BadInput:
                return True
            return False

    with ThreadPoolExecutor(PEOPLE) as people:
        return sum(people.map(attach, range(PEOPLE)))


@on_both
def test_the_same_file_sent_many_times_is_attached_once(world: World, tmp_path: Path) -> None:
    store = FileStore(str(tmp_path / "attachments"))
    assert at_once(world, store, lambda _: upload(pdf()), QUOTA) == PEOPLE - 1
    assert len(queries.attachments_of(world.filing(1))) == len(stored_hashes(store)) == 1
    assert verify_chain() is None


@on_both
def test_no_more_is_attached_than_fits(world: World, tmp_path: Path) -> None:
    store, quota = (
        FileStore(str(tmp_path / "attachments")),
        FileQuota(file_bytes=1_000, files=4, total_bytes=9_000),
    )
    assert at_once(world, store, lambda person: upload(pdf(str(person))), quota) == PEOPLE - 4
    assert len(queries.attachments_of(world.filing(1))) == 4
    assert verify_chain() is None
