"""The files that were made of documents, and the jobs that make them."""

from __future__ import annotations

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField, IntegerField, JSONField, TextField

from app.clock import now
from app.db import ChoiceField, Table
from app.documents.models import Document
from app.documents.printing.places import PlaceOnPage, by_page
from app.documents.rules import FileFormat, JobState


class DocumentFile(Table):
    """The bytes of a document in one format, their SHA-256 in hexadecimal, and the version that they show.

    `made_with` names the programs and fonts that had a part in the bytes, one a line: others may give other bytes.
    `places` tell where a draft's blocks are printed: the id of each, its page, and top and height in thousandths of it.
    """

    document = ForeignKeyField(Document, backref="files", on_delete="CASCADE")
    format = ChoiceField(FileFormat)
    sha256 = CharField(max_length=64)
    pages = IntegerField(default=0)
    shows = IntegerField(default=0)
    made_with = TextField(default="")
    places = JSONField(null=True)
    data = BlobField()
    document_id: int

    class Meta:
        indexes = ((("document", "format"), True),)

    @property
    def places_by_page(self) -> dict[int, list[PlaceOnPage]]:
        """Return, by the page's number, what of the draft lies on it from top to bottom."""
        return by_page(self.places or ())


class RenderJob(Table):
    """A wish for a document's files, one for each document.

    A worker takes it by a lease that it renews with every step; a lease that runs out is taken again. Leases are
    numbered as long as the job lives: whoever holds the last one is the only one who may finish it. `attempts` counts
    those since it was last asked for. Of a job that failed, `fault` is the id of the block that cannot be printed, if
    it is one.
    """

    document = ForeignKeyField(Document, unique=True, backref="jobs", on_delete="CASCADE")
    state = ChoiceField(JobState, default=JobState.QUEUED, index=True)
    step = CharField(max_length=64, default="")
    percent = IntegerField(default=0)
    attempts = IntegerField(default=0)
    lease_number = IntegerField(default=0)
    lease_until = DateTimeField(null=True)
    error = TextField(default="")
    fault = IntegerField(null=True)
    requested_at = DateTimeField(default=now)
    requested_by = CharField(max_length=64)
    document_id: int

    @property
    def is_at_work(self) -> bool:
        """Return whether new files are on their way."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)
