"""A plan as a tree of items, and who answers for them."""

from __future__ import annotations

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
from app.plan.core.rules import AssignmentRole, CumulationRule, ItemKind, numbered_heading

MILESTONE_LENGTH = 255
INDICATOR_LENGTH = 64
UNIT_LENGTH = 16
NUMBER_LENGTH = 16


class NumberField(CharField):
    """A decimal number, kept exactly and alike on both databases."""

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
    """One year's work plan, as published.

    `blocks` divide its text as it was confirmed when it was stored: headings as printed, lead-in, closing, annexes
    and kinds follow from them; None of a plan that was stored without.
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
    """A part, section, measure or commitment. `sequence` orders the whole tree of a plan, depth first.

    `number` is as printed ("一", "（一）") or counted; `position` counts items of one kind through the whole
    plan from 1, so a measure's position is the number that people know it by. `yearly_target` (年度目标) is
    set by the table of assignments. What is not `reporting` (不填报) holds no measures. `path` are the printed heads
    between a measure and its section, each on a line.
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
    plan_id: int
    parent_id: int | None
    leader_id: int | None

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


class Assignment(BaseTable):
    """A department leads or supports a measure; `group` remembers that it came in with a whole group."""

    item = ForeignKeyField(PlanItem, backref="assignments", on_delete="CASCADE")
    department = ForeignKeyField(Department, backref="assignments", on_delete="RESTRICT")
    role = ChoiceField(AssignmentRole)
    group = ForeignKeyField(DepartmentGroup, null=True, on_delete="SET NULL")
    item_id: int
    department_id: int
    group_id: int | None

    class Meta:
        indexes = ((("item", "department"), True),)


class MeasurePredecessor(BaseTable):
    """A measure goes on from one of the year before, or from several."""

    measure = ForeignKeyField(PlanItem, backref="predecessor_links", on_delete="CASCADE")
    predecessor = ForeignKeyField(PlanItem, backref="successor_links", on_delete="CASCADE")

    class Meta:
        indexes = ((("measure", "predecessor"), True),)


class Milestone(BaseTable):
    """What a measure, or one commitment of it, should have reached by the end of a quarter (1 to 4)."""

    item = ForeignKeyField(PlanItem, backref="milestones", on_delete="CASCADE")
    quarter = IntegerField()
    text = CharField(max_length=MILESTONE_LENGTH)
    target = NumberField(null=True)
    item_id: int

    class Meta:
        constraints = [Check("quarter BETWEEN 1 AND 4", "milestone_quarter")]

    @property
    def labelled_text(self) -> str:
        """Return it as people read it: one of a commitment names it."""
        whose = f"任务 {self.item.number}：" if self.item.kind is ItemKind.COMMITMENT else ""
        return f"{whose}{self.text}"

    @property
    def target_words(self) -> str:
        """Return its number as people read it, or nothing."""
        return "" if self.target is None else number_in_words(self.target)


class Indicator(BaseTable):
    """A measure's number with its unit and yearly target. A retired one is asked for no more."""

    measure = ForeignKeyField(PlanItem, backref="indicators", on_delete="CASCADE")
    name = CharField(max_length=INDICATOR_LENGTH)
    unit = CharField(max_length=UNIT_LENGTH)
    yearly_target = NumberField()
    position = IntegerField()
    retired = BooleanField(default=False)
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
        """Return whether a numerator and a denominator are filed on it."""
        return self.cumulation_rule is CumulationRule.RATIO

    @property
    def target_words(self) -> str:
        """Return the yearly target with its unit."""
        return with_unit(self.yearly_target, self.unit)
