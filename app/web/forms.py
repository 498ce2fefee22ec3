from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import request
from wtforms import DateField, DateTimeLocalField, Form
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from app.base.clock import today
from app.base.days import DayRange
from app.base.errors import BadInput

NO_DATE = "请填写日期，例如 2026-10-14。"
NO_MOMENT = "请填写日期和时间，例如 2026-10-14 18:00。"


def hidden_number(name: str) -> int:
    """Return a hidden number of the form that was sent. Raises BadInput when the page did not send it whole."""
    number = request.form.get(name, type=int)
    if number is None:
        raise BadInput("页面发来的内容不完整，这一步没有办成。请刷新页面后重试。")
    return number


def write_problems(form: Form, problems: dict[str, str]) -> None:
    """Put the sentences of the domain beside the fields that they are about."""
    for name, sentence in problems.items():
        form[name].errors = [*form[name].errors, sentence]


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
