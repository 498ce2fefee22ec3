from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from app.administration.hand_over.queries import AccountSeat
from app.base.clock import today
from app.base.days import any_year
from app.web.forms import NO_DATE, Chosen, DayField, RowSelectField


class HandOverForm(FlaskForm):
    """To whom, and on which day; the accounts to choose from are given to it."""

    receiver = RowSelectField("移交给", [Chosen()])
    day = DayField("移交日期", [InputRequired(NO_DATE)], within=any_year, default=today)

    def __init__(self, receivers: Iterable[AccountSeat], **options: Any) -> None:
        super().__init__(**options)
        named = [(one.account.id, f"{one.account.person}（{one.account.seat}）") for one in receivers]
        self.receiver.choices = [("", "请选择"), *named]

    @property
    def chosen_day(self) -> date:
        """Return the day; only after the form has been validated."""
        return self.day.data or today()
