"""Filings, their ticks and their kept revisions."""

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
    """One department's report on one measure in one period.

    `lead` is the measure's lead department now: what a former lead wrote it may read at any state. `light` is what is
    shown: computed on saving, unless `light_reason` says why it was overridden.
    `filled` is its writer's own mark that nothing is left to be written (本项已填完).
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
        """Return the departments tied to this filing, for the policy table."""
        tied = {DepartmentTie.OWNER: self.department_id, DepartmentTie.LEAD: self.lead_id}.get(tie)
        return frozenset() if tied is None else frozenset({tied})

    @property
    def is_accepted(self) -> bool:
        """Return whether the office has accepted it, and it was not reopened since."""
        return self.state is FilingState.ACCEPTED

    @property
    def can_be_sent_back(self) -> bool:
        """Return whether it waits for the office, which may send it back."""
        return self.state is FilingState.SIGNED_OFF

    @property
    def read_value(self) -> str:
        """Return how forms about several filings name it, with the version that was read: 12:3."""
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
        """Return whether its writer marked it so, and what must be there is there: the mark alone does not say that."""
        answers = (self.progress.strip(), self.percent is not None, self.status, self.forecast)
        return self.filled and not self.is_handed_in and all(answers)

    @property
    def labelled_texts(self) -> dict[str, str]:
        """Return its long texts by their labels."""
        return {label: getattr(self, name) for name, label in LONG_TEXTS.items()}

    @property
    def labelled_further_texts(self) -> dict[str, str]:
        """Return its long texts below the progress by their labels."""
        return {label: getattr(self, name) for name, label in FURTHER_TEXTS.items()}

    @property
    def percent_words(self) -> str:
        """Return the percent complete as it is written; nothing where it is not filled in."""
        return "" if self.percent is None else f"{self.percent}%"

    @property
    def shown_state(self) -> FilingStage:
        """Return its state as people read it: one that came back says how."""
        return stage_of(self.state, self.return_kind)

    @property
    def own_state(self) -> FilingStage | OwnStage:
        """Return the same as its own department reads it: one in which nothing is written is no draft yet."""
        is_unwritten = self.state is FilingState.DRAFT and self.is_blank
        return OwnStage.UNWRITTEN if is_unwritten else self.shown_state

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN

    @property
    def is_light_adjusted(self) -> bool:
        """Return whether the department gave a reason for another light than the computed one."""
        return bool(self.light_reason)


class CommitmentTick(BaseTable):
    """Whether a commitment of the measure is done, in the department's word, and a note."""

    filing = ForeignKeyField(Filing, backref="ticks", on_delete="CASCADE")
    commitment = ForeignKeyField(PlanItem, on_delete="CASCADE")
    done = BooleanField(default=False)
    note = CharField(max_length=255, default="")
    filing_id: int
    commitment_id: int

    class Meta:
        indexes = ((("filing", "commitment"), True),)


class MilestoneTick(BaseTable):
    """Whether a milestone of the measure, or of a commitment of it, is reached, in the lead department's word."""

    filing = ForeignKeyField(Filing, backref="milestone_ticks", on_delete="CASCADE")
    milestone = ForeignKeyField(Milestone, on_delete="CASCADE")
    reached = BooleanField(default=False)
    filing_id: int
    milestone_id: int

    class Meta:
        indexes = ((("filing", "milestone"), True),)


class IndicatorValue(BaseTable):
    """What is filed on an indicator of the measure, in the lead department's word; of a ratio `value` is the numerator,
    `base` the denominator.
    """

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
    """The text of a filing as it stood after a step of its life cycle, or before a save replaced words of it: nothing
    that was handed over or written is lost.

    `return_kind` says of one that came back how it did.
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
        """Return the departments tied to the filing, for the policy table."""
        return self.filing.department_ids(tie)

    @property
    def is_replaced(self) -> bool:
        """Return whether it is a text that a save replaced, not one that was handed over."""
        return self.action == Action.WRITE_FILING

    @property
    def is_handed_in(self) -> bool:
        """Return whether these are words that were handed in; giving them back changed none of them."""
        return self.state in HANDED_IN or self.action in GIVING_BACK

    @property
    def is_accepted(self) -> bool:
        """Return whether this is the accepted text: not one handed over before, nor one reopened since."""
        is_present = self.version == self.filing.version
        return self.state is FilingState.ACCEPTED and is_present and self.filing.is_accepted
