"""Grants in the browser: given with days, taken back with a reason, and nothing open is left without anybody unseen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.access.grants import grant_role, revoke_grant
from app.access.models import Account, Grant
from app.access.once_per_form import DONE_BEFORE
from app.access.queries import user_of
from app.audit.queries import events_of_subject
from app.authority.actor import SAMPLE_LOADER
from app.authority.roles import Role
from app.base.clock import today
from app.base.errors import BadInput, FieldProblems, NotFound
from app.notices.models import Notice
from tests.clients import browser, log_in
from tests.filing.pages import inputs, seen
from tests.world import PASSWORD, World

DAY = timedelta(days=1)


def account_of(world: World, who: str) -> Account:
    return Account.get_by_id(world.users[who].account_id)


def grant_of(account: Account) -> Grant:
    return Grant.get(Grant.account == account)


def test_a_grant_is_revoked_at_once_and_its_holder_reads_why(app: Flask, world: World) -> None:
    filer = account_of(world, "filer")
    Notice.create(account=filer, kind="reminder", sentence="请填。", path="/", topic="t")
    client, former = log_in(app, world, "security_admin"), log_in(app, world, "filer")
    assert former.get("/filings").status_code == 200
    address = f"/admin/grants/{grant_of(filer).id}/revoke"
    asked = seen(client.get(address))
    assert "没有别的账号是部门填报员（经发办），请给接任的人授权。" in asked
    assert "还有 1 条未读提醒没有办完" in asked
    refused = client.post(address, data={"since": str(today()), "reason": " "})
    assert refused.status_code == 422 and "请写明收回的理由。" in seen(refused)
    assert user_of(filer).roles == {Role.FILER}
    done = seen(client.post(address, data={"since": str(today()), "reason": "调离"}, follow_redirects=True))
    assert "已收回某部门填报员的授权：部门填报员（经发办）。没有别的账号是部门填报员（经发办）" in done
    assert former.get("/filings").status_code == 403
    event = events_of_subject(filer)[-1]
    assert (event.action, event.reason) == (
        "revoke",
        "调离",
    ) and "部门填报员（经济发展办公室）" in event.summary
    notice = Notice.get((Notice.account == filer) & (Notice.kind == "grant"))
    assert "您的授权“部门填报员（经发办）”" in notice.sentence and notice.detail == "调离"
    assert client.get(address).status_code == 404


def test_a_grant_can_end_on_a_day_to_come_and_who_goes_on_is_known(world: World, app: Flask) -> None:
    filer, office = account_of(world, "filer"), account_of(world, "office")
    grant_role(
        office, Role.FILER, department=world.departments["经发办"], since=today() + 3 * DAY, by=SAMPLE_LOADER
    )
    client, address = log_in(app, world, "security_admin"), f"/admin/grants/{grant_of(filer).id}/revoke"
    assert "没有别的账号是部门填报员" in seen(client.get(address))
    revocation = {"since": str(today() + 3 * DAY), "reason": "调离"}
    done = seen(client.post(address, data=revocation, follow_redirects=True))
    assert "已收回" in done and "没有别的账号" not in done
    assert user_of(filer).roles == {Role.FILER}
    assert grant_of(filer).valid_until == today() + 2 * DAY


@pytest.mark.parametrize("since", [-1, 6])
def test_a_day_on_which_it_does_not_hold_is_refused(world: World, since: int) -> None:
    grant = grant_of(account_of(world, "filer"))
    Grant.update(valid_until=today() + 5 * DAY).where(Grant.id == grant.id).execute()
    with pytest.raises(FieldProblems) as refused:
        revoke_grant(Grant.get_by_id(grant.id), reason="调离", since=today() + since * DAY, by=SAMPLE_LOADER)
    assert "收回日期应在" in refused.value.fields["since"]


def test_what_was_taken_back_meanwhile_is_not_given_again(world: World) -> None:
    grant = grant_of(account_of(world, "filer"))
    first, second, third = (Grant.get_by_id(grant.id) for _ in range(3))
    revoke_grant(first, reason="调离", since=today() + DAY, by=SAMPLE_LOADER)
    with pytest.raises(FieldProblems):
        revoke_grant(second, reason="轮岗", since=today() + 5 * DAY, by=SAMPLE_LOADER)
    assert grant_of(first.account).valid_until == today()
    Grant.delete().where(Grant.id == grant.id).execute()
    with pytest.raises(NotFound, match="已经收回或者到期"):
        revoke_grant(third, reason="调离", by=SAMPLE_LOADER)
    assert [one.action for one in events_of_subject(first.account)].count("revoke") == 1


def test_a_second_click_leads_to_the_list_as_the_first_did(app: Flask, world: World) -> None:
    grant = grant_of(account_of(world, "filer"))
    Grant.update(valid_from=today()).where(Grant.id == grant.id).execute()
    client, address = log_in(app, world, "security_admin"), f"/admin/grants/{grant.id}/revoke"
    form = inputs(client.get(address)) | {"since": str(today()), "reason": "调离"}
    first, second = (client.post(address, data=form) for _ in range(2))
    assert first.location == second.location == "/admin/grants"
    assert DONE_BEFORE in seen(client.get(second.location))


def test_nobody_takes_back_his_own(world: World) -> None:
    grant = grant_of(account_of(world, "security_admin"))
    with pytest.raises(BadInput, match="请由另一位安全管理员收回"):
        revoke_grant(grant, reason="调离", by=world.users["security_admin"])


def test_a_role_is_given_with_its_place_and_its_days(app: Flask, world: World) -> None:
    account = account_of(world, "filer:一居")
    client, address = log_in(app, world, "security_admin"), f"/admin/grants/accounts/{account.id}"
    days = {"since": str(today() + DAY), "until": str(today() + 9 * DAY)}
    assert "请选择角色。" in seen(client.post(address, data=days))
    assert "要写明部门" in seen(client.post(address, data={"role": "head", **days}))
    assert "不得兼任" in seen(client.post(address, data={"role": "auditor", **days}))
    place = str(world.departments["城管办"].id)
    head = {"role": "head", "department": place, **days}
    done = seen(client.post(address, data=head, follow_redirects=True))
    assert "部门负责人（城管办）" in done
    assert (
        Grant.select().where((Grant.account == account) & (Grant.valid_until == today() + 9 * DAY)).count()
        == 1
    )
    assert "已经有同样的授权：部门负责人（城管办）" in seen(client.post(address, data=head))


def test_work_that_nobody_is_there_for_is_counted(app: Flask, world: World) -> None:
    client = log_in(app, world, "security_admin")
    for who in ("filer", "head"):
        address = f"/admin/grants/{grant_of(account_of(world, who)).id}/revoke"
        page = seen(
            client.post(address, data={"since": str(today()), "reason": "调离"}, follow_redirects=True)
        )
    assert "没有可用账号的部门：填报没有采用" in page
    assert world.measures[0].title not in page


def test_who_forgot_a_password_is_let_in_by_a_new_one_that_is_shown_once(app: Flask, world: World) -> None:
    filer, former = account_of(world, "filer"), log_in(app, world, "filer")
    client, address = log_in(app, world, "security_admin"), f"/admin/grants/accounts/{filer.id}"
    answer = client.post(f"{address}/password")
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r"首次登录密码</dt>\s*<dd>([^<]+)</dd>", answer.get_data(as_text=True))
    assert found and former.get("/filings").status_code != 200
    visitor = browser(app)
    visitor.get("/login")
    given = {"username": filer.username, "password": found[1]}
    assert visitor.post("/login", data=given).status_code == 303
    assert Account.get_by_id(filer.id).must_change_password
    own = f"/admin/grants/accounts/{world.users['security_admin'].account_id}"
    assert "自己的密码请在“修改密码”里改" in seen(client.post(f"{own}/password"))


def test_who_failed_too_often_need_not_wait(app: Flask, world: World) -> None:
    filer, visitor = account_of(world, "filer"), browser(app)
    visitor.get("/login")
    wrong = {"username": filer.username, "password": "错的"}
    answers = [visitor.post("/login", data=wrong).status_code for _ in range(6)]
    assert 429 in answers
    client = log_in(app, world, "security_admin")
    done = client.post(f"/admin/grants/accounts/{filer.id}/unlock", follow_redirects=True)
    assert f"{filer.person}不必再等，可以立即登录。" in seen(done)
    assert visitor.post("/login", data=wrong | {"password": PASSWORD}).status_code == 303
