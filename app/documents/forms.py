"""What the office fills in to assemble and to issue a document."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from app.directives.forms import identity
from app.documents.particulars import Particulars, read_names
from app.filing.forms import plain_text
from app.periods.forms import NO_DATE, DayField
from app.periods.models import Period


def needed(what: str) -> list[object]:
    """Return the validators of a line that must be filled in."""
    return [DataRequired(f"请填写{what}。"), Length(max=64, message=f"{what}请控制在 64 个字以内。")]


class AssembleForm(FlaskForm):
    """Which quarter, and what stands around the text."""

    period = SelectField("季度", [DataRequired("请选择季度。")], coerce=identity, validate_choice=False)
    issuer = StringField("发文机关", needed("发文机关"), filters=[plain_text])
    recipient = StringField("主送机关", needed("主送机关"), filters=[plain_text])
    signer = StringField("签发人", needed("签发人"), filters=[plain_text])
    dated = DayField("成文日期", [DataRequired(NO_DATE)])
    copies_to = StringField(
        "抄送机关", [Length(max=255, message="抄送机关请控制在 255 个字以内。")], filters=[plain_text]
    )

    def offer(self, periods: Iterable[Period]) -> None:
        """Offer the opened quarters, newest first."""
        self.period.choices = [(one.id, one.quarter.words) for one in reversed(list(periods))]

    def particulars(self) -> Particulars:
        """Return what was filled in, once it is valid, as a plain value."""
        assert self.dated.data is not None  # noqa: S101  (a validator has seen to it)
        return Particulars(
            issuer=(self.issuer.data or "").strip(),
            recipient=(self.recipient.data or "").strip(" ：:"),
            signer=(self.signer.data or "").strip(),
            dated=self.dated.data,
            copies_to=read_names(self.copies_to.data or ""),
        )


class IssueForm(FlaskForm):
    """The number under which a document is issued."""

    number = StringField("文号", [DataRequired("请填写文号。")])
