"""What the office keeps ready for its decisions."""

from __future__ import annotations

from peewee import CharField, DateTimeField, ForeignKeyField

from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.filing.core.life_cycle import ReturnKind
from app.filing.core.measure_status import Forecast
from app.filing.core.models import Filing

PHRASE_LENGTH = ASSESSMENT_LENGTH = 200


class ReturnPhrase(BaseTable):
    """A reason for giving a filing back, or a request for more, that the office uses often."""

    kind = ChoiceField(ReturnKind)
    text = CharField(max_length=PHRASE_LENGTH)

    class Meta:
        indexes = ((("kind", "text"), True),)


class ForecastAssessment(BaseTable):
    """What the office expects of a measure's year (办公室研判), beside what its department expects: neither overwrites
    the other.
    """

    filing = ForeignKeyField(Filing, backref="assessments", unique=True, on_delete="CASCADE")
    forecast = ChoiceField(Forecast)
    reason = CharField(max_length=ASSESSMENT_LENGTH)
    person = CharField(max_length=64)
    at = DateTimeField(default=now)
    filing_id: int
