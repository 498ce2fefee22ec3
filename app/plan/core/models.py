"""Tables of plans, their items, assignments, revisions, milestones and indicators."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    TextField,
)

from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.org.models import Department, DepartmentGroup, Leader
from app.plan.core.cumulation import Cumulation
from app.plan.core.numbers import number_in_words, plain_number, with_unit
from app.plan.core.rules import AssignmentRole, CumulationRule, ItemAspect, ItemKind, numbered_heading

MILESTONE_LENGTH = 255
INDICATOR_LENGTH = 64
UNIT_LENGTH = 16
NUMBER_LENGTH = 16
PAPER_LENGTH = 255


def is_within(first: date | None, until: date | None, on: date) -> bool:
    """Return whether a day is within a range from one day until before another, or without end."""
    return (first is None or first <= on) and (until is None or on < until)


class NumberField(CharField):
    """A decimal number, stored exactly and alike on both databases."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=32, **options)

    def db_value(self, value: Decimal | None) -> str | None:
        return None if value is None else plain_number(value)

    def python_value(self, value: str | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    if TYPE_CHECKING:

        def __get__(self, instance: object, owner: object) -> Any: ...

        def __set__(self, instance: object, value: Decimal | None) -> None: ...


class Plan(BaseTable):
    """One year's work plan as published.

    `blocks` divide its text as confirmed on import; headings, lead-in, closing, annexes and kinds follow from them.
    None for plans stored without.
    """

    title = CharField(max_length=255)
    year = IntegerField(unique=True)
    issuer = CharField(max_length=255)
    document_number = CharField(max_length=64, null=True)
    issued_on = DateField(null=True)
    lead_in = TextField(default="")
    source_text = TextField()
    source_sha256 = CharField(max_length=64, unique=True)
    blocks = JSONField(null=True)
    import_warnings = JSONField(default=list)
    imported_at = DateTimeField(default=now)

    class Meta:
        constraints = [Check("year BETWEEN 2000 AND 2100", "plan_year")]


class PlanItem(BaseTable):
    """A part, section, measure or commitment of a plan.

    `sequence` orders the whole tree, depth first. `number` is as printed ("一", "（一）") or counted; `position` counts
    the items of one kind from 1, so a measure's position is the number that people know. `yearly_target` (年度目标) is
    set by the table of assignments. A part that is not `reporting` (不填报) has no measures. `path` are the printed
    headings between a section and the measure, one a line. Items added by a revision are in force from a day on,
    replaced commitments until a day; the end of a measure is a change of it.
    """

    plan = ForeignKeyField(Plan, backref="items", on_delete="CASCADE")
    parent = ForeignKeyField("self", null=True, backref="children", on_delete="CASCADE")
    kind = ChoiceField(ItemKind)
    number = CharField(max_length=NUMBER_LENGTH)
    position = IntegerField()
    sequence = IntegerField()
    title = CharField(max_length=512)
    text = TextField(default="")
    yearly_target = TextField(default="")
    path = TextField(default="")
    reporting = BooleanField(default=True)
    leader = ForeignKeyField(Leader, null=True, backref="measures", on_delete="SET NULL")
    in_force_from = DateField(null=True)
    in_force_until = DateField(null=True)
    plan_id: int
    parent_id: int | None
    leader_id: int | None
    # Where it is read as of a day on which it has ended: since when, and how.
    ended_on: date | None = None
    ending_words: str = ""

    class Meta:
        constraints = [Check("position >= 0 AND sequence >= 0", "plan_item_place")]
        indexes = ((("plan", "sequence"), True), (("plan", "kind", "position"), True))

    @property
    def is_section(self) -> bool:
        return self.kind is ItemKind.SECTION

    @property
    def is_measure(self) -> bool:
        return self.kind is ItemKind.MEASURE

    @property
    def heading(self) -> str:
        return numbered_heading(self.number, self.title)

    def is_in_force(self, on: date) -> bool:
        """Return whether it is in force on a day; it was read as of that day."""
        return self.ended_on is None and is_within(self.in_force_from, self.in_force_until, on)

    def is_counted_on(self, on: date) -> bool:
        """Return whether it is in force on a day, as far as known on the day as of which it was read."""
        return is_within(self.in_force_from, self.ended_on, on)


class PlanRevision(BaseTable):
    """A revision of a plan's measures from a day on: its reason, and the paper that ordered it, if any.

    `source_text` and `blocks` are the plan's new text, if the revision came with one.
    """

    plan = ForeignKeyField(Plan, backref="revisions", on_delete="CASCADE")
    effective_on = DateField()
    reason = TextField(default="")
    paper = CharField(max_length=PAPER_LENGTH, default="")
    source_text = TextField(null=True)
    blocks = JSONField(null=True)
    made_by = CharField(max_length=64)
    made_at = DateTimeField(default=now)


class ItemChange(BaseTable):
    """One aspect of a measure as set by a revision, in words; for the leader in charge also his id.

    The published value stays in the item: in force on a day is the newest change until then.
    """

    revision = ForeignKeyField(PlanRevision, backref="changes", on_delete="CASCADE")
    item = ForeignKeyField(PlanItem, backref="changes", on_delete="CASCADE")
    aspect = ChoiceField(ItemAspect)
    words = TextField(default="")
    leader = ForeignKeyField(Leader, null=True, on_delete="RESTRICT")
    revision_id: int
    item_id: int
    leader_id: int | None

    class Meta:
        indexes = ((("revision", "item", "aspect"), True),)


class Assignment(BaseTable):
    """A department leads or supports a measure; `group`: it was assigned together with a whole group.

    In force from one day until before another; None means from the beginning, or without end. Supporting assignments of
    a measure begin and end together, and no two departments lead it on the same day.
    """

    item = ForeignKeyField(PlanItem, backref="assignments", on_delete="CASCADE")
    department = ForeignKeyField(Department, backref="assignments", on_delete="RESTRICT")
    role = ChoiceField(AssignmentRole)
    group = ForeignKeyField(DepartmentGroup, null=True, on_delete="SET NULL")
    in_force_from = DateField(null=True)
    in_force_until = DateField(null=True)
    item_id: int
    department_id: int
    group_id: int | None

    class Meta:
        indexes = ((("item", "role", "department", "in_force_from"), True),)

    def is_in_force(self, on: date) -> bool:
        """Return whether it is in force on a day."""
        return is_within(self.in_force_from, self.in_force_until, on)


class MeasurePredecessor(BaseTable):
    """A measure continues one of last year's, or one of its own plan from which it was split or merged."""

    measure = ForeignKeyField(PlanItem, backref="predecessor_links", on_delete="CASCADE")
    predecessor = ForeignKeyField(PlanItem, backref="successor_links", on_delete="CASCADE")

    class Meta:
        indexes = ((("measure", "predecessor"), True),)


class Milestone(BaseTable):
    """What a measure, or one commitment of it, should have reached by the end of a quarter (1 to 4).

    It is in force from one day until before another, like an assignment.
    """

    item = ForeignKeyField(PlanItem, backref="milestones", on_delete="CASCADE")
    quarter = IntegerField()
    text = CharField(max_length=MILESTONE_LENGTH)
    target = NumberField(null=True)
    in_force_from = DateField(null=True)
    in_force_until = DateField(null=True)
    item_id: int

    class Meta:
        constraints = [Check("quarter BETWEEN 1 AND 4", "milestone_quarter")]

    @property
    def labelled_text(self) -> str:
        """Return its text; for a commitment's milestone with the commitment's name."""
        whose = f"任务 {self.item.number}：" if self.item.kind is ItemKind.COMMITMENT else ""
        return f"{whose}{self.text}"

    @property
    def quarter_words(self) -> str:
        return f"第{'一二三四'[self.quarter - 1]}季度"

    @property
    def target_words(self) -> str:
        """Return its number with unit, or ""."""
        return "" if self.target is None else number_in_words(self.target)

    def is_held(self, on: date) -> bool:
        """Return whether it is in force on a day."""
        return is_within(self.in_force_from, self.in_force_until, on)

    @property
    def asked_words(self) -> str:
        """Return it with quarter and number, as the form asks whether it is reached."""
        target = f"（目标值 {self.target_words}）" if self.target_words else ""
        return f"{self.quarter_words}：{self.labelled_text}{target}"


class Indicator(BaseTable):
    """A number of a measure with unit and yearly target, in force from one day until before another.

    A retired one is no longer asked for. Its target is the original one; changes of it are IndicatorChange rows.
    """

    measure = ForeignKeyField(PlanItem, backref="indicators", on_delete="CASCADE")
    name = CharField(max_length=INDICATOR_LENGTH)
    unit = CharField(max_length=UNIT_LENGTH)
    yearly_target = NumberField()
    position = IntegerField()
    retired = BooleanField(default=False)
    in_force_from = DateField(null=True)
    in_force_until = DateField(null=True)
    cumulation_rule = ChoiceField(CumulationRule, default=CumulationRule.LATEST)
    measure_id: int

    class Meta:
        constraints = [Check("position >= 0", "indicator_position")]
        indexes = ((("measure", "name"), True),)

    @property
    def cumulation(self) -> Cumulation:
        return Cumulation(self.cumulation_rule, self.unit)

    @property
    def is_ratio(self) -> bool:
        """Return whether a numerator and a denominator are filed."""
        return self.cumulation_rule is CumulationRule.RATIO

    @property
    def target_words(self) -> str:
        """Return the yearly target with its unit."""
        return with_unit(self.yearly_target, self.unit)


class IndicatorChange(BaseTable):
    """A new yearly target of an indicator, from the day of a revision on."""

    revision = ForeignKeyField(PlanRevision, backref="indicator_changes", on_delete="CASCADE")
    indicator = ForeignKeyField(Indicator, backref="changes", on_delete="CASCADE")
    yearly_target = NumberField()
    indicator_id: int

    class Meta:
        indexes = ((("revision", "indicator"), True),)
