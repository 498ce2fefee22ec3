"""Backups taken while people save and attach, and what a restored one must hold."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from app.audit.models import Event
from app.base.database import database
from app.base.settings.settings import ROOT, Settings
from app.filing.attachments.models import Attachment
from app.filing.attachments.operations import add_attachments
from app.maintenance.backup import archive
from app.maintenance.backup.archive import ArchiveReader
from app.maintenance.database.rows import SqliteRows, TableDigest, open_read_only
from app.maintenance.database.sqlite_file import open_rows
from app.uploads.rules import FileQuota
from tests.concurrency.killed_service import write_until
from tests.concurrency.service import Service
from tests.concurrency.writers import (
    WRITE,
    Attempt,
    Outcome,
    Writer,
    add_writers,
    come_in,
)
from tests.maintenance.installations import elsewhere, installation_of, run
from tests.uploads.files import pdf, upload
from tests.world import World

QUOTA = FileQuota(1024**2, 10_000, 1024**3)
WAIT_SECONDS = 60
# Restoring adds its own event and anchor; taking the backup is recorded after the rows were read.
MOVED_BY_RESTORING = ("event", "event_chain")


@dataclass
class LoadedBackup:
    """A backup, and what was acknowledged before it began."""

    path: Path
    saves: list[Attempt]
    attached: list[str]
    seconds: float


@dataclass
class Load:
    """People who save, and one who attaches files."""

    settings: Settings
    world: World
    writers: list[Writer]
    attached: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> list[Attempt]:
        """Return the saves that were acknowledged so far."""
        attempts = [attempt for writer in self.writers for attempt in list(writer.attempts)]
        return [attempt for attempt in attempts if attempt.outcome is Outcome.ACKNOWLEDGED]

    def attach_until(self, stop: threading.Event, pause: float) -> None:
        """Attach one file after the other."""
        store = installation_of(self.settings).store
        for number in count():
            if stop.wait(pause):
                return
            with database.connection_context():
                added = add_attachments(
                    self.world.filing(2),
                    [upload(pdf(f"附件 {number}"), f"{number}.pdf")],
                    by=self.world.users["filer"],
                    quota=QUOTA,
                    store=store,
                )
            self.attached.append(added.kept[0].sha256)

    def wait_for_more(self) -> None:
        """Wait until some more was saved and attached."""
        saves, files, deadline = (
            len(self.acknowledged) + 4,
            len(self.attached) + 2,
            time.monotonic() + WAIT_SECONDS,
        )
        while len(self.acknowledged) < saves or len(self.attached) < files:
            assert time.monotonic() < deadline, "nothing gets saved"
            time.sleep(0.01)

    def back_up(self, folder: Path) -> LoadedBackup:
        """Have a process of its own take a backup amid all this."""
        saves, attached, begun = self.acknowledged, list(self.attached), time.monotonic()
        made = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", "backup", "create", str(folder)],
            cwd=ROOT,
            env=os.environ
            | {"INSTANCE_DIR": str(self.settings.instance), "DATABASE_URL": self.settings.database_url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        return LoadedBackup(Path(made.stdout.strip()), saves, attached, time.monotonic() - begun)


@contextmanager
def under_load(
    settings: Settings, world: World, service: Service, *, writers: int, pause: float = 0
) -> Iterator[Load]:
    """Have people save and attach within the block, each with a pause of so many seconds before the next."""
    load = Load(settings, world, [come_in(service.address, name) for name in add_writers(world, writers)])
    stop, filing_id = threading.Event(), world.filing(1).id
    with ThreadPoolExecutor(writers + 1) as threads:
        working = [threads.submit(write_until, stop, writer, filing_id, pause) for writer in load.writers]
        working.append(threads.submit(load.attach_until, stop, pause))
        try:
            yield load
        finally:
            stop.set()
    for work_done in working:
        work_done.result()


def check_restored(backup: LoadedBackup, settings: Settings, instance: Path, *, starts: bool = False) -> None:
    """Restore a backup elsewhere; see that it equals what was read, holds all that was acknowledged, and starts."""
    snapshot = rows_in(backup.path, instance.parent)
    with elsewhere(settings, instance) as restored:
        there = restored.config["SETTINGS"]
        result = run(restored, "backup", "restore", backup.path)
        assert result.exit_code == 0, result.output
        with open_rows(there.database_url) as rows:
            tables = [table for table in snapshot if table not in MOVED_BY_RESTORING]
            assert rows.digest_tables(tables) == {table: snapshot[table] for table in tables}
        events = list(Event.select().order_by(Event.id))
        assert [event.action for event in events][-1] == "restore_backup"
        assert len(events) == snapshot["event"].count + 1
        written = {(event.object_id, event.detail["version"]) for event in events if event.action == WRITE}
        assert {(save.filing_id, save.version + 1) for save in backup.saves} <= written
        assert set(backup.attached) <= {row.sha256 for row in Attachment.select()}
        for command in (("audit", "verify"), ("attachments", "verify"), ("db", "status")):
            checked = run(restored, *command)
            assert checked.exit_code == 0, checked.output
        if starts:
            database.obj.close_all()
            service = Service(there)
            service.start()
            service.stop()


def rows_in(path: Path, folder: Path) -> dict[str, TableDigest]:
    """Return number and hash of every table's rows as they stand in a backup."""
    extracted = folder / f"{path.name}-rows"
    with ArchiveReader(path) as reader, extracted.open("wb") as file:
        reader.copy_member(archive.ROWS, file)
    with open_read_only(extracted) as connection:
        rows = SqliteRows(connection)
        return rows.digest_tables(rows.table_names())
