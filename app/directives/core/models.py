"""Tables of directives, their addressees and their replies."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    ModelSelect,
    TextField,
)

from app.authority.permits import DepartmentTie, LeaderTie
from app.authority.policy import Action
from app.base.clock import now, today
from app.base.database import BaseTable, ChoiceField, VersionedTable
from app.base.days import written_day
from app.directives.core.life_cycle import (
    TRANSITIONS,
    AddresseeRole,
    DirectiveKind,
    DirectiveStanding,
    DirectiveState,
    due_date_in_words,
    is_answer_nearly_due,
    is_answer_overdue,
    is_step_possible,
)
from app.directives.core.time_limits import FeedbackDays, FeedbackRhythm, next_feedback_on
from app.org.models import Department, Leader
from app.org.queries import holders_of_seats
from app.periods.calendar import WorkCalendar
from app.plan.core.models import PlanItem

if TYPE_CHECKING:
    from app.directives.core.carry_overs import DirectiveCarryOver
    from app.directives.core.directive_steps import DirectiveStep
    from app.directives.core.scans import DirectiveScan
    from app.directives.core.subjects import DirectiveSubject

CONFIDENTIAL_MARK = "m"  # 密批: a series of its own


class Directive(VersionedTable):
    """A directive of a leader or of the office, addressed to departments, with a due date.

    `leader` is the seat that it belongs to now, `written_for` the leader who gave it: they differ once the seat was
    handed over. `entered_by` names the office's clerk who entered it for a leader. `first_due_on` is the original due
    date if it was moved. `extension_to` is the date asked for in a pending request. Handwriting is entered by the
    office and confirmed once by its leader.
    """

    kind = ChoiceField(DirectiveKind, default=DirectiveKind.INSTRUCTION)
    state = ChoiceField(DirectiveState, default=DirectiveState.OPEN, index=True)
    number_year = IntegerField(null=True)
    number = IntegerField(null=True)
    is_confidential = BooleanField(default=False)
    leader = ForeignKeyField(Leader, null=True, backref="directives", on_delete="RESTRICT")
    written_for = ForeignKeyField(Leader, null=True, backref="words", on_delete="RESTRICT")
    author = CharField(max_length=64)
    entered_by = CharField(max_length=64, default="")
    text = TextField()
    due_on = DateField(null=True)
    first_due_on = DateField(null=True)
    feedback = ChoiceField(FeedbackRhythm, default=FeedbackRhythm.ONCE)
    extension_to = DateField(null=True, constraints=[Check("extension_to IS NULL OR state = 'open'")])
    closing_proposed_at = DateTimeField(
        null=True, constraints=[Check("closing_proposed_at IS NULL OR state = 'replied'")]
    )
    created_at = DateTimeField(default=now)
    closed_at = DateTimeField(null=True)
    is_handwritten = BooleanField(default=False)
    confirmed_at = DateTimeField(null=True, constraints=[Check("confirmed_at IS NULL OR is_handwritten")])
    leader_id: int | None
    written_for_id: int | None
    subjects: ModelSelect[DirectiveSubject]
    addressees: ModelSelect[DirectiveAddressee]
    replies: ModelSelect[DirectiveReply]
    steps: ModelSelect[DirectiveStep]
    carry_overs: ModelSelect[DirectiveCarryOver]
    scans: ModelSelect[DirectiveScan]
    next_filing_due: date | None = (
        None  # where a query has it: by when departments file after its last feedback
    )
    holders: frozenset[int] | None = None  # where a query has it: the leaders in whose seat it is

    class Meta:
        constraints = [
            Check("(state = 'closed') = (closed_at IS NOT NULL)", "directive_closed"),
            Check("number_year BETWEEN 2000 AND 2100 AND number >= 1", "directive_number"),
        ]
        indexes = ((("is_confidential", "number_year", "number"), True),)

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the addressed departments for the policy table: all own the duty to answer, 主办 is the lead."""
        roles = {DepartmentTie.OWNER: tuple(AddresseeRole), DepartmentTie.LEAD: (AddresseeRole.MAIN,)}.get(
            tie, ()
        )
        return frozenset(one.department_id for one in self.addressees if one.role in roles)

    def leader_ids(self, tie: LeaderTie) -> frozenset[int]:
        """Return, for the policy table, the author while he holds the seat, or the leader who holds it now."""
        if self.leader_id is None:
            return frozenset()
        if tie is LeaderTie.AUTHOR:
            return frozenset({self.leader_id} if self.leader_id == self.written_for_id else ())
        if self.holders is None:
            self.holders = holders_of_seats([self.leader_id])[self.leader_id]
        return self.holders

    @property
    def is_of_office(self) -> bool:
        """Return whether it is the office's own directive."""
        return self.leader_id is None

    @property
    def is_inherited(self) -> bool:
        """Return whether its author no longer holds the seat (前任交办)."""
        return self.leader is not None and (
            self.leader_id != self.written_for_id or not self.leader.is_serving
        )

    @property
    def standing(self) -> DirectiveStanding:
        """Return the state with everything else that decides which steps are possible."""
        return DirectiveStanding(
            self.state,
            is_extension_asked=self.extension_to is not None,
            is_answered=bool(self.replies),
            is_closing_proposed=self.closing_proposed_at is not None,
            is_unconfirmed=self.is_unconfirmed,
        )

    @property
    def is_unconfirmed(self) -> bool:
        """Return whether its leader still has to confirm the handwriting."""
        can_be = self.state in TRANSITIONS[Action.CONFIRM_DIRECTIVE].sources
        return self.is_handwritten and self.confirmed_at is None and can_be

    def awaits(self, action: str) -> bool:
        """Return whether the step with this name is possible now."""
        return is_step_possible(Action(action), self.standing)

    @property
    def number_words(self) -> str:
        """Return the number in the register: 批示〔2026〕3号; confidential directives have their own series."""
        if self.number is None:
            return ""
        series = "密批" if self.is_confidential else "批示"
        return f"{series}〔{self.number_year}〕{self.number}号"

    @property
    def key(self) -> str:
        """Return the key used in addresses: 2026-3, for a confidential one 2026-m1.

        Ids would not do: gaps in them would reveal confidential directives.
        """
        return f"{self.number_year}-{CONFIDENTIAL_MARK if self.is_confidential else ''}{self.number}"

    @property
    def path(self) -> str:
        """Return the address of its page, which notices link to."""
        return f"/directives/{self.key}"

    @property
    def title_words(self) -> str:
        """Return it in one line for lists of a seat's work; a confidential one only by its number."""
        return self.number_words if self.is_confidential else f"{self.author}：{self.text}"

    @property
    def measures(self) -> list[PlanItem]:
        """Return its measures in the plan's order."""
        return [one.measure for one in self.subjects if one.measure is not None]

    @property
    def measure_ids(self) -> frozenset[int]:
        return frozenset(one.measure_id for one in self.subjects if one.measure_id is not None)

    @property
    def subject_words(self) -> str:
        """Return what it is about: the first subject, and how many there are."""
        first, *others = [one.words for one in self.subjects] or [""]
        return f"{first}等 {len(others) + 1} 项举措" if others else first

    @property
    def measure_number(self) -> str:
        """Return the number of its first measure in the plan, and how many measures there are."""
        measures = self.measures
        several = f"等 {len(measures)} 项" if len(measures) > 1 else ""
        return f"第 {measures[0].position} 项{several}" if measures else ""

    @property
    def subject_titles(self) -> str:
        """Return the titles of everything it is about."""
        return "、".join(one.title for one in self.subjects)

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
        """Return whether it has to be answered: 阅知 has not."""
        return self.kind is not DirectiveKind.NOTED

    @property
    def is_overdue(self) -> bool:
        """Return whether an answer is owed and overdue today."""
        return is_answer_overdue(self.state, self.due_on, today())

    def is_nearly_due(self, calendar: WorkCalendar) -> bool:
        """Return whether an answer is due soon, in working days."""
        return is_answer_nearly_due(self.state, self.due_on, today(), calendar)

    def due_words(self, calendar: WorkCalendar) -> str:
        """Return the due date and, while an answer is owed, how many working days are left."""
        return due_date_in_words(self.state, self.due_on, today(), calendar)

    def due_note(self, calendar: WorkCalendar) -> str:
        """Return the due date as a note behind the addressees; "" once it is settled."""
        if not (self.is_open or self.is_replied):
            return ""
        first = f"（原定{written_day(self.first_due_on)}）" if self.first_due_on else ""
        return f"；{'期限：' if self.due_on else ''}{self.due_words(calendar)}{first}"

    @property
    def main_addressee(self) -> DirectiveAddressee | None:
        return next((one for one in self.addressees if one.is_main), None)

    @property
    def addressees_in_words(self) -> str:
        """Return the addressees and, while it is open, which of them have not answered."""
        unanswered = self.unanswered_ids if self.is_open else frozenset()
        owe_all = len(unanswered) == len(self.addressees) > 1
        named: dict[AddresseeRole, list[str]] = {}
        for one in self.addressees:
            owes = one.department_id in unanswered and not owe_all
            named.setdefault(one.role, []).append(
                f"{one.department.short_name}{'（未回复）' if owes else ''}"
            )
        words = [f"{role.label}{'、'.join(named[role])}" for role in AddresseeRole if role in named]
        return "，".join(words + (["均未回复"] if owe_all else []))

    @property
    def unanswered_ids(self) -> frozenset[int]:
        """Return the ids of the departments that owe a final answer."""
        return frozenset(one.department_id for one in self.addressees if one.answered_at is None)

    @property
    def unanswered_supports(self) -> tuple[str, ...]:
        """Return the names of the supporting departments (协办) that have not answered."""
        return tuple(
            one.department.short_name
            for one in self.addressees
            if not one.is_main and one.answered_at is None
        )

    @property
    def progress_words(self) -> str:
        """Return who has received it and how many have answered: 城管办10月9日签收；已回复 1/2."""
        if not self.asks_for_reply:
            return ""
        receipts = filter(None, (one.receipt_words for one in self.addressees))
        return "；".join([*receipts, self.answer_words])

    @property
    def answer_words(self) -> str:
        """Return how many addressees have answered: 已回复 1/2."""
        rows = list(self.addressees)
        return f"已回复 {sum(one.answered_at is not None for one in rows)}/{len(rows)}"

    def feedback_note(self, calendar: WorkCalendar) -> str:
        """Return how often 主办 reports on it and when next; "" if it reports only once."""
        if self.feedback is FeedbackRhythm.ONCE or not self.is_open:
            return ""
        days = FeedbackDays(self.last_feedback_on, self.next_filing_due)
        following = next_feedback_on(self.feedback, days, self.due_on, calendar)
        return f"；反馈：{self.feedback.label}{f'，下次{written_day(following)}前' if following else ''}"

    @property
    def last_feedback_on(self) -> date:
        """Return the day of the last report of 主办, or the day it was written."""
        main = self.main_addressee
        given = [one.at for one in self.replies if main and one.department_id == main.department_id]
        return max([self.created_at, *given]).date()

    @property
    def closing(self) -> DirectiveStep | None:
        """Return the step that closed it, if it is closed."""
        found = [step for step in self.steps if step.action is Action.CLOSE_DIRECTIVE]
        return found[-1] if found and self.is_closed else None

    @property
    def history(self) -> list[HistoryEntry]:
        """Return its steps and replies, oldest first."""
        steps = [HistoryEntry(step.at, step=step) for step in self.steps]
        replies = [
            HistoryEntry(reply.at, reply=reply, ordinal=ordinal)
            for ordinal, reply in enumerate(self.replies, 1)
        ]
        return sorted([*steps, *replies], key=lambda entry: entry.at)


