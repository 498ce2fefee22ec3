"""A backup that is taken while people save and attach holds all that was acknowledged before, and can be restored.

A loop of them is `python -m benchmarks backup_restore`.
"""

from __future__ import annotations

from pathlib import Path

from app.base.settings.settings import Settings
from tests.concurrency.service import Service
from tests.databases import on_both
from tests.maintenance.backup.load import check_restored, under_load
from tests.world import World

# People type as well. Without this they keep the machine busy all the while that the backup's process starts.
PAUSE_SECONDS = 0.1


@on_both
def test_what_was_acknowledged_before_a_backup_began_is_restored(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    service = Service(settings)
    service.start()
    with under_load(settings, world, service, writers=3, pause=PAUSE_SECONDS) as load:
        load.wait_for_more()
        backup = load.back_up(tmp_path / "target")
        load.wait_for_more()
    service.stop()
    assert len(load.acknowledged) > len(backup.saves) >= 4
    starts = settings.database_url.startswith("sqlite")
    check_restored(backup, settings, tmp_path / "restored", starts=starts)
