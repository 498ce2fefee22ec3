"""Documents, their frozen files, and the jobs that make them."""

from __future__ import annotations

from peewee import (
    BlobField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    TextField,
)

from app.clock import now
from app.db import ChoiceField, Table, VersionedTable
from app.documents.particulars import Particulars, read_names, read_number
from app.documents.rules import DocumentKind, DocumentState, FileFormat, JobState
from app.periods.models import Period


class Document(VersionedTable):
    """An official document.

    `content` holds the facts as they were when it was assembled, from which its bytes can be made again. `number`
    is given when it is issued; the database keeps it from being given twice.
    """

    kind = ChoiceField(DocumentKind)
    state = ChoiceField(DocumentState, default=DocumentState.ASSEMBLED, index=True)
    period = ForeignKeyField(Period, backref="documents", on_delete="RESTRICT")
    title = CharField(max_length=255)
    number = CharField(max_length=64, null=True, unique=True)
    issuer = CharField(max_length=64)
    recipient = CharField(max_length=255)
    signer = CharField(max_length=64)
    copies_to = CharField(max_length=255, default="")
    dated = DateField()
    content = JSONField(default=dict)
    created_at = DateTimeField(default=now)
    created_by = CharField(max_length=64)
    issued_at = DateTimeField(null=True)
    issued_by = CharField(max_length=64, default="")
    period_id: int

    @property
    def particulars(self) -> Particulars:
        """Return what stands around the text, as a plain value."""
        return Particulars(
            issuer=self.issuer,
            recipient=self.recipient,
            signer=self.signer,
            dated=self.dated,
            copies_to=read_names(self.copies_to),
            number=read_number(self.number, year=self.dated.year) if self.number else None,
        )


class DocumentFile(Table):
    """The bytes of a document in one format, and their SHA-256 in hexadecimal."""

    document = ForeignKeyField(Document, backref="files", on_delete="CASCADE")
    format = ChoiceField(FileFormat)
    sha256 = CharField(max_length=64)
    pages = IntegerField(default=0)
    data = BlobField()
    document_id: int

    class Meta:
        indexes = ((("document", "format"), True),)


class RenderJob(Table):
    """A wish for a document's file, one for each document.

    A worker takes it by a lease that it renews with every step; a lease that runs out is taken again. `attempts`
    counts the takings: whoever took it last is the only one who may finish it.
    """

    document = ForeignKeyField(Document, unique=True, backref="jobs", on_delete="CASCADE")
    state = ChoiceField(JobState, default=JobState.QUEUED, index=True)
    step = CharField(max_length=64, default="")
    percent = IntegerField(default=0)
    attempts = IntegerField(default=0)
    lease_until = DateTimeField(null=True)
    error = TextField(default="")
    requested_at = DateTimeField(default=now)
    requested_by = CharField(max_length=64)
    document_id: int
