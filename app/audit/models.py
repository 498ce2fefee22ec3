"""Stored events. Database triggers refuse every UPDATE, DELETE and REPLACE (migrations/0002_audit)."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, IntegerField, JSONField, TextField

from app.base.clock import now
from app.base.database import BaseTable


class Event(BaseTable):
    """One operation. The actor is kept as plain values: accounts change, the record does not."""

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


class EventChain(BaseTable):
    """The end of the chain, one row: locking it makes concurrent writers wait. See `app.audit.rules.ChainState`."""

    last_hash = CharField(max_length=64, default="")
    database_id = CharField(max_length=32, default="")
    count = IntegerField(default=0)
    seal = CharField(max_length=64, default="")
    key_check = CharField(max_length=16, default="")
    anchors = IntegerField(default=0)

    class Meta:
        constraints = [Check("count >= 0 AND anchors >= 0", "event_chain_counts")]
