"""How long a password must be, of how many kinds of characters, how long it lasts, and when it may be changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations

import pytest

from app.access.passwords.rules import REMEMBERED_PASSWORDS, PasswordRule, changeable_from

KINDS = ("大", "小", "数", "符")
CHARACTERS = dict(zip(KINDS, ("AB", "ab", "12", "#-"), strict=True))
MOMENT = datetime(2026, 9, 14, 9, 30)


@pytest.mark.parametrize("asked", [1, 2, 3, 4])
@pytest.mark.parametrize("kinds", [chosen for count in range(1, 5) for chosen in combinations(KINDS, count)])
def test_a_password_is_of_at_least_so_many_kinds(asked: int, kinds: tuple[str, ...]) -> None:
    password = "".join(CHARACTERS[kind] for kind in kinds) * 4
    problem = f"密码须含大写字母、小写字母、数字、符号中的至少{'一二三四'[asked - 1]}类。"
    assert PasswordRule(8, asked, None).problem_of(password) == (None if len(kinds) >= asked else problem)


@pytest.mark.parametrize(
    ("length", "problem"), [(7, "密码至少 8 个字符，请再长一些。"), (8, None), (9, None)]
)
def test_a_password_is_at_least_so_long(length: int, problem: str | None) -> None:
    assert PasswordRule(8, 1, None).problem_of("a" * length) == problem


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        (PasswordRule(15, 1, None), "至少 15 个字符。"),
        (PasswordRule(8, 2, None), "至少 8 个字符，含大写字母、小写字母、数字、符号中的至少二类。"),
        (PasswordRule(8, 1, timedelta(days=30)), "至少 8 个字符，每 30 天更换一次。"),
    ],
)
def test_the_hint_says_what_is_asked_for(rule: PasswordRule, hint: str) -> None:
    assert rule.rule_hint == rule.rule_sentences[0] == hint
    assert f"最近用过的 {REMEMBERED_PASSWORDS} 个密码" in rule.rule_sentences[-1]


@pytest.mark.parametrize(
    ("lasts", "age", "is_too_old"),
    [
        (timedelta(days=90), timedelta(days=90) - timedelta(seconds=1), False),
        (timedelta(days=90), timedelta(days=90), True),
        (None, timedelta(days=9000), False),
    ],
)
def test_a_password_lasts_so_long(lasts: timedelta | None, age: timedelta, is_too_old: bool) -> None:
    assert PasswordRule(8, 1, lasts).is_too_old(MOMENT - age, at=MOMENT) is is_too_old


@pytest.mark.parametrize(
    ("chosen", "since"),
    [
        (None, None),
        (MOMENT - timedelta(days=1), None),
        (MOMENT - timedelta(hours=23), MOMENT + timedelta(hours=1)),
        (MOMENT, MOMENT + timedelta(days=1)),
    ],
)
def test_a_password_of_ones_own_is_changed_a_day_later(
    chosen: datetime | None, since: datetime | None
) -> None:
    assert changeable_from(chosen, at=MOMENT) == since
