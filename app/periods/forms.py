"""The form of a quarter's dates."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired

from app.periods.rules import DATE_LABELS, DueDates

NO_DATE = "请填写日期，例如 2026-10-14。"


class DayField(DateField):
    """A date whose mistakes are said in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date as browsers send it. Raises ValueError with what to do."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NO_DATE) from None


class DaysField(IntegerField):
    """A number of days whose mistakes are said in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raises ValueError with what to do."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("请填写整数，例如 0 或 3。") from None


class ScheduleForm(FlaskForm):
    """When a quarter's work is to be done."""

    opens_on = DayField(DATE_LABELS["opens_on"], [InputRequired(NO_DATE)])
    department_due = DayField(DATE_LABELS["department_due"], [InputRequired(NO_DATE)])
    office_due = DayField(DATE_LABELS["office_due"], [InputRequired(NO_DATE)])
    leader_due = DayField(DATE_LABELS["leader_due"], [InputRequired(NO_DATE)])
    grace_days = DaysField("宽限", [InputRequired("请填写宽限的工作日数，没有宽限填 0。")])

    @property
    def dates(self) -> DueDates:
        """Return what was filled in; only after the form has been validated."""
        return DueDates(**{name: self[name].data for name in (*DATE_LABELS, "grace_days")})
