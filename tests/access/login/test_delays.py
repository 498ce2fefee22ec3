"""How long failed log-ins make one wait, and which of them are written down."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.access.login.delays import (
    ADDRESS_DELAY,
    ADDRESS_LOCKED_AFTER,
    ADDRESS_LOCKED_FOR,
    NAME_DELAY,
    DelayRule,
    FailureCount,
    is_recorded,
)

MOMENT = datetime(2026, 9, 14, 9, 30)
QUARTER_HOUR = 15 * 60


@pytest.mark.parametrize(("rule", "free"), [(NAME_DELAY, 3), (ADDRESS_DELAY, 20)])
def test_a_wait_doubles_after_what_is_free_and_ends_at_a_quarter_of_an_hour(
    rule: DelayRule, free: int
) -> None:
    waits = [rule.wait_after(failures).total_seconds() for failures in range(free - 1, free + 13)]
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, QUARTER_HOUR, QUARTER_HOUR]
    assert [n for n in range(60) if rule.reaches_longest(n)] == [free + 11]
    assert rule.wait_after(10_000).total_seconds() == QUARTER_HOUR


def test_what_is_left_of_a_wait_runs_out_and_is_forgotten() -> None:
    count = FailureCount(6, MOMENT)
    left = [
        NAME_DELAY.wait_at(count, MOMENT + timedelta(seconds=seconds)).total_seconds() for seconds in range(6)
    ]
    assert left == [4, 3, 2, 1, 0, 0]
    assert NAME_DELAY.wait_at(FailureCount(), MOMENT) == timedelta(0)
    rule = DelayRule(free=0, longest=timedelta(days=9), memory=timedelta(seconds=3))
    many = FailureCount(4, MOMENT)
    assert [
        rule.wait_at(many, MOMENT + timedelta(seconds=seconds)).total_seconds() for seconds in (2, 3)
    ] == [6, 0]


def test_how_long_things_are_remembered() -> None:
    assert (NAME_DELAY.memory, ADDRESS_DELAY.memory) == (timedelta(days=1), timedelta(minutes=30))
    assert (30, timedelta(minutes=30)) == (ADDRESS_LOCKED_AFTER, ADDRESS_LOCKED_FOR)


def test_the_log_names_failures_ever_more_rarely() -> None:
    assert [failures for failures in range(1, 70) if is_recorded(failures)] == [1, 2, 4, 8, 16, 32, 64]
