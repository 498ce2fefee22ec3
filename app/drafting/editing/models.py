"""The tables of wording requests, of edits for undo and redo, and of reasons for changed figures."""

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
    """A request that a department confirm a change of its words; `text` is the proposed wording."""

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
        """Return whether the department has not agreed (yet)."""
        return self.state in (WordingState.ASKED, WordingState.OBJECTED)

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the department that is asked, for the policy table."""
        return frozenset({self.department_id}) if tie is DepartmentTie.OWNER else frozenset()


class DraftEdit(BaseTable):
    """The state of a block before and after an edit, without its place.

    Edits made at the same time share a `step`, which is counted per draft. An undone edit can be redone.
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
    """A reason why a block has figures that its facts do not have: `written` in place of `known`.

    It applies only to exactly these figures; of several for the same figures the last one applies, the others stay on
    record.
    """

    block = ForeignKeyField(DocumentBlock, backref="figure_reasons", on_delete="CASCADE")
    written = JSONField()
    known = JSONField()
    reason = TextField()
    given_at = DateTimeField(default=now)
    given_by = CharField(max_length=64)
    block_id: int
