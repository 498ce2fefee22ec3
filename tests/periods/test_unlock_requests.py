"""A department asks for a closed quarter to be unlocked; a named person of the office answers, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from flask import Flask
from peewee import IntegrityError

from app.access.models import Account
from app.access.operations import set_own_phone
from app.audit.models import Event
from app.audit.queries import events_of_subject
from app.authority.actor import SAMPLE_LOADER
from app.authority.policy import Action
from app.base.clock import clock_stopped_at, now, today
from app.base.database import database
from app.base.errors import BadInput, FieldProblems, IllegalTransition
from app.filing.core.queries import is_filing_locked
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.periods import operations as periods
from app.periods.locks import (
    REQUEST_TRANSITIONS,
    UnlockRequestState,
    next_request_state,
    request_problems,
)
from app.periods.models import UnlockRequest
from app.periods.unlock_requests import grant_unlock_request, refuse_unlock_request, request_unlock
from tests.clients import count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import inputs, seen
from tests.world import World

OPEN, GRANTED, REFUSED = UnlockRequestState
MONDAY = date(2026, 10, 19)
LATER = timedelta(hours=3)


def ask(world: World, name: str = "经发办", **changes: object) -> UnlockRequest:
    """Let a department's filer ask the office for a closed quarter."""
    terms = {
        "addressee": Account.get_by_id(world.users["office"].account_id),
        "until": today() + timedelta(days=2),
        "reason": "第 1 项数字有误。",
        **changes,
    }
    return request_unlock(world.period, world.departments[name], by=world.users[f"filer:{name}"], **terms)


@pytest.fixture
def closed(world: World) -> World:
    periods.close_period(world.period, by=SAMPLE_LOADER)
    return world


def unread(world: World) -> list[tuple[str, NoticeKind]]:
    names = {user.account_id: name for name, user in world.users.items()}
    rows = Notice.select().where(Notice.read_at.is_null() & (Notice.kind != NoticeKind.REMINDER))
    return sorted((names[row.account_id], row.kind) for row in rows)


def test_only_what_waits_is_answered_and_once() -> None:
    for action, state in product(Action, UnlockRequestState):
        expected = REQUEST_TRANSITIONS.get((action, state))
        if expected is None:
            with pytest.raises(IllegalTransition, match="王某已经答复过这个申请"):
                next_request_state(action, state, decided_by="王某")
        else:
            assert state is OPEN
            assert next_request_state(action, state, decided_by="") is expected
    assert set(REQUEST_TRANSITIONS.values()) == {GRANTED, REFUSED}


@pytest.mark.parametrize(
    ("days", "problem"), [(-1, "已经过去"), (0, ""), (30, ""), (31, "一次最多解锁 30 天")]
)
def test_the_day_lies_ahead_and_not_far(days: int, problem: str) -> None:
    found = request_problems(MONDAY + timedelta(days), "补改。", on=MONDAY).get("until", "")
    assert problem in found
    assert bool(problem) is bool(found)


def test_a_granted_request_unlocks_and_both_sides_hear(closed: World) -> None:
    request = ask(closed)
    assert unread(closed) == [("office", NoticeKind.UNLOCK_REQUEST)]
    grant_unlock_request(request, until=now() + LATER, by=closed.users["office"])
    assert not is_filing_locked(closed.filing(1))
    assert UnlockRequest.get().state is GRANTED
    seats = [who for who, kind in unread(closed) if kind is NoticeKind.UNLOCKED]
    assert {"filer:经发办", "head:经发办"} & set(seats) or {"filer", "head"} == set(seats)
    assert not any(who == "office" for who, _ in unread(closed))
    asked, unlocked = [event.action for event in events_of_subject(closed.period)][-2:]
    assert (asked, unlocked) == (Action.REQUEST_UNLOCK, Action.UNLOCK_DEPARTMENT)
    for read in (UnlockRequest.get(), request):  # the latter before it was granted
        with pytest.raises(IllegalTransition, match="已经答复过"):
            refuse_unlock_request(read, reason="不在范围内。", by=closed.users["office"])


def test_a_refused_one_says_why_and_another_can_be_made(closed: World) -> None:
    request = ask(closed)
    with pytest.raises(FieldProblems):
        refuse_unlock_request(request, reason=" ", by=closed.users["office"])
    refuse_unlock_request(UnlockRequest.get(), reason="不在补改范围内。", by=closed.users["office"])
    with pytest.raises(IllegalTransition, match="已经答复过"):
        grant_unlock_request(request, until=now() + LATER, by=closed.users["office"])
    notice = Notice.select().where(Notice.kind == NoticeKind.UNLOCK_REQUEST).order_by(Notice.id.desc()).get()
    assert notice.detail == "理由：不在补改范围内。"
    assert Event.get(Event.action == Action.REFUSE_UNLOCK).reason == "不在补改范围内。"
    assert is_filing_locked(closed.filing(1))
    assert ask(closed).is_open


