"""The table of hand-overs."""

from __future__ import annotations

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, JSONField

from app.access.models import Account
from app.base.clock import now
from app.base.database import BaseTable


class HandOver(BaseTable):
    """The open work of one account passes to another on a day; `done_at` is when it did.

    `items`: the chosen work, as `ChosenWork` stores it; None for everything that is open then.
    """

    giver = ForeignKeyField(Account, on_delete="RESTRICT")
    receiver = ForeignKeyField(Account, on_delete="RESTRICT")
    day = DateField()
    items = JSONField(null=True)
    ordered_by = CharField(max_length=64)
    ordered_at = DateTimeField(default=now)
    done_at = DateTimeField(null=True)
    giver_id: int
    receiver_id: int

    class Meta:
        constraints = [Check("giver_id <> receiver_id", "hand_over_to_another")]
