"""Accounts in the browser: made with a first password, disabled with a word on what is open, enabled again."""

from __future__ import annotations

import re

from flask import Flask

from app.access.models import Account
from app.audit.queries import events_of_subject
from app.notices.models import Notice
from tests.clients import browser, log_in
from tests.world import World

FIELDS = {"username": "Zhang", "seat": "经发办填报员", "person": "张某"}


def test_an_account_is_made_and_its_password_shown_once(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")
    answer = client.post("/admin/accounts/new", data=FIELDS)
    page = answer.get_data(as_text=True)
    found = re.search(r"首次登录密码</dt>\s*<dd>([^<]+)</dd>", page)
    assert found and answer.headers["Cache-Control"] == "no-store"
    visitor = browser(app)
    visitor.get("/login")
    assert visitor.post("/login", data={"username": "zhang", "password": found[1]}).status_code == 303
    again = client.post("/admin/accounts/new", data=FIELDS)
    assert again.status_code == 422
    assert "用户名“zhang”已被使用，请换一个。" in again.get_data(as_text=True)


def test_what_is_wrong_with_a_new_account_stands_beside_its_field(app: Flask, world: World) -> None:
    answer = log_in(app, world, "system_admin").post(
        "/admin/accounts/new", data={"username": "张三", "seat": "", "person": "字" * 31}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for words in ("用户名写 2 至 32 个小写字母", "请填写席位", "姓名共 31 字，请控制在 30 字以内。"):
        assert words in page


def test_disabling_says_what_is_open_and_enabling_lets_in_again(app: Flask, world: World) -> None:
    account = Account.get_by_id(world.users["filer"].account_id)
    Notice.create(account=account, kind="reminder", sentence="请填。", path="/", topic="t")
    client = log_in(app, world, "system_admin")
    assert "1 条未读提醒" in client.get(f"/admin/accounts/{account.id}").get_data(as_text=True)
    assert client.post(f"/admin/accounts/{account.id}/disable").status_code == 303
    assert "还有1 条未读提醒没有办完" in client.get("/admin/accounts").get_data(as_text=True)
    assert Account.get_by_id(account.id).disabled_at is not None
    assert client.post(f"/admin/accounts/{account.id}/enable").status_code == 303
    assert Account.get_by_id(account.id).disabled_at is None
    actions = [row.action for row in events_of_subject(account)]
    assert actions[-2:] == ["disable_account", "enable_account"]
