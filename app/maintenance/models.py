"""Records for those who maintain the installation: heartbeats, lock waits, backups."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, Check, DateField, DateTimeField, IntegerField, TextField

from app.base.clock import now, today
from app.base.database import BaseTable, ChoiceField
from app.maintenance.rules import BackupCause


class Heartbeat(BaseTable):
    """When a process that works by itself was last alive."""

    name = CharField(max_length=32, unique=True)
    at = DateTimeField(default=now)


class LockWait(BaseTable):
    """The longest that anybody had to wait for the write lock on a day."""

    day = DateField(default=today, unique=True)
    milliseconds = IntegerField()
    at = DateTimeField(default=now)

    class Meta:
        constraints = [Check("milliseconds >= 0", "lock_wait_milliseconds")]


class BackupRecord(BaseTable):
    """A backup that was taken, or tried: then it has no path. `problem` says what is wrong with it, if anything."""

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
        """Return whether it was read back and found whole."""
        return self.verified_at is not None and not self.problem
