"""Tables of the document register and of verifications."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, JSONField, TextField

from app.base.clock import now
from app.base.database import BaseTable
from app.drafting.core.models import Document


class RegisterEntry(BaseTable):
    """A line of the register (发文登记). The numbers of a word and year are given in turn, without gaps.

    A correction keeps its number and gets a line of its own, whose `note` says what changed.
    """

    word = CharField(max_length=32)
    year = IntegerField()
    sequence = IntegerField()
    edition = IntegerField(default=1)
    document = ForeignKeyField(Document, null=True, unique=True, backref="entries", on_delete="RESTRICT")
    title = CharField(max_length=255)
    note = TextField(default="")
    entered_at = DateTimeField(default=now)
    entered_by = CharField(max_length=64)
    document_id: int | None

    class Meta:
        constraints = [
            Check("year BETWEEN 2000 AND 2100 AND sequence >= 1 AND edition >= 1", "register_entry_number")
        ]
        indexes = ((("word", "year", "sequence", "edition"), True),)


class Verification(BaseTable):
    """The latest check whether a document's files are still those that were issued.

    `findings` has one value for each file, as `app.issuing.verification` writes it.
    """

    document = ForeignKeyField(Document, unique=True, backref="verifications", on_delete="CASCADE")
    asked_at = DateTimeField(default=now)
    asked_by = CharField(max_length=64)
    done_at = DateTimeField(null=True)
    findings = JSONField(default=list)
    document_id: int
