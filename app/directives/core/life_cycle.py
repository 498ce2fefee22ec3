"""Kinds, states and steps of a directive: where each step starts, where it leads, and its conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.authority.policy import Action
from app.base.days import written_day
from app.base.errors import IllegalTransition
from app.base.labels import LabelledEnum, LabelTone
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.due_dates import due_in_words

# So many working days before its day a directive is nearly due (临期).
NEARLY_DUE_DAYS = 3


class DirectiveKind(LabelledEnum):
    """What a directive asks for."""

    INSTRUCTION = "instruction", "批示"
    NOTED = "noted", "阅知"
    SUPERVISION = "supervision", "督办"


class DirectiveState(LabelledEnum):
    """The state of a directive. Nearly due and overdue are computed; a requested extension is stored beside it."""

    OPEN = "open", "待办理", LabelTone.ATTENTION
    REPLIED = "replied", "已回复", LabelTone.WAITING
    CLOSED = "closed", "已销号", LabelTone.GOOD
    WITHDRAWN = "withdrawn", "已撤回", LabelTone.QUIET
    NOTED = "noted", "已阅知", LabelTone.QUIET


class AddresseeRole(LabelledEnum):
    """One department answers for the directive (主办); any number of others contribute (协办)."""

    MAIN = "main", "主办"
    SUPPORT = "support", "协办"


# What is not settled yet, and with what is closed everything that is handled: 阅知 never asks for anything.
UNSETTLED = (DirectiveState.OPEN, DirectiveState.REPLIED)
HANDLED = (*UNSETTLED, DirectiveState.CLOSED)


@dataclass(frozen=True)
class DirectiveStanding:
    """The state of a directive with everything else that decides which steps are possible."""

    state: DirectiveState
    is_extension_asked: bool = False
    is_answered: bool = False
    is_closing_proposed: bool = False
    is_unconfirmed: bool = False


@dataclass(frozen=True)
class StepRule:
    """One step of the life cycle: allowed in `sources`, leads to `target`, or changes no state if that is None.

    `after_extension_asked`: True if it needs a pending request for an extension, False if it needs none, None if
    either.
    """

    verb: str
    sources: frozenset[DirectiveState]
    target: DirectiveState | None = None
    after_extension_asked: bool | None = None
    before_answers: bool = False
    before_proposal: bool = False
    before_confirmation: bool = False


def step_rule(
    verb: str, *sources: DirectiveState, target: DirectiveState | None = None, **conditions: bool
) -> StepRule:
    return StepRule(verb, frozenset(sources), target, **conditions)


OPEN, REPLIED, CLOSED, WITHDRAWN, NOTED = DirectiveState

# Who may take a step stands in the policy table; a reply leads on only where it is final and 主办's.
TRANSITIONS: Mapping[Action, StepRule] = {
    Action.WITHDRAW_DIRECTIVE: step_rule("撤回", OPEN, target=WITHDRAWN, before_answers=True),
    Action.SUPPLEMENT_DIRECTIVE: step_rule("补充", OPEN, REPLIED),
    Action.RECEIVE_DIRECTIVE: step_rule("签收", OPEN),
    Action.REPLY_TO_DIRECTIVE: step_rule("回复", OPEN),
    Action.REQUEST_EXTENSION: step_rule("申请延期", OPEN, after_extension_asked=False),
    Action.GRANT_EXTENSION: step_rule("同意延期", OPEN, after_extension_asked=True),
    Action.REFUSE_EXTENSION: step_rule("不同意延期", OPEN, after_extension_asked=True),
    Action.SEND_BACK_DIRECTIVE: step_rule("退回重办", REPLIED, target=OPEN),
    Action.PROPOSE_CLOSING: step_rule("提请销号", REPLIED, before_proposal=True),
    Action.CLOSE_DIRECTIVE: step_rule("销号", REPLIED, target=CLOSED),
    Action.REOPEN_DIRECTIVE: step_rule("重新办理", CLOSED, target=OPEN),
    Action.REMIND_ADDRESSEES: step_rule("催办", OPEN),
    Action.CONFIRM_DIRECTIVE: step_rule("确认", OPEN, REPLIED, CLOSED, NOTED, before_confirmation=True),
}


def is_step_possible(action: Action, standing: DirectiveStanding) -> bool:
    """Return whether the life cycle allows a step now; the policy table decides who may take it."""
    return not step_obstacle(action, standing)


def step_obstacle(action: Action, standing: DirectiveStanding) -> str:
    """Return why a step cannot be taken now, as a sentence for the user, or ""."""
    line = TRANSITIONS[action]
    if standing.state not in line.sources:
        return f"这件批示现在是“{standing.state.label}”，不能{line.verb}。"
    if line.before_answers and standing.is_answered:
        return "承办部门已经回复，不能撤回；请看过回复以后销号。"
    if line.before_proposal and standing.is_closing_proposed:
        return "已经提请领导销号，不必重复提请。"
    if line.before_confirmation and not standing.is_unconfirmed:
        return "这件批示不用确认，或者已经确认过。"
    if line.after_extension_asked is True and not standing.is_extension_asked:
        return "这件批示现在没有待批的延期申请。请刷新页面核对。"
    if line.after_extension_asked is False and standing.is_extension_asked:
        return "已经有一份延期申请等待批复，不能再申请。"
    return ""


def next_directive_state(action: Action, standing: DirectiveStanding) -> DirectiveState:
    """Return the state that `action` leads to. Raises IllegalTransition with a sentence for the user."""
    if obstacle := step_obstacle(action, standing):
        raise IllegalTransition(obstacle)
    return TRANSITIONS[action].target or standing.state


def first_state(kind: DirectiveKind) -> DirectiveState:
    """Return the state of a new directive: 阅知 asks for no answer and is finished at once."""
    return NOTED if kind is DirectiveKind.NOTED else OPEN


def state_after_reply(standing: DirectiveStanding, *, role: AddresseeRole, is_final: bool) -> DirectiveState:
    """Return the state after a reply: only the final reply of 主办 changes it. Raises IllegalTransition."""
    state = next_directive_state(Action.REPLY_TO_DIRECTIVE, standing)
    return REPLIED if is_final and role is AddresseeRole.MAIN else state


def is_answer_overdue(state: DirectiveState, due_on: date | None, today: date) -> bool:
    return state is OPEN and due_on is not None and due_on < today


def is_answer_nearly_due(
    state: DirectiveState, due_on: date | None, today: date, calendar: WorkCalendar = CHINA
) -> bool:
    """Return whether an answer is due within NEARLY_DUE_DAYS and not overdue."""
    is_ahead = state is OPEN and due_on is not None and due_on >= today
    return is_ahead and calendar.days_between(today, due_on or today) <= NEARLY_DUE_DAYS


def due_date_in_words(
    state: DirectiveState, due_on: date | None, today: date, calendar: WorkCalendar = CHINA
) -> str:
    """Return the due date; while an answer is owed, also how far off it is."""
    if due_on is None:
        return "未定期限"
    written = written_day(due_on)
    return f"{written}，{due_in_words(due_on, today, calendar)}" if state is OPEN else written
