"""What the office types while it edits a draft."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from app.documents.editing import TITLE_LENGTH, Wording
from app.documents.forms import ASKED, ParticularsForm, at_most
from app.documents.rules import TRAITS, DocumentKind
from app.text import plain_text
from reports.model import Heading, Paragraph

LEVELS = {
    "0": "段落",
    "1": "一级标题（一、）",
    "2": "二级标题（（一））",
    "3": "三级标题（1.）",
    "4": "四级标题（（1））",
}


class BlockForm(FlaskForm):
    """What a heading or a paragraph is to say."""

    head = StringField("段首小标题", at_most("段首小标题", TITLE_LENGTH), filters=[plain_text])
    text = TextAreaField("文字", filters=[plain_text])

    def wording(self) -> Wording:
        """Return what was typed."""
        return Wording((self.text.data or "").strip(), (self.head.data or "").strip())


class InsertForm(FlaskForm):
    """A new heading or paragraph."""

    level = SelectField("新写", [InputRequired()], choices=LEVELS)
    text = TextAreaField("文字", [DataRequired("请写上文字。")], filters=[plain_text])

    def block(self) -> Heading | Paragraph:
        """Return what was typed, once it is valid."""
        level, text = int(self.level.data), (self.text.data or "").strip()
        return Heading(level, text) if level else Paragraph(text)


class DescribeForm(ParticularsForm):
    """A draft's title, and what stands around its text."""

    title = TextAreaField("标题", [DataRequired("请写明标题。")], filters=[plain_text])

    def ask_for(self, kind: DocumentKind) -> None:
        """Leave out what a kind does not ask for."""
        for name, is_asked in ASKED.items():
            if name in self and not is_asked(TRAITS[kind]):
                del self[name]
