"""Reverse proxies in front: only as many of their words are believed as there are such proxies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import create_app
from app.access.models import LoginFailure
from app.base.settings.settings import Settings
from tests.clients import browser
from tests.world import World

FORWARDED = {"X-Forwarded-For": "203.0.113.9, 10.0.0.7"}


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "127.0.0.1"), (1, "10.0.0.7"), (2, "203.0.113.9"), (3, "127.0.0.1")]
)
def test_a_failure_counts_for_the_address_that_our_own_proxies_saw(
    world: World, settings: Settings, proxies: int, address: str
) -> None:
    client = browser(create_app(replace(settings, trusted_proxies=proxies)))
    client.get("/login")
    client.post("/login", data={"username": "nobody", "password": "wrong"}, headers=FORWARDED)
    assert LoginFailure.get().address == address
