"""The forms of a quarter's dates, of unlocking, and of the calendar."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired

from app.base.days import any_year, years_around
from app.base.text import plain_text
from app.periods.calendar_exceptions import DayArrangement
from app.periods.locks import NO_REASON
from app.periods.rules import DATE_LABELS, DueDates
from app.web.forms import (
    NO_DATE,
    NO_MOMENT,
    DayField,
    MomentField,
)

NO_DEPARTMENT = "请选择部门。"


class DayCountField(IntegerField):
    """A number of days whose mistakes are explained in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("请填写整数，例如 0 或 3。") from None


class ScheduleForm(FlaskForm):
    """When a quarter's work is to be done."""

    opens_on = DayField(DATE_LABELS["opens_on"], [InputRequired(NO_DATE)], within=any_year)
    department_due = DayField(DATE_LABELS["department_due"], [InputRequired(NO_DATE)], within=any_year)
    office_due = DayField(DATE_LABELS["office_due"], [InputRequired(NO_DATE)], within=any_year)
    leader_due = DayField(DATE_LABELS["leader_due"], [InputRequired(NO_DATE)], within=any_year)
    grace_days = DayCountField("宽限", [InputRequired("请填写宽限的工作日数，没有宽限填 0。")])

    @property
    def due_dates(self) -> DueDates:
        """Return what was filled in; only after the form has been validated."""
        return DueDates(**{name: self[name].data for name in (*DATE_LABELS, "grace_days")})


def parse_department_id(value: object) -> int | None:
    """Return the number of what was chosen; None where nothing was."""
    text = str(value)
    return int(text) if text.isdecimal() else None


class UnlockForm(FlaskForm):
    """Which department may go on, until when, and why; the departments to choose from are given to it."""

    department = SelectField(
        "部门", [DataRequired(NO_DEPARTMENT)], coerce=parse_department_id, validate_choice=False
    )
    until = MomentField("解锁到", [InputRequired(NO_MOMENT)], within=any_year)
    reason = TextAreaField("理由", [InputRequired(NO_REASON)], filters=[plain_text])

    @property
    def unlock_terms(self) -> dict[str, Any]:
        """Return until when and why; only after the form has been validated."""
        return {"until": self.until.data, "reason": self.reason.data}


class ArrangementForm(FlaskForm):
    """Days that are worked or off otherwise than the calendar has it."""

    first = DayField("从", [InputRequired(NO_DATE)], within=years_around)
    last = DayField("到", [InputRequired(NO_DATE)], within=years_around)
    arrangement = RadioField(
        "安排",
        [DataRequired("请选择放假还是上班。")],
        choices={member.value: member.label for member in DayArrangement},
        coerce=DayArrangement.from_label,
        default=DayArrangement.OFF,
        validate_choice=False,
    )
    note = StringField("说明", filters=[plain_text])

    @property
    def arrangement_terms(self) -> dict[str, Any]:
        """Return what was filled in; only after the form has been validated."""
        sent = {name: self[name].data for name in ("first", "last", "arrangement")}
        return sent | {"note": self.note.data or ""}


class CalendarTableForm(FlaskForm):
    table = FileField("放假安排表（Excel 或 CSV）", [InputRequired("请选择文件。")])
