"""What a backup is called, and what it says of its schema."""

from __future__ import annotations

from datetime import datetime

from app.maintenance.backup.rules import BACKUP_NAME, BackupManifest, LogHead, backup_name

MOMENT = datetime(2026, 10, 9, 2, 30)


def test_only_the_second_backup_of_a_second_has_a_number() -> None:
    names = [backup_name(MOMENT), backup_name(MOMENT, 1), backup_name(MOMENT, 2)]
    assert names == ["work-plan-20261009-023000.backup"] * 2 + ["work-plan-20261009-023000-2.backup"]
    assert all(BACKUP_NAME.fullmatch(name) for name in names)


def test_a_backup_names_the_newest_step_of_its_schema() -> None:
    applied = ["0002_audit", "0013_issuing_bodies", "0001_base"]
    manifest = BackupManifest(
        "2026-10-09", "1.0", "sqlite", applied, {}, LogHead(0, ""), has_encrypted_keys=False
    )
    assert manifest.newest_migration == "0013_issuing_bodies"
    assert (manifest.format, manifest.version) == ("work-plan-backup", 1)
