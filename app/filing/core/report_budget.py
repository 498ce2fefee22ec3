"""How long a quarter's report should stay, and how long it is with what is written so far."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import fn

from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.plan.core.in_force import measure_in_force_on
from app.plan.core.models import PlanItem
from app.plan.core.rules import AssignmentRole, ItemKind


@dataclass(frozen=True)
class ReportBudget:
    """How long a quarter's report should stay and how long it is, in characters; advice, never an obstacle."""

    total: int
    measures: int
    written: int

    @property
    def per_measure(self) -> int:
        """Return how many characters each measure has if all have the same."""
        return self.total // max(self.measures, 1)

    @property
    def is_exceeded(self) -> bool:
        return self.written > self.total


def report_budget_of(filing: Filing, total: int) -> ReportBudget | None:
    """Return how a quarter's report stands for its length: one query. None for a filing that is no part of it.

    total: how long the report should stay, in characters.
    The progress of what is accepted counts, and of everything that the filing's own department leads.
    """
    if filing.role is not AssignmentRole.LEAD:
        return None
    counts = (Filing.state == FilingState.ACCEPTED) | (Filing.department == filing.department_id)
    leading = (Filing.period == filing.period_id) & (Filing.role == AssignmentRole.LEAD)
    measures = PlanItem.select(fn.COUNT(PlanItem.id)).where(
        (PlanItem.plan == filing.measure.plan_id)
        & (PlanItem.kind == ItemKind.MEASURE)
        & measure_in_force_on(filing.period.last_day)
    )
    written = Filing.select(fn.COALESCE(fn.SUM(fn.LENGTH(Filing.progress)), 0), measures)
    length, count = written.where(leading & counts).scalar(as_tuple=True)
    return ReportBudget(total=total, measures=count, written=length)
