"""The table of wording suggestions."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, TextField

from app.authority.permits import DepartmentTie
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.base.text_differences import TextDifference, compare_texts
from app.filing.core.content import LONG_TEXTS
from app.filing.core.models import Filing
from app.filing.suggestions.rules import SuggestionState


class WordingSuggestion(BaseTable):
    """A suggested wording for one text of a filing: `field` names the text, `before` and `after` are the wordings.

    The filing keeps its state; the suggested wording is taken over when the department agrees.
    """

    filing = ForeignKeyField(Filing, backref="suggestions", on_delete="CASCADE")
    field = CharField(max_length=32)
    before = TextField()
    after = TextField()
    note = TextField(default="")
    state = ChoiceField(SuggestionState, default=SuggestionState.OPEN, index=True)
    answer = TextField(default="")
    suggested_at = DateTimeField(default=now)
    suggested_by = CharField(max_length=64)
    answered_at = DateTimeField(null=True)
    answered_by = CharField(max_length=64, default="")
    filing_id: int

    class Meta:
        constraints = [
            Check("(answered_at IS NULL) = (answered_by = '')", "wording_suggestion_answered"),
            Check(
                "(state IN ('agreed', 'declined')) = (answered_at IS NOT NULL)", "wording_suggestion_state"
            ),
        ]

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the filing's departments for the policy table."""
        return self.filing.department_ids(tie)

    @property
    def label(self) -> str:
        """Return the label of the text."""
        return LONG_TEXTS[self.field]

    @property
    def is_open(self) -> bool:
        return self.state is SuggestionState.OPEN

    @property
    def difference(self) -> TextDifference:
        return compare_texts(self.before, self.after)
