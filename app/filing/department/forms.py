"""The forms of a filing's page. They only read the input; app.filing.core.content decides whether it is valid."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DecimalField,
    Field,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm
from wtforms.widgets import TextInput

from app.base.errors import BadInput
from app.base.text import parse_number, parse_numbers, plain_text
from app.filing.core import queries
from app.filing.core import short_answers as facts
from app.filing.core.content import (
    FIELD_LABELS,
    LONG_TEXTS,
    RETURN_REASON_LENGTH,
    TEXT_CEILING,
    FilingContent,
    Tick,
)
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus, criteria_sentence
from app.filing.core.merging import (
    FILLED,
    WrittenFiling,
    complete_fields,
    fields_of_content,
    read_marks,
    values_as_sent,
)
from app.filing.core.queries import ReadFiling
from app.filing.department.offered_answers import joined_text
from app.filing.suggestions.rules import SUGGESTION_ANSWER_LENGTH
from app.plan.core.models import Indicator, Milestone, PlanItem
from app.plan.core.numbers import parse_decimal, plain_number
from app.web.forms import (
    MarkedLimit,
    MarkedRequired,
    OfferedRadioField,
    OfferedSelectField,
    WholeNumberField,
    hidden_number,
)

# More than there are measures with filings in an open quarter.
FORMS_KEPT = 512


class TypedNumberField(DecimalField):
    """A field for a number without its unit."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent; an empty field is None."""
        typed = valuelist[0] if valuelist else ""
        self.data = None
        self.data = parse_decimal(typed) if typed.strip() else None

    def _value(self) -> str:
        """Return what was typed, else the number in the way people type it."""
        if self.raw_data:
            return str(self.raw_data[0])
        return plain_number(self.data) if self.data is not None else ""


