"""What forms of every feature share."""

from __future__ import annotations

from flask import request
from wtforms import Form

from app.errors import BadInput


def stated(name: str) -> int:
    """Return a hidden number of the form that was sent. Raises BadInput when the page did not send it whole."""
    number = request.form.get(name, type=int)
    if number is None:
        raise BadInput("页面发来的内容不完整，这一步没有办成。请刷新页面后重试。")
    return number


def write_on(form: Form, problems: dict[str, str]) -> None:
    """Put the sentences of the domain beside the fields that they are about."""
    for name, sentence in problems.items():
        form[name].errors = [*form[name].errors, sentence]
