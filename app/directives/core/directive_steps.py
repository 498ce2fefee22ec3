"""The table of steps taken on directives."""

from __future__ import annotations

from peewee import CharField, DateField, DateTimeField, ForeignKeyField, TextField

from app.authority.policy import Action
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.base.days import written_day
from app.directives.core.models import Directive
from app.org.models import Department

STEP_TITLES = {
    Action.WITHDRAW_DIRECTIVE: "撤回",
    Action.SUPPLEMENT_DIRECTIVE: "补充批示",
    Action.REQUEST_EXTENSION: "申请延期",
    Action.GRANT_EXTENSION: "同意延期",
    Action.REFUSE_EXTENSION: "不同意延期",
    Action.SEND_BACK_DIRECTIVE: "退回重办",
    Action.PROPOSE_CLOSING: "提请销号",
    Action.CLOSE_DIRECTIVE: "销号",
    Action.REOPEN_DIRECTIVE: "重新办理",
    Action.REMIND_ADDRESSEES: "催办",
    Action.HAND_OVER_DUTY: "移交",
    Action.CONFIRM_DIRECTIVE: "确认手写批示",
}


class DirectiveStep(BaseTable):
    """A step taken on a directive other than a reply, as shown on its page and on the printed sheet.

    `text` is the reason, the opinion or the supplement; `further` is the progress so far, or how the leader gave his
    consent; `day` is the new due date, or the day of that consent.
    """

    directive = ForeignKeyField(Directive, backref="steps", on_delete="CASCADE")
    action = ChoiceField(Action)
    person = CharField(max_length=64)
    department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    text = TextField(default="")
    further = TextField(default="")
    day = DateField(null=True)
    at = DateTimeField(default=now)
    directive_id: int
    department_id: int | None

    @property
    def title(self) -> str:
        named = self.department.short_name if self.department else ""
        return f"{named}{STEP_TITLES[self.action]}"

    @property
    def day_words(self) -> str:
        """Return what the step's day means: 期限改为…, 申请延至…, or the leader's consent."""
        if self.day is None:
            return ""
        day = written_day(self.day)
        if self.action is Action.CLOSE_DIRECTIVE:
            return f"领导{day}{self.further}同意"
        return {Action.REQUEST_EXTENSION: f"申请延至{day}"}.get(self.action, f"期限改为{day}")

    @property
    def closing_words(self) -> str:
        """Return who closed it, when, and with which comment: 张三（街道领导）2026年10月9日销号：同意销号。"""
        stated = f"（{self.day_words}）" if self.day else ""
        word = f"：{self.text}" if self.text else ""
        return f"{self.person}{written_day(self.at)}销号{stated}{word}"
