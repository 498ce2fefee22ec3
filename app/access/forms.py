from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired

from app.access.models import Account
from app.access.rules import EMAIL_LENGTH, LONGEST_DELEGATION
from app.base.clock import today
from app.base.days import any_year
from app.base.text import plain_text
from app.web.forms import NO_DATE, AtMost, Chosen, DayField, MarkedRequired, RowSelectField


class LoginForm(FlaskForm):
    username = StringField("用户名", [InputRequired("请输入用户名。"), AtMost(64)])
    password = PasswordField("密码", [InputRequired("请输入密码。"), AtMost(256)])


class EmailForm(FlaskForm):
    email = StringField("电子邮箱", [AtMost(EMAIL_LENGTH)], filters=[plain_text])
    password = PasswordField("当前密码", [InputRequired("请输入当前密码。"), AtMost(256)], description="必填")


class PhoneForm(FlaskForm):
    phone = StringField("电话", filters=[plain_text])


class PasswordForm(FlaskForm):
    old = PasswordField("原密码", [InputRequired("请输入原密码。"), AtMost(256)], description="必填")
    new = PasswordField(
        "新密码",
        [InputRequired("请输入新密码。"), AtMost(128)],
        description="必填",
    )
    again = PasswordField(
        "再输入一次新密码",
        [InputRequired("请再输入一次新密码。"), EqualTo("new", "两次输入的新密码不一致，请重新输入。")],
        description="必填",
    )


class DelegationForm(FlaskForm):
    """The deputy and the days."""

    deputy = RowSelectField("代办的人", [Chosen()])
    first = DayField("从", [InputRequired(NO_DATE)], within=any_year, default=today)
    last = DayField("到", [InputRequired(NO_DATE)], within=any_year)

    def __init__(self, accounts: Iterable[Account], **options: Any) -> None:
        super().__init__(**options)
        named = [(one.id, f"{one.person}（{one.seat}）") for one in accounts]
        self.deputy.choices = [("", "请选择"), *named]

    @property
    def latest_day(self) -> date:
        """Return the last day that can be chosen."""
        return today() + LONGEST_DELEGATION

    @property
    def chosen_days(self) -> tuple[date, date]:
        """Return the first and the last day; the form must be validated first."""
        first, last = (self[name].data for name in ("first", "last"))
        return first, last


class AccountForm(FlaskForm):
    """A new account: one person in one seat."""

    username = StringField("用户名", [MarkedRequired()], filters=[plain_text])
    seat = StringField("席位", [MarkedRequired()], filters=[plain_text])
    person = StringField("姓名", [MarkedRequired()], filters=[plain_text])
    phone = StringField("电话", filters=[plain_text])
