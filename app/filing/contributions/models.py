"""Tables of contributions, their revisions, and their use by leads."""

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
    """A supporting department's text on a measure in a quarter, for the lead department.

    `asked` is the lead's request. `text` may be filled before it is submitted. `lead_filing` is the filing that it is
    for, if it was loaded.
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
        """Return its departments for the policy table."""
        tied = {DepartmentTie.OWNER: self.department_id, DepartmentTie.LEAD: self.lead_id}.get(tie)
        return frozenset() if tied is None else frozenset({tied})

    @property
    def is_settled(self) -> bool:
        """Return whether the lead's filing is accepted, so that it can no longer change."""
        return self.lead_filing is not None and self.lead_filing.is_accepted

    @property
    def is_accepted(self) -> bool:
        """Return whether it was submitted and belongs to an accepted filing, so that every department may read it."""
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
        """Return id and version for forms about several contributions: 12:3."""
        return f"{self.id}:{self.version}"


class ContributionRevision(BaseTable):
    """A text as it was submitted, or before another replaced it, so that no word is lost."""

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
    """That a lead took a text over into its filing: which contribution, at which version."""

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
