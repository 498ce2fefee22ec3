"""Deputies: what they do says for whom, it ends with its days, and the three administrators stay apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from app.access.delegations import act_as_deputy, delegate_seat, end_delegation, possible_deputies
from app.access.grants import grant_role
from app.access.models import Account, Delegation, Grant, LoginSession
from app.access.operations import disable_account
from app.access.queries import actor_of_session
from app.access.rules import LONGEST_DELEGATION
from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER, Actor
from app.authority.roles import Role
from app.base.clock import today
from app.base.days import written_day
from app.base.errors import BadInput, FieldProblems, NotAllowed
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.core.operations import save_filing, sign_off_filing, submit_filing
from app.notices.models import Notice
from app.notices.queries import addressed_accounts
from app.notices.rules import heads_of_departments
from tests.clients import log_in
from tests.world import THRESHOLDS, World, full_content


def later() -> date:
    return today() + timedelta(days=5)


def account(world: World, who: str) -> Account:
    return Account.get_by_id(world.users[who].account_id)


def delegated(world: World, principal: str, deputy: str) -> Delegation:
    by = world.users[principal]
    return delegate_seat(account(world, principal), account(world, deputy), today(), later(), by=by)


def acting(world: World, delegation: Delegation, deputy: str) -> Actor:
    """Return who acts in a log-in of the deputy that has begun to act for the other."""
    session = LoginSession.create(account=account(world, deputy), token_hash=str(delegation.id))
    act_as_deputy(session, delegation, by=world.users[deputy])
    return actor_of_session(LoginSession.get_by_id(session.id))


def test_a_deputy_signs_off_for_the_head_and_the_record_says_so(world: World) -> None:
    deputy = acting(world, delegated(world, "head", "filer:城管办"), "filer:城管办")
    assert deputy.person == "某部门填报员（代某部门负责人）"
    filing = world.filing(1)
    save_filing(filing, full_content(), by=world.users["filer"], version=1, thresholds=THRESHOLDS)
    submit_filing(filing, by=world.users["filer"], version=Filing.get_by_id(filing.id).version)
    sign_off_filing(filing, by=deputy, version=Filing.get_by_id(filing.id).version)
    signed = Filing.get_by_id(filing.id)
    assert (signed.state, signed.signed_off_by) == (FilingState.SIGNED_OFF, deputy.person)
    assert Event.select().order_by(Event.id.desc()).get().person == deputy.person
    with pytest.raises(NotAllowed):  # not at the own seat's work meanwhile
        submit_filing(world.filing(3, "城管办"), by=deputy, version=1)


def end_it(world: World, delegation: Delegation) -> None:
    end_delegation(delegation, by=world.users["head"])


def let_it_lapse(_world: World, delegation: Delegation) -> None:
    Delegation.update(
        valid_from=today() - timedelta(days=2), valid_until=today() - timedelta(days=1)
    ).execute()


def disable_the_principal(world: World, _delegation: Delegation) -> None:
    disable_account(account(world, "head"), by=SAMPLE_LOADER)


@pytest.mark.parametrize("over", [end_it, let_it_lapse, disable_the_principal])
def test_a_deputy_is_oneself_again_once_it_is_over(
    world: World, over: Callable[[World, Delegation], None]
) -> None:
    delegation = delegated(world, "head", "filer:城管办")
    session = LoginSession.create(account=account(world, "filer:城管办"), token_hash="t")
    act_as_deputy(session, delegation, by=world.users["filer:城管办"])
    over(world, delegation)
    assert actor_of_session(LoginSession.get_by_id(session.id)) == world.users["filer:城管办"]
    with pytest.raises(BadInput):
        act_as_deputy(session, Delegation.get_by_id(delegation.id), by=world.users["filer:城管办"])


def test_what_is_over_is_not_ended_again_nor_entered_on_a_page_of_before(world: World) -> None:
    delegation, deputy = delegated(world, "head", "filer:城管办"), "filer:城管办"
    session = LoginSession.create(account=account(world, deputy), token_hash="t")
    end_it(world, Delegation.get_by_id(delegation.id))
    ended_at, events = Delegation.get_by_id(delegation.id).ended_at, Event.select().count()
    with pytest.raises(BadInput, match="已经取消或者到期"):
        end_it(world, delegation)
    with pytest.raises(BadInput):
        act_as_deputy(session, delegation, by=world.users[deputy])
    assert (Delegation.get_by_id(delegation.id).ended_at, Event.select().count()) == (ended_at, events)
    Delegation.update(ended_at=None).execute()
    let_it_lapse(world, delegation)
    with pytest.raises(BadInput):
        end_it(world, delegation)
    Delegation.update(valid_until=today()).execute()
    with pytest.raises(BadInput, match="先回到自己的席位"):
        end_delegation(delegation, by=replace(world.users["head"], deputy_of="别人"))
    end_it(world, delegation)
    assert Delegation.get_by_id(delegation.id).ended_at is not None


def test_a_grant_that_ends_ends_for_the_deputy_too(world: World) -> None:
    delegation = delegated(world, "head", "filer:城管办")
    Grant.delete().where(Grant.account == account(world, "head")).execute()
    assert acting(world, delegation, "filer:城管办").grants == ()


@pytest.mark.parametrize(
    ("principal", "deputy"),
    [
        ("system_admin", "filer"),
        ("auditor", "office"),
        ("security_admin", "system_admin"),
        ("office", "auditor"),
        ("leader", "system_admin"),
    ],
)
def test_administrators_stay_apart_also_through_deputies(world: World, principal: str, deputy: str) -> None:
    with pytest.raises(FieldProblems, match="请先改正") as refused:
        delegated(world, principal, deputy)
    assert refused.value.fields["deputy"].endswith("不得互相代办。")


def test_who_may_act_for_somebody_is_offered_the_own_department_first(world: World) -> None:
    offered = [one.id for one in possible_deputies(account(world, "head"))]
    business = ("filer", "office", "leader", "filer:城管办")
    assert offered[0] == world.users["filer"].account_id
    assert {world.users[who].account_id for who in business} <= set(offered)
    kept_apart = ("head", "system_admin", "security_admin", "auditor")
    assert not {world.users[who].account_id for who in kept_apart} & set(offered)


def test_who_shares_one_of_several_departments_is_offered_first(world: World) -> None:
    newcomer = Account.create(username="new", seat="新席位", person="新人", password_hash="x")
    for department in ("经发办", "城管办"):
        grant_role(newcomer, Role.FILER, department=world.departments[department], by=SAMPLE_LOADER)
    for who in ("filer", "filer:城管办"):
        offered = [one.id for one in possible_deputies(account(world, who))]
        assert newcomer.id in offered[:2] and world.users["office"].account_id in offered[2:]


def test_who_left_is_no_deputy(world: World) -> None:
    disable_account(account(world, "filer"), by=world.users["system_admin"])
    with pytest.raises(FieldProblems) as refused:
        delegated(world, "head", "filer")
    assert refused.value.fields["deputy"] == "账号 filer-1 已停用，请选择别的账号。"


def test_no_later_grant_brings_together_what_is_kept_apart(world: World) -> None:
    newcomer = Account.create(username="new", seat="新席位", person="新人", password_hash="x")
    delegate_seat(account(world, "office"), newcomer, today(), later(), by=world.users["office"])
    with pytest.raises(BadInput, match="不得兼任"):
        grant_role(newcomer, Role.AUDITOR, by=SAMPLE_LOADER)
    assert grant_role(newcomer, Role.OFFICE, by=SAMPLE_LOADER)


def test_there_are_no_chains(world: World) -> None:
    delegated(world, "head", "filer:城管办")
    for principal, deputy, words in (
        ("filer:城管办", "office", "您这几天在代别人办事"),
        ("office", "head", "自己也委托了别人代办"),
        ("head", "office", "这几天已经委托了别人"),
        ("office", "office", "不能委托自己"),
    ):
        with pytest.raises(FieldProblems) as refused:
            delegated(world, principal, deputy)
        assert words in refused.value.fields["deputy"]
    deputy = acting(world, Delegation.get(), "filer:城管办")
    with pytest.raises(BadInput, match="先回到自己的席位"):
        own = account(world, "filer:城管办")
        delegate_seat(own, account(world, "office"), today(), later(), by=deputy)


def test_both_are_notified_and_the_deputy_gets_what_is_sent_to_the_seat(world: World) -> None:
    delegated(world, "head", "filer:城管办")
    both = {account(world, "head").id, account(world, "filer:城管办").id}
    assert {row.account_id for row in Notice.select().where(Notice.kind == "delegation")} == both
    department = world.departments["经发办"].id
    assert {one.id for one in addressed_accounts(heads_of_departments(department))} == both


def test_the_page_names_a_deputy_who_acts_and_returns(app: Flask, world: World) -> None:
    head, deputy = log_in(app, world, "head"), account(world, "filer:城管办")
    wrong = head.post("/deputies", data={"deputy": "", "first": str(today()), "last": ""})
    assert f"最长三个月，最晚到{written_day(today() + LONGEST_DELEGATION)}。" in wrong.get_data(as_text=True)
    assert wrong.status_code == 422
    fields = {"deputy": str(deputy.id), "first": str(later()), "last": str(today())}
    assert "结束日期不能早于开始日期。" in head.post("/deputies", data=fields).get_data(as_text=True)
    fields = {"deputy": str(deputy.id), "first": str(today()), "last": str(later())}
    assert head.post("/deputies", data=fields).status_code == 303
    delegation = Delegation.get()
    client = log_in(app, world, "filer:城管办")
    assert "代某部门负责人办事" in client.get("/deputies").get_data(as_text=True)
    assert head.post(f"/deputies/{delegation.id}/act").status_code == 403
    assert client.post(f"/deputies/{delegation.id}/act").status_code == 303
    page = client.get("/filings").get_data(as_text=True)
    assert "某部门填报员（代某部门负责人）" in page and "回到自己的席位" in page
    assert client.post("/deputies/back").status_code == 303
    assert "（代某部门负责人）" not in client.get("/filings").get_data(as_text=True)
    assert head.post(f"/deputies/{delegation.id}/end").status_code == 303
    assert "我委托的" not in head.get("/deputies").get_data(as_text=True)
