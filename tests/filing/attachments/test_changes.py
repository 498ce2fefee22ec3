"""Every operation on attached files, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at, now
from app.filing.attachments import operations, upkeep
from app.filing.attachments.models import Attachment
from app.filing.core import operations as filings
from app.uploads.inspection import SentFile
from app.uploads.rules import KEPT_AFTER_REMOVAL, FileQuota
from app.uploads.store import FileStore
from tests.recorded_changes import changes_beside
from tests.uploads.files import PROGRAM, pdf, stored_hashes, upload
from tests.world import THRESHOLDS, World, full_content

MOMENT = datetime(2026, 9, 24, 9, 30)
QUOTA = FileQuota(file_bytes=1_000, files=3, total_bytes=3_000)


@dataclass
class FileSteps:
    """What people do with files of one store."""

    world: World
    store: FileStore

    def add(self, *names: str, by: str = "filer", measure: int = 1) -> Callable[[], list[Attachment]]:
        return self.send(*(upload(pdf(name), f"{name}.pdf") for name in names), by=by, measure=measure)

    def send(self, *files: SentFile, by: str = "filer", measure: int = 1) -> Callable[[], list[Attachment]]:
        filing, given = self.world.filing(measure), {"quota": QUOTA, "store": self.store}
        return lambda: operations.add_attachments(filing, files, by=self.world.users[by], **given).kept

    def open(self, attachment: Attachment) -> Callable[[], None]:
        by = self.world.users["office"]
        return lambda: operations.open_attachment(attachment, by=by, store=self.store).close()

    def remove(self, attachment: Attachment, by: str = "filer") -> Callable[[], None]:
        return lambda: operations.remove_attachment(attachment, by=self.world.users[by])

    def sweep(self, moment: datetime) -> Callable[[], int]:
        def take() -> int:
            with clock_stopped_at(moment):
                return upkeep.delete_unneeded(self.store, by=SYSTEM)

        return take


def test_each_operation_changes_what_it_names_and_nothing_else(world: World, tmp_path: Path) -> None:
    found, steps = (
        changes_beside(__file__, MOMENT),
        FileSteps(world, FileStore(str(tmp_path / "attachments"))),
    )
    first, second = found.record("add", steps.add("甲", "乙"))
    found.record("add nothing", steps.add())
    found.record("add what is there", steps.add("甲"))
    found.record("add more than there may be", steps.add("丙", "丁"))
    found.record("add to another, one twice", steps.add("甲", "甲", measure=2))
    found.record("add a program", steps.send(upload(PROGRAM, "假.pdf")))
    found.record("open", steps.open(first))
    found.record("remove", steps.remove(second))
    found.record("remove again", steps.remove(second))
    found.record("add again what was removed", steps.add("乙"))
    found.record("remove what is elsewhere, too", steps.remove(first))
    submit_first(world)
    found.record("add after it was submitted", steps.add("丙"))
    found.record("remove after it was submitted", steps.remove(first))
    early = found.record("sweep too early", steps.sweep(now() + KEPT_AFTER_REMOVAL - timedelta(days=1)))
    other = Attachment.get(Attachment.filing == world.filing(2))
    found.record("remove the last", steps.remove(other, "head"))
    swept = [found.record(name, steps.sweep(datetime(2036, 1, 1))) for name in ("sweep", "sweep again")]
    assert (early, swept, len(stored_hashes(steps.store))) == (0, [1, 0], 1)
    found.record("open what is gone", steps.open(first))
    found.compare()


def submit_first(world: World) -> None:
    filing, by = world.filing(1), world.users["filer"]
    filings.save_and_submit(filing, full_content(), by=by, version=filing.version, thresholds=THRESHOLDS)