class DirectiveAddressee(BaseTable):
    """A department that has to answer. `is_added`: it is not responsible for the measure in the plan.

    `answered_at` is the time of its last final answer that was not sent back.
    """

    directive = ForeignKeyField(Directive, backref="addressees", on_delete="CASCADE")
    department = ForeignKeyField(Department, on_delete="RESTRICT")
    role = ChoiceField(AddresseeRole, default=AddresseeRole.SUPPORT)
    is_added = BooleanField(default=False)
    received_at = DateTimeField(null=True)
    received_by = CharField(max_length=64, default="")
    answered_at = DateTimeField(null=True)
    directive_id: int
    department_id: int

    class Meta:
        indexes = ((("directive", "department"), True),)

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the department for the policy table."""
        return frozenset({self.department_id}) if tie is DepartmentTie.OWNER else frozenset()

    @property
    def is_main(self) -> bool:
        return self.role is AddresseeRole.MAIN

    @property
    def receipt_words(self) -> str:
        """Return who received it and when; "" if it was answered before receipts were recorded."""
        if self.answered_at is not None and self.received_at is None:
            return ""
        name = self.department.short_name
        if self.received_at is None:
            return f"{name}未签收"
        return f"{name}{written_day(self.received_at)}签收（{self.received_by}）"


class DirectiveReply(BaseTable):
    """A department's answer as sent, in the name of `person`.

    `written_text` and `written_by` are what the writer submitted, if the head changed it before signing.
    """

    directive = ForeignKeyField(Directive, backref="replies", on_delete="CASCADE")
    department = ForeignKeyField(Department, on_delete="RESTRICT")
    text = TextField()
    person = CharField(max_length=64)
    written_text = TextField(default="")
    written_by = CharField(max_length=64, default="")
    is_final = BooleanField(default=True)
    at = DateTimeField(default=now)
    directive_id: int
    department_id: int

    @property
    def title(self) -> str:
        return f"{self.department.short_name}{'回复' if self.is_final else '阶段性反馈'}"


class HistoryEntry(NamedTuple):
    """One step or one reply of a directive; `ordinal` is the number of the reply."""

    at: datetime
    step: DirectiveStep | None = None
    reply: DirectiveReply | None = None
    ordinal: int = 0
