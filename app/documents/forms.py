"""What the office fills in to assemble a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Length, Optional, Regexp

from app.directives.forms import identity
from app.documents.deadlines import LABELS, Deadlines
from app.documents.particulars import AGENCY, Particulars, read_names
from app.documents.rules import TRAITS, DocumentKind, Form, Fullness, Subject, Traits
from app.documents.scope import Span
from app.filing.forms import choices, member_of
from app.org.models import Department, Leader
from app.periods.forms import NO_DATE, DayField
from app.periods.models import Period
from app.text import plain_text
from app.web.forms import write_on

NONE = (0, "请选择")
URGENCIES = {"": "（无）", "加急": "加急", "特急": "特急"}
NO_QUARTER = "请选择季度。还没有可选的季度时，请先在“季度”中开启。"
NO_SPAN = "请选择时间范围。"


def needed(what: str) -> list[object]:
    """Return the validators of a line that must be filled in."""
    return [DataRequired(f"请填写{what}。"), *at_most(what)]


def at_most(what: str, length: int = 255) -> list[object]:
    """Return the validators of a line that may stay empty."""
    return [Length(max=length, message=f"{what}请控制在 {length} 个字以内。")]


def among(offered: Iterable[object], what: str) -> AnyOf:
    """Return the validator of a choice between what is offered, in our words instead of the library's."""
    return AnyOf(tuple(offered), message=f"请选择{what}。")


class ParticularsForm(FlaskForm):
    """What stands around a document's text."""

    issuer = StringField("发文机关", needed("发文机关"), filters=[plain_text])
    recipient = StringField("主送机关", at_most("主送机关"), filters=[plain_text])
    signer = StringField("签发人", needed("签发人"), filters=[plain_text])
    dated = DayField("成文日期", [DataRequired(NO_DATE)])
    copies_to = StringField("抄送机关", at_most("抄送机关"), filters=[plain_text])
    word = StringField("发文机关代字", needed("发文机关代字"), filters=[plain_text])
    form = SelectField(
        "格式",
        [among(Form, "格式")],
        choices=choices(Form),
        default=Form.FILE,
        validate_choice=False,
    )
    secrecy = StringField("密级和保密期限", at_most("密级", 32), filters=[plain_text])
    urgency = SelectField(
        "紧急程度", [among(URGENCIES, "紧急程度")], choices=URGENCIES, default="", validate_choice=False
    )
    copy_number = StringField("份号", [Optional(), Regexp(r"\d{1,6}", message="份号请填 6 位以内的数字。")])
    sealed = BooleanField("加盖印章（落款处留出盖章位置）")
    note = StringField("附注", at_most("附注"), filters=[plain_text])

    def refuse(self, problems: dict[str, str]) -> None:
        """Put sentences beside the fields that they are about; above the form where the kind does not ask for one."""
        write_on(self, {name: sentence for name, sentence in problems.items() if name in self})
        self.form_errors += [sentence for name, sentence in problems.items() if name not in self]

    def said(self, name: str) -> Any:
        """Return what was filled in; None where this form does not ask for it."""
        return self[name].data if name in self else None

    def read(self) -> Particulars:
        """Return what was filled in, once it is valid, as a plain value."""
        number = self.said("copy_number")
        return Particulars(
            issuers=read_names(self.said("issuer")),
            recipient=(self.said("recipient") or "").strip(" ：:"),
            signers=read_names(self.said("signer") or ""),
            dated=self.said("dated"),
            copies_to=read_names(self.said("copies_to") or ""),
            word=(self.said("word") or AGENCY).strip(),
            form=Form(self.said("form") or Form.FILE),
            copy_number=int(number) if number else None,
            secrecy=self.said("secrecy") or "",
            urgency=self.said("urgency") or "",
            sealed=bool(self.said("sealed")),
            note=(self.said("note") or "").strip("（）"),
        )


def written(particulars: Particulars) -> dict[str, object]:
    """Return particulars as the form shows them."""
    return vars(particulars) | {
        "issuer": "、".join(particulars.issuers),
        "signer": "、".join(particulars.signers),
        "copies_to": "，".join(particulars.copies_to),
        "form": particulars.form.value,
        **(vars(particulars.deadlines) if particulars.deadlines else {}),
    }


# What not every kind asks for. A year has but one last quarter; only a red head has a number, copies and a form.
ASKED: Mapping[str, Callable[[Traits], bool]] = {
    "period": lambda traits: traits.spans != (Span.YEAR,),
    "span": lambda traits: len(traits.spans) > 1,
    "fullness": lambda traits: traits.may_abridge,
    "file_by": lambda traits: traits.sets_deadlines,
    "mend_by": lambda traits: traits.sets_deadlines,
    "department": lambda traits: traits.subject is Subject.DEPARTMENT,
    "leader": lambda traits: traits.subject is Subject.LEADER,
    "recipient": lambda traits: traits.subject is not Subject.LEADER,
    "signer": lambda traits: traits.goes_upward,
    "form": lambda traits: traits.is_numbered and not traits.goes_upward,
    "word": lambda traits: traits.is_numbered,
    "copies_to": lambda traits: traits.is_numbered,
    "copy_number": lambda traits: traits.is_numbered,
    "sealed": lambda traits: traits.is_numbered,
    "secrecy": lambda traits: traits.is_numbered or traits.subject is Subject.LEADER,
    "urgency": lambda traits: traits.is_numbered or traits.subject is Subject.LEADER,
}


class AssembleForm(ParticularsForm):
    """What time a document of a kind covers, about whom it is, and what stands around its text."""

    period = SelectField("季度", [DataRequired(NO_QUARTER)], coerce=identity, validate_choice=False)
    span = SelectField("时间范围", [DataRequired(NO_SPAN)], coerce=member_of(Span), validate_choice=False)
    fullness = SelectField(
        "篇幅",
        [among(Fullness, "篇幅")],
        coerce=member_of(Fullness),
        choices=choices(Fullness),
        default=Fullness.CONCISE.value,
        validate_choice=False,
    )
    department = SelectField("部门", [DataRequired("请选择部门。")], coerce=identity, validate_choice=False)
    leader = SelectField("呈送领导", [DataRequired("请选择领导。")], coerce=identity, validate_choice=False)

    file_by = DayField(LABELS["file_by"], [DataRequired(NO_DATE)])
    mend_by = DayField(LABELS["mend_by"], [DataRequired(NO_DATE)])

    def read(self) -> Particulars:
        """Return what was filled in, once it is valid, with the days that the text sets."""
        days = self.said("file_by"), self.said("mend_by")
        return replace(super().read(), deadlines=Deadlines(*days) if all(days) else None)

    def offer(
        self,
        kind: DocumentKind,
        *,
        periods: Iterable[Period],
        departments: Iterable[Department],
        leaders: Iterable[Leader],
    ) -> None:
        """Ask for what the kind needs: the opened quarters, newest first, its spans, and whom it may be about."""
        self.period.choices = [(one.id, one.quarter.words) for one in reversed(list(periods))]
        self.span.choices = [(one.value, one.label) for one in TRAITS[kind].spans]
        self.department.choices = [NONE, *((one.id, one.name) for one in departments)]
        self.leader.choices = [NONE, *((one.id, one.name) for one in leaders)]
        for name, is_asked in ASKED.items():
            if not is_asked(TRAITS[kind]):
                del self[name]
