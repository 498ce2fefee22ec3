"""Whether one filing is long beside the others of a quarter: the report's length is shared by all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import Case, fn

from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.models import Filing
from app.plan.core.in_force import measure_in_force_on
from app.plan.core.models import PlanItem
from app.plan.core.rules import ItemKind

NOTABLE_TIMES = 2  # as long as the others are, or as an even share of the report


@dataclass(frozen=True)
class ReportBudget:
    """The length of one filing's progress beside that of the `others` that were written, in characters, and an even
    share of what the report should stay within; advice, never an obstacle.

    One department cannot keep the whole report short: that the others wrote much is not held against it.
    """

    total: int
    measures: int
    own: int
    others: int
    other_filings: int

    @property
    def per_measure(self) -> int:
        """Return how many characters each measure has if all have the same."""
        return self.total // max(self.measures, 1)

    @property
    def average_of_others(self) -> int:
        return self.others // max(self.other_filings, 1)

    @property
    def is_out_of_proportion(self) -> bool:
        """Return whether this one is long by both measures: its even share, and what the others wrote."""
        return self.own > NOTABLE_TIMES * max(self.per_measure, self.average_of_others)


def report_budget_of(filing: Filing, total: int) -> ReportBudget | None:
    """Return how long a filing is beside the others of its quarter: one query. None where the office asked for more:
    who is to write more is not told to write less.

    total: how long the report should stay, in characters.
    """
    is_supplement = filing.state is FilingState.RETURNED and filing.return_kind is ReturnKind.SUPPLEMENT
    if is_supplement:
        return None
    measures = PlanItem.select(fn.COUNT(PlanItem.id)).where(
        (PlanItem.plan == filing.measure.plan_id)
        & (PlanItem.kind == ItemKind.MEASURE)
        & measure_in_force_on(filing.period.last_day)
    )
    is_written = Case(None, ((Filing.progress == "", 0),), 1)
    query = Filing.select(measures, total_of(fn.LENGTH(Filing.progress)), total_of(is_written))
    count, length, written = query.where(Filing.period == filing.period_id).scalar(as_tuple=True)
    own = len(filing.progress)
    return ReportBudget(total, count, own, int(length) - own, int(written) - bool(own))


def total_of(column: Any) -> Any:
    return fn.COALESCE(fn.SUM(column), 0)
