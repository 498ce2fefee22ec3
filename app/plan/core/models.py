"""A plan as a tree of items, and who answers for them."""

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
    """Return whether a day lies in what is in force from one day until before another, or without end."""
    return (first is None or first <= on) and (until is None or on < until)


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
    between a measure and its section, each on a line. What a revision brought in is in force from a day on, a
    commitment that it put another in the place of until one; how a measure ends is a change of it.
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
        """Return whether it holds on a day, as of which it was read."""
        return self.ended_on is None and is_within(self.in_force_from, self.in_force_until, on)

    def is_counted_on(self, on: date) -> bool:
        """Return whether it holds on a day, as far as is known on that as of which it was read."""
        return is_within(self.in_force_from, self.ended_on, on)


class PlanRevision(BaseTable):
    """A change of some measures of a plan from a day on: why, and the paper that ordered it, if one did.

    `source_text` and `blocks` are the plan's new text, where the revision came with one, as those of the plan are.
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
    """One aspect of a measure as a revision sets it, in words; of its leader in charge also who that is.

    What was published stands in the item and stays: what holds on a day is the newest change until then.
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
    """A department leads or supports a measure; `group` remembers that it came in with a whole group.

    It is in force from one day until before another; without a day from the beginning, or to the end. All that
    support a measure at a time begin and end together, and no two lead it on one day.
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
        """Return whether it holds on a day."""
        return is_within(self.in_force_from, self.in_force_until, on)


class MeasurePredecessor(BaseTable):
    """A measure goes on from one of the year before, or of its own plan that it was split or merged from; or from
    several.
    """

    measure = ForeignKeyField(PlanItem, backref="predecessor_links", on_delete="CASCADE")
    predecessor = ForeignKeyField(PlanItem, backref="successor_links", on_delete="CASCADE")

    class Meta:
        indexes = ((("measure", "predecessor"), True),)


class Milestone(BaseTable):
    """What a measure, or one commitment of it, should have reached by the end of a quarter (1 to 4).

    It is in force from one day until before another, as an assignment is.
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
        """Return it as people read it: one of a commitment names it."""
        whose = f"任务 {self.item.number}：" if self.item.kind is ItemKind.COMMITMENT else ""
        return f"{whose}{self.text}"

    @property
    def quarter_words(self) -> str:
        return f"第{'一二三四'[self.quarter - 1]}季度"

    @property
    def target_words(self) -> str:
        """Return its number as people read it, or nothing."""
        return "" if self.target is None else number_in_words(self.target)

    def is_held(self, on: date) -> bool:
        """Return whether it is in force on a day."""
        return is_within(self.in_force_from, self.in_force_until, on)

    @property
    def asked_words(self) -> str:
        """Return it with quarter and number, as a department is asked whether it is reached."""
        target = f"（目标值 {self.target_words}）" if self.target_words else ""
        return f"{self.quarter_words}：{self.labelled_text}{target}"


class Indicator(BaseTable):
    """A measure's number with its unit and yearly target, in force from one day until before another.

    A retired one is asked for in no quarter. Its target is that from its beginning, which changes of it follow.
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
        """Return whether a numerator and a denominator are filed on it."""
        return self.cumulation_rule is CumulationRule.RATIO

    @property
    def target_words(self) -> str:
        """Return the yearly target with its unit."""
        return with_unit(self.yearly_target, self.unit)


class IndicatorChange(BaseTable):
    """Another yearly target of an indicator, from the day of a revision on."""

    revision = ForeignKeyField(PlanRevision, backref="indicator_changes", on_delete="CASCADE")
    indicator = ForeignKeyField(Indicator, backref="changes", on_delete="CASCADE")
    yearly_target = NumberField()
    indicator_id: int

    class Meta:
        indexes = ((("revision", "indicator"), True),)
