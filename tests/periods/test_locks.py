"""The lock that closing puts on a quarter, and what is unlocked in it for a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.base.text import REASON_LENGTH
from app.periods.locks import (
    PeriodLock,
    unlock_problems,
)
from app.periods.rules import LONGEST_UNLOCK

NOON = datetime(2026, 10, 26, 12)
LATER = NOON + timedelta(hours=2)
MOMENT = timedelta(microseconds=1)
MINE, ANOTHER = 1, 2


def test_an_open_quarter_is_locked_for_nobody() -> None:
    lock = PeriodLock(is_closed=False, until={MINE: LATER})
    assert not lock.is_locked_for(MINE, at=NOON)
    assert not lock.is_unlocked_for(MINE, at=NOON)


@pytest.mark.parametrize("at", [NOON, LATER - MOMENT, LATER, LATER + timedelta(days=400)])
def test_a_closed_quarter_is_locked_but_for_whom_it_is_unlocked_until_then(at: datetime) -> None:
    lock = PeriodLock(is_closed=True, until={MINE: LATER})
    assert lock.is_locked_for(ANOTHER, at=at)
    assert lock.is_locked_for(MINE, at=at) is (at >= LATER)
    assert lock.is_unlocked_for(MINE, at=at) is (at < LATER)


def test_it_holds_for_all_of_several_only_while_none_is_unlocked() -> None:
    lock = PeriodLock(is_closed=True, until={MINE: LATER})
    assert not lock.is_locked_for_all([MINE, ANOTHER], at=NOON)
    assert lock.is_locked_for_all([MINE, ANOTHER], at=LATER)


def test_of_several_departments_the_longest_unlock_is_named() -> None:
    lock = PeriodLock(is_closed=True, until={MINE: LATER, ANOTHER: LATER + MOMENT})
    assert lock.unlocked_until([MINE, ANOTHER, 3], at=NOON) == LATER + MOMENT
    assert lock.unlocked_until([MINE], at=LATER) is None
    assert lock.unlocked_until([3], at=NOON) is None


@pytest.mark.parametrize(
    ("until", "reason", "field", "sentence"),
    [
        (NOON, "补报", "until", "应晚于现在"),
        (NOON - MOMENT, "补报", "until", "应晚于现在"),
        (NOON + LONGEST_UNLOCK + MOMENT, "补报", "until", "最多解锁 30 天"),
        (LATER, "", "reason", "为什么解锁"),
        (LATER, "长" * (REASON_LENGTH + 1), "reason", "共 201 字"),
    ],
)
def test_what_cannot_be_unlocked_says_why(until: datetime, reason: str, field: str, sentence: str) -> None:
    problems = unlock_problems(until, reason, at=NOON)
    assert list(problems) == [field]
    assert sentence in problems[field]


def test_an_unlock_up_to_the_longest_is_right() -> None:
    assert unlock_problems(NOON + LONGEST_UNLOCK, "长" * REASON_LENGTH, at=NOON) == {}
