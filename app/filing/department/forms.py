"""What a browser sends of a filing, read into plain values. Whether it can be taken, content.py decides."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DecimalField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import TextInput

from app.base.errors import BadInput
from app.base.text import plain_text
from app.filing.core import queries
from app.filing.core import short_answers as facts
from app.filing.core.content import FIELD_LABELS, LONG_TEXTS, FilingContent, Tick
from app.filing.core.queries import ReadFiling
from app.filing.core.rules import Forecast, Light, MeasureStatus
from app.plan.core.models import Indicator, PlanItem
from app.plan.core.numbers import parse_decimal, plain_number
from app.web.forms import MarkedRequired, OfferedRadioField, OfferedSelectField, WholeNumberField


class TypedNumberField(DecimalField):
    """A number, without its unit, as people type it."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent; nothing at all is no number."""
        typed = valuelist[0] if valuelist else ""
        self.data = None
        self.data = parse_decimal(typed) if typed.strip() else None

    def _value(self) -> str:
        """Return what was typed, else the number as it would be typed."""
        if self.raw_data:
            return str(self.raw_data[0])
        return plain_number(self.data) if self.data is not None else ""


class ReturnForm(FlaskForm):
    """A head's reason for giving a filing back."""

    reason = TextAreaField("退回理由", [MarkedRequired()], filters=[plain_text])


class ReopenForm(ReturnForm):
    """The office's reason for giving an accepted filing back."""

    reason = TextAreaField("重新打开的理由", [MarkedRequired()], filters=[plain_text])


# Made before the fields of the form, so that they stand first in it.
TEXT_AREAS: Mapping[str, Any] = {
    name: TextAreaField(label, [MarkedRequired()] if name == "progress" else [], filters=[plain_text])
    for name, label in LONG_TEXTS.items()
}


class FilingForm(FlaskForm):
    """A filing. A form over a measure's commitments and indicators is made by `filing_form_over`."""

    percent = WholeNumberField(FIELD_LABELS["percent"], [MarkedRequired()], unit="%")
    status = OfferedRadioField(FIELD_LABELS["status"], [MarkedRequired()], offered=MeasureStatus)
    status_reason = StringField(FIELD_LABELS["status_reason"], filters=[plain_text])
    forecast = OfferedRadioField(FIELD_LABELS["forecast"], [MarkedRequired()], offered=Forecast)
    light = OfferedSelectField(FIELD_LABELS["light"], offered=Light, unset="不调整，按完成率计算")
    light_reason = StringField(FIELD_LABELS["light_reason"], filters=[plain_text])
    filled = BooleanField("本项已填完")
    commitment_ids: tuple[int, ...] = ()
    indicator_ids: tuple[int, ...] = ()
    ratio_ids: tuple[int, ...] = ()

    def read_content(self) -> FilingContent:
        typed = {name: self[name].data for name in FIELD_LABELS}
        return FilingContent(
            **typed,
            ticks={
                key: Tick(self[f"done_{key}"].data, self[f"note_{key}"].data) for key in self.commitment_ids
            },
            indicators={key: self[f"indicator_{key}"].data for key in self.indicator_ids},
            bases={key: self[f"base_{key}"].data for key in self.ratio_ids},
        )

    def adjusts_light(self, theirs: Container[str]) -> bool:
        """Return whether the light is adjusted, or was to be; `theirs` names what another saved otherwise."""
        adjusted = self.light.data or self.light_reason.data or "light" in self.errors
        return bool(adjusted) or "light" in theirs or "light_reason" in theirs

    def differing_fields(self, theirs: FilingContent) -> dict[str, str]:
        """Return, by field, in words what `theirs` has where it is not what stands in this form."""
        mine = self.field_values(self.read_content())
        other = self.field_values(theirs)
        return {name: field_in_words(other[name]) for name in other if mine[name] != other[name]}

    @classmethod
    def field_values(cls, content: FilingContent) -> dict[str, Any]:
        """Return the value of every field, so that the form shows `content`."""
        values = content.as_json()
        del values["ticks"], values["indicators"], values["bases"]
        for key in cls.commitment_ids:
            tick = content.ticks.get(key, Tick(done=False))
            values |= {f"done_{key}": tick.done, f"note_{key}": tick.note}
        values |= {f"base_{key}": content.bases.get(key) for key in cls.ratio_ids}
        return values | {f"indicator_{key}": content.indicators.get(key) for key in cls.indicator_ids}


def filing_form_over(
    commitments: Sequence[PlanItem], indicators: Sequence[Indicator] = ()
) -> type[FilingForm]:
    """Return the form of a filing with a tick and a note for each commitment, a number for each indicator, two for one
    that is a ratio.
    """
    fields: dict[str, Any] = {
        **TEXT_AREAS,
        "commitment_ids": tuple(commitment.id for commitment in commitments),
        "indicator_ids": tuple(indicator.id for indicator in indicators),
        "ratio_ids": tuple(indicator.id for indicator in indicators if indicator.is_ratio),
    }
    for indicator in indicators:
        side = "：分子" if indicator.is_ratio else ""
        fields[f"indicator_{indicator.id}"] = TypedNumberField(f"{indicator.name}{side}")
        if indicator.is_ratio:
            fields[f"base_{indicator.id}"] = TypedNumberField(f"{indicator.name}：分母")
    for number, commitment in enumerate(commitments, 1):
        fields[f"done_{commitment.id}"] = BooleanField(commitment.text)
        fields[f"note_{commitment.id}"] = StringField(f"任务 {number} 的说明", filters=[plain_text])
    return type("FilingForm", (FilingForm,), fields)


def field_in_words(value: object) -> str:
    if isinstance(value, bool):
        return "已办结" if value else "未办结"
    return facts.answer_in_words(value) or "（未填）"


def read_filings(nothing: str, values: Iterable[str] | None = None) -> list[ReadFiling]:
    """Return the filings that the form names as ``12:3``, each with the version at which it was read.

    `values` take the place of what the form names.

    Raises BadInput with the sentence `nothing` when it names none, or one that there is not.
    """
    values = request.form.getlist("read") if values is None else values
    pairs = [value.partition(":") for value in values]
    versions = {
        int(number): int(version)
        for number, _, version in pairs
        if number.isdecimal() and version.isdecimal()
    }
    read = [ReadFiling(filing, versions[filing.id]) for filing in queries.filings_among(versions)]
    if not read or len(read) != len(pairs):
        raise BadInput(nothing)
    return read
