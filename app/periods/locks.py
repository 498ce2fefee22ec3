"""What closing a quarter locks, and for whom the office unlocks it for a time: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.base.text import REASON_LENGTH, text_problem
from app.periods.rules import LONGEST_UNLOCK

NO_REOPENING_REASON = "请写明为什么重新开启，会记录在案。"
NO_REASON = "请写明为什么解锁，会记录在案。"


@dataclass(frozen=True)
class PeriodLock:
    """The lock on a quarter: it holds for everybody until filing begins.

    Closed, it holds for every department but those in `until`, up to that moment.
    """

    is_closed: bool
    until: Mapping[int, datetime] = field(default_factory=dict)
    opens_on: date = date.min

    def is_locked_for(self, department_id: int, *, at: datetime) -> bool:
        """Return whether nothing of a department's filing can move at that moment."""
        if at.date() < self.opens_on:
            return True
        return self.is_closed and not self.is_unlocked_for(department_id, at=at)

    def is_locked_for_all(self, department_ids: Iterable[int], *, at: datetime) -> bool:
        return all(self.is_locked_for(number, at=at) for number in department_ids)

    def is_unlocked_for(self, department_id: int, *, at: datetime) -> bool:
        """Return whether the office has unlocked the closed quarter for a department."""
        return self.is_closed and at < self.until.get(department_id, at)

    def unlocked_until(self, department_ids: Iterable[int], *, at: datetime) -> datetime | None:
        """Return until when the closed quarter is unlocked for one of the departments at least, if it is."""
        unlocked = (number for number in department_ids if self.is_unlocked_for(number, at=at))
        return max((self.until[number] for number in unlocked), default=None)


def unlock_problems(until: datetime, reason: str, *, at: datetime) -> dict[str, str]:
    """Return, by field, what is wrong with unlocking a department at one moment until another."""
    problems = {}
    if until <= at:
        problems["until"] = "解锁到期的时间应晚于现在。"
    elif until > at + LONGEST_UNLOCK:
        problems["until"] = f"一次最多解锁 {LONGEST_UNLOCK.days} 天，到期后可以再次解锁。"
    if problem := text_problem(reason, "理由", REASON_LENGTH, when_empty=NO_REASON):
        problems["reason"] = problem
    return problems