class SavedByItself:
    """Marks a field that is saved while it is edited: problems appear beside it without a button."""

    field_flags = {"live": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Accept everything."""


RETURN_REASON_LIMIT = MarkedLimit(RETURN_REASON_LENGTH)
TEXT_LIMIT = MarkedLimit(TEXT_CEILING)


class ReturnForm(FlaskForm):
    """A head's reason for returning a filing. `decision` is the step's name in the address."""

    decision = "return"
    reason = TextAreaField("退回理由", [MarkedRequired(), RETURN_REASON_LIMIT], filters=[plain_text])


class CorrectionForm(FlaskForm):
    """The long texts of a filing, which the head may correct while signing."""

    progress = TextAreaField(LONG_TEXTS["progress"], [MarkedRequired(), TEXT_LIMIT], filters=[plain_text])
    problems = TextAreaField(LONG_TEXTS["problems"], [TEXT_LIMIT], filters=[plain_text])
    next_steps = TextAreaField(LONG_TEXTS["next_steps"], [TEXT_LIMIT], filters=[plain_text])

    def texts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in LONG_TEXTS}


class DeclineForm(FlaskForm):
    """The reason for declining the office's suggestion; the page has one form for each suggestion."""

    answer = TextAreaField(
        "为什么不改，或者应当怎样写",
        [MarkedRequired(), MarkedLimit(SUGGESTION_ANSWER_LENGTH)],
        filters=[plain_text],
    )

    @classmethod
    def sent_on(cls, suggestion_id: int) -> DeclineForm:
        """Return the form of one suggestion as it was sent."""
        return cls(prefix=f"suggestion{suggestion_id}-")

    @classmethod
    def empty_on(cls, suggestion_id: int) -> DeclineForm:
        return cls(formdata=None, prefix=f"suggestion{suggestion_id}-")


# Made before the fields of the form, so that they stand first in it.
TEXT_AREAS: Mapping[str, Any] = {
    name: TextAreaField(
        label,
        [MarkedRequired(), SavedByItself(), TEXT_LIMIT] if name == "progress" else [SavedByItself()],
        filters=[plain_text],
    )
    for name, label in LONG_TEXTS.items()
}


class FilingForm(FlaskForm):
    """The form of a filing. `filing_form_over` makes a subclass with the fields that a measure needs."""

    percent = WholeNumberField(FIELD_LABELS["percent"], [MarkedRequired(), SavedByItself()], unit="%")
    status = OfferedRadioField(
        FIELD_LABELS["status"], [MarkedRequired(), SavedByItself()], offered=MeasureStatus
    )
    status_reason = StringField(FIELD_LABELS["status_reason"], [SavedByItself()], filters=[plain_text])
    forecast = OfferedRadioField(
        FIELD_LABELS["forecast"], [MarkedRequired(), SavedByItself()], offered=Forecast
    )
    light = OfferedSelectField(
        FIELD_LABELS["light"], [SavedByItself()], offered=Light, unset="不调整，按完成率计算"
    )
    light_reason = StringField(FIELD_LABELS["light_reason"], [SavedByItself()], filters=[plain_text])
    filled = BooleanField("本项已填完")
    commitment_ids: tuple[int, ...] = ()
    indicator_ids: tuple[int, ...] = ()
    ratio_ids: tuple[int, ...] = ()
    milestone_ids: tuple[int, ...] = ()
    forecast_criteria = criteria_sentence()

    def read_written(self) -> WrittenFiling:
        """Return the content as sent, with the marks of what the page had read. Raises BadInput if the marks are
        missing.
        """
        version, marks = hidden_number("version"), read_marks(request.form.get("marks", ""))
        self.validate()
        return WrittenFiling(
            self.read_content(),
            filled=self.filled.data,
            version=version,
            marks=marks,
            own=frozenset(parse_numbers(request.form.get("own", "").split())),
            unreadable=frozenset(field.name for field in self if field.errors),
        )

    def read_content(self) -> FilingContent:
        typed = {name: self[name].data for name in FIELD_LABELS}
        return FilingContent(
            **typed,
            ticks={
                key: Tick(self[f"done_{key}"].data, self[f"note_{key}"].data) for key in self.commitment_ids
            },
            indicators={key: self[f"indicator_{key}"].data for key in self.indicator_ids},
            bases={key: self[f"base_{key}"].data for key in self.ratio_ids},
            milestones={key: self[f"reached_{key}"].data for key in self.milestone_ids},
        )

    def take_over(self, values: Mapping[str, Any]) -> None:
        """Replace the values of fields; a long text is appended to what is typed there."""
        for name, value in values.items():
            field = self[name]
            field.data = joined_text(field.data or "", value) if name in LONG_TEXTS else value
            field.raw_data, field.process_errors = None, []

    def has_exception(self, theirs: Container[str]) -> bool:
        """Return whether the light is adjusted or a reason given; `theirs` are fields that another person saved
        differently.
        """
        return self.is_used(("status_reason", "light", "light_reason"), theirs)

    def has_notes(self, theirs: Container[str]) -> bool:
        return self.is_used((f"note_{key}" for key in self.commitment_ids), theirs)

    def is_used(self, names: Iterable[str], theirs: Container[str]) -> bool:
        """Return whether one of these fields has something to show."""
        return any(self[name].data or self[name].errors or name in theirs for name in names)

    def differing_fields(self, theirs: FilingContent) -> dict[str, str]:
        """Return, by field, the stored value in words where it differs from this form."""
        mine, other = self.field_values(self.read_content()), self.field_values(theirs)
        return {name: field_in_words(other[name]) for name in other if mine[name] != other[name]}

    def stored_in_words(self) -> dict[str, str]:
        """Return the values of this form by label, in the words that a script reads from a form."""
        return {field.label.text: field_as_read(field) for field in self if field.name in self.field_names()}

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """Return the names of all fields that are written."""
        tasks = (f"{part}_{key}" for key in cls.commitment_ids for part in ("done", "note"))
        numbers = (f"indicator_{key}" for key in cls.indicator_ids)
        bases = (f"base_{key}" for key in cls.ratio_ids)
        reached = (f"reached_{key}" for key in cls.milestone_ids)
        return (*FIELD_LABELS, *tasks, *numbers, *bases, *reached, FILLED)

    @classmethod
    def fields_with_remarks(cls) -> tuple[str, ...]:
        """Return the names of the fields that can have a remark after a save: all but the mark 本项已填完."""
        return cls.field_names()[:-1]

    @classmethod
    def field_values(cls, content: FilingContent, *, filled: bool = False) -> dict[str, Any]:
        """Return the values of all fields for a form that shows `content`."""
        names = cls.field_names()
        fields = complete_fields(fields_of_content(content, filled=filled), names)
        return {name: fields[name] for name in names}


class AskedField(NamedTuple):
    """A field for one row of the plan: its number, and the words shown beside it."""

    id: int
    words: str
    is_ratio: bool = False


def filing_form_over(
    commitments: Sequence[PlanItem],
    indicators: Sequence[Indicator] = (),
    milestones: Sequence[Milestone] = (),
) -> type[FilingForm]:
    """Return a form with a tick and a note for each commitment, a number for each indicator (two for a ratio) and a
    tick for each milestone.
    """
    return form_asking(
        tuple(AskedField(one.id, one.text) for one in commitments),
        tuple(AskedField(one.id, one.name, one.is_ratio) for one in indicators),
        tuple(AskedField(one.id, one.asked_words) for one in milestones),
    )


@lru_cache(maxsize=FORMS_KEPT)
def form_asking(
    commitments: tuple[AskedField, ...],
    indicators: tuple[AskedField, ...],
    milestones: tuple[AskedField, ...],
) -> type[FilingForm]:
    """Return the form class with these fields. Building one is slow, so the classes of a quarter are cached."""
    fields: dict[str, Any] = {
        **TEXT_AREAS,
        "commitment_ids": tuple(commitment.id for commitment in commitments),
        "indicator_ids": tuple(indicator.id for indicator in indicators),
        "ratio_ids": tuple(indicator.id for indicator in indicators if indicator.is_ratio),
        "milestone_ids": tuple(milestone.id for milestone in milestones),
    }
    for milestone in milestones:
        fields[f"reached_{milestone.id}"] = BooleanField(milestone.words, [SavedByItself()])
    for indicator in indicators:
        side = "：分子" if indicator.is_ratio else ""
        fields[f"indicator_{indicator.id}"] = TypedNumberField(f"{indicator.words}{side}", [SavedByItself()])
        if indicator.is_ratio:
            fields[f"base_{indicator.id}"] = TypedNumberField(f"{indicator.words}：分母", [SavedByItself()])
    for number, commitment in enumerate(commitments, 1):
        fields[f"done_{commitment.id}"] = BooleanField(commitment.words, [SavedByItself()])
        fields[f"note_{commitment.id}"] = StringField(
            f"任务 {number} 的说明", [SavedByItself()], filters=[plain_text]
        )
    return type("FilingForm", (FilingForm,), fields)


def field_as_read(field: Field) -> str:
    """Return the value of a field in the words that a script reads from a form."""
    if isinstance(field, BooleanField):
        return "✓" if field.data else ""
    if isinstance(field, SelectField):
        chosen = (label for value, label, *_ in field.iter_choices() if str(value) == str(field.data or ""))
        return next(chosen, "")
    return "".join(values_as_sent(field.data))


def field_in_words(value: object) -> str:
    if isinstance(value, bool):
        return "已办结" if value else "未办结"
    return facts.answer_in_words(value) or "（未填）"


def read_filings(nothing: str, values: Iterable[str] | None = None) -> list[ReadFiling]:
    """Return the filings that the form names as ``12:3``, each with the version that was read.

    `values` are used instead of the form's. Raises BadInput with the sentence `nothing` if none is named or one does
    not exist.
    """
    values = request.form.getlist("read") if values is None else values
    pairs = [value.partition(":") for value in values]
    numbers = ((parse_number(number), parse_number(version)) for number, _, version in pairs)
    versions = {one: version for one, version in numbers if one is not None and version is not None}
    read = [ReadFiling(filing, versions[filing.id]) for filing in queries.filings_among(versions)]
    if not read or len(read) != len(pairs):
        raise BadInput(nothing)
    return read
