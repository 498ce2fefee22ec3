"""The table of attachments. The files are in the store under their hash."""

from __future__ import annotations

from typing import cast

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField

from app.authority.permits import DepartmentTie
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.filing.contributions.models import Contribution
from app.filing.core.models import Filing
from app.uploads.rules import FileKind, size_in_words

AttachmentOwner = Filing | Contribution


class Attachment(BaseTable):
    """A file attached to a filing or a contribution.

    A removed attachment keeps its row, with the time of removal. `swept_at` is when its file was deleted from the
    store, some time later, if ever.
    """

    filing = ForeignKeyField(Filing, backref="attachments", null=True, on_delete="RESTRICT")
    contribution = ForeignKeyField(
        Contribution,
        backref="attachments",
        null=True,
        on_delete="RESTRICT",
        constraints=[Check("(filing_id IS NULL) <> (contribution_id IS NULL)")],
    )
    name = CharField(max_length=255)
    kind = ChoiceField(FileKind)
    size = IntegerField()
    sha256 = CharField(max_length=64, index=True)
    uploaded_at = DateTimeField(default=now)
    uploaded_by = CharField(max_length=64)
    removed_at = DateTimeField(null=True)
    removed_by = CharField(max_length=64, default="")
    swept_at = DateTimeField(null=True)
    filing_id: int | None
    contribution_id: int | None

    class Meta:
        constraints = [
            Check("size >= 0", "attachment_size"),
            Check("swept_at IS NULL OR removed_at IS NOT NULL", "attachment_swept"),
        ]

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the departments of its owner for the policy table."""
        return self.owner.department_ids(tie)

    @property
    def owner(self) -> AttachmentOwner:
        """Return the filing or the contribution that it belongs to."""
        return self.contribution or cast(Filing, self.filing)

    @property
    def is_handed_in(self) -> bool:
        return self.owner.is_handed_in

    @property
    def is_accepted(self) -> bool:
        """Return whether it belongs to an accepted filing or contribution and has not been removed."""
        filing = self.contribution.lead_filing if self.contribution else self.filing
        accepted_at = filing.accepted_at if filing and self.owner.is_accepted else None
        return accepted_at is not None and self.removed_at is None and self.uploaded_at <= accepted_at

    @property
    def size_words(self) -> str:
        return size_in_words(self.size)
