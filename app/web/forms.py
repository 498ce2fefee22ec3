"""Form fields with Chinese error messages, and hidden fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from flask import request
from markupsafe import Markup, escape
from wtforms import (
    DateField,
    DateTimeLocalField,
    Field,
    Form,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms.form import BaseForm
from wtforms.validators import Length, StopValidation, ValidationError
from wtforms.widgets import Input, TextInput
from wtforms.widgets import core as widgets

from app.base.clock import today
from app.base.days import DayRange
from app.base.errors import BadInput
from app.base.labels import LabelledEnum
from app.base.text import length_problem, parse_number, quoted_input

Member = TypeVar("Member", bound=str)

NOT_WHOLE = "页面发来的内容不完整，这一步没有办成。请刷新页面后重试。"
NO_DATE = "请填写日期，例如 2026-10-14。"
NO_MOMENT = "请填写日期和时间，例如 2026-10-14 18:00。"
WHOLE_NUMBER = re.compile(r"-?\d+")
MOST_DIGITS = 18  # more than any number here needs


def write_attributes(**attributes: Any) -> Markup:
    """Write the attributes of a control exactly as WTForms does, only faster: this is most of what a form costs."""
    written = []
    for name, value in sorted(attributes.items()):
        if value is not False:
            quoted = str(escape(value)).replace('"', "&quot;")
            key = widgets.clean_key(name)  # type: ignore[attr-defined]  # not in its stubs
            written.append(key if value is True else f'{key}="{quoted}"')
    return Markup(" ".join(written))  # noqa: S704  (every value is escaped)


widgets.html_params = write_attributes
Input.html_params = staticmethod(write_attributes)  # type: ignore[method-assign]  # its hook for this


def hidden_number(name: str) -> int:
    """Return a hidden number of the form. Raises BadInput if it is missing or not a number."""
    number = request.form.get(name, type=int)
    if number is None:
        raise BadInput(NOT_WHOLE)
    return number


def write_problems(form: Form, problems: dict[str, str]) -> None:
    """Put the sentences of a refusal beside their fields."""
    for name, sentence in problems.items():
        form[name].errors = [*form[name].errors, sentence]


def write_further_problems(form: Form, problems: Mapping[str, str]) -> None:
    """Put them beside those fields that have no error yet; an empty sentence means no problem."""
    write_problems(form, {name: found for name, found in problems.items() if found and not form[name].errors})


class RangedField:
    """A day or a moment within a range; errors are explained in Chinese.

    within: the range, which may depend on the present day.
    """

    example: str
    data: Any
    label: Any

    def __init__(self, *args: Any, within: Callable[[date], DayRange], **options: Any) -> None:
        super().__init__(*args, **options)
        self.within = within

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what browsers send. Raises ValueError with what to do."""
        try:
            super().process_formdata(valuelist)  # type: ignore[misc]  # of the field that this is mixed into
        except ValueError:
            raise ValueError(self.example) from None

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what lies out of range, with the range. Raises ValidationError."""
        problem = self.within(today()).problem_of_day(self.data, self.label.text) if self.data else ""
        if problem:
            raise ValidationError(problem)


class DayField(RangedField, DateField):
    """A date within a range."""

    example = NO_DATE
    data: date | None


class MomentField(RangedField, DateTimeLocalField):
    """A date and time within a range."""

    example = NO_MOMENT
    data: datetime | None


class MarkedRequired:
    """Marks a field as required without checking it: the operation reports what is missing."""

    field_flags = {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Let everything pass."""


class MarkedLimit:
    """Marks a field with its maximum length, shown by its counter, without checking it: the operation reports a longer
    text.
    """

    def __init__(self, characters: int) -> None:
        self.field_flags = {"limit": characters}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Let everything pass."""


class Chosen(MarkedRequired):
    """Refuses a missing choice."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data is None:
            raise StopValidation(not_chosen(field))


class AtMost(Length):
    """Refuses a longer text with the same sentence as operations do."""

    def __init__(self, characters: int) -> None:
        super().__init__(max=characters)

    def __call__(self, form: BaseForm, field: Field) -> None:
        if problem := length_problem(field.data or "", field.label.text, self.max):
            raise ValidationError(problem)


def not_chosen(field: Field) -> str:
    return f"请选择{field.label.text}。"


def member_of(members: Iterable[Member]) -> Callable[[Any], Member | None]:
    """Return a function that reads a value as a member of an enumeration; other values are no choice."""
    return lambda value: next((member for member in members if member == value), None)


def parse_row_id(value: object) -> int | None:
    """Return the id that was sent; None for anything else."""
    return parse_number(str(value))


class OfferedSelectField(SelectField):
    """A choice among members of an enumeration or labelled values; no choice is None.

    offered: members with their own labels, or labels by member. unset: the label of no choice.
    """

    def __init__(
        self,
        label: str,
        validators: Any = None,
        *,
        offered: type[LabelledEnum] | Mapping[Any, str],
        unset: str = "",
        **options: Any,
    ) -> None:
        labels = offered if isinstance(offered, Mapping) else {one.value: one.label for one in offered}
        super().__init__(
            label,
            validators,
            choices=({"": unset} if unset else {}) | {str(value): name for value, name in labels.items()},
            coerce=member_of(offered),
            validate_choice=False,
            **options,
        )

    def pre_validate(self, form: BaseForm) -> None:
        refuse_what_is_not_offered(self)


class OfferedRadioField(OfferedSelectField, RadioField):
    """The same choice as radio buttons."""

    @property
    def first_id(self) -> str:
        """Return the id of the first button, for links to the field."""
        return f"{self.id}-0"


class RowSelectField(SelectField):
    """A choice among rows by id, offered when the form is made; no choice is None.

    read: how the sent value is read, if there are other choices besides rows.
    """

    def __init__(
        self,
        label: str,
        validators: Any = None,
        *,
        read: Callable[[Any], Any] = parse_row_id,
        **options: Any,
    ) -> None:
        super().__init__(label, validators, coerce=read, validate_choice=False, **options)

    def pre_validate(self, form: BaseForm) -> None:
        refuse_what_is_not_offered(self)


def refuse_what_is_not_offered(field: SelectField) -> None:
    """Raise StopValidation if the value is not among the choices."""
    offered = {str(value) for value, *_ in field.iter_choices()}
    if field.raw_data and field.raw_data[0] and field.raw_data[0] not in offered:
        raise StopValidation(not_chosen(field))


class WholeNumberField(IntegerField):
    """A whole number with or without its unit."""

    widget = TextInput()

    def __init__(self, *args: Any, unit: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.unit = unit

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent; nothing at all is no number."""
        typed = valuelist[0] if valuelist else ""
        self.data = None
        self.data = read_whole_number(typed, self.unit) if typed.strip() else None


def read_whole_number(text: str, unit: str = "") -> int:
    """Read "76", " 76 ", "７６", or with the unit % "76%" and "７６％". Raises ValueError for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(unit).rstrip()
    if not WHOLE_NUMBER.fullmatch(plain):
        raise ValueError(f"{quoted_input(text.strip())}不是整数，请填写整数，如 76。")
    if len(plain) > MOST_DIGITS:
        raise ValueError("这个数超出范围，请核对后重填。")
    return int(plain)
