"""Stored events. Database triggers refuse every UPDATE and DELETE (migrations/0001)."""

from __future__ import annotations

from peewee import CharField, DateTimeField, IntegerField, JSONField, TextField

from app.clock import now
from app.db import Table


class Event(Table):
    """One deed. The actor is kept as plain values: accounts change, the record does not."""

    at = DateTimeField(default=now)
    account_id = IntegerField(null=True, index=True)
    person = CharField(max_length=64)
    seat = CharField(max_length=64)
    address = CharField(max_length=64, default="")
    action = CharField(max_length=64)
    object_kind = CharField(max_length=32)
    object_id = IntegerField(null=True)
    summary = CharField(max_length=255, default="")
    reason = TextField(default="")
    detail = JSONField(default=dict)
    previous_hash = CharField(max_length=64)
    hash = CharField(max_length=64, unique=True)

    class Meta:
        indexes = ((("object_kind", "object_id"), False),)


class EventChain(Table):
    """The hash of the newest event, one row: locking it puts concurrent writers in line."""

    last_hash = CharField(max_length=64, default="")
