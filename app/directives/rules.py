"""Kinds and life cycle of a directive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.authority.policy import Action
from app.base.days import written_day
from app.base.errors import IllegalTransition
from app.base.labels import LabelledEnum, LabelTone
from app.filing.core.measure_status import MeasureStatus
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.rules import due_in_words

TEXT_LENGTH = 2000


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


class YearEndState(LabelledEnum):
    """What became of a measure by the end of its plan's year, as far as it was accepted."""

    UNFINISHED = "unfinished", "未完成", LabelTone.ATTENTION
    PENDING = "pending", "待定", LabelTone.WAITING
    FINISHED = "finished", "已完成", LabelTone.GOOD
    CANCELLED = "cancelled", "取消", LabelTone.QUIET


ENDED = {MeasureStatus.DONE: YearEndState.FINISHED, MeasureStatus.CANCELLED: YearEndState.CANCELLED}


def year_end_state(status: MeasureStatus | None, *, is_year_over: bool) -> YearEndState:
    """Return what became of a measure by what was accepted on it last.

    `is_year_over`: its fourth quarter is accepted, or closed; before that what is not ended yet may still be.
    """
    undecided = YearEndState.UNFINISHED if is_year_over else YearEndState.PENDING
    return ENDED.get(status, undecided) if status else undecided


TRANSITIONS: Mapping[tuple[Action, DirectiveState], DirectiveState] = {
    (Action.REPLY_TO_DIRECTIVE, DirectiveState.OPEN): DirectiveState.REPLIED,
    (Action.REPLY_TO_DIRECTIVE, DirectiveState.REPLIED): DirectiveState.REPLIED,
    (Action.CLOSE_DIRECTIVE, DirectiveState.REPLIED): DirectiveState.CLOSED,
}

TRANSITION_VERBS: Mapping[Action, str] = {Action.REPLY_TO_DIRECTIVE: "回复", Action.CLOSE_DIRECTIVE: "销号"}


def next_directive_state(action: Action, state: DirectiveState) -> DirectiveState:
    """Return where `action` leads from `state`. Raises IllegalTransition with a sentence for the person."""
    try:
        return TRANSITIONS[action, state]
    except KeyError:
        raise IllegalTransition(f"这件批示现在是“{state.label}”，不能{TRANSITION_VERBS[action]}。") from None


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
