"""The table of reply drafts."""

from __future__ import annotations

from peewee import BooleanField, CharField, DateTimeField, ForeignKeyField, TextField

from app.authority.permits import DepartmentTie
from app.base.clock import now
from app.base.database import ChoiceField, VersionedTable
from app.directives.core.models import Directive
from app.directives.replies.life_cycle import ReplyState
from app.org.models import Department


class ReplyDraft(VersionedTable):
    """A department's reply until its head has signed it; nobody outside the department reads it.

    `replaced_text` is a colleague's text that the last save replaced.
    """

    directive = ForeignKeyField(Directive, backref="reply_drafts", on_delete="CASCADE")
    department = ForeignKeyField(Department, on_delete="RESTRICT")
    state = ChoiceField(ReplyState, default=ReplyState.DRAFT)
    text = TextField(default="")
    is_final = BooleanField(default=True)
    returned_reason = TextField(default="")
    replaced_text = TextField(default="")
    replaced_by = CharField(max_length=64, default="")
    submitted_by = CharField(max_length=64, default="")
    updated_at = DateTimeField(default=now)
    updated_by = CharField(max_length=64, default="")
    directive_id: int
    department_id: int

    class Meta:
        indexes = ((("directive", "department"), True),)

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the department for the policy table."""
        return frozenset({self.department_id}) if tie is DepartmentTie.OWNER else frozenset()

    @property
    def is_submitted(self) -> bool:
        return self.state is ReplyState.SUBMITTED

    @property
    def is_returned(self) -> bool:
        return self.state is ReplyState.RETURNED
