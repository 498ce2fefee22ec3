from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField

from app.base.text import plain_text
from app.web.forms import MarkedRequired


class AccountForm(FlaskForm):
    """A new account: one person in one seat."""

    username = StringField("用户名", [MarkedRequired()], filters=[plain_text])
    seat = StringField("席位", [MarkedRequired()], filters=[plain_text])
    person = StringField("姓名", [MarkedRequired()], filters=[plain_text])
