"""The table of backups."""

from __future__ import annotations

from peewee import BigIntegerField, Check, DateTimeField, TextField

from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.maintenance.backup.rules import BackupCause


class BackupRecord(BaseTable):
    """A backup that was taken or attempted.

    path: empty if the attempt failed.
    problem: what is wrong with it; empty if nothing.
    """

    taken_at = DateTimeField(default=now, index=True)
    cause = ChoiceField(BackupCause)
    path = TextField(default="")
    size = BigIntegerField(default=0)
    verified_at = DateTimeField(null=True)
    problem = TextField(default="")

    class Meta:
        constraints = [Check("size >= 0", "backup_record_size")]

    @property
    def is_verified(self) -> bool:
        """Return whether it was read back and found complete."""
        return self.verified_at is not None and not self.problem
