"""The forms for editing a draft."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from app.base.text import plain_text
from app.drafting.core.forms import ParticularsForm, particulars_as_typed
from app.drafting.core.models import Document
from app.drafting.editing.figure_reasons import FIGURE_REASON_LENGTH
from app.drafting.editing.operations import BlockWording
from app.drafting.editing.wording_requests import WORDING_ANSWER_LENGTH
from app.web.forms import Chosen, MarkedLimit, OfferedSelectField
from reports.model import Heading, Paragraph

LEVELS = {
    "0": "段落",
    "1": "一级标题（一、）",
    "2": "二级标题（（一））",
    "3": "三级标题（1.）",
    "4": "四级标题（（1））",
}

# The fields that are not typed by the user.
NOT_TYPED = ("opened", "csrf_token")


class BlockForm(FlaskForm):
    """The words of a heading or a paragraph."""

    head = StringField("段首小标题", filters=[plain_text])
    text = TextAreaField("文字", [DataRequired()], filters=[plain_text])

    def typed_wording(self) -> BlockWording:
        return BlockWording(self.text.data or "", self.head.data or "")


class InsertForm(FlaskForm):
    """A new heading or paragraph."""

    level = OfferedSelectField("新写", [Chosen()], offered=LEVELS)
    text = TextAreaField("文字", [DataRequired("请写上文字。")], filters=[plain_text])

    def typed_block(self) -> Heading | Paragraph:
        """Return the new block. Only for a valid form."""
        level, text = int(self.level.data), (self.text.data or "").strip()
        return Heading(level, text) if level else Paragraph(text)


class ReasonForm(FlaskForm):
    """The reason why figures differ from the facts."""

    reason = TextAreaField("理由", [DataRequired(), MarkedLimit(FIGURE_REASON_LENGTH)], filters=[plain_text])


class AnswerForm(FlaskForm):
    """A department's answer about its changed words."""

    answer = TextAreaField(
        "意见", [MarkedLimit(WORDING_ANSWER_LENGTH)], description="有异议的须写明", filters=[plain_text]
    )


class DescribeForm(ParticularsForm):
    """A draft's title and particulars; `opened` is the digest of them when the page was opened."""

    title = TextAreaField("标题", [DataRequired("请写明标题。")], filters=[plain_text])
    opened = HiddenField("打开时的内容")

    def differing_fields(self, document: Document) -> list[tuple[str, str]]:
        """Return the stored values that differ from what was typed, by label."""
        kept = DescribeForm(formdata=None, data=description_as_typed(document))
        pairs = [(field, kept[name]) for name, field in self._fields.items() if name not in NOT_TYPED]
        return [
            (field.label.text, field_words(theirs))
            for field, theirs in pairs
            if field_words(field) != field_words(theirs)
        ]


def description_as_typed(document: Document) -> dict[str, object]:
    """Return a draft's title and particulars as values for the form."""
    return particulars_as_typed(document.particulars) | {
        "title": document.title,
        "opened": document.frame_digest,
    }


def field_words(field: Field) -> str:
    """Return the value of a field in words."""
    if isinstance(field, BooleanField):
        return "是" if field.data else "否"
    if isinstance(field, SelectField):
        return next((str(label) for _, label, is_selected, *_ in field.iter_choices() if is_selected), "")
    return "" if field.data is None else str(field.data).strip()
