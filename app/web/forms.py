"""Form fields that say in Chinese what is wrong, and what forms carry that nobody types."""

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
    """Write the attributes of a control just as WTForms does, whose formatting of each is most of what a form costs."""
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
    """Return a hidden number of the form that was sent. Raises BadInput when the page did not send it whole."""
    number = request.form.get(name, type=int)
    if number is None:
        raise BadInput(NOT_WHOLE)
    return number


def write_problems(form: Form, problems: dict[str, str]) -> None:
    """Put the sentences of the domain beside the fields that they are about."""
    for name, sentence in problems.items():
        form[name].errors = [*form[name].errors, sentence]


def write_further_problems(form: Form, problems: Mapping[str, str]) -> None:
    """Put them beside the fields in which no mistake was found yet; an empty sentence says that there is none."""
    write_problems(form, {name: found for name, found in problems.items() if found and not form[name].errors})


class RangedField:
    """A field that takes a day or a moment within the range that it declares; mistakes are explained in Chinese.

    within: the range, for the day on which somebody fills it in.
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
    """Marks a field as required and lets everything pass: the operation says what is missing."""

    field_flags = {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Let everything pass."""


class MarkedLimit:
    """Marks a field with how many characters it takes, which its counter shows, and lets everything pass: the
    operation says what is too long.
    """

    def __init__(self, characters: int) -> None:
        self.field_flags = {"limit": characters}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Let everything pass."""


class Chosen(MarkedRequired):
    """Refuses a choice that was not made."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data is None:
            raise StopValidation(not_chosen(field))


class AtMost(Length):
    """Refuses a longer text, in the words in which operations do."""

    def __init__(self, characters: int) -> None:
        super().__init__(max=characters)

    def __call__(self, form: BaseForm, field: Field) -> None:
        if problem := length_problem(field.data or "", field.label.text, self.max):
            raise ValidationError(problem)


def not_chosen(field: Field) -> str:
    return f"请选择{field.label.text}。"


def member_of(members: Iterable[Member]) -> Callable[[Any], Member | None]:
    """Return how a sent value becomes a member of an enumeration; what is none of them is no choice."""
    return lambda value: next((member for member in members if member == value), None)


def parse_row_id(value: object) -> int | None:
    """Return the number of a row that was sent; None for anything else."""
    return parse_number(str(value))


class OfferedSelectField(SelectField):
    """A choice among members of an enumeration, or of other texts by their labels; nothing chosen is None.

    offered: members with their own labels, or labels by member. unset: the label of choosing none of them.
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
    """Such a choice whose possibilities all stand on the page."""

    @property
    def first_id(self) -> str:
        """Return the id of the first one, where a link to the field leads."""
        return f"{self.id}-0"


class RowSelectField(SelectField):
    """A choice among rows by their numbers, which the form offers when it is made; nothing chosen is None.

    read: how what is sent becomes a choice, where there is more to choose than rows.
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
    """Raise StopValidation where something was sent that is not among the choices."""
    offered = {str(value) for value, *_ in field.iter_choices()}
    if field.raw_data and field.raw_data[0] and field.raw_data[0] not in offered:
        raise StopValidation(not_chosen(field))


class WholeNumberField(IntegerField):
    """A whole number as people type it, with its unit behind it or without."""

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
