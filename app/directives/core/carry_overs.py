"""What became of unfinished measures and open directives at the end of a year."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, JSONField, TextField

from app.base.clock import now
from app.base.database import BaseTable
from app.base.days import written_day
from app.base.text import quoted_title
from app.directives.core.models import Directive
from app.plan.core.models import Plan, PlanItem


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
        words = f"第 {self.measure.position} 项{quoted_title(self.measure.title)}"
        if self.successor is None:
            return f"{words}不结转到 {self.plan.year} 年，理由：{self.reason}"
        after = self.successor
        return f"{words}结转至 {self.plan.year} 年第 {after.position} 项{quoted_title(after.title)}"


class DirectiveCarryOver(BaseTable):
    """A directive that goes on under another measure (结转): its own `measure` is the newest one.

    `former_addressees` are the ids of the departments that it addressed before, `former_main` that of 主办.
    """

    directive = ForeignKeyField(Directive, backref="carry_overs", on_delete="CASCADE")
    carry_over = ForeignKeyField(MeasureCarryOver, backref="directives", on_delete="CASCADE")
    former_addressees = JSONField()
    former_main = IntegerField(null=True)
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
