"""One's own password: a wrong old one counts as at the door, a worn-out one is changed first, no change gets lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.access import operations, password_rules
from app.access.models import Account, LoginSession
from app.access.operations import LoginRefused
from app.access.password_rules import RULES
from app.access.rules import Lockout
from app.audit.models import Event
from app.audit.rules import SYSTEM
from app.clock import now
from app.errors import BadInput
from tests.clients import browser, log_in
from tests.databases import on_both
from tests.world import PASSWORD, World

NEW = "Another-Staple-77"
HTMX_AUTOSAVE = {"X-Autosave": "true"}


def account_of(world: World) -> Account:
    return Account.get_by_id(world.users["filer"].account_id)


def test_five_wrong_old_passwords_lock_the_account_and_each_is_on_record(app: Flask, world: World) -> None:
    client = log_in(app, world, "filer")
    for _ in range(5):
        answer = client.post("/password", data={"old": "wrong", "new": NEW, "again": NEW})
        assert (answer.status_code, "原密码不正确" in answer.text) == (422, True)
    assert Event.select().where(Event.action == "change_password_refused").count() == 5
    assert account_of(world).locked_until is not None
    right = client.post("/password", data={"old": PASSWORD, "new": NEW, "again": NEW})
    assert right.status_code == 422
    door = browser(app)
    door.get("/login")
    name = world.users["filer"].username
    assert door.post("/login", data={"username": name, "password": PASSWORD}).status_code == 401


@on_both
def test_a_password_changed_while_another_change_was_being_checked_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, other = account_of(world), "Quite-Another-99"

    def change_meanwhile(password: str) -> str:
        monkeypatch.undo()
        operations.change_password(account_of(world), old=PASSWORD, new=other, by=SYSTEM)
        return operations.hash_password(password)

    monkeypatch.setattr(operations, "hash_password", change_meanwhile)
    with pytest.raises(BadInput, match="刚刚被改过"):
        operations.change_password(account, old=PASSWORD, new=NEW, by=SYSTEM)
    assert operations.matches(other, account_of(world).password_hash)


@on_both
def test_a_password_changed_while_a_log_in_was_being_checked_opens_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = operations.matches

    def change_meanwhile(password: str, hashed: str) -> bool:
        monkeypatch.undo()
        operations.reset_password(account_of(world), password=NEW, by=SYSTEM)
        return verify(password, hashed)

    monkeypatch.setattr(operations, "matches", change_meanwhile)
    with pytest.raises(LoginRefused):
        operations.log_in(account_of(world).username, PASSWORD, address="", lockout=Lockout())
    assert not LoginSession.select().exists()


@pytest.mark.parametrize(("rule", "is_due"), [("classic", True), ("modern", False)])
def test_a_password_that_is_worn_out_is_changed_before_anything_else(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch, rule: str, is_due: bool
) -> None:
    monkeypatch.setattr(password_rules.in_force, "rule", RULES[rule])
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
