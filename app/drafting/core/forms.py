"""The form for the particulars of a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, StringField
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from app.base.days import any_year
from app.base.text import plain_text
from app.composition.kinds import spec_of
from app.composition.particulars import Particulars, read_names
from app.composition.rules import (
    DocumentForm,
    DocumentKind,
    DocumentSubject,
    KindSpec,
)
from app.web.forms import NO_DATE, AtMost, DayField, OfferedSelectField, write_problems

URGENCIES = {"加急": "加急", "特急": "特急"}
LINE_LENGTH = 255


def required_line(what: str) -> list[object]:
    """Return the validators of a line that must not be empty."""
    return [DataRequired(f"请填写{what}。"), AtMost(LINE_LENGTH)]


def required_names(what: str) -> list[object]:
    """Return the validators of a line that must contain at least one name; 、 and ； alone are refused."""

    def refuse_marks_alone(_form: FlaskForm, field: Field) -> None:
        if not read_names(field.data):
            raise ValidationError(f"请写明{what}，不能只写标点。")

    return [*required_line(what), refuse_marks_alone]


class ParticularsForm(FlaskForm):
    """The particulars of a document."""

    issuer = StringField("发文机关", required_names("发文机关"), filters=[plain_text])
    recipient = StringField("主送机关", [AtMost(LINE_LENGTH)], filters=[plain_text])
    signer = StringField("签发人", required_names("签发人"), filters=[plain_text])
    dated = DayField("成文日期", [DataRequired(NO_DATE)], within=any_year)
    copies_to = StringField("抄送机关", [AtMost(LINE_LENGTH)], filters=[plain_text])
    word = StringField("发文机关代字", required_line("发文机关代字"), filters=[plain_text])
    form = OfferedSelectField("格式", offered=DocumentForm, default=DocumentForm.FILE)
    secrecy = StringField("密级和保密期限", [AtMost(32)], filters=[plain_text])
    urgency = OfferedSelectField("紧急程度", offered=URGENCIES, unset="（无）")
    copy_number = StringField("份号", [Optional(), Regexp(r"\d{1,6}", message="份号请填 6 位以内的数字。")])
    sealed = BooleanField("加盖印章（落款处留出盖章位置）")
    note = StringField("附注", [AtMost(LINE_LENGTH)], filters=[plain_text])

    @property
    def issuer_hint(self) -> str:
        """Return the hint for the issuer field; `word` is only asked for documents under a red head."""
        if self.word is None:
            return "印在落款处；呈批单印在“呈送部门”一栏。"
        return "几个机关联合行文的，用顿号分开，主办机关在前。"

    def ask_for(self, kind: DocumentKind) -> None:
        """Remove the fields that a kind does not ask for."""
        for name, is_asked in ASKED.items():
            if name in self and not is_asked(spec_of(kind)):
                del self[name]

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show problems at their fields, or above the form if the kind does not ask for the field."""
        write_problems(self, {name: sentence for name, sentence in problems.items() if name in self})
        self.form_errors += [sentence for name, sentence in problems.items() if name not in self]

    def field_data(self, name: str) -> Any:
        """Return the value of a field; None if this form does not have it."""
        return self[name].data if name in self else None

    def read_particulars(self) -> Particulars:
        """Return the particulars as filled in. Only for a valid form."""
        number = self.field_data("copy_number")
        return Particulars(
            issuers=read_names(self.field_data("issuer") or ""),
            recipient=(self.field_data("recipient") or "").strip(" ：:"),
            signers=read_names(self.field_data("signer") or ""),
            dated=self.field_data("dated"),
            copies_to=read_names(self.field_data("copies_to") or ""),
            word=(self.field_data("word") or "").strip(),
            form=self.field_data("form") or DocumentForm.FILE,
            copy_number=int(number) if number else None,
            secrecy=self.field_data("secrecy") or "",
            urgency=self.field_data("urgency") or "",
            sealed=bool(self.field_data("sealed")),
            note=(self.field_data("note") or "").strip("（）"),
        )


def particulars_as_typed(particulars: Particulars) -> dict[str, object]:
    """Return particulars as values for the form."""
    return vars(particulars) | {
        "issuer": "、".join(particulars.issuers),
        "signer": "、".join(particulars.signers),
        "copies_to": "，".join(particulars.copies_to),
        "form": particulars.form.value,
        **(vars(particulars.deadlines) if particulars.deadlines else {}),
    }


# The fields that only some kinds ask for. A year has only one last quarter; only a red head has number, copies, form.
ASKED: Mapping[str, Callable[[KindSpec], bool]] = {
    "period": lambda spec: not spec.is_yearly,
    "span": lambda spec: len(spec.spans) > 1,
    "fullness": lambda spec: spec.may_abridge,
    "file_by": lambda spec: spec.sets_deadlines,
    "mend_by": lambda spec: spec.sets_deadlines,
    "department": lambda spec: spec.subject is DocumentSubject.DEPARTMENT,
    "leader": lambda spec: spec.subject is DocumentSubject.LEADER,
    "recipient": lambda spec: spec.subject is not DocumentSubject.LEADER,
    "signer": lambda spec: spec.goes_upward,
    "form": lambda spec: spec.is_numbered and not spec.goes_upward,
    "word": lambda spec: spec.is_numbered,
    "copies_to": lambda spec: spec.is_numbered,
    "copy_number": lambda spec: spec.is_numbered,
    "sealed": lambda spec: spec.is_numbered,
    "secrecy": lambda spec: spec.is_numbered or spec.subject is DocumentSubject.LEADER,
    "urgency": lambda spec: spec.is_numbered or spec.subject is DocumentSubject.LEADER,
}
