"""States of a suggestion and the steps between them: pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.base.labels import LabelledEnum, LabelTone
from app.base.transitions import next_state

SUGGESTION_ANSWER_LENGTH = 200


class SuggestionState(LabelledEnum):
    """The state of a wording suggestion."""

    OPEN = "open", "待部门答复", LabelTone.WAITING
    AGREED = "agreed", "部门已同意", LabelTone.GOOD
    DECLINED = "declined", "部门未同意", LabelTone.ATTENTION
    WITHDRAWN = "withdrawn", "已撤回", LabelTone.QUIET


class SuggestionStep(StrEnum):
    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


SUGGESTION_TRANSITIONS: Mapping[tuple[SuggestionStep, SuggestionState], SuggestionState] = {
    (SuggestionStep.AGREE, SuggestionState.OPEN): SuggestionState.AGREED,
    (SuggestionStep.DECLINE, SuggestionState.OPEN): SuggestionState.DECLINED,
    (SuggestionStep.WITHDRAW, SuggestionState.OPEN): SuggestionState.WITHDRAWN,
}


def next_suggestion_state(step: SuggestionStep, state: SuggestionState) -> SuggestionState:
    """Return the state that a step leads to. Raises IllegalTransition with a sentence for the user."""
    refusal = f"这处改字建议现在是“{state.label}”，不用再办理。"
    return next_state(SUGGESTION_TRANSITIONS, step, state, refusal=refusal)
