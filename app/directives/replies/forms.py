"""The form of a reply, with the reason for returning it."""

from __future__ import annotations

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from app.base.text import REASON_LENGTH, plain_text
from app.directives.core.content import REPLY_LENGTH
from app.directives.core.models import Directive
from app.directives.replies.models import ReplyDraft
from app.directives.replies.queries import DraftPlace
from app.web.forms import MarkedLimit, MarkedRequired, OfferedRadioField

ANSWERS = {"final": "办结回复", "interim": "阶段性反馈（还没有办完）"}


class ReplyForm(FlaskForm):
    """A department's reply. One page may hold several, so the ids of the fields name directive and department."""

    text = TextAreaField(
        "办理回复", [DataRequired("请写明办理情况。"), MarkedLimit(REPLY_LENGTH)], filters=[plain_text]
    )
    is_final = OfferedRadioField("回复性质", [MarkedRequired()], offered=ANSWERS, default="final")
    reason = TextAreaField("退回理由", [MarkedLimit(REASON_LENGTH)], filters=[plain_text])

    def __init__(self, draft: ReplyDraft, *, typed: bool = False) -> None:
        """Fill the form with the stored draft or, with `typed`, with what was sent."""
        stored = {"text": draft.text, "is_final": "final" if draft.is_final else "interim"}
        super().__init__() if typed else super().__init__(formdata=None, data=stored)
        self.draft, self.department, self.is_typed = draft, draft.department, typed
        self.key = f"{draft.directive_id}-{draft.department_id}"
        self.text.id = self.text.label.field_id = f"reply-{self.key}"
        self.is_final.id = f"final-{self.key}"
        self.reason.id = self.reason.label.field_id = f"return-reply-{self.key}"

    @property
    def is_final_answer(self) -> bool:
        """Return whether it is the final answer, which is the default."""
        return self.is_final.data != "interim"


def reply_forms(
    directive: Directive, department_ids: frozenset[int], drafts: Mapping[DraftPlace, ReplyDraft]
) -> list[ReplyForm]:
    """Return a form for each addressee among these departments, filled with its draft."""
    own = [one.department for one in directive.addressees if one.department_id in department_ids]
    return [
        ReplyForm(
            drafts.get((directive.id, department.id))
            or ReplyDraft(directive=directive, department=department)
        )
        for department in own
    ]
