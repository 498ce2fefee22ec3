"""The life cycle of a reply, from draft to signature: pure data."""

from __future__ import annotations

from collections.abc import Mapping

from app.authority.policy import Action
from app.base.labels import LabelledEnum, LabelTone
from app.base.transitions import next_state


class ReplyState(LabelledEnum):
    """The state of a reply draft. Once it is sent, its text is stored with the directive and a new draft may begin."""

    DRAFT = "draft", "草稿", LabelTone.NEUTRAL
    SUBMITTED = "submitted", "待审签", LabelTone.WAITING
    RETURNED = "returned", "已退回", LabelTone.ATTENTION
    SENT = "sent", "已发出", LabelTone.GOOD


REPLY_TRANSITIONS: Mapping[tuple[Action, ReplyState], ReplyState] = {
    (Action.WRITE_REPLY, ReplyState.DRAFT): ReplyState.DRAFT,
    (Action.WRITE_REPLY, ReplyState.RETURNED): ReplyState.RETURNED,
    (Action.WRITE_REPLY, ReplyState.SENT): ReplyState.DRAFT,
    (Action.SUBMIT_REPLY, ReplyState.DRAFT): ReplyState.SUBMITTED,
    (Action.SUBMIT_REPLY, ReplyState.RETURNED): ReplyState.SUBMITTED,
    (Action.SIGN_REPLY, ReplyState.SUBMITTED): ReplyState.SENT,
    (Action.RETURN_REPLY, ReplyState.SUBMITTED): ReplyState.RETURNED,
    (Action.TAKE_BACK_REPLY, ReplyState.SUBMITTED): ReplyState.DRAFT,
}

REPLY_VERBS: Mapping[Action, str] = {
    Action.WRITE_REPLY: "修改",
    Action.SUBMIT_REPLY: "提交",
    Action.SIGN_REPLY: "审签",
    Action.RETURN_REPLY: "退回",
    Action.TAKE_BACK_REPLY: "撤回",
}


def next_reply_state(action: Action, state: ReplyState) -> ReplyState:
    """Return the state that `action` leads to. Raises IllegalTransition with a sentence for the user."""
    refusal = f"这份回复现在是“{state.label}”，不能{REPLY_VERBS[action]}。"
    return next_state(REPLY_TRANSITIONS, action, state, refusal=refusal)
