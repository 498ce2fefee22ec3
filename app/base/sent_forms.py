"""Forms that were carried out, remembered for a day: sent again, they lead to the same page and do nothing more."""

from __future__ import annotations

from datetime import timedelta

from peewee import CharField, DateTimeField, TextField

from app.base.clock import now
from app.base.database import BaseTable, transaction

FORM_KEY_FIELD = "once"  # the field of a form that holds its key
REMEMBERED_FOR = timedelta(days=1)


class SentForm(BaseTable):
    """A form that was carried out: a digest of sender, address and content, and the page it led to."""

    digest = CharField(max_length=64, unique=True)
    place = TextField()
    at = DateTimeField(default=now, index=True)


def place_after_form(digest: str) -> str | None:
    """Return the page that a form led to; None if it has done nothing yet."""
    sent = SentForm.get_or_none((SentForm.digest == digest) & (SentForm.at > now() - REMEMBERED_FOR))
    return None if sent is None else sent.place


@transaction
def remember_form(digest: str, place: str) -> None:
    """Store, within the operation's transaction, that a form was carried out; delete expired ones."""
    SentForm.delete().where(SentForm.at <= now() - REMEMBERED_FOR).execute()
    SentForm.create(digest=digest, place=place)
