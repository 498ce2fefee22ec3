"""The table of uploaded forms that wait to be confirmed."""

from __future__ import annotations

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField

from app.access.models import Account
from app.base.clock import now
from app.base.database import BaseTable
from app.periods.models import Period


class UploadedForm(BaseTable):
    """A form as uploaded, until its account confirms it, uploads another, or a day has passed.

    The file is stored in the database and read again on confirmation. It does not travel in the page, since nine
    filings with full texts are megabytes, and it is not kept in a folder, which another web process would not see and
    which would outlive the row. Only its account can see it.
    """

    account = ForeignKeyField(Account, backref="uploaded_forms", on_delete="CASCADE")
    period = ForeignKeyField(Period, on_delete="CASCADE")
    name = CharField(max_length=255)
    sha256 = CharField(max_length=64)
    data = BlobField()
    uploaded_at = DateTimeField(default=now)
    account_id: int
    period_id: int
