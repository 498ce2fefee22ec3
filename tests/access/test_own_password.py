"""One's own password: a wrong old one counts as at the log-in, one too old is changed first, no change gets lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app import create_app
from app.access import operations
from app.access.login import attempts as login_attempts
from app.access.login import operations as login
from app.access.login.delays import NAME_DELAY, LoginOrigin
from app.access.login.operations import LoginRefused
from app.access.models import Account, LoginSession
from app.access.passwords import hashes as password_hashes
from app.access.queries import user_of
from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at, now
from app.base.errors import FieldProblems
from app.base.settings.settings import Settings
from tests.clients import log_in
from tests.databases import on_both
from tests.world import PASSWORD, World

NEW, OTHER = "Another-Staple-77", "Quite-Another-99"
HTMX_AUTOSAVE = {"X-Autosave": "true"}


def change(app: Flask, account: Account, new: str, old: str = PASSWORD) -> None:
    origin, settings = LoginOrigin("127.0.0.1"), app.config["SETTINGS"]
    operations.change_password(
        account, old=old, new=new, by=user_of(account), origin=origin, settings=settings
    )


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
    with clock_stopped_at(now() + timedelta(seconds=1)):
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
    assert password_hashes.password_matches(other, account_of(world).password_hash)


@on_both
def test_a_password_changed_while_a_log_in_was_being_checked_opens_nothing(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = password_hashes.password_matches

    def change_meanwhile(password: str, hashed: str) -> bool:
        monkeypatch.undo()
        operations.reset_password(account_of(world), password=NEW, by=SAMPLE_LOADER)
        return verify(password, hashed)

    monkeypatch.setattr(login_attempts, "password_matches", change_meanwhile)
    with pytest.raises(LoginRefused):
        login.log_in(
            account_of(world).username, PASSWORD, origin=LoginOrigin(""), settings=app.config["SETTINGS"]
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


def test_a_password_of_ones_own_cannot_be_changed_again_within_a_day(app: Flask, world: World) -> None:
    client, name = log_in(app, world, "filer"), world.users["filer"].username
    nine = datetime(2026, 10, 9, 9)
    with clock_stopped_at(nine):
        assert client.post("/password", data={"old": PASSWORD, "new": NEW, "again": NEW}).status_code == 303
    with clock_stopped_at(nine + timedelta(hours=23, minutes=59)):
        client.get("/login")
        client.post("/login", data={"username": name, "password": NEW})
        page = client.get("/password").text
        assert "2026年10月10日 09:00以后才能再改" in page
        assert 'name="new"' not in page
        again = client.post("/password", data={"old": NEW, "new": OTHER, "again": OTHER})
        assert (again.status_code, "10月10日 09:00以后才能再改" in again.text) == (422, True)
    with clock_stopped_at(nine + timedelta(days=1)):
        assert 'name="new"' in client.get("/password").text
        again = client.post("/password", data={"old": NEW, "new": OTHER, "again": OTHER})
        assert again.status_code == 303


def test_a_password_that_was_given_is_changed_at_once(app: Flask, world: World) -> None:
    change(app, account_of(world), NEW)
    operations.reset_password(account_of(world), password=OTHER, by=SAMPLE_LOADER)
    assert account_of(world).must_change_password
    change(app, account_of(world), "Yet-Another-Lantern-31", old=OTHER)
    assert not account_of(world).must_change_password


def test_the_page_says_beforehand_what_is_asked_for_and_marks_every_field_as_required(
    app: Flask, world: World
) -> None:
    page = log_in(app, world, "filer").get("/password").text
    rules, form = page.index('id="password-rules"'), page.index('name="old"')
    shown = page[rules:form]
    for words in ("至少 12 个字符", "不容易被猜到", "最近用过的 5 个密码", "一天之内不能再改"):
        assert words in shown
    fields = re.findall(r"<input[^>]*type=\"password\"[^>]*>", page)
    assert len(fields) == 3
    assert all(" required" in field for field in fields)
    assert (page.count("（必填）"), "选填" in page) == (3, False)


def test_a_password_made_of_the_offices_names_is_refused(app: Flask, world: World) -> None:
    client = log_in(app, world, "filer")
    for new in ("Shilijiedao@2026", "Jingfaban-2026!", "Zhoushili@1980", "1qaz@WSX3edc", "x" * 129):
        answer = client.post("/password", data={"old": PASSWORD, "new": new, "again": new})
        assert answer.status_code == 422
        assert ("容易被猜到" if len(new) < 100 else "请控制在 128 字以内") in answer.text
        assert new not in answer.text
