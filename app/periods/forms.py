"""The forms of a quarter's dates, of unlocking, and of the calendar."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import FileField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.base.days import any_year, years_around
from app.base.text import REASON_LENGTH, plain_text
from app.periods.calendar_exceptions import DayArrangement
from app.periods.due_dates import DATE_LABELS, DueDates
from app.periods.locks import NO_REASON, NO_REFUSAL_REASON, NO_REOPENING_REASON, NO_REQUEST_REASON
from app.periods.rules import LONGEST_UNLOCK
from app.web.forms import (
    NO_DATE,
    NO_MOMENT,
    Chosen,
    DayField,
    MarkedLimit,
    MomentField,
    OfferedRadioField,
    RowSelectField,
    WholeNumberField,
)


class ScheduleForm(FlaskForm):
    """The dates of a quarter."""

    opens_on = DayField(DATE_LABELS["opens_on"], [InputRequired(NO_DATE)], within=any_year)
    department_due = DayField(DATE_LABELS["department_due"], [InputRequired(NO_DATE)], within=any_year)
    office_due = DayField(DATE_LABELS["office_due"], [InputRequired(NO_DATE)], within=any_year)
    leader_due = DayField(DATE_LABELS["leader_due"], [InputRequired(NO_DATE)], within=any_year)
    grace_days = WholeNumberField("宽限", [InputRequired("请填写宽限的工作日数，没有宽限填 0。")])

    @property
    def due_dates(self) -> DueDates:
        """Return the dates; the form must be validated first."""
        return DueDates(**{name: self[name].data for name in (*DATE_LABELS, "grace_days")})


class UnlockForm(FlaskForm):
    """Department, end and reason of an unlock; the departments to choose from are passed in."""

    department = RowSelectField("部门", [Chosen()])
    until = MomentField("解锁到", [InputRequired(NO_MOMENT)], within=any_year)
    longest_days = LONGEST_UNLOCK.days
    reason = TextAreaField(
        "理由", [InputRequired(NO_REASON), MarkedLimit(REASON_LENGTH)], filters=[plain_text]
    )

    @property
    def unlock_terms(self) -> dict[str, Any]:
        """Return end and reason; the form must be validated first."""
        return {"until": self.until.data, "reason": self.reason.data}


class UnlockRequestForm(FlaskForm):
    """Department, contact, end and reason of a request to unlock; the choices are passed in."""

    department = RowSelectField("部门", [Chosen()])
    addressee = RowSelectField("向谁申请", [Chosen()])
    until = DayField("解锁到（含当日）", [InputRequired(NO_DATE)], within=any_year)
    longest_days = LONGEST_UNLOCK.days
    reason = TextAreaField(
        "理由", [InputRequired(NO_REQUEST_REASON), MarkedLimit(REASON_LENGTH)], filters=[plain_text]
    )


class UnlockGrantForm(FlaskForm):
    until = MomentField("解锁到", [InputRequired(NO_MOMENT)], within=any_year)


class UnlockRefusalForm(FlaskForm):
    reason = TextAreaField(
        "不同意的理由", [InputRequired(NO_REFUSAL_REASON), MarkedLimit(REASON_LENGTH)], filters=[plain_text]
    )


class ReopeningForm(FlaskForm):
    """The reason for reopening a closed quarter."""

    reason = TextAreaField(
        "理由", [InputRequired(NO_REOPENING_REASON), MarkedLimit(REASON_LENGTH)], filters=[plain_text]
    )


class ArrangementForm(FlaskForm):
    """Days that are worked or off, other than in the calendar."""

    first = DayField("从", [InputRequired(NO_DATE)], within=years_around)
    last = DayField("到", [InputRequired(NO_DATE)], within=years_around)
    arrangement = OfferedRadioField("安排", [Chosen()], offered=DayArrangement, default=DayArrangement.OFF)
    note = StringField("说明", filters=[plain_text])

    @property
    def arrangement_terms(self) -> dict[str, Any]:
        """Return the values; the form must be validated first."""
        sent = {name: self[name].data for name in ("first", "last", "arrangement")}
        return sent | {"note": self.note.data or ""}


class CalendarTableForm(FlaskForm):
    table = FileField("放假安排表（Excel 或 CSV）", [InputRequired("请选择文件。")])
