"""Attached files: what they are and whose; their bytes lie in the store, under their hash."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField

from app.authority.policy import DepartmentTie
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.filing.attachments.rules import FileKind, size_in_words
from app.filing.core.models import Filing


class Attachment(BaseTable):
    """One file attached to a filing. Removing it leaves the row, which says what was there, and until when.

    `swept_at` is when its file was deleted from the store: some time after the removal, or never.
    """

    filing = ForeignKeyField(Filing, backref="attachments", on_delete="RESTRICT")
    name = CharField(max_length=255)
    kind = ChoiceField(FileKind)
    size = IntegerField()
    sha256 = CharField(max_length=64, index=True)
    uploaded_at = DateTimeField(default=now)
    uploaded_by = CharField(max_length=64)
    removed_at = DateTimeField(null=True)
    removed_by = CharField(max_length=64, default="")
    swept_at = DateTimeField(null=True)
    filing_id: int

    class Meta:
        constraints = [
            Check("size >= 0", "attachment_size"),
            Check("swept_at IS NULL OR removed_at IS NOT NULL", "attachment_swept"),
        ]

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the departments tied to the filing, for the policy table."""
        return self.filing.department_ids(tie)

    @property
    def is_accepted(self) -> bool:
        """Return whether it was attached to what the office accepted, and is there still."""
        accepted_at = self.filing.accepted_at if self.filing.is_accepted else None
        return accepted_at is not None and self.removed_at is None and self.uploaded_at <= accepted_at

    @property
    def size_words(self) -> str:
        return size_in_words(self.size)
