"""Log-ins: what ends them ends them at the next request, and nothing of before or after is worth anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.access.login.attempts import hash_of_token
from app.access.models import Account, Grant, LoginSession
from app.access.operations import disable_account, replace_password, reset_password
from app.access.passwords import hashes as password_hashes
from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at, now, today
from app.base.settings.settings import Settings
from tests.clients import (
    Browser,
    browser,
    count_queries,
    log_in,
)
from tests.databases import on_both
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
        lambda account: disable_account(account, by=SAMPLE_LOADER),
        lambda account: reset_password(account, password=NEW, by=SAMPLE_LOADER),
        lambda account: replace_password(account, account.password_hash, "new", by=SAMPLE_LOADER),
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


def test_a_new_log_in_in_the_same_browser_ends_the_old_one(app: Flask, world: World) -> None:
    client = log_in(app, world, "filer")
    old, name = cookie(client), world.users["head"].username
    client.delete_cookie(COOKIE)
    client.get("/login")
    client.post("/login", data={"username": name, "password": PASSWORD})
    assert client.get("/filings").status_code == 200
    assert is_out(with_cookie(app, old))
    assert living(world) == 0
    assert Event.get(Event.action == "end_session").summary == "同一浏览器重新登录"


def test_who_logs_in_twelve_times_in_a_row_has_one_log_in(app: Flask, world: World) -> None:
    client = log_in(app, world, "filer")
    sent = {"username": world.users["filer"].username, "password": PASSWORD}
    for _ in range(11):
        assert client.post("/login", data=sent).status_code == 303
        client.get("/password")
    assert living(world) == 1


@on_both
def test_an_account_has_so_many_log_ins_at_once_and_the_oldest_ends(
    app: Flask, world: World, settings: Settings
) -> None:
    app = create_app(replace(settings, sessions_per_account=3))
    clients = []
    for minute in range(12):
        with clock_stopped_at(now() + timedelta(minutes=minute)):
            clients.append(log_in(app, world, "filer"))
    assert [is_out(client) for client in clients] == [True] * 9 + [False] * 3
    ended = list(Event.select().where(Event.action == "end_session"))
    assert [event.summary for event in ended] == ["同时登录超过 3 处，结束最早的一处（127.0.0.1）"] * 9


def test_one_sees_ones_log_ins_and_ends_them(app: Flask, world: World) -> None:
    first, second, third = (log_in(app, world, "filer") for _ in range(3))
    other = log_in(app, world, "head")
    page = third.get("/sessions").text
    assert page.count('的登录"') == 3
    assert page.count("（本次登录）") == 1
    assert "127.0.0.1" in page
    ids = [row.id for row in LoginSession.select().order_by(LoginSession.id)]
    assert third.post(f"/sessions/{ids[0]}/end").status_code == 303
    assert [is_out(client) for client in (first, second, third)] == [True, False, False]
    assert third.post(f"/sessions/{ids[0]}/end").status_code == 404
    assert third.post(f"/sessions/{ids[3]}/end").status_code == 404
    assert third.post("/sessions/end-others").location == "/sessions"
    assert "已结束其他 1 处登录" in third.get("/sessions").text
    assert [is_out(client) for client in (second, third, other)] == [True, False, False]
    assert third.post(f"/sessions/{ids[2]}/end").location == "/login"
    assert is_out(third)
    assert Event.select().where(Event.action == "end_session").count() == 3


def test_a_log_in_that_grew_too_old_is_not_listed(app: Flask, world: World) -> None:
    log_in(app, world, "filer")
    LoginSession.update(seen_at=now() - timedelta(minutes=31)).execute()
    assert log_in(app, world, "filer").get("/sessions").text.count('的登录"') == 1


def living(world: World) -> int:
    alive = LoginSession.ended_at.is_null() & (LoginSession.account == account_of(world, "filer"))
    return LoginSession.select().where(alive).count()


@pytest.mark.parametrize("plain_http", [True, False])
def test_the_cookie_that_makes_a_browser_known_is_closed_to_scripts_and_other_sites(
    world: World, settings: Settings, plain_http: bool
) -> None:
    client = browser(create_app(replace(settings, plain_http=plain_http)))
    base = f"http{'' if plain_http else 's'}://localhost"
    client.get("/login", base_url=base)
    sent = {"username": world.users["filer"].username, "password": PASSWORD}
    answer = client.post("/login", data=sent, base_url=base, headers={"Referer": f"{base}/login"})
    name = "browser" if plain_http else "__Host-browser"
    set_cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{name}="))
    marks = {mark.strip() for mark in set_cookie.split(";")[1:]}
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= marks
    assert ("Secure" in marks) is not plain_http
    secret = set_cookie.split("=")[1].split(";")[0]
    assert LoginSession.get().browser_hash == hash_of_token(secret)


@pytest.mark.parametrize("is_waiting", [False, True])
@pytest.mark.parametrize("state", ["unknown", "wrong", "disabled and right"])
def test_a_refused_log_in_says_and_costs_the_same_whatever_the_reason(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch, state: str, is_waiting: bool
) -> None:
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002  (the library's name)
            checked.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(password_hashes, "HASHER", Counting(time_cost=1, memory_cost=8, parallelism=1))
    account = account_of(world, "filer")
    if "disabled" in state:
        Account.update(disabled_at=now()).where(Account.id == account.id).execute()
    sent = {"username": "nobody" if state == "unknown" else account.username}
    sent["password"] = PASSWORD if "right" in state else "Wrong"
    client = browser(app)
    blank = client.get("/login").text
    for _ in range(4 * is_waiting):
        assert client.post("/login", data=sent).status_code == 401
    checked.clear()
    with count_queries() as statements:
        answer = client.post("/login", data=sent)
    assert (answer.status_code, len(checked)) == ((429, 0) if is_waiting else (401, 1))
    assert all(hashed.startswith("$argon2id$") for hashed in checked)
    assert ("请过 1 秒再试" if is_waiting else "用户名或密码不正确") in answer.text
    # The second write is what makes an answer as slow for a name that nobody has.
    written = [one.split()[0] for one in statements if "login_failure" in one and "SELECT" not in one]
    assert written == (["UPDATE"] if is_waiting else ["DELETE", "INSERT", "UPDATE", "UPDATE"])
    assert "登录没有成功" not in blank


def test_the_hash_of_nobody_is_as_strong_as_anybodys() -> None:
    parameters = [hashed.rsplit("$", 2)[0] for hashed in (password_hashes.NOBODYS_HASH, real_hash())]
    assert parameters[0] == parameters[1]


def real_hash() -> str:
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash("x")
