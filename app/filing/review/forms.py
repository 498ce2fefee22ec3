"""What the office sends when it gives filings back: words for each, and whether they ask only for more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from app.base.text import plain_text
from app.filing.core.life_cycle import ReturnKind
from app.filing.core.models import Filing
from app.filing.core.operations import SendingBack
from app.filing.core.queries import ReadFiling
from app.filing.department.forms import ReopenForm, ReturnForm
from app.web.forms import MarkedRequired, OfferedRadioField

RETURN_KINDS = {
    ReturnKind.CORRECT: "退回修改",
    ReturnKind.SUPPLEMENT: "仅请补充（内容没有问题，还需要补一些）",
}


def return_kind_field(label: str = "怎样退回") -> Any:
    return OfferedRadioField(label, [MarkedRequired()], offered=RETURN_KINDS, default=ReturnKind.CORRECT)


@dataclass(frozen=True)
class OpenedDecision:
    """What the page says around the form of a decision that needs words; `title` stands above it."""

    endpoint: str
    title: str
    button: str
    hint: str


# By how an address names them (``?decide=supplement``).
OPENED_DECISIONS: Mapping[str, OpenedDecision] = {
    ReturnKind.CORRECT.value: OpenedDecision(
        "review.send_back_reviewed",
        "退回部门修改",
        "退回",
        "写明要改什么。部门会看到，改好后须重新提交、审签。",
    ),
    ReturnKind.SUPPLEMENT.value: OpenedDecision(
        "review.send_back_reviewed",
        "仅请补充",
        "请部门补充",
        "内容没有问题，写明还需要补什么。部门补好后须重新提交、审签。",
    ),
    ReopenForm.decision: OpenedDecision(
        "review.reopen_accepted",
        "重新打开，让部门修改",
        "重新打开",
        "写明为什么要改。重新打开后不再算作已采用，部门改好须重新提交、审签；已印发的公文不受影响。",
    ),
}


class SendBackForm(ReturnForm):
    """The office's words to a department whose filing it gives back."""

    kind = return_kind_field()
    reason = TextAreaField("理由或需要补充的内容", [MarkedRequired()], filters=[plain_text])

    @property
    def decision(self) -> str:  # type: ignore[override]  # here the kind says it
        return str((self.kind.data or ReturnKind.CORRECT).value)


class SendBackAllForm(FlaskForm):
    """The office's words on several filings. A form over some is made by `send_back_form_over`."""

    def read_decisions(self, read: Sequence[ReadFiling]) -> list[SendingBack]:
        """Return what was decided on the filings, each at the version at which it was read."""
        return [
            SendingBack(
                filing,
                version,
                reason=self[f"reason_{filing.id}"].data or "",
                kind=self[f"kind_{filing.id}"].data or ReturnKind.CORRECT,
            )
            for filing, version in read
        ]


def send_back_form_over(filings: Sequence[Filing]) -> type[SendBackAllForm]:
    """Return the form of giving these filings back, with words and a kind for each."""
    fields: dict[str, Any] = {}
    for filing in filings:
        whose = f"{filing.department.short_name}第 {filing.measure.position} 项"
        fields[f"kind_{filing.id}"] = return_kind_field(f"怎样退回{whose}")
        fields[f"reason_{filing.id}"] = TextAreaField(
            f"{whose}的理由或需要补充的内容", [MarkedRequired()], filters=[plain_text]
        )
    return type("SendBackAllForm", (SendBackAllForm,), fields)
