"""The office's assessment (办公室研判) of a measure's forecast, stored beside the department's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peewee import ModelSelect

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import IllegalTransition, raise_field_problems
from app.base.statements import prepared
from app.base.text import text_problem
from app.filing.core.measure_status import Forecast
from app.filing.core.models import Filing
from app.filing.core.queries import filing_as_stored
from app.filing.review.models import ASSESSMENT_LENGTH, ForecastAssessment


@transaction
def assess_forecast(filing: Filing, forecast: Forecast | None, reason: str, *, by: Actor) -> None:
    """Store the office's assessment; the former one remains in the event log.

    Raises NotAllowed, FieldProblems, IllegalTransition if nothing is submitted.
    """
    require(by, Action.ASSESS_FORECAST, filing)
    if not filing_as_stored(filing).is_handed_in:
        raise IllegalTransition("部门还没有报送这一项，报送以后再研判。")
    reason = reason.strip()
    raise_field_problems(
        {
            "forecast": "" if forecast else "请选择办公室研判。",
            "reason": text_problem(reason, "研判理由", ASSESSMENT_LENGTH, when_empty="请写明研判理由。"),
        }
    )
    values = {"forecast": forecast, "reason": reason, "person": by.person, "at": now()}
    ForecastAssessment.insert(filing=filing, **values).on_conflict(
        conflict_target=[ForecastAssessment.filing], update=values
    ).execute()
    summary = f"办公室研判：{forecast.label if forecast else ''}"
    record_event(Action.ASSESS_FORECAST, filing, by=by, summary=summary, reason=reason)


def assessment_on(filing: Filing) -> ForecastAssessment | None:
    return assessments_on([filing.id]).get(filing.id)


def assessments_on(filing_ids: Iterable[int]) -> dict[int, ForecastAssessment]:
    """Return the office's assessments by filing id: one query."""
    return {row.filing_id: row for row in assessments_among(list(filing_ids))}


@prepared
def assessments_among(filing_ids: Sequence[int]) -> ModelSelect[ForecastAssessment]:
    return ForecastAssessment.select().where(ForecastAssessment.filing.in_(filing_ids))
