"""Tables of filings, their ticks and values, and their revisions."""

from __future__ import annotations

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
from app.authority.policy import Action
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField, VersionedTable
from app.filing.core.content import FURTHER_TEXTS, LONG_TEXTS
from app.filing.core.life_cycle import (
    GIVING_BACK,
    HANDED_IN,
    FilingStage,
    FilingState,
    OwnStage,
    ReturnKind,
    stage_of,
)
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.org.models import Department
from app.periods.models import Period
from app.plan.core.cumulation import FiledNumber
from app.plan.core.models import Indicator, Milestone, NumberField, PlanItem


class Filing(VersionedTable):
    """One department's report on one measure in one quarter.

    `lead` is the present lead department of the measure, which may read a former lead's filing in any state. `light` is
    the light shown: computed on saving, or overridden with a `light_reason`. `filled` is the writer's own mark that
    nothing is left to be written (本项已填完).
    """

    measure = ForeignKeyField(PlanItem, backref="filings", on_delete="RESTRICT")
    period = ForeignKeyField(Period, backref="filings", on_delete="RESTRICT")
    department = ForeignKeyField(Department, backref="filings", on_delete="RESTRICT")
    lead = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    state = ChoiceField(FilingState, default=FilingState.DRAFT)
    progress = TextField(default="")
    problems = TextField(default="")
    next_steps = TextField(default="")
    percent = IntegerField(null=True)
    status = ChoiceField(MeasureStatus, null=True)
    status_reason = TextField(default="")
    forecast = ChoiceField(Forecast, null=True)
    light = ChoiceField(Light, default=Light.GREY)
    light_reason = TextField(default="")
    returned_reason = TextField(default="")
    return_kind = ChoiceField(ReturnKind, default=ReturnKind.CORRECT)
    filled = BooleanField(default=False)
    updated_at = DateTimeField(default=now)
    updated_by = CharField(max_length=64, default="")
    submitted_at = DateTimeField(null=True)
    signed_off_at = DateTimeField(null=True)
    signed_off_by = CharField(max_length=64, default="")
    accepted_at = DateTimeField(null=True)
    measure_id: int
    period_id: int
    department_id: int
    lead_id: int | None

    class Meta:
        constraints = [
            Check("percent >= 0", "filing_percent"),
            Check(
                "submitted_at IS NOT NULL OR state NOT IN ('submitted', 'signed_off', 'accepted')",
                "filing_submitted",
            ),
            Check("(state = 'accepted') = (accepted_at IS NOT NULL)", "filing_accepted"),
        ]
        indexes = (
            (("period", "measure", "department"), True),
            (("period", "department", "state", "return_kind"), False),
        )

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the own and the lead department for the policy table."""
        tied = {DepartmentTie.OWNER: self.department_id, DepartmentTie.LEAD: self.lead_id}.get(tie)
        return frozenset() if tied is None else frozenset({tied})

    @property
    def is_accepted(self) -> bool:
        """Return whether the office has accepted it and not reopened it since."""
        return self.state is FilingState.ACCEPTED

    @property
    def can_be_sent_back(self) -> bool:
        """Return whether it waits for the office's decision."""
        return self.state is FilingState.SIGNED_OFF

    @property
    def read_value(self) -> str:
        """Return id and version for forms about several filings: 12:3."""
        return f"{self.id}:{self.version}"

    @property
    def is_untouched(self) -> bool:
        """Return whether nobody has ever saved it."""
        return self.state is FilingState.DRAFT and self.version == 1 and self.is_blank

    @property
    def is_blank(self) -> bool:
        return not any(self.labelled_texts.values()) and self.percent is None

    @property
    def is_filled(self) -> bool:
        """Return whether its writer marked it as filled and the required fields are filled in."""
        answers = (self.progress.strip(), self.percent is not None, self.status, self.forecast)
        return self.filled and not self.is_handed_in and all(answers)

    @property
    def labelled_texts(self) -> dict[str, str]:
        """Return its long texts by their labels."""
        return {label: getattr(self, name) for name, label in LONG_TEXTS.items()}

    @property
    def labelled_further_texts(self) -> dict[str, str]:
        """Return its long texts other than the progress by their labels."""
        return {label: getattr(self, name) for name, label in FURTHER_TEXTS.items()}

    @property
    def percent_words(self) -> str:
        """Return the percent as it is shown; "" if it is not filled in."""
        return "" if self.percent is None else f"{self.percent}%"

    @property
    def shown_state(self) -> FilingStage:
        """Return the state that pages show: a returned filing also says how it was returned."""
        return stage_of(self.state, self.return_kind)

    @property
    def own_state(self) -> FilingStage | OwnStage:
        """Return the state that its own department sees: a blank draft counts as not written."""
        is_unwritten = self.state is FilingState.DRAFT and self.is_blank
        return OwnStage.UNWRITTEN if is_unwritten else self.shown_state

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN

    @property
    def is_light_adjusted(self) -> bool:
        """Return whether the department replaced the computed light and gave a reason."""
        return bool(self.light_reason)


