"""Tables of the carry-over (结转) of unfinished measures and open directives into the next year's plan."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, JSONField, TextField

from app.base.clock import now
from app.base.database import BaseTable
from app.base.days import written_day
from app.base.text import quoted_title
from app.directives.core.models import Directive
from app.plan.core.models import Plan, PlanItem


class MeasureCarryOver(BaseTable):
    """What a plan decides about one of last year's measures: its `successor`, or None and a `reason`."""

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
        """Return the decision as a sentence."""
        words = f"第 {self.measure.position} 项{quoted_title(self.measure.title)}"
        if self.successor is None:
            return f"{words}不结转到 {self.plan.year} 年，理由：{self.reason}"
        after = self.successor
        return f"{words}结转至 {self.plan.year} 年第 {after.position} 项{quoted_title(after.title)}"


class DirectiveCarryOver(BaseTable):
    """A directive that moved to another measure with a carry-over (结转).

    `former_addressees` are the ids of the departments addressed before, `former_main` is the id of the former 主办.
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
        """Return when and from which measure it was carried over, to stand before the measure's name."""
        row = self.carry_over
        return f"{written_day(row.made_at)}由{row.plan.year - 1}年第 {row.measure.position} 项结转至"

    @property
    def words_after(self) -> str:
        """Return the measure it was carried over to."""
        row = self.carry_over
        return f"{row.plan.year}年第 {row.successor.position} 项" if row.successor else ""
