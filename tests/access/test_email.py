"""Where one's notices are mailed: everybody sets it alone, for oneself."""

from __future__ import annotations

import pytest
from flask import Flask

from app.access.models import Account
from app.audit.models import Event
from tests.clients import log_in
from tests.filing.pages import seen
from tests.world import World

ADDRESS = "zhang@example.gov.cn"


def address_of(world: World, who: str) -> str:
    return str(Account.get_by_id(world.users[who].account_id).email)


def test_an_address_is_set_for_oneself_and_taken_away_again(app: Flask, world: World) -> None:
    filer = log_in(app, world, "filer")
    assert "接收提醒的邮箱" in seen(filer.get("/notices"))
    assert "还没有接上邮件服务器" in seen(filer.get("/email"))
    answer = filer.post("/email", data={"email": f" {ADDRESS}\u200b"}, follow_redirects=True)
    assert f"提醒将同时发到 {ADDRESS}" in seen(answer)
    assert (address_of(world, "filer"), address_of(world, "head")) == (ADDRESS, "")
    assert f'value="{ADDRESS}"' in filer.get("/email").text
    assert "不再发邮件" in seen(filer.post("/email", data={"email": ""}, follow_redirects=True))
    assert address_of(world, "filer") == ""
    assert Event.select().where(Event.action == "set_email").count() == 2


@pytest.mark.parametrize(
    "typed", ["zhang", "张@example.gov.cn", "a@b, c@d", "<script>@x.cn", "a" * 250 + "@b.cn"]
)
def test_what_is_no_address_is_refused_and_stays_to_be_mended(app: Flask, world: World, typed: str) -> None:
    answer = log_in(app, world, "filer").post("/email", data={"email": typed})
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert address_of(world, "filer") == ""
