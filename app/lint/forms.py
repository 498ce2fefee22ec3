"""The form of the text check."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import FileField, TextAreaField

from app.base.text import plain_text
from app.web.forms import AtMost

PASTED_TEXT_LENGTH = 400_000  # characters, about 500 pages


class CheckForm(FlaskForm):
    """A text file, or a pasted text."""

    file = FileField("Word 文件或者文本文件", filters=(lambda file: file or None,), description="二选一")
    text = TextAreaField(
        "粘贴的文字", [AtMost(PASTED_TEXT_LENGTH)], filters=(plain_text,), description="二选一"
    )
