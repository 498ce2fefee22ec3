"""Logging in, being refused, being locked out, logging out, changing the password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.access.models import Account, LoginSession
from app.audit.models import Event
from app.base.clock import now
from tests.clients import browser, log_in
from tests.world import PASSWORD, World

NEW = "Another-Staple-77"


def test_the_right_password_logs_in_and_the_log_knows(app: Flask, world: World) -> None:
    client = log_in(app, world, "filer")
    assert client.get("/password").status_code == 200
    assert Event.select().where(Event.action == "log_in").count() == 1


def test_unknown_user_and_wrong_password_get_the_same_words(app: Flask, world: World) -> None:
    client = browser(app)
    client.get("/login")
    answers = [
        client.post("/login", data={"username": name, "password": "wrong"})
        for name in ("nobody", world.users["filer"].username)
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert all("用户名或密码不正确" in answer.text for answer in answers)


@pytest.mark.parametrize("aged", [{"seen_at": timedelta(minutes=31)}, {"started_at": timedelta(hours=9)}])
def test_an_idle_or_old_log_in_ends(app: Flask, world: World, aged: dict[str, timedelta]) -> None:
    client = log_in(app, world, "filer")
    LoginSession.update({name: now() - age for name, age in aged.items()}).execute()
    answer = client.get("/password")
    assert answer.status_code == 303
    assert answer.location.startswith("/login?next=")
    sent = client.post("/password", htmx=True)
    assert sent.status_code == 401
    assert "请重新登录" in sent.text
    assert sent.headers["HX-Retarget"] == "#problem"


def test_leaving_kills_the_log_in_on_the_server(app: Flask, world: World) -> None:
    client = log_in(app, world, "filer")
    assert client.post("/logout").status_code == 303
    assert LoginSession.get().ended_at is not None
    assert client.get("/password").status_code == 303


def test_a_new_password_ends_every_log_in_and_is_the_only_one_that_works(app: Flask, world: World) -> None:
    here, there = log_in(app, world, "filer"), log_in(app, world, "filer")
    answer = here.post("/password", data={"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 303
    assert there.get("/password").status_code == 303
    name = world.users["filer"].username
    client = browser(app)
    client.get("/login")
    assert client.post("/login", data={"username": name, "password": PASSWORD}).status_code == 401
    assert client.post("/login", data={"username": name, "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("wrong", NEW, "密码不正确"),
        (PASSWORD, "short", "密码至少 12 个字符"),
        (PASSWORD, "alllowercaseletters", "至少三类"),
        (PASSWORD, "Password-Password-1", "容易被猜到"),
        (PASSWORD, PASSWORD, "最近用过"),
    ],
)
def test_a_bad_new_password_is_refused_with_its_reason(
    app: Flask, world: World, old: str, new: str, sentence: str
) -> None:
    client = log_in(app, world, "filer")
    answer = client.post("/password", data={"old": old, "new": new, "again": new})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_who_must_change_the_password_gets_nowhere_else_first(app: Flask, world: World) -> None:
    Account.update(must_change_password=True).execute()
    client = log_in(app, world, "filer")
    assert client.get("/").location == "/password"


def test_no_redirect_leads_to_another_site(app: Flask, world: World) -> None:
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        client = browser(app)
        client.get("/login")
        data = {"username": world.users["filer"].username, "password": PASSWORD}
        assert client.post("/login", query_string={"next": target}, data=data).location == "/"


def test_a_form_sent_after_the_log_in_has_run_out_asks_for_it_and_shows_what_was_typed(
    app: Flask, world: World
) -> None:
    words = "三季度走访企业57家，形成线索21条。"
    client = log_in(app, world, "filer")
    LoginSession.update(ended_at=now()).execute()
    answer = client.post(f"/filings/{world.filing(1).id}", data={"progress": words})
    assert answer.status_code == 401
    assert "去登录" in answer.text
    assert words in answer.text


def test_a_form_without_token_is_refused_with_a_sentence(app: Flask, world: World) -> None:
    client = browser(app)
    answer = client.post("/login", data={"csrf_token": "forged", "username": "filer-1", "password": PASSWORD})
    assert answer.status_code == 400
    assert "请刷新页面" in answer.text
