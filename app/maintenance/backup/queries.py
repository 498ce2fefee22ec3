"""Reading the records of backups."""

from __future__ import annotations

from app.maintenance.backup.models import BackupRecord
from app.maintenance.backup.rules import BackupCause


def last_backup() -> BackupRecord | None:
    """Return the newest backup that was written, complete or not; None if there is none."""
    return BackupRecord.select().where(BackupRecord.path != "").order_by(BackupRecord.id.desc()).first()


def last_daily(*, is_good: bool) -> BackupRecord | None:
    """Return the newest daily backup that is complete (`is_good`) or that is not; None if there is none."""
    is_whole = BackupRecord.verified_at.is_null(False) & (BackupRecord.problem == "")
    wanted = (BackupRecord.cause == BackupCause.DAILY) & (is_whole if is_good else ~is_whole)
    return BackupRecord.select().where(wanted).order_by(BackupRecord.id.desc()).first()
