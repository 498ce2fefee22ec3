"""Uploaded forms between preview and confirmation."""

from __future__ import annotations

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField

from app.access.models import Account
from app.base.clock import now
from app.base.database import BaseTable
from app.periods.models import Period


class UploadedForm(BaseTable):
    """A form as it was uploaded, until its account confirms it, uploads another, or a day has gone by.

    The file itself is kept in the base, and read again when it is confirmed. Signed values in the page would
    be simpler still, but nine filings of full texts make megabytes that travel twice more and that the page
    could not hold; a file in a folder would be seen by one web process only and survive its row. In the base
    it is written and deleted in the very transaction of the operation, and nobody but its account is ever shown it.
    """

    account = ForeignKeyField(Account, backref="uploaded_forms", on_delete="CASCADE")
    period = ForeignKeyField(Period, on_delete="CASCADE")
    name = CharField(max_length=255)
    sha256 = CharField(max_length=64)
    data = BlobField()
    uploaded_at = DateTimeField(default=now)
    account_id: int
    period_id: int
