"""One's own password: a wrong old one counts as at the door, a worn-out one is changed first, no change gets lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app import create_app
from app.access import attempts, operations, passwords, sessions
from app.access.models import Account, LoginSession
from app.access.rules import NAME_DELAY, Origin
from app.access.sessions import LoginRefused
from app.audit.models import Event
from app.audit.rules import SYSTEM
from app.clock import now, standing_at
from app.config import Settings
from app.errors import FieldProblems
from tests.clients import log_in
from tests.databases import on_both
from tests.world import PASSWORD, World

NEW = "Another-Staple-77"
HTMX_AUTOSAVE = {"X-Autosave": "true"}


def change(app: Flask, account: Account, new: str) -> None:
    origin, settings = Origin("127.0.0.1"), app.config["SETTINGS"]
    operations.change_password(account, old=PASSWORD, new=new, by=SYSTEM, origin=origin, settings=settings)


def account_of(world: World) -> Account:
    return Account.get_by_id(world.users["filer"].account_id)


def test_wrong_old_passwords_make_one_wait_also_for_the_log_in_and_are_on_record(
    app: Flask, world: World
) -> None:
    client, name = log_in(app, world, "filer"), world.users["filer"].username
    for _ in range(NAME_DELAY.free + 1):
        answer = client.post("/password", data={"old": "wrong", "new": NEW, "again": NEW})
        assert (answer.status_code, "密码不正确" in answer.text) == (422, True)
    assert Event.select().where(Event.action == "change_password_refused").count() == 3
    right = client.post("/password", data={"old": PASSWORD, "new": NEW, "again": NEW})
    assert (right.status_code, right.headers["Retry-After"]) == (429, "1")
    assert "请过 1 秒再试" in right.text
    client.post("/logout")
    client.get("/login")
    assert client.post("/login", data={"username": name, "password": PASSWORD}).status_code == 429
    with standing_at(now() + timedelta(seconds=1)):
        assert client.post("/login", data={"username": name, "password": PASSWORD}).status_code == 303


@on_both
def test_a_password_changed_while_another_change_was_being_checked_stays(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, other = account_of(world), "Quite-Another-99"

    def change_meanwhile(password: str) -> str:
        monkeypatch.undo()
        change(app, account_of(world), other)
        return operations.hash_password(password)

    monkeypatch.setattr(operations, "hash_password", change_meanwhile)
    with pytest.raises(FieldProblems) as refused:
        change(app, account, NEW)
    assert "刚刚被改过" in refused.value.fields["old"]
    assert passwords.matches(other, account_of(world).password_hash)


@on_both
def test_a_password_changed_while_a_log_in_was_being_checked_opens_nothing(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = passwords.matches

    def change_meanwhile(password: str, hashed: str) -> bool:
        monkeypatch.undo()
        operations.reset_password(account_of(world), password=NEW, by=SYSTEM)
        return verify(password, hashed)

    monkeypatch.setattr(attempts, "matches", change_meanwhile)
    with pytest.raises(LoginRefused):
        sessions.log_in(
            account_of(world).username, PASSWORD, origin=Origin(""), settings=app.config["SETTINGS"]
        )
    assert not LoginSession.select().exists()


@pytest.mark.parametrize(("rule", "is_due"), [("classic", True), ("modern", False)])
def test_a_password_that_is_too_old_is_changed_before_anything_else(
    world: World, settings: Settings, rule: str, is_due: bool
) -> None:
    app = create_app(replace(settings, password_rule=rule))
    Account.update(password_set_at=now() - timedelta(days=91)).execute()
    client = log_in(app, world, "filer")
    answer = client.get("/filings")
    assert (answer.status_code, answer.location) == ((303, "/password") if is_due else (200, None))
    if is_due:
        assert "用满期限" in client.get("/password").text
        client.post("/password", data={"old": PASSWORD, "new": NEW, "again": NEW})
        assert not account_of(world).must_change_password


def test_a_page_that_is_being_written_is_not_led_away_from(app: Flask, world: World) -> None:
    client, filing = log_in(app, world, "filer"), world.filing(1)
    Account.update(must_change_password=True).execute()
    data = {"progress": "还没有保存的一句话。", "version": str(filing.version)}
    answer = client.post(f"/filings/{filing.id}", data=data, htmx=True, headers=HTMX_AUTOSAVE)
    assert answer.status_code == 401
    assert "请先修改密码" in answer.text
    assert "HX-Redirect" not in answer.headers
    assert world.filing(1).is_blank
