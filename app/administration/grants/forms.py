"""The forms for granting a role and for revoking a grant."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Optional

from app.authority.roles import Role
from app.base.clock import today
from app.base.days import any_year
from app.base.text import REASON_LENGTH, plain_text
from app.org.models import Department, Leader
from app.org.queries import active_departments, active_leaders
from app.web.forms import (
    NO_DATE,
    Chosen,
    DayField,
    MarkedLimit,
    MarkedRequired,
    OfferedSelectField,
    RowSelectField,
)


class GrantForm(FlaskForm):
    role = OfferedSelectField("角色", [Chosen()], offered=Role, unset="请选择")
    department = RowSelectField("部门")
    leader = RowSelectField("领导")
    since = DayField("从", [InputRequired(NO_DATE)], within=any_year, default=today)
    until = DayField("到", [Optional()], within=any_year)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        departments, leaders = active_departments(), active_leaders()
        self.department.choices = [("", "不属于部门"), *((one.id, one.name) for one in departments)]
        self.leader.choices = [("", "不是领导"), *((one.id, one.name) for one in leaders)]
        self.departments, self.leaders = departments, leaders

    @property
    def chosen_department(self) -> Department | None:
        return next((one for one in self.departments if one.id == self.department.data), None)

    @property
    def chosen_leader(self) -> Leader | None:
        return next((one for one in self.leaders if one.id == self.leader.data), None)


class RevocationForm(FlaskForm):
    since = DayField("从哪一天起收回", [InputRequired(NO_DATE)], within=any_year, default=today)
    reason = TextAreaField("收回的理由", [MarkedRequired(), MarkedLimit(REASON_LENGTH)], filters=[plain_text])
