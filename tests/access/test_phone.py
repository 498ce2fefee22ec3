"""Under which number somebody is asked: set by oneself or the administrator, and shown with the name."""

from __future__ import annotations

import pytest
from flask import Flask

from app.access import queries
from app.access.models import Account
from app.access.operations import set_own_phone, set_phone_of_seat
from app.access.rules import phone_problem
from app.audit.models import Event
from app.authority.roles import Role
from app.base.errors import FieldProblems
from tests.clients import log_in
from tests.filing.pages import seen
from tests.world import World


@pytest.mark.parametrize(
    "phone", ["", "021-12345678", "13812345678", "+86 21 1234-5678 转 8012", "8012（内线）", "6217、6218"]
)
def test_a_number_is_taken_as_people_write_it(phone: str) -> None:
    assert phone_problem(phone) is None


@pytest.mark.parametrize("phone", ["12", "无", "李某 8012", "8012\n8013", "1" * 33, "<8012>"])
def test_what_is_no_number_is_refused(phone: str) -> None:
    assert "不是电话号码" in (phone_problem(phone) or "")


def test_whom_to_ask_is_named_with_the_number(world: World) -> None:
    head = Account.get_by_id(world.users["head"].account_id)
    assert head.contact_words == "某部门负责人（部门负责人）"
    set_own_phone(head, " 8012 ", by=world.users["head"])
    own = frozenset({world.departments["经发办"].id})
    (found,) = queries.contacts_of(frozenset({Role.HEAD}), own)
    assert found.contact_words == "某部门负责人（部门负责人），电话 8012"
    with pytest.raises(FieldProblems):
        set_own_phone(head, "没有", by=world.users["head"])
    set_own_phone(head, "", by=world.users["head"])
    events = Event.select().where(Event.action == "set_phone").order_by(Event.id)
    assert [event.summary for event in events] == [f"{head.username}：8012", f"{head.username}：（无）"]


def test_those_with_a_number_are_named_first(world: World) -> None:
    heads = frozenset({Role.HEAD})
    *_, last = queries.contacts_of(heads)
    set_phone_of_seat(last, "8012", by=world.users["system_admin"])
    assert queries.contacts_of(heads)[0] == last


@pytest.mark.parametrize("who", ["filer", "system_admin"])
def test_one_sets_ones_own_number_on_a_page(app: Flask, world: World, who: str) -> None:
    browser = log_in(app, world, who)
    refused = browser.post("/phone", data={"phone": "没有"})
    assert (refused.status_code, "不是电话号码" in seen(refused)) == (422, True)
    assert browser.post("/phone", data={"phone": "8012"}).status_code == 303
    assert Account.get_by_id(world.users[who].account_id).phone == "8012"


def test_the_administrator_sets_the_phone_of_any_account(app: Flask, world: World) -> None:
    browser, account_id = log_in(app, world, "system_admin"), world.users["office"].account_id
    address = f"/admin/accounts/{account_id}"
    refused = browser.post(f"{address}/phone", data={"phone": "没有"})
    assert (refused.status_code, "不是电话号码" in seen(refused)) == (422, True)
    assert browser.post(f"{address}/phone", data={"phone": "8012"}).status_code == 303
    assert "8012" in seen(browser.get("/admin/accounts"))
