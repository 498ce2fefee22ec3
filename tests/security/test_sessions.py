"""Log-ins: what ends them ends them at the next request, and nothing of before or after is worth anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from app.access import operations, passwords
from app.access.models import Account, Grant
from app.access.operations import disable, reset_password
from app.audit.rules import SYSTEM
from app.clock import now, today
from tests.clients import Browser, browser, log_in
from tests.world import PASSWORD, World

COOKIE = "session"
NEW = "Another-Staple-77"


def account_of(world: World, who: str) -> Account:
    return Account.get_by_id(world.users[who].account_id)


def cookie(client: FlaskClient) -> str:
    held = client.get_cookie(COOKIE)
    assert held is not None
    return held.value


def with_cookie(app: Flask, value: str) -> Browser:
    """Return a browser that somebody else's cookie was put into."""
    thief = browser(app)
    thief.set_cookie(COOKIE, value)
    return thief


def is_out(client: Browser) -> bool:
    answer = client.get("/filings")
    return answer.status_code == 303 and answer.location.startswith("/login?next=")


@pytest.mark.parametrize(
    "end",
    [
        lambda account: disable(account, by=SYSTEM),
        lambda account: reset_password(account, password=NEW, by=SYSTEM),
        lambda account: operations.change_password(account, old=PASSWORD, new=NEW, by=SYSTEM),
        lambda account: Account.update(disabled_at=now()).where(Account.id == account.id).execute(),
    ],
)
def test_every_log_in_of_an_account_ends_at_once(
    app: Flask, world: World, end: Callable[[Account], object]
) -> None:
    here, there, other = (log_in(app, world, who) for who in ("filer", "filer", "filer:城管办"))
    assert here.get("/filings").status_code == 200
    end(account_of(world, "filer"))
    assert is_out(here)
    assert is_out(there)
    assert other.get("/filings").status_code == 200


def test_the_cookie_of_before_the_log_out_is_dead(app: Flask, world: World) -> None:
    client = log_in(app, world, "filer")
    stolen = cookie(client)
    assert with_cookie(app, stolen).get("/filings").status_code == 200
    client.post("/logout")
    assert is_out(with_cookie(app, stolen))


def test_a_grant_that_has_run_out_opens_nothing_from_the_next_request_on(app: Flask, world: World) -> None:
    client = log_in(app, world, "office")
    assert client.get("/review").status_code == 200
    over = Grant.account == world.users["office"].account_id
    Grant.update(valid_until=today() - timedelta(days=1)).where(over).execute()
    assert client.get("/review").status_code == 403


def test_nothing_of_the_session_before_the_log_in_lives_on(app: Flask, world: World) -> None:
    client = browser(app)
    client.get("/login")
    planted, token = cookie(client), client.token
    name = world.users["filer"].username
    client.post("/login", data={"username": name, "password": PASSWORD})
    assert cookie(client) != planted
    assert is_out(with_cookie(app, planted))
    assert client.post("/notices/read", data={"csrf_token": token}).status_code == 400


def test_each_log_in_has_a_token_of_its_own_and_a_forged_one_opens_nothing(app: Flask, world: World) -> None:
    first, second = log_in(app, world, "filer"), log_in(app, world, "filer")
    assert cookie(first) != cookie(second)
    name, signed = cookie(first)[:-4], cookie(first)[-4:]
    assert is_out(with_cookie(app, name + signed[::-1]))


@pytest.mark.parametrize("state", ["unknown", "wrong", "locked", "locked and right", "disabled and right"])
def test_a_refused_log_in_costs_one_verification_and_says_the_same_whatever_the_reason(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002  (the library's name)
            checked.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "HASHER", Counting(time_cost=1, memory_cost=8, parallelism=1))
    account = account_of(world, "filer")
    changes = {"locked": {"locked_until": now() + timedelta(minutes=9)}, "disabled": {"disabled_at": now()}}
    for word, change in changes.items():
        if word in state:
            Account.update(change).where(Account.id == account.id).execute()
    name = "nobody" if state == "unknown" else account.username
    door = browser(app)
    blank = door.get("/login").text
    answer = door.post(
        "/login", data={"username": name, "password": PASSWORD if "right" in state else "Wrong"}
    )
    assert (answer.status_code, len(checked)) == (401, 1)
    assert checked[0].startswith("$argon2id$")
    assert "用户名或密码不正确，或账号暂时锁定" in answer.text
    assert "登录没有成功" not in blank


def test_the_hash_of_nobody_is_as_strong_as_anybodys() -> None:
    parameters = [hashed.rsplit("$", 2)[0] for hashed in (passwords.NOBODYS_HASH, real_hash())]
    assert parameters[0] == parameters[1]


def real_hash() -> str:
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash("x")
