"""What the processes leave behind for those who look after the installation."""

from __future__ import annotations

from peewee import CharField, DateField, DateTimeField, IntegerField

from app.clock import now, today
from app.db import Table


class Heartbeat(Table):
    """When a process that works by itself was last alive."""

    name = CharField(max_length=32, unique=True)
    at = DateTimeField(default=now)


class LockWait(Table):
    """The longest that anybody had to wait for the write lock on a day."""

    day = DateField(default=today, unique=True)
    milliseconds = IntegerField()
    at = DateTimeField(default=now)
