"""Passwords: the hash's strength, and the rules for new ones."""

from __future__ import annotations

import runpy
from datetime import datetime, timedelta

import pytest
from argon2 import Type, extract_parameters

from app.access import passwords
from app.access.password_rules import RULES


def test_the_real_hasher_is_argon2id_at_the_recommended_strength() -> None:
    real = runpy.run_path(passwords.__file__)["HASHER"]
    parameters = extract_parameters(real.hash("x"))
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19_456
    assert (parameters.time_cost, parameters.parallelism) == (2, 1)


def test_generated_passwords_satisfy_the_rules_and_differ() -> None:
    made = {passwords.generate_password() for _ in range(50)}
    assert len(made) == 50
    assert [rule.problem(one, username="office") for rule in RULES.values() for one in made] == [None] * 100


@pytest.mark.parametrize(
    "password", ["Short-1", "onlylowercase", "filer01-Aa-99999", "Huayang-Road-2026", "123456789012"]
)
def test_weak_passwords_are_named(password: str) -> None:
    assert RULES["classic"].problem(password, username="filer01")


def test_the_modern_rule_asks_for_length_and_for_nothing_common_and_never_for_another() -> None:
    modern, long_ago = RULES["modern"], datetime(2020, 1, 1)
    assert modern.problem("correct horse battery", username="filer01") is None
    assert "至少 15 个字符" in (modern.problem("Short-Enough-7", username="filer01") or "")
    assert modern.problem("my password is long", username="filer01")
    assert not modern.is_too_old(long_ago, at=datetime(2026, 1, 1))
    assert modern.words == "至少 15 个字符。"


@pytest.mark.parametrize(("days", "is_too_old"), [(89, False), (90, True), (400, True)])
def test_the_classic_rule_lets_a_password_live_ninety_days(days: int, is_too_old: bool) -> None:
    set_at = datetime(2026, 1, 1, 9, 0)
    assert RULES["classic"].is_too_old(set_at, at=set_at + timedelta(days=days)) is is_too_old
    assert RULES["classic"].words.endswith("至少三类，每 90 天更换一次。")
