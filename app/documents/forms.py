"""What the office fills in to assemble a document."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from app.directives.forms import identity
from app.documents.particulars import Particulars, read_names
from app.documents.rules import TRAITS, DocumentKind, Form
from app.documents.scope import Span
from app.filing.forms import choices
from app.org.models import Department, Leader
from app.periods.forms import NO_DATE, DayField
from app.periods.models import Period
from app.text import plain_text

NONE = (0, "请选择")


def needed(what: str) -> list[object]:
    """Return the validators of a line that must be filled in."""
    return [DataRequired(f"请填写{what}。"), *at_most(what)]


def at_most(what: str, length: int = 255) -> list[object]:
    """Return the validators of a line that may stay empty."""
    return [Length(max=length, message=f"{what}请控制在 {length} 个字以内。")]


class ParticularsForm(FlaskForm):
    """What stands around a document's text."""

    issuer = StringField("发文机关", needed("发文机关"), filters=[plain_text])
    recipient = StringField("主送机关", at_most("主送机关"), filters=[plain_text])
    signer = StringField("签发人", at_most("签发人"), filters=[plain_text])
    dated = DayField("成文日期", [DataRequired(NO_DATE)])
    copies_to = StringField("抄送机关", at_most("抄送机关"), filters=[plain_text])
    word = StringField("发文机关代字", needed("发文机关代字"), filters=[plain_text])
    form = SelectField("格式", choices=choices(Form))
    secrecy = StringField("密级和保密期限", at_most("密级", 32), filters=[plain_text])
    urgency = SelectField("紧急程度", choices={"": "（无）", "加急": "加急", "特急": "特急"})
    copy_number = StringField("份号", [Optional(), Regexp(r"\d{1,6}", message="份号请填 6 位以内的数字。")])
    sealed = BooleanField("加盖印章（落款处留出盖章位置）")
    note = StringField("附注", at_most("附注"), filters=[plain_text])

    def read(self) -> Particulars:
        """Return what was filled in, once it is valid, as a plain value."""
        assert self.dated.data is not None  # noqa: S101  (a validator has seen to it)
        return Particulars(
            issuers=read_names(self.issuer.data or ""),
            recipient=(self.recipient.data or "").strip(" ：:"),
            signers=read_names(self.signer.data or ""),
            dated=self.dated.data,
            copies_to=read_names(self.copies_to.data or ""),
            word=(self.word.data or "").strip(),
            form=Form(self.form.data),
            copy_number=int(self.copy_number.data) if self.copy_number.data else None,
            secrecy=self.secrecy.data or "",
            urgency=self.urgency.data or "",
            sealed=self.sealed.data,
            note=(self.note.data or "").strip("（）"),
        )


def written(particulars: Particulars) -> dict[str, object]:
    """Return particulars as the form shows them."""
    return vars(particulars) | {
        "issuer": "、".join(particulars.issuers),
        "signer": "、".join(particulars.signers),
        "copies_to": "，".join(particulars.copies_to),
        "form": particulars.form.value,
    }


class AssembleForm(ParticularsForm):
    """What time a document of a kind covers, about whom it is, and what stands around its text."""

    period = SelectField("季度", coerce=identity, validate_choice=False)
    span = SelectField("时间范围", coerce=Span)
    department = SelectField("部门", coerce=identity, validate_choice=False)
    leader = SelectField("呈送领导", coerce=identity, validate_choice=False)

    def offer(
        self,
        kind: DocumentKind,
        *,
        periods: Iterable[Period],
        departments: Iterable[Department],
        leaders: Iterable[Leader],
    ) -> None:
        """Offer the opened quarters, newest first, the spans of the kind, and whom it may be about."""
        self.period.choices = [(one.id, one.quarter.words) for one in reversed(list(periods))]
        self.span.choices = [(one, one.label) for one in TRAITS[kind].spans]
        self.department.choices = [NONE, *((one.id, one.name) for one in departments)]
        self.leader.choices = [NONE, *((one.id, one.name) for one in leaders)]
