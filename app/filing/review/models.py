"""Tables of the office's review."""

from __future__ import annotations

from peewee import CharField, DateTimeField, ForeignKeyField

from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.filing.core.life_cycle import ReturnKind
from app.filing.core.measure_status import Forecast
from app.filing.core.models import Filing

PHRASE_LENGTH = ASSESSMENT_LENGTH = 200


class ReturnPhrase(BaseTable):
    """A reason that the office uses often for returning a filing or asking for a supplement."""

    kind = ChoiceField(ReturnKind)
    text = CharField(max_length=PHRASE_LENGTH)

    class Meta:
        indexes = ((("kind", "text"), True),)


class ForecastAssessment(BaseTable):
    """The office's assessment of a forecast (办公室研判); the department's own forecast stays beside it."""

    filing = ForeignKeyField(Filing, backref="assessments", unique=True, on_delete="CASCADE")
    forecast = ChoiceField(Forecast)
    reason = CharField(max_length=ASSESSMENT_LENGTH)
    person = CharField(max_length=64)
    at = DateTimeField(default=now)
    filing_id: int
