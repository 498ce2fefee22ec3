"""The lock of a closed quarter, and the departments that the office unlocks it for: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.authority.policy import Action
from app.base.days import day_with_weekday
from app.base.labels import LabelledEnum, LabelTone
from app.base.text import REASON_LENGTH, text_problem
from app.base.transitions import next_state
from app.periods.rules import LONGEST_UNLOCK

NO_REOPENING_REASON = "请写明为什么重新开启，会记录在案。"
NO_REASON = "请写明为什么解锁，会记录在案。"
NO_REQUEST_REASON = "请写明为什么要补改，街道办公室据此决定。"
NO_REFUSAL_REASON = "请写明为什么不解锁，部门会看到。"


class UnlockRequestState(LabelledEnum):
    OPEN = "open", "待答复", LabelTone.WAITING
    GRANTED = "granted", "已解锁", LabelTone.GOOD
    REFUSED = "refused", "未同意", LabelTone.ATTENTION


# Granted also by whatever else opens the quarter to the department.
REQUEST_TRANSITIONS: Mapping[tuple[Action, UnlockRequestState], UnlockRequestState] = {
    (Action.UNLOCK_DEPARTMENT, UnlockRequestState.OPEN): UnlockRequestState.GRANTED,
    (Action.REOPEN_PERIOD, UnlockRequestState.OPEN): UnlockRequestState.GRANTED,
    (Action.REFUSE_UNLOCK, UnlockRequestState.OPEN): UnlockRequestState.REFUSED,
}


def next_request_state(action: Action, state: UnlockRequestState, *, decided_by: str) -> UnlockRequestState:
    """Return the state that an answer leads to. Raises IllegalTransition naming who has answered already."""
    refusal = f"{decided_by}已经答复过这个申请，结果是“{state.label}”，不能再答复。"
    return next_state(REQUEST_TRANSITIONS, action, state, refusal=refusal)


@dataclass(frozen=True)
class PeriodLock:
    """The lock on a quarter. Before filing begins it applies to all; after closing to all departments but those in
    `until`, up to that moment.
    """

    is_closed: bool
    until: Mapping[int, datetime] = field(default_factory=dict)
    opens_on: date = date.min

    def is_locked_for(self, department_id: int, *, at: datetime) -> bool:
        """Return whether a department's filings are locked at a moment."""
        if at.date() < self.opens_on:
            return True
        return self.is_closed and not self.is_unlocked_for(department_id, at=at)

    def is_locked_for_all(self, department_ids: Iterable[int], *, at: datetime) -> bool:
        return all(self.is_locked_for(number, at=at) for number in department_ids)

    def is_unlocked_for(self, department_id: int, *, at: datetime) -> bool:
        """Return whether the closed quarter is unlocked for a department."""
        return self.is_closed and at < self.until.get(department_id, at)

    def unlocked_until(self, department_ids: Iterable[int], *, at: datetime) -> datetime | None:
        """Return until when the closed quarter is unlocked for at least one of the departments, or None."""
        unlocked = (number for number in department_ids if self.is_unlocked_for(number, at=at))
        return max((self.until[number] for number in unlocked), default=None)


def unlock_problems(until: datetime, reason: str, *, at: datetime) -> dict[str, str]:
    """Return, by field, what is wrong with unlocking a department until a moment."""
    problems = {}
    if until <= at:
        problems["until"] = "解锁到期的时间应晚于现在。"
    elif until > at + LONGEST_UNLOCK:
        problems["until"] = f"一次最多解锁 {LONGEST_UNLOCK.days} 天，到期后可以再次解锁。"
    if problem := text_problem(reason, "理由", REASON_LENGTH, when_empty=NO_REASON):
        problems["reason"] = problem
    return problems


def request_problems(until: date, reason: str, *, on: date) -> dict[str, str]:
    """Return, by field, what is wrong with a request to unlock."""
    problems = {}
    last = on + LONGEST_UNLOCK
    if until < on:
        problems["until"] = f"{day_with_weekday(until)}已经过去，请填今天或以后的日期。"
    elif until > last:
        problems["until"] = f"一次最多解锁 {LONGEST_UNLOCK.days} 天，最晚到{day_with_weekday(last)}。"
    if problem := text_problem(reason, "理由", REASON_LENGTH, when_empty=NO_REQUEST_REASON):
        problems["reason"] = problem
    return problems
