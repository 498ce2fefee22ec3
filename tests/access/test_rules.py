"""How long failures make one wait, which of them are written down, and for how long a place is known."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.access.rules import (
    ADDRESS_DELAY,
    ADDRESS_LOCKED_AFTER,
    ADDRESS_LOCKED_FOR,
    KNOWN_FOR,
    NAME_DELAY,
    DelayRule,
    FailureCount,
    account_problems,
    email_problem,
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
    assert timedelta(days=90) == KNOWN_FOR


def test_the_log_names_failures_ever_more_rarely() -> None:
    assert [failures for failures in range(1, 70) if is_recorded(failures)] == [1, 2, 4, 8, 16, 32, 64]


def test_a_new_account_is_named_within_its_columns() -> None:
    assert not any(account_problems("a1", "席" * 64, "名" * 30).values())
    problems = account_problems("a", "席" * 65, "名" * 31)
    assert problems["username"].startswith("用户名写 2 至 32 个")
    assert problems["seat"] == "席位共 65 字，请控制在 64 字以内。"
    assert problems["person"] == "姓名共 31 字，请控制在 30 字以内。"
    assert [bool(account_problems("a" * length, "席", "名")["username"]) for length in (32, 33)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(("length", "is_one"), [(254, True), (255, False)])
def test_a_mail_address_is_as_long_as_mail_takes_it(length: int, is_one: bool) -> None:
    address = "a" * (length - len("@example.gov.cn")) + "@example.gov.cn"
    assert (email_problem(address) is None) is is_one
    assert email_problem("张三@example.gov.cn") and email_problem("a@b@c")
