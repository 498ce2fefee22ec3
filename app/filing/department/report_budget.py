"""Whether a filing's text is long compared with the others of its quarter, which share the length of one report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from peewee import Case, fn

from app.base.statements import prepared
from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.models import Filing
from app.plan.core.in_force import measure_in_force_on
from app.plan.core.models import PlanItem
from app.plan.core.rules import ItemKind

NOTABLE_TIMES = 2  # as long as the others are, or as an even share of the report


@dataclass(frozen=True)
class ReportBudget:
    """The length of one filing's progress, in characters, compared with the `others` that are written and with an even
    share of the report. It is advice and never prevents anything.

    A department cannot keep the whole report short alone, so the length of the others is not held against it.
    """

    total: int
    measures: int
    own: int
    others: int
    other_filings: int

    @property
    def per_measure(self) -> int:
        """Return the even share of each measure in characters."""
        return self.total // max(self.measures, 1)

    @property
    def average_of_others(self) -> int:
        return self.others // max(self.other_filings, 1)

    @property
    def is_out_of_proportion(self) -> bool:
        """Return whether it is longer than its even share and than what the others wrote."""
        return self.own > NOTABLE_TIMES * max(self.per_measure, self.average_of_others)


def report_budget_of(filing: Filing, total: int) -> ReportBudget | None:
    """Return how long a filing is compared with the others of its quarter: one query.

    None if the office asked for a supplement. total: how long the whole report should be, in characters.
    """
    is_supplement = filing.state is FilingState.RETURNED and filing.return_kind is ReturnKind.SUPPLEMENT
    if is_supplement:
        return None
    (row,) = count_written(filing.measure.plan_id, filing.period_id, filing.period.last_day)
    own = len(filing.progress)
    others, other_filings = int(row["length"]) - own, int(row["written"]) - bool(own)
    return ReportBudget(total, row["measures"], own, others, other_filings)


@prepared
def count_written(plan_id: int, period_id: int, day: date) -> Any:
    """Return the number of a plan's measures on a day, the length of a quarter's texts, and how many are written."""
    counted = (PlanItem.plan == plan_id) & (PlanItem.kind == ItemKind.MEASURE) & measure_in_force_on(day)
    measures = PlanItem.select(fn.COUNT(PlanItem.id)).where(counted)
    written = total_of(Case(None, ((Filing.progress == "", 0),), 1))
    columns = {"measures": measures, "length": total_of(fn.LENGTH(Filing.progress)), "written": written}
    query = Filing.select(*(column.alias(name) for name, column in columns.items()))
    return query.where(Filing.period == period_id).dicts()


def total_of(column: Any) -> Any:
    return fn.COALESCE(fn.SUM(column), 0)
