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
    """When a quarter's work is to be done."""

    opens_on = DayField(DATE_LABELS["opens_on"], [InputRequired(NO_DATE)], within=any_year)
    department_due = DayField(DATE_LABELS["department_due"], [InputRequired(NO_DATE)], within=any_year)
    office_due = DayField(DATE_LABELS["office_due"], [InputRequired(NO_DATE)], within=any_year)
    leader_due = DayField(DATE_LABELS["leader_due"], [InputRequired(NO_DATE)], within=any_year)
    grace_days = WholeNumberField("宽限", [InputRequired("请填写宽限的工作日数，没有宽限填 0。")])

    @property
    def due_dates(self) -> DueDates:
        """Return what was filled in; only after the form has been validated."""
        return DueDates(**{name: self[name].data for name in (*DATE_LABELS, "grace_days")})


class UnlockForm(FlaskForm):
    """Which department may go on, until when, and why; the departments to choose from are given to it."""

    department = RowSelectField("部门", [Chosen()])
    until = MomentField("解锁到", [InputRequired(NO_MOMENT)], within=any_year)
    longest_days = LONGEST_UNLOCK.days
    reason = TextAreaField(
        "理由", [InputRequired(NO_REASON), MarkedLimit(REASON_LENGTH)], filters=[plain_text]
    )

    @property
    def unlock_terms(self) -> dict[str, Any]:
        """Return until when and why; only after the form has been validated."""
        return {"until": self.until.data, "reason": self.reason.data}


class UnlockRequestForm(FlaskForm):
    """For which department, whom of the office one asks, until when, and why; the choices are given to it."""

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
    """Why a closed quarter is opened again."""

    reason = TextAreaField(
        "理由", [InputRequired(NO_REOPENING_REASON), MarkedLimit(REASON_LENGTH)], filters=[plain_text]
    )


class ArrangementForm(FlaskForm):
    """Days that are worked or off otherwise than the calendar has it."""

    first = DayField("从", [InputRequired(NO_DATE)], within=years_around)
    last = DayField("到", [InputRequired(NO_DATE)], within=years_around)
    arrangement = OfferedRadioField("安排", [Chosen()], offered=DayArrangement, default=DayArrangement.OFF)
    note = StringField("说明", filters=[plain_text])

    @property
    def arrangement_terms(self) -> dict[str, Any]:
        """Return what was filled in; only after the form has been validated."""
        sent = {name: self[name].data for name in ("first", "last", "arrangement")}
        return sent | {"note": self.note.data or ""}


class CalendarTableForm(FlaskForm):
    table = FileField("放假安排表（Excel 或 CSV）", [InputRequired("请选择文件。")])