class CommitmentTick(BaseTable):
    """Whether a commitment of the measure is done, as the department states it, with a note."""

    filing = ForeignKeyField(Filing, backref="ticks", on_delete="CASCADE")
    commitment = ForeignKeyField(PlanItem, on_delete="CASCADE")
    done = BooleanField(default=False)
    note = CharField(max_length=255, default="")
    filing_id: int
    commitment_id: int

    class Meta:
        indexes = ((("filing", "commitment"), True),)


class MilestoneTick(BaseTable):
    """Whether a milestone of the measure or of a commitment is reached, as the lead department states it."""

    filing = ForeignKeyField(Filing, backref="milestone_ticks", on_delete="CASCADE")
    milestone = ForeignKeyField(Milestone, on_delete="CASCADE")
    reached = BooleanField(default=False)
    filing_id: int
    milestone_id: int

    class Meta:
        indexes = ((("filing", "milestone"), True),)


class IndicatorValue(BaseTable):
    """The number filed on an indicator; for a ratio `value` is the numerator and `base` the denominator."""

    filing = ForeignKeyField(Filing, backref="indicator_values", on_delete="CASCADE")
    indicator = ForeignKeyField(Indicator, on_delete="CASCADE")
    value = NumberField(null=True)
    base = NumberField(null=True)
    filing_id: int
    indicator_id: int

    @property
    def filed_number(self) -> FiledNumber:
        return FiledNumber(self.value, self.base)

    class Meta:
        indexes = ((("filing", "indicator"), True),)


class FilingRevision(BaseTable):
    """The text of a filing after a step, or before a save that replaced words of it, so that no submitted or written
    text is lost.

    `return_kind` says how a returned filing was returned.
    """

    filing = ForeignKeyField(Filing, backref="revisions", on_delete="CASCADE")
    version = IntegerField()
    action = CharField(max_length=32)
    state = ChoiceField(FilingState)
    content = JSONField()
    return_kind = ChoiceField(ReturnKind, null=True)
    reason = TextField(default="")
    person = CharField(max_length=64)
    seat = CharField(max_length=64)
    at = DateTimeField(default=now)
    filing_id: int

    class Meta:
        constraints = [Check("version >= 1", "filing_revision_version")]
        indexes = ((("filing", "version"), True),)

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the filing's departments for the policy table."""
        return self.filing.department_ids(tie)

    @property
    def is_replaced(self) -> bool:
        """Return whether it is a text that a save replaced."""
        return self.action == Action.WRITE_FILING

    @property
    def is_handed_in(self) -> bool:
        """Return whether the text was submitted, including one that was then returned."""
        return self.state in HANDED_IN or self.action in GIVING_BACK

    @property
    def is_accepted(self) -> bool:
        """Return whether it is the accepted text as it stands now."""
        is_present = self.version == self.filing.version
        return self.state is FilingState.ACCEPTED and is_present and self.filing.is_accepted
