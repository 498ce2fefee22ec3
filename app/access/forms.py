"""Forms of the door."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length


class LoginForm(FlaskForm):
    """User name and password."""

    username = StringField("用户名", [InputRequired("请输入用户名。"), Length(max=64)])
    password = PasswordField("密码", [InputRequired("请输入密码。"), Length(max=256)])


class PasswordForm(FlaskForm):
    """A change of password."""

    old = PasswordField("原密码", [InputRequired("请输入原密码。"), Length(max=256)])
    new = PasswordField(
        "新密码",
        [InputRequired("请输入新密码。"), Length(max=256)],
        description="至少 12 个字符，含大写字母、小写字母、数字、符号中的至少三类。",
    )
    again = PasswordField("再输入一次", [EqualTo("new", "两次输入的新密码不一致，请重新输入。")])
