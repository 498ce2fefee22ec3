"""The table of open filing pages."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField

from app.access.models import Account
from app.base.database import BaseTable
from app.filing.core.models import Filing


class FilingPresence(BaseTable):
    """A person has the page of a filing open, and when he last saved there. It is valid for a minute.

    `person` and `seat` are as in the event log: a deputy is named together with the person he stands in for.
    """

    filing = ForeignKeyField(Filing, backref="presences", on_delete="CASCADE")
    account = ForeignKeyField(Account, backref="presences", on_delete="CASCADE")
    person = CharField(max_length=64)
    seat = CharField(max_length=64)
    seen_at = DateTimeField(index=True)
    wrote_at = DateTimeField(null=True)
    account_id: int

    class Meta:
        constraints = [Check("wrote_at <= seen_at", "filing_presence_wrote")]
        indexes = ((("filing", "account"), True),)
