"""The forms of a directive's steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.base.days import any_year
from app.base.text import REASON_LENGTH, plain_text
from app.directives.core.content import DIRECTIVE_LENGTH
from app.directives.core.models import Directive
from app.web.forms import DayField


@dataclass(frozen=True)
class StepFields:
    """The labels and texts of a step's form. A field without a label is left out; `optional` fields may be empty."""

    endpoint: str
    title: str
    button: str
    text: str = ""
    further: str = ""
    day: str = ""
    hint: str = ""
    further_hint: str = ""
    optional: tuple[str, ...] = ()
    text_limit: int = REASON_LENGTH


CLOSING = StepFields("submit_close", "销号", "销号", text="销号意见", optional=("text",))
STEP_FIELDS: Mapping[Action, StepFields] = {
    Action.CONFIRM_DIRECTIVE: StepFields(
        "submit_confirmation",
        "核对确认手写批示",
        "确认",
        text="批示内容",
        hint="与手写的不一致，请直接改；改过的，承办部门会收到通知。",
        text_limit=DIRECTIVE_LENGTH,
    ),
    Action.CLOSE_DIRECTIVE: CLOSING,
    Action.SEND_BACK_DIRECTIVE: StepFields(
        "submit_send_back", "退回重办", "退回重办", text="退回理由", day="新的期限", hint="承办部门会看到。"
    ),
    Action.GRANT_EXTENSION: StepFields("submit_grant", "同意延期", "同意延期"),
    Action.REFUSE_EXTENSION: StepFields("submit_refuse", "不同意延期", "不同意", text="不同意的理由"),
    Action.PROPOSE_CLOSING: StepFields(
        "submit_proposal", "提请领导销号", "提请销号", text="办公室意见", optional=("text",)
    ),
    Action.REQUEST_EXTENSION: StepFields(
        "submit_extension",
        "申请延期",
        "提交申请",
        text="延期理由",
        further="目前进展",
        day="延期到",
        hint="要在期限当天或者以前申请。",
    ),
    Action.SUPPLEMENT_DIRECTIVE: StepFields(
        "submit_supplement",
        "补充批示",
        "发出补充",
        text="补充内容",
        hint="原来的批示不改动，补充的内容列在后面。",
        text_limit=DIRECTIVE_LENGTH,
    ),
    Action.WITHDRAW_DIRECTIVE: StepFields(
        "submit_withdrawal", "撤回批示", "撤回", text="撤回理由", hint="撤回以后仍留在登记中。"
    ),
    Action.REOPEN_DIRECTIVE: StepFields(
        "submit_reopening", "重新办理", "重新办理", text="理由", day="新的期限"
    ),
    Action.REMIND_ADDRESSEES: StepFields("submit_reminder", "催办", "催办"),
}
# What a leader let the office know is asked of the office only.
ON_BEHALF = StepFields(
    "submit_close",
    "按领导意见代为销号",
    "代为销号",
    text="销号意见",
    further="领导同意的方式",
    day="领导同意的日期",
    further_hint="如当面、电话、会上。",
    optional=("text",),
)


class StepForm(FlaskForm):
    """The form of a step. One page may hold several, so the ids of the fields name step and directive."""

    text = TextAreaField("", filters=[plain_text])
    further = StringField("", filters=[plain_text])
    day = DayField("", [Optional()], within=any_year)

    def __init__(self, directive: Directive, action: Action, by: Actor, *, typed: bool = False) -> None:
        """Make an empty form or, with `typed`, one with what was sent."""
        stored = {"text": directive.text} if action is Action.CONFIRM_DIRECTIVE else {}
        super().__init__() if typed else super().__init__(formdata=None, data=stored)
        is_on_behalf = (
            action is Action.CLOSE_DIRECTIVE and not directive.is_of_office and by.leader_id is None
        )
        self.fields = ON_BEHALF if is_on_behalf else STEP_FIELDS[action]
        self.action, self.is_typed, self.directive = action, typed, directive
        for name in ("text", "further", "day"):
            label = getattr(self.fields, name)
            if not label:
                delattr(self, name)
                continue
            field = self[name]
            field.id = field.label.field_id = f"{action.value.replace('_', '-')}-{name}-{directive.key}"
            field.label.text = label
            if name == "text":
                field.flags.limit = self.fields.text_limit
            if name not in self.fields.optional:
                field.flags.required = True

    @property
    def is_unfolded(self) -> bool:
        """Return whether the form is shown open: it was refused, or its leader is asked to act at once."""
        return self.is_typed or self.action is Action.CONFIRM_DIRECTIVE

    @property
    def chosen_day(self) -> date | None:
        """Return the day, or None if it cannot be read; a step that needs a day then refuses it."""
        return self.day.data if "day" in self and not self.day.errors else None

    def value(self, name: str) -> str:
        """Return what was typed in a field, "" if the step has no such field."""
        return (self[name].data or "") if name in self else ""


def can_take_step(directive: Directive, action: Action, by: Actor) -> bool:
    return directive.awaits(action) and is_allowed(by, action, directive)


def step_forms(directive: Directive, by: Actor, *, typed: StepForm | None = None) -> list[StepForm]:
    """Return the forms of the steps that this person can take now; a refused form keeps what was typed."""
    found = [
        typed if typed and typed.action is action else StepForm(directive, action, by)
        for action in STEP_FIELDS
        if can_take_step(directive, action, by)
        if not (action is Action.PROPOSE_CLOSING and directive.is_of_office)
        if not (action is Action.REQUEST_EXTENSION and (directive.due_on is None or directive.is_overdue))
    ]
    return found if typed is None or typed in found else [typed, *found]
