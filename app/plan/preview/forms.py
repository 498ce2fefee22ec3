"""The forms of importing a plan."""

from __future__ import annotations

from datetime import date

from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, StringField, TextAreaField

from app.base.days import DayRange
from app.base.text import plain_text
from app.plan.importer import FrameFields
from app.plan.preview.models import ImportDraft
from app.plan.preview.rules import FRAME_FIELDS
from app.web.forms import AtMost, DayField, MarkedRequired, WholeNumberField

PASTED_PLAN_LENGTH = 400_000
FIRST_YEAR, LAST_YEAR = 2000, 2100


def days_of_plans(_today: date) -> DayRange:
    return DayRange.of_years(FIRST_YEAR, LAST_YEAR)


class NewPlanForm(FlaskForm):
    """A plan as a file or as pasted text."""

    file = FileField("计划文件", filters=(lambda file: file or None,), description="二选一")
    text = TextAreaField(
        "或者粘贴全文", [AtMost(PASTED_PLAN_LENGTH)], filters=(plain_text,), description="二选一"
    )


class FrameForm(FlaskForm):
    """Title, year, issuer, number and date of a plan; `opened` is the digest of the values that the form was opened
    with.
    """

    title = StringField(FRAME_FIELDS["title"], [MarkedRequired()], filters=(plain_text,))
    year = WholeNumberField(FRAME_FIELDS["year"], [MarkedRequired()], unit="年")
    issuer = StringField(FRAME_FIELDS["issuer"], filters=(plain_text,))
    document_number = StringField(FRAME_FIELDS["document_number"], filters=(plain_text,))
    issued_on = DayField(FRAME_FIELDS["issued_on"], within=days_of_plans)
    opened = HiddenField()

    def typed_fields(self) -> FrameFields:
        return FrameFields(
            "".join((self.title.data or "").split()),
            self.year.data,
            (self.issuer.data or "").strip(),
            "".join((self.document_number.data or "").split()) or None,
            self.issued_on.data,
        )


def frame_form_of(draft: ImportDraft) -> FrameForm:
    """Return the form with the values of a draft."""
    data = {name: getattr(draft, name) for name in FRAME_FIELDS}
    return FrameForm(formdata=None, data={**data, "opened": draft.frame_digest})
