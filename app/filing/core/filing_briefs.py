"""Filings without their texts, for lists and counts of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from peewee import ModelSelect

from app.base.statements import prepared
from app.filing.core.life_cycle import HANDED_IN, FilingStage, FilingState, ReturnKind, stage_of
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.models import Filing
from app.org.models import Department
from app.plan.core.models import PlanItem


@dataclass(frozen=True, slots=True)
class FilingBrief:
    id: int
    measure_id: int
    department_id: int
    period_id: int
    state: FilingState
    return_kind: ReturnKind
    percent: int | None
    status: MeasureStatus
    light: Light
    is_light_adjusted: bool
    forecast: Forecast
    submitted_at: datetime | None

    @classmethod
    def of(cls, filing: Filing) -> Self:
        """Return the brief of a filing that is loaded in full."""
        return cls(**{field.name: getattr(filing, field.name) for field in fields(cls)})

    @property
    def shown_state(self) -> FilingStage:
        """Return the same as `Filing.shown_state`."""
        return stage_of(self.state, self.return_kind)

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN


# What a brief is made of, in the order of its fields.
BRIEF_COLUMNS = (
    Filing.id,
    Filing.measure.alias("measure_id"),
    Filing.department.alias("department_id"),
    Filing.period.alias("period_id"),
    Filing.state,
    Filing.return_kind,
    Filing.percent,
    Filing.status,
    Filing.light,
    (Filing.light_reason != "").alias("is_light_adjusted"),
    Filing.forecast,
    Filing.submitted_at,
)


def select_in_plan_order(*columns: Any) -> ModelSelect[Filing]:
    """Return a query over filings joined with measure and department, in the plan's order."""
    query = Filing.select(*columns).join(PlanItem).switch(Filing)
    query = query.join(Department, on=(Filing.department == Department.id)).switch(Filing)
    return query.order_by(PlanItem.sequence, Department.position, Department.id)


@prepared
def filings_in_brief(period_ids: Sequence[int]) -> Any:
    """Return the briefs of the filings of some quarters."""
    return select_in_plan_order(*BRIEF_COLUMNS).where(Filing.period.in_(period_ids)).objects(FilingBrief)
