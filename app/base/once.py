"""Forms that led to a deed, remembered for a day: the same form sent again leads nowhere else and does nothing more."""

from __future__ import annotations

from datetime import timedelta

from peewee import CharField, DateTimeField, TextField

from app.base.clock import now
from app.base.database import Table, transaction

FIELD = "once"  # the field of a form that holds its key
KEPT = timedelta(days=1)


class SentForm(Table):
    """A form whose deed is done: the digest of who sent what where, and the place that the answer led to."""

    digest = CharField(max_length=64, unique=True)
    place = TextField()
    at = DateTimeField(default=now, index=True)


def place_of(digest: str) -> str | None:
    """Return where the answer to a form led; None for one that has done nothing yet."""
    sent = SentForm.get_or_none((SentForm.digest == digest) & (SentForm.at > now() - KEPT))
    return None if sent is None else sent.place


@transaction
def remember(digest: str, place: str) -> None:
    """Write down that a form has done its deed, in the deed's transaction, and forget what is too old."""
    SentForm.delete().where(SentForm.at <= now() - KEPT).execute()
    SentForm.create(digest=digest, place=place)
