"""Whether backups taken amid saves and uploads hold all that was acknowledged, and how long people wait meanwhile.

    python -m benchmarks.backup_restore

Over SQLite and over PostgreSQL: each backup is verified, restored elsewhere, compared table by table, its log and its
attachments are checked, and the last one is started. Stops with an error where anything is missing or different.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.concurrent_saves import on_both, served
from benchmarks.targets import Targets, as_program
from tests.databases import Databases
from tests.maintenance.backup.load import Load, LoadedBackup, check_restored, under_load

BACKUPS, WRITERS = 6, 4
BACKUP_SECONDS, GAP_SECONDS = 30, 5
LOOK_SECONDS = 0.05


def main(targets: Targets) -> None:
    """Print, for each database, how many backups were equal, how long they took, and the longest gap between saves."""
    on_both(lambda name, databases: measure(name, databases, targets))


def measure(name: str, databases: Databases, targets: Targets) -> None:
    """Take backups under load over a database of its own, restore each, and print what came of them."""
    with TemporaryDirectory() as folder, served(databases) as (service, world):
        with under_load(service.settings, world, service, writers=WRITERS) as load:
            backups, gap = take_backups(load, Path(folder) / "backups")
        service.stop()
        for number, backup in enumerate(backups, 1):
            instance = Path(folder) / f"restored-{number}"
            check_restored(backup, service.settings, instance, starts=number == len(backups))
    slowest = max(backup.seconds for backup in backups)
    took = targets.at_most(
        BACKUP_SECONDS, slowest, f"a backup over {name}, start of its process included", "s"
    )
    waited = targets.at_most(GAP_SECONDS, gap, f"without a save during backups over {name}", "s")
    print(
        f"{name:10}  {len(backups)} backups amid {len(load.acknowledged)} saves and {len(load.attached)} uploads, "
        f"all equal when restored; the slowest took {slowest:.1f} s ({took}); "
        f"longest time without a save {gap:.1f} s ({waited})"
    )


class SaveWatch:
    """Looks, within a block, for the longest time in which nobody's save was acknowledged."""

    def __init__(self, load: Load) -> None:
        self.load, self.longest = load, 0.0
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self) -> None:
        """Look again and again."""
        count, since = len(self.load.acknowledged), time.monotonic()
        while not self.stop.wait(LOOK_SECONDS):
            now = len(self.load.acknowledged)
            if now != count:
                count, since = now, time.monotonic()
            self.longest = max(self.longest, time.monotonic() - since)

    def __enter__(self) -> SaveWatch:
        self.thread.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self.stop.set()
        self.thread.join()


def take_backups(load: Load, folder: Path) -> tuple[list[LoadedBackup], float]:
    """Return backups taken one after the other, and the longest time in which nothing was acknowledged meanwhile."""
    backups, gap = [], 0.0
    for _ in range(BACKUPS):
        load.wait_for_more()
        with SaveWatch(load) as watch:
            backups.append(load.back_up(folder))
        gap = max(gap, watch.longest)
    return backups, gap


if __name__ == "__main__":
    as_program(main)
