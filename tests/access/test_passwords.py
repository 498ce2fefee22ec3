"""Passwords: the hash's strength, and the rules for new ones."""

from __future__ import annotations

import importlib

import pytest
from argon2 import Type, extract_parameters

from app.access import passwords
from app.access.rules import password_problem


def test_the_real_hasher_is_argon2id_at_the_recommended_strength() -> None:
    real = importlib.reload(passwords).HASHER
    parameters = extract_parameters(real.hash("x"))
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19_456
    assert (parameters.time_cost, parameters.parallelism) == (2, 1)


def test_generated_passwords_satisfy_the_rules_and_differ() -> None:
    made = {passwords.generate_password() for _ in range(50)}
    assert len(made) == 50
    assert all(password_problem(one, username="office") is None for one in made)


@pytest.mark.parametrize(
    "password", ["Short-1", "onlylowercase", "filer01-Aa-99999", "Huayang-Road-2026", "123456789012"]
)
def test_weak_passwords_are_named(password: str) -> None:
    assert password_problem(password, username="filer01")
