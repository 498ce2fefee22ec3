"""Directives, whom they address, and what was answered."""

from __future__ import annotations

from peewee import (
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    JSONField,
    ModelSelect,
    TextField,
)

from app.authority.policy import DepartmentTie
from app.base.clock import now, today
from app.base.database import BaseTable, ChoiceField, VersionedTable
from app.base.days import written_day
from app.directives.life_cycle import DirectiveKind, DirectiveState, due_date_in_words, is_answer_overdue
from app.filing.core.models import Filing
from app.org.models import Department, Leader
from app.periods.calendar import WorkCalendar
from app.plan.core.models import Plan, PlanItem


class Directive(VersionedTable):
    """A leader's (or the office's) words on a measure, addressed to departments, with a due date.

    `entered_by` names the person of the office who wrote it down on the leader's behalf, if one did.
    """

    kind = ChoiceField(DirectiveKind, default=DirectiveKind.INSTRUCTION)
    state = ChoiceField(DirectiveState, default=DirectiveState.OPEN, index=True)
    leader = ForeignKeyField(Leader, null=True, backref="directives", on_delete="RESTRICT")
    author = CharField(max_length=64)
    entered_by = CharField(max_length=64, default="")
    measure = ForeignKeyField(PlanItem, null=True, backref="directives", on_delete="RESTRICT")
    filing = ForeignKeyField(Filing, null=True, backref="directives", on_delete="SET NULL")
    text = TextField()
    due_on = DateField(null=True)
    created_at = DateTimeField(default=now)
    closed_at = DateTimeField(null=True)
    leader_id: int | None
    measure_id: int | None
    filing_id: int | None
    addressees: ModelSelect[DirectiveAddressee]
    replies: ModelSelect[DirectiveReply]
    carry_overs: ModelSelect[DirectiveCarryOver]
    former_title: str | None = (
        None  # where a query has it: of the measure under which it stood in a plan before
    )

    class Meta:
        constraints = [Check("(state = 'closed') = (closed_at IS NOT NULL)", "directive_closed")]

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the addressees, for the policy table: they own the duty to answer."""
        if tie is not DepartmentTie.OWNER:
            return frozenset()
        return frozenset(addressee.department_id for addressee in self.addressees)

    @property
    def is_open(self) -> bool:
        return self.state is DirectiveState.OPEN

    @property
    def is_replied(self) -> bool:
        return self.state is DirectiveState.REPLIED

    @property
    def is_closed(self) -> bool:
        return self.state is DirectiveState.CLOSED

    @property
    def asks_for_reply(self) -> bool:
        """Return whether it is to be answered: 阅知 is not."""
        return self.kind is not DirectiveKind.NOTED

    @property
    def is_overdue(self) -> bool:
        """Return whether an answer is owed and late today."""
        return is_answer_overdue(self.state, self.due_on, today())

    def due_words(self, calendar: WorkCalendar) -> str:
        """Return the due date as people say it today, by the working days of a calendar."""
        return due_date_in_words(self.state, self.due_on, today(), calendar)

    def due_note(self, calendar: WorkCalendar) -> str:
        """Return until when it is to be answered, in words; nothing once it is closed."""
        if self.is_closed:
            return ""
        return f"；{'期限：' if self.due_on else ''}{self.due_words(calendar)}"

    @property
    def addressees_in_words(self) -> str:
        """Return whom it addresses, in words; while it is open also who has not answered."""
        unanswered = self.unanswered_ids if self.is_open else frozenset()
        return "、".join(
            f"{one.department.short_name}{'（未回复）' if one.department_id in unanswered else ''}"
            for one in self.addressees
        )

    @property
    def unanswered_ids(self) -> frozenset[int]:
        return self.department_ids(DepartmentTie.OWNER) - {reply.department_id for reply in self.replies}


class DirectiveAddressee(BaseTable):
    """A department that has to answer a directive."""

    directive = ForeignKeyField(Directive, backref="addressees", on_delete="CASCADE")
    department = ForeignKeyField(Department, on_delete="RESTRICT")
    directive_id: int
    department_id: int

    class Meta:
        indexes = ((("directive", "department"), True),)

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the department that answers, for the policy table."""
        return frozenset({self.department_id}) if tie is DepartmentTie.OWNER else frozenset()


class DirectiveReply(BaseTable):
    """A department's answer as it went out, in the name of `person`.

    `written_text` is what `written_by` had handed in, where the head changed it before signing.
    """

    directive = ForeignKeyField(Directive, backref="replies", on_delete="CASCADE")
    department = ForeignKeyField(Department, on_delete="RESTRICT")
    text = TextField()
    person = CharField(max_length=64)
    written_text = TextField(default="")
    written_by = CharField(max_length=64, default="")
    at = DateTimeField(default=now)
    directive_id: int
    department_id: int


class MeasureCarryOver(BaseTable):
    """What a plan makes of an unfinished measure of the year before (结转): `successor` goes on with it, or none does,
    for a `reason`.
    """

    plan = ForeignKeyField(Plan, backref="carry_overs", on_delete="CASCADE")
    measure = ForeignKeyField(PlanItem, unique=True, on_delete="CASCADE")
    successor = ForeignKeyField(PlanItem, null=True, backref="carried_in", on_delete="CASCADE")
    reason = TextField(default="")
    made_by = CharField(max_length=64)
    made_at = DateTimeField(default=now)
    plan_id: int
    measure_id: int
    successor_id: int | None

    class Meta:
        constraints = [Check("successor_id IS NOT NULL OR reason <> ''", "measure_carry_over_reason")]

    @property
    def outcome_words(self) -> str:
        """Return what was decided, in words."""
        words = f"第 {self.measure.position} 项“{self.measure.title}”"
        if self.successor is None:
            return f"{words}不结转到 {self.plan.year} 年，理由：{self.reason}"
        after = self.successor
        return f"{words}结转至 {self.plan.year} 年第 {after.position} 项“{after.title}”"


class DirectiveCarryOver(BaseTable):
    """A directive that goes on under another measure (结转): its own `measure` is the newest one.

    `former_addressees` are the ids of the departments that it addressed before.
    """

    directive = ForeignKeyField(Directive, backref="carry_overs", on_delete="CASCADE")
    carry_over = ForeignKeyField(MeasureCarryOver, backref="directives", on_delete="CASCADE")
    former_addressees = JSONField()
    directive_id: int
    carry_over_id: int

    class Meta:
        indexes = ((("directive", "carry_over"), True),)

    @property
    def words_before(self) -> str:
        """Return from where it was carried over, and when, in words."""
        row = self.carry_over
        return f"{written_day(row.made_at)}由{row.plan.year - 1}年第 {row.measure.position} 项结转至"

    @property
    def words_after(self) -> str:
        """Return where it went, in words."""
        row = self.carry_over
        return f"{row.plan.year}年第 {row.successor.position} 项" if row.successor else ""
