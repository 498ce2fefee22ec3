"""The office's forms: assessment, decisions, suggestions, reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from app.base.text import REASON_LENGTH, plain_text
from app.filing.core.content import LONG_TEXTS
from app.filing.core.life_cycle import ReturnKind
from app.filing.core.measure_status import Forecast
from app.filing.core.models import Filing
from app.filing.core.operations import SendingBack
from app.filing.core.queries import ReadFiling
from app.filing.department.forms import RETURN_REASON_LIMIT, ReturnForm
from app.filing.review.models import ASSESSMENT_LENGTH, PHRASE_LENGTH
from app.web.forms import MarkedLimit, MarkedRequired, OfferedRadioField

RETURN_KINDS = {
    ReturnKind.CORRECT: "退回修改",
    ReturnKind.SUPPLEMENT: "仅请补充（内容没有问题，还需要补一些）",
}


def return_kind_field(label: str = "怎样退回") -> Any:
    return OfferedRadioField(label, [MarkedRequired()], offered=RETURN_KINDS, default=ReturnKind.CORRECT)


class AssessmentForm(FlaskForm):
    """The office's assessment of a forecast, with its reason."""

    forecast = OfferedRadioField("办公室研判", [MarkedRequired()], offered=Forecast)
    reason = TextAreaField(
        "研判理由", [MarkedRequired(), MarkedLimit(ASSESSMENT_LENGTH)], filters=[plain_text]
    )


class ReopenForm(ReturnForm):
    """The reason for reopening an accepted filing."""

    decision = "reopen"
    reason = TextAreaField("重新打开的理由", [MarkedRequired(), RETURN_REASON_LIMIT], filters=[plain_text])


@dataclass(frozen=True)
class OpenedDecision:
    """The texts around the form of a decision; `title` stands above it."""

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


class PhraseForm(FlaskForm):
    """A reason that the office uses often."""

    kind = return_kind_field("用在哪里")
    text = TextAreaField("理由", [MarkedRequired(), MarkedLimit(PHRASE_LENGTH)], filters=[plain_text])


SUGGEST = "suggest"  # how an address opens the form of other words


class SuggestionForm(FlaskForm):
    """The office's wording for the texts of a filing. `suggestion_form_over` makes a subclass with the fields that have
    a text.
    """

    note = TextAreaField("为什么这样改", [MarkedLimit(REASON_LENGTH)], filters=[plain_text])

    def read_texts(self) -> dict[str, str]:
        """Return the suggested texts by field."""
        return {name: self[name].data or "" for name in LONG_TEXTS if name in self}


def suggestion_form_over(filing: Filing) -> type[SuggestionForm]:
    """Return the suggestion form for the texts of a filing."""
    written = {name: label for name, label in LONG_TEXTS.items() if getattr(filing, name)}
    fields = {
        name: TextAreaField(label, [MarkedRequired()], filters=[plain_text])
        for name, label in written.items()
    }
    return type("SuggestionForm", (SuggestionForm,), fields)


class SendBackForm(ReturnForm):
    """The reason for sending a filing back."""

    kind = return_kind_field()
    reason = TextAreaField(
        "理由或需要补充的内容", [MarkedRequired(), RETURN_REASON_LIMIT], filters=[plain_text]
    )

    @property
    def return_kind(self) -> ReturnKind:
        kind: ReturnKind | None = self.kind.data
        return kind or ReturnKind.CORRECT

    @property
    def decision(self) -> str:  # type: ignore[override]  # here the kind says it
        return str(self.return_kind.value)


class SendBackAllForm(FlaskForm):
    """The reasons for sending several filings back: one for all, and further ones for some of them.
    `send_back_form_over` makes a subclass for given filings.
    """

    kind = return_kind_field()
    reason = TextAreaField("同一个理由或需要补充的内容", [RETURN_REASON_LIMIT], filters=[plain_text])

    def read_decisions(self, read: Sequence[ReadFiling], phrases: str) -> list[SendingBack]:
        """Return the decisions, each at the version that was read.

        `phrases` are the ticked reasons; they come before the reason for all.
        """
        return [self.read_decision(one, phrases) for one in read]

    def read_decision(self, read: ReadFiling, phrases: str) -> SendingBack:
        own = self[f"reason_{read.filing.id}"].data or ""
        kind = self[f"kind_{read.filing.id}"] if own.strip() else self.kind
        common = f"{phrases}{(self.reason.data or '').strip()}"
        return SendingBack(
            read.filing, read.version, reason=own.strip() or common, kind=kind.data or ReturnKind.CORRECT
        )


def send_back_form_over(filings: Sequence[Filing]) -> type[SendBackAllForm]:
    """Return the form for sending these filings back, with a reason and a kind for each."""
    fields: dict[str, Any] = {}
    for filing in filings:
        whose = f"{filing.department.short_name}第 {filing.measure.position} 项"
        fields[f"kind_{filing.id}"] = return_kind_field(f"怎样退回{whose}")
        fields[f"reason_{filing.id}"] = TextAreaField(
            f"{whose}的理由或需要补充的内容", [RETURN_REASON_LIMIT], filters=[plain_text]
        )
    return type("SendBackAllForm", (SendBackAllForm,), fields)
