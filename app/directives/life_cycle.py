"""Kinds and life cycle of a directive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.authority.policy import Action
from app.base.days import written_day
from app.base.labels import LabelledEnum, LabelTone
from app.base.transitions import next_state
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.due_dates import due_in_words


class DirectiveKind(LabelledEnum):
    """What a leader's words ask for."""

    INSTRUCTION = "instruction", "批示"
    NOTED = "noted", "阅知"
    SUPERVISION = "supervision", "督办"


class DirectiveState(LabelledEnum):
    """Where a directive stands. Overdue is computed, not stored."""

    OPEN = "open", "待办理", LabelTone.ATTENTION
    REPLIED = "replied", "已回复", LabelTone.WAITING
    CLOSED = "closed", "已销号", LabelTone.GOOD


TRANSITIONS: Mapping[tuple[Action, DirectiveState], DirectiveState] = {
    (Action.REPLY_TO_DIRECTIVE, DirectiveState.OPEN): DirectiveState.REPLIED,
    (Action.REPLY_TO_DIRECTIVE, DirectiveState.REPLIED): DirectiveState.REPLIED,
    (Action.CLOSE_DIRECTIVE, DirectiveState.REPLIED): DirectiveState.CLOSED,
}

TRANSITION_VERBS: Mapping[Action, str] = {Action.REPLY_TO_DIRECTIVE: "回复", Action.CLOSE_DIRECTIVE: "销号"}


def next_directive_state(action: Action, state: DirectiveState) -> DirectiveState:
    """Return where `action` leads from `state`. Raises IllegalTransition with a sentence for the person."""
    refusal = f"这件批示现在是“{state.label}”，不能{TRANSITION_VERBS[action]}。"
    return next_state(TRANSITIONS, action, state, refusal=refusal)


def first_state(kind: DirectiveKind) -> DirectiveState:
    """Return where a new directive stands: 阅知 asks for no answer, so nothing stays open."""
    return DirectiveState.CLOSED if kind is DirectiveKind.NOTED else DirectiveState.OPEN


def state_after_reply(state: DirectiveState, *, all_answered: bool) -> DirectiveState:
    """Return where a reply leads: the directive stays open until every addressee has answered.

    Raises IllegalTransition.
    """
    replied = next_directive_state(Action.REPLY_TO_DIRECTIVE, state)
    return replied if all_answered else state


def is_answer_overdue(state: DirectiveState, due_on: date | None, today: date) -> bool:
    return state is DirectiveState.OPEN and due_on is not None and due_on < today


def due_date_in_words(
    state: DirectiveState, due_on: date | None, today: date, calendar: WorkCalendar = CHINA
) -> str:
    """Return the due date as people say it; how far off it is matters only while an answer is owed."""
    if due_on is None:
        return "未定期限"
    written = written_day(due_on)
    return f"{written}，{due_in_words(due_on, today, calendar)}" if state is DirectiveState.OPEN else written
