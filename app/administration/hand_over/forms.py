from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.administration.hand_over.queries import UNREAD_NOTICES, OpenWork, key_of_work
from app.administration.seats import AccountSeat
from app.base.clock import today
from app.base.days import any_year
from app.directives.core.content import SHOWN_DIRECTIVE_LENGTH
from app.web.forms import NO_DATE, Chosen, DayField, RowSelectField


class HandOverForm(FlaskForm):
    """The receiver and the day; the accounts to choose from are passed in."""

    receiver = RowSelectField("接手的人", [Chosen()])
    day = DayField("移交日期", [InputRequired(NO_DATE)], within=any_year, default=today)

    chosen = SelectMultipleField(
        "移交哪些",
        description="至少一项",
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def __init__(self, receivers: Iterable[AccountSeat], work: OpenWork, **options: Any) -> None:
        super().__init__(chosen=sorted(work.keys), **options)
        self.chosen.choices = [(key_of_work(one), one.title) for one in work.drafts]
        self.chosen.choices += [
            (key_of_work(one), one.title_words[:SHOWN_DIRECTIVE_LENGTH]) for one in work.directives
        ]
        if work.notices:
            self.chosen.choices += [(UNREAD_NOTICES, f"{work.notices} 条未读提醒")]
        named = [(one.account.id, f"{one.account.person}（{one.account.seat}）") for one in receivers]
        self.receiver.choices = [("", "请选择"), *named] if named else []

    @property
    def chosen_day(self) -> date:
        """Return the day; the form must be validated first."""
        return self.day.data or today()
