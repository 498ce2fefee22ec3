"""What processes record about themselves: signs of life and waiting times."""

from __future__ import annotations

from peewee import CharField, Check, DateField, DateTimeField, IntegerField

from app.base.clock import now, today
from app.base.database import BaseTable


class Heartbeat(BaseTable):
    """When a background process was last alive."""

    name = CharField(max_length=32, unique=True)
    at = DateTimeField(default=now)


class LockWait(BaseTable):
    """The longest wait for the write lock on a day."""

    day = DateField(default=today, unique=True)
    milliseconds = IntegerField()
    at = DateTimeField(default=now)

    class Meta:
        constraints = [Check("milliseconds >= 0", "lock_wait_milliseconds")]
