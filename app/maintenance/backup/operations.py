"""Taking backups, on command or daily, and deleting old ones."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import BadInput
from app.base.settings.settings import ROOT
from app.maintenance.backup import queries
from app.maintenance.backup.models import BackupRecord
from app.maintenance.backup.rules import BackupCause, is_daily_due, names_to_prune
from app.maintenance.backup.verification import VerifiedBackup, verify_backup
from app.maintenance.backup.writing import WrittenBackup, write_backup
from app.maintenance.installation import Installation


@dataclass(frozen=True)
class TakenBackup:
    written: WrittenBackup
    verified: VerifiedBackup

    @property
    def path(self) -> Path:
        return self.written.path

    @property
    def all_warnings(self) -> tuple[str, ...]:
        return (*self.written.warnings, *self.verified.log_findings)


def take_backup(installation: Installation, folder: Path) -> TakenBackup:
    """Write a backup and read it back; nothing is written to the database. Raises BadInput."""
    written = write_backup(installation, folder)
    return TakenBackup(written, verify_backup(installation, written.path))


@transaction
def record_backup(taken: TakenBackup, *, cause: BackupCause, by: Actor) -> BackupRecord:
    """Record that a backup was taken and whether it is complete."""
    head, problems = taken.written.manifest.log, taken.verified.all_problems
    row = BackupRecord.create(
        cause=cause,
        path=str(taken.path),
        size=taken.path.stat().st_size,
        verified_at=now(),
        problem="\n".join(problems),
    )
    summary = f"{cause.label}，{taken.path.name}，{'核对不通过' if problems else '核对无误'}"
    detail = {"path": str(taken.path), "events": head.count, "hash": head.hash, "problems": list(problems)}
    record_event(Action.CREATE_BACKUP, row, by=by, summary=summary, detail=detail)
    return row


def create_backup(installation: Installation, folder: Path, *, cause: BackupCause, by: Actor) -> TakenBackup:
    """Take a backup, verify it and record it. Raises NotAllowed, BadInput."""
    require(by, Action.CREATE_BACKUP)
    taken = take_backup(installation, folder)
    record_backup(taken, cause=cause, by=by)
    return taken


def take_daily_backup(installation: Installation, *, by: Actor) -> TakenBackup | None:
    """Take the daily backup if it is due; if it is complete, delete old ones.

    Returns None if it is not due. A failure is recorded. Raises NotAllowed, BadInput.
    """
    require(by, Action.CREATE_BACKUP)
    if not is_daily_backup_due(installation):
        return None
    folder = installation.backup_folder
    try:
        taken = create_backup(installation, folder, cause=BackupCause.DAILY, by=by)
    except BadInput as refusal:
        BackupRecord.create(cause=BackupCause.DAILY, problem=refusal.sentence)
        raise
    if not taken.verified.faults:
        prune_backups(folder, keep=installation.settings.backup_keep, by=by)
    return taken


def is_daily_backup_due(installation: Installation) -> bool:
    good, bad = (queries.last_daily(is_good=is_good) for is_good in (True, False))
    return is_daily_due(
        now(),
        installation.settings.backup_time,
        taken_at=good.taken_at if good else None,
        failed_at=bad.taken_at if bad else None,
    )


def prune_backups(folder: Path, *, keep: int, by: Actor) -> list[Path]:
    """Delete all but the newest backups of a folder; return the deleted ones. Raises NotAllowed, BadInput."""
    require(by, Action.CREATE_BACKUP)
    if not folder.is_dir():
        raise BadInput(f"没有文件夹“{folder}”，请核对路径。")
    names = [path.name for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    old_backups = [folder / name for name in names_to_prune(names, keep=keep)]
    for path in old_backups:
        path.unlink()
    return old_backups


DAILY_COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi", "backup", "daily")


class BackupProcess:
    """A separate process for the daily backup, so that the worker stays free."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start_if_due(self, installation: Installation, *, by: Actor) -> None:
        """Start the process if the daily backup is due and not running yet. Raises NotAllowed."""
        require(by, Action.CREATE_BACKUP)
        if (self.process is None or self.process.poll() is not None) and is_daily_backup_due(installation):
            if self.process is None:
                atexit.register(self.stop_process)
            settings = installation.settings
            place = {"INSTANCE_DIR": str(settings.instance), "DATABASE_URL": settings.database_url}
            self.process = subprocess.Popen(  # noqa: S603  this very program
                DAILY_COMMAND,
                cwd=ROOT,
                env=os.environ | place,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def stop_process(self) -> None:
        """End the process with the worker; the next backup removes its temporary files."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
