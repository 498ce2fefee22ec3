"""Requests to departments to agree to a change of their words, what edits did to blocks, why figures were changed."""

from __future__ import annotations

from typing import Any

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    TextField,
)

from app.authority.permits import DepartmentTie
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.drafting.core.life_cycle import WordingState
from app.drafting.core.models import DocumentBlock
from app.org.models import Department

BlockState = dict[str, Any]


class WordingRequest(BaseTable):
    """A change of a department's words that it is asked to confirm. `text` is what was proposed."""

    block = ForeignKeyField(DocumentBlock, backref="requests", on_delete="CASCADE")
    department = ForeignKeyField(Department, on_delete="RESTRICT")
    state = ChoiceField(WordingState, default=WordingState.ASKED, index=True)
    text = TextField()
    answer = TextField(default="")
    asked_at = DateTimeField(default=now)
    asked_by = CharField(max_length=64)
    answered_at = DateTimeField(null=True)
    answered_by = CharField(max_length=64, default="")
    block_id: int
    department_id: int

    class Meta:
        constraints = [Check("(answered_at IS NULL) = (answered_by = '')", "wording_request_answered")]

    @property
    def is_unsettled(self) -> bool:
        """Return whether the department did not agree, or not yet."""
        return self.state in (WordingState.ASKED, WordingState.OBJECTED)

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the department that is asked, for the policy table."""
        return frozenset({self.department_id}) if tie is DepartmentTie.OWNER else frozenset()


class DraftEdit(BaseTable):
    """What an edit did to a block: what it was `before` and `after`, its place left out.

    Edits that were done at once have the same `step`, counted in their draft. What `is_undone` can be done again.
    """

    block = ForeignKeyField(DocumentBlock, backref="edits", on_delete="CASCADE")
    step = IntegerField()
    before = JSONField()
    after = JSONField()
    is_undone = BooleanField(default=False)
    block_id: int

    class Meta:
        constraints = [Check("step >= 1", "draft_edit_step")]
        indexes = ((("block", "step"), True),)


class FigureReason(BaseTable):
    """Why a block says figures that its facts do not have: `written` stands there in place of `known`.

    It counts as long as just these were exchanged, and of several for the same the last; the others stay on record.
    """

    block = ForeignKeyField(DocumentBlock, backref="figure_reasons", on_delete="CASCADE")
    written = JSONField()
    known = JSONField()
    reason = TextField()
    given_at = DateTimeField(default=now)
    given_by = CharField(max_length=64)
    block_id: int
