"""What the office keeps ready for its decisions."""

from __future__ import annotations

from peewee import CharField

from app.base.database import BaseTable, ChoiceField
from app.base.text import REASON_LENGTH
from app.filing.core.life_cycle import ReturnKind


class ReturnPhrase(BaseTable):
    """A reason for giving a filing back, or a request for more, that the office uses often."""

    kind = ChoiceField(ReturnKind)
    text = CharField(max_length=REASON_LENGTH)

    class Meta:
        indexes = ((("kind", "text"), True),)