@on_both
def test_a_department_has_one_open_request_in_a_quarter(closed: World) -> None:
    first = ask(closed)
    with pytest.raises(BadInput, match=r"已于.*向某街道办公室申请，正在等待答复"):
        ask(closed)
    ask(closed, "城管办")
    copy = {**first.__data__}
    del copy["id"]
    with pytest.raises(IntegrityError), database.atomic():
        UnlockRequest.create(**copy)


def test_nothing_is_asked_for_where_nothing_is_locked(world: World) -> None:
    with pytest.raises(BadInput, match="不需要申请解锁"):
        ask(world)
    periods.close_period(world.period, by=SAMPLE_LOADER)
    department, office = world.departments["经发办"], world.users["office"]
    periods.unlock_department(world.period, department, until=now() + LATER, reason="补改。", by=office)
    with pytest.raises(BadInput, match="不需要申请解锁"):
        ask(world)


def test_who_is_asked_sits_in_the_office(closed: World) -> None:
    with pytest.raises(FieldProblems) as refusal:
        ask(closed, addressee=Account.get_by_id(closed.users["leader"].account_id))
    assert "addressee" in refusal.value.fields


def test_what_opens_the_quarter_answers_what_was_asked(closed: World) -> None:
    ask(closed)
    ask(closed, "城管办")
    department, office = closed.departments["经发办"], closed.users["office"]
    periods.unlock_department(closed.period, department, until=now() + LATER, reason="补改。", by=office)
    assert [one.state for one in UnlockRequest.select().order_by(UnlockRequest.id)] == [GRANTED, OPEN]
    periods.reopen_period(closed.period, reason="再报几天。", by=office)
    assert [one.state for one in UnlockRequest.select().order_by(UnlockRequest.id)] == [GRANTED, GRANTED]


def test_a_filer_asks_on_a_page_and_the_office_answers_on_its_own(app: Flask, closed: World) -> None:
    office = Account.get_by_id(closed.users["office"].account_id)
    set_own_phone(office, "8012", by=closed.users["office"])
    filer, address = log_in(app, closed, "filer"), f"/periods/{closed.period.id}/unlock-request"
    brief = seen(filer.get(f"{address}?brief=1", headers={"HX-Request": "true"}))
    assert "申请解锁" in brief
    whom = "请联系街道办公室：某街道办公室（街道办公室），电话 8012"
    for place in (f"/filings?period={closed.period.quarter.code}", f"/filings/{closed.filing(1).id}"):
        assert (brief + seen(filer.get(place))).count(whom) == 1, "once, with what the script brings in"
    page = filer.get(address)
    sent = {
        "department": str(closed.departments["经发办"].id),
        "addressee": str(office.id),
        "until": inputs(page)["until"],
        "reason": "第 1 项数字有误。",
    }
    refused = filer.post(address, data={**sent, "reason": ""})
    assert (refused.status_code, "请写明为什么要补改" in seen(refused)) == (422, True)
    assert filer.post(address, data=sent).status_code == 303
    assert "待答复" in seen(filer.get(address))
    assert filer.post(address, data=sent).status_code == 409

    browser, request = log_in(app, closed, "office"), UnlockRequest.get()
    place = f"/periods/unlock-requests/{request.id}"
    for listing in ("/", f"/periods?year={closed.period.year}"):
        assert place in browser.get(listing).text
    until = inputs(browser.get(place))["until"]
    assert datetime.fromisoformat(until).date() == request.until
    assert browser.post(f"{place}/refuse", data={"reason": ""}).status_code == 422
    assert browser.post(f"{place}/grant", data={"until": "去年"}).status_code == 422
    assert browser.post(f"{place}/grant", data={"until": until}).status_code == 303
    assert browser.post(f"{place}/refuse", data={"reason": "晚了。"}).status_code == 409
    assert place not in browser.get("/").text


def test_open_requests_are_read_in_one_query(app: Flask, closed: World) -> None:
    browser = log_in(app, closed, "office")
    with clock_stopped_at(now()):
        ask(closed)
        with count_queries() as one:
            browser.get("/")
        ask(closed, "城管办")
        with count_queries() as two:
            browser.get("/")
    assert len(one) == len(two)
