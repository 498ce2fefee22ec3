"""Contributions, their kept texts, and what leads took over from them."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, TextField

from app.authority.permits import DepartmentTie
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField, VersionedTable
from app.filing.contributions.rules import (
    ContributionStanding,
    ContributionState,
    standing_of_contribution,
)
from app.filing.core.models import Filing
from app.org.models import Department
from app.periods.models import Period
from app.plan.core.models import PlanItem


class Contribution(VersionedTable):
    """What a supporting department did for a measure in a quarter, in one text for its lead.

    `asked` is what the lead asks for; `text` may be there before it is handed in. `lead_filing` is the filing that
    it goes into, where it was read with its context.
    """

    measure = ForeignKeyField(PlanItem, backref="contributions", on_delete="RESTRICT")
    period = ForeignKeyField(Period, backref="contributions", on_delete="RESTRICT")
    department = ForeignKeyField(Department, backref="contributions", on_delete="RESTRICT")
    lead = ForeignKeyField(Department, backref="+", null=True, on_delete="RESTRICT")
    state = ChoiceField(ContributionState, default=ContributionState.OWED, index=True)
    text = TextField(default="")
    asked = TextField(default="")
    updated_at = DateTimeField(default=now)
    updated_by = CharField(max_length=64, default="")
    handed_in_at = DateTimeField(null=True)
    measure_id: int
    period_id: int
    department_id: int
    lead_id: int | None
    lead_filing: Filing | None = None

    class Meta:
        constraints = [Check("state <> 'written' OR text <> ''", "contribution_written")]
        indexes = ((("period", "measure", "department"), True), (("period", "department"), False))

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the departments tied to it, for the policy table."""
        tied = {DepartmentTie.OWNER: self.department_id, DepartmentTie.LEAD: self.lead_id}.get(tie)
        return frozenset() if tied is None else frozenset({tied})

    @property
    def is_settled(self) -> bool:
        """Return whether the lead's filing was accepted: what is said there stands."""
        return self.lead_filing is not None and self.lead_filing.is_accepted

    @property
    def is_accepted(self) -> bool:
        """Return whether it was handed in and belongs to an accepted filing: then every department may read it."""
        return self.state is ContributionState.WRITTEN and self.is_settled

    @property
    def is_handed_in(self) -> bool:
        return self.is_written or self.is_idle

    @property
    def is_written(self) -> bool:
        return self.state is ContributionState.WRITTEN

    @property
    def is_waived(self) -> bool:
        return self.state is ContributionState.WAIVED

    @property
    def is_idle(self) -> bool:
        """Return whether its department said that there is nothing to contribute."""
        return self.state is ContributionState.NOT_NEEDED

    @property
    def is_owed(self) -> bool:
        return self.state is ContributionState.OWED

    @property
    def is_untouched(self) -> bool:
        """Return whether nobody has done anything to it."""
        return self.version == 1 and not self.text and self.is_owed

    @property
    def standing(self) -> ContributionStanding:
        return standing_of_contribution(self.state, text=self.text, asked=self.asked)

    @property
    def read_value(self) -> str:
        """Return how forms about several name it, with the version that was read: 12:3."""
        return f"{self.id}:{self.version}"


class ContributionRevision(BaseTable):
    """A text of a contribution as it was handed in, or before another took its place: no word is lost."""

    contribution = ForeignKeyField(Contribution, backref="revisions", on_delete="CASCADE")
    version = IntegerField()
    state = ChoiceField(ContributionState)
    text = TextField()
    person = CharField(max_length=64)
    at = DateTimeField(default=now)
    contribution_id: int

    class Meta:
        constraints = [Check("version >= 1", "contribution_revision_version")]
        indexes = ((("contribution", "version"), True),)


class ContributionUse(BaseTable):
    """That a lead took words over into its filing: from which contribution, at which version."""

    filing = ForeignKeyField(Filing, backref="contribution_uses", on_delete="CASCADE")
    contribution = ForeignKeyField(Contribution, backref="uses", on_delete="CASCADE")
    version = IntegerField()
    person = CharField(max_length=64)
    at = DateTimeField(default=now)
    filing_id: int
    contribution_id: int

    class Meta:
        constraints = [Check("version >= 1", "contribution_use_version")]
        indexes = ((("filing", "contribution", "version"), True),)
