"""A plan as a tree of items, and who answers for them."""

from __future__ import annotations

from peewee import CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, JSONField, TextField

from app.clock import now
from app.db import ChoiceField, Table
from app.org.models import Department, DepartmentGroup, Leader
from app.plan.rules import AssignmentRole, ItemKind, numbered


class Plan(Table):
    """One year's work plan, as published."""

    title = CharField(max_length=255)
    year = IntegerField(unique=True)
    issuer = CharField(max_length=255)
    document_number = CharField(max_length=64, null=True)
    issued_on = DateField(null=True)
    lead_in = TextField(default="")
    source_text = TextField()
    source_sha256 = CharField(max_length=64, unique=True)
    import_warnings = JSONField(default=list)
    imported_at = DateTimeField(default=now)


class PlanItem(Table):
    """A part, section, measure or commitment. `sequence` orders the whole tree of a plan, depth first.

    `number` is as printed ("一", "（一）") or counted; `position` counts items of one kind through the whole
    plan from 1, so a measure's position is the number that people know it by. `yearly_target` (年度目标) is
    set by the table of assignments.
    """

    plan = ForeignKeyField(Plan, backref="items", on_delete="CASCADE")
    parent = ForeignKeyField("self", null=True, backref="children", on_delete="CASCADE")
    kind = ChoiceField(ItemKind)
    number = CharField(max_length=16)
    position = IntegerField()
    sequence = IntegerField()
    title = CharField(max_length=512)
    text = TextField(default="")
    yearly_target = TextField(default="")
    leader = ForeignKeyField(Leader, null=True, backref="measures", on_delete="SET NULL")
    plan_id: int
    parent_id: int | None
    leader_id: int | None

    class Meta:
        indexes = ((("plan", "sequence"), True), (("plan", "kind", "position"), True))

    @property
    def heading(self) -> str:
        """Return number and title as they are printed."""
        return numbered(self.number, self.title)


class Assignment(Table):
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
