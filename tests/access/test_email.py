"""Where one's notices are mailed: everybody sets it alone, for oneself."""

from __future__ import annotations

import pytest
from flask import Flask

from app.access import operations
from app.access.login.delays import NAME_DELAY
from app.access.models import Account
from app.audit.models import Event
from app.base.errors import BadInput, NotAllowed
from tests.clients import log_in
from tests.filing.pages import seen
from tests.world import PASSWORD, World

ADDRESS = "zhang@example.gov.cn"


def address_of(world: World, who: str) -> str:
    return str(Account.get_by_id(world.users[who].account_id).email)


def test_an_address_is_set_for_oneself_and_taken_away_again(app: Flask, world: World) -> None:
    filer = log_in(app, world, "filer")
    assert "接收提醒的邮箱" in seen(filer.get("/notices"))
    assert "还没有接上邮件服务器" in seen(filer.get("/email"))
    typed = {"email": f" {ADDRESS}\u200b", "password": PASSWORD}
    answer = filer.post("/email", data=typed, follow_redirects=True)
    assert f"提醒将同时发到 {ADDRESS}" in seen(answer)
    assert (address_of(world, "filer"), address_of(world, "head")) == (ADDRESS, "")
    assert f'value="{ADDRESS}"' in filer.get("/email").text
    answer = filer.post("/email", data={"email": "", "password": PASSWORD}, follow_redirects=True)
    assert "不再发邮件" in seen(answer)
    assert address_of(world, "filer") == ""
    assert Event.select().where(Event.action == "set_email").count() == 2


@pytest.mark.parametrize(
    "typed", ["zhang", "张@example.gov.cn", "a@b, c@d", "<script>@x.cn", "a" * 250 + "@b.cn"]
)
def test_what_is_no_address_is_refused_and_stays_to_be_corrected(
    app: Flask, world: World, typed: str
) -> None:
    answer = log_in(app, world, "filer").post("/email", data={"email": typed, "password": PASSWORD})
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert address_of(world, "filer") == ""


@pytest.mark.parametrize("password", ["", "wrong"])
def test_who_does_not_know_the_password_changes_no_address(app: Flask, world: World, password: str) -> None:
    filer = log_in(app, world, "filer")
    answer = filer.post("/email", data={"email": ADDRESS, "password": password})
    assert answer.status_code == 422
    assert f'value="{ADDRESS}"' in answer.text
    assert ("请输入当前密码" if password == "" else "密码不正确") in answer.text
    assert address_of(world, "filer") == ""


def test_wrong_passwords_at_the_address_count_like_failed_log_ins(app: Flask, world: World) -> None:
    filer = log_in(app, world, "filer")
    for _ in range(NAME_DELAY.free + 1):
        filer.post("/email", data={"email": ADDRESS, "password": "wrong"})
    waiting = filer.post("/email", data={"email": ADDRESS, "password": PASSWORD})
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "1")
    assert f'value="{ADDRESS}"' in waiting.text
    refused = Event.select().where(Event.action == "change_email_refused")
    assert [event.summary for event in refused] == ["第 1 次", "第 2 次", "第 4 次"]
    assert address_of(world, "filer") == ""


@pytest.mark.parametrize("who", ["filer", "office", "system_admin", "security_admin"])
def test_nobody_sets_the_address_of_another_person(world: World, who: str) -> None:
    head = Account.get_by_id(world.users["head"].account_id)
    with pytest.raises(NotAllowed):
        operations.set_email(head, ADDRESS, by=world.users[who])
    assert address_of(world, "head") == ""
    operations.set_email(head, f" {ADDRESS} ", by=world.users["head"])
    assert address_of(world, "head") == ADDRESS
    with pytest.raises(BadInput):
        operations.set_email(head, "zhang", by=world.users["head"])
