"""The office's pages for unlocking a closed quarter, and what the unlocked department can then do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at, now
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.periods.models import Period, Unlock
from app.periods.operations import close_period, unlock_department
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import brought_to, seen, typed
from tests.world import World

IN_TWO_HOURS = timedelta(hours=2)


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    close_period(world.period, by=SAMPLE_LOADER)
    return log_in(app, world, "office")


def form(world: World, **changes: str) -> dict[str, str]:
    until = (now() + IN_TWO_HOURS).strftime("%Y-%m-%dT%H:%M")
    department = str(world.departments["经发办"].id)
    return {"department": department, "until": until, "reason": "数据有误，补改。", **changes}


def unlock_for(world: World, name: str = "经发办") -> Unlock:
    until, department = now() + IN_TWO_HOURS, world.departments[name]
    return unlock_department(world.period, department, until=until, reason="补改。", by=world.users["office"])


def test_the_listing_leads_to_unlocking_and_shows_it(office: Browser, world: World) -> None:
    address = f"/periods/{world.period.id}/unlock"
    assert address in office.get("/periods").get_data(as_text=True)
    assert "18:00" in office.get(address).get_data(as_text=True)
    answer = office.post(address, data=form(world), follow_redirects=True)
    text = seen(answer)
    assert "已为经发办解锁到" in text
    assert "解锁中" in text
    assert "数据有误，补改。" in text


def test_locking_again_takes_it_back(office: Browser, world: World) -> None:
    given = unlock_for(world)
    answer = office.post(f"/periods/unlocks/{given.id}/lock", follow_redirects=True)
    assert "经发办已重新锁定" in seen(answer)
    assert Unlock.get_by_id(given.id).locked_again_at is not None
    assert office.post(f"/periods/unlocks/{given.id}/lock").status_code == 422


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"until": "明天"}, "请填写日期和时间"),
        ({"until": "2020-01-01T09:00"}, "应晚于现在"),
        ({"until": "2099-01-01T09:00"}, "最多解锁 30 天"),
        ({"until": "2999-01-01T09:00"}, "解锁到应在2000年1月1日至2099年12月31日之间"),
        ({"reason": "  "}, "请写明为什么解锁"),
        ({"reason": "长" * 201}, "共 201 字"),
        ({"department": "999999"}, "请选择部门"),
        ({"department": ""}, "请选择部门"),
    ],
)
def test_a_wrong_unlock_comes_back_with_its_sentence_and_what_was_typed(
    office: Browser, world: World, change: dict[str, str], sentence: str
) -> None:
    answer = office.post(f"/periods/{world.period.id}/unlock", data=form(world, **change))
    assert answer.status_code == 422
    assert sentence in seen(answer)
    assert change.get("reason", "数据有误，补改。").strip() in answer.get_data(as_text=True)
    assert Unlock.select().count() == 0


def test_an_open_quarter_offers_no_unlocking(app: Flask, world: World) -> None:
    page = seen(log_in(app, world, "office").get(f"/periods/{world.period.id}/unlock"))
    assert "还没有关闭，不需要解锁" in page


def test_the_unlocked_department_alone_can_go_on_and_only_until_then(app: Flask, world: World) -> None:
    close_period(world.period, by=SAMPLE_LOADER)
    unlock_for(world)
    mine, other = world.filing(1), world.filing(3, "城管办")
    filer = log_in(app, world, "filer")
    assert "为本部门解锁到" in seen(filer.get("/filings"))
    assert 'name="progress"' in filer.get(f"/filings/{mine.id}").get_data(as_text=True)
    assert filer.post(f"/filings/{mine.id}", data=typed(mine)).status_code == 303
    stranger = log_in(app, world, "filer:城管办")
    assert stranger.post(f"/filings/{other.id}", data=typed(other)).status_code == 409
    Unlock.update(until=now() - timedelta(minutes=1)).execute()
    assert filer.post(f"/filings/{mine.id}", data=typed(world.filing(1))).status_code == 409
    assert "内容只供查看" in seen(filer.get("/filings"))


def test_the_office_can_accept_what_an_unlocked_department_handed_in(app: Flask, world: World) -> None:
    mine = brought_to(FilingState.SIGNED_OFF, world)
    theirs = brought_to(FilingState.SIGNED_OFF, world, 3, "城管办")
    close_period(world.period, by=SAMPLE_LOADER)
    unlock_for(world)
    office = log_in(app, world, "office")
    page = office.get("/review").get_data(as_text=True)
    assert f'value="{mine.id}:{mine.version}"' in page
    assert f'value="{theirs.id}:{theirs.version}"' not in page
    for filing, status in ((mine, 303), (theirs, 409)):
        answer = office.post(f"/review/{filing.id}/accept", data={"version": str(filing.version)})
        assert answer.status_code == status
    states = [Filing.get_by_id(filing.id).state for filing in (mine, theirs)]
    assert states == [FilingState.ACCEPTED, FilingState.SIGNED_OFF]


def test_locks_cost_the_pages_a_fixed_number_of_questions(office: Browser, world: World) -> None:
    pages = ["/periods", "/review", f"/review/{world.filing(1).id}"]
    unlock_for(world)
    with count_queries() as few:
        for page in pages:
            office.get(page)
    with clock_stopped_at(datetime(2026, 10, 26, 9)):
        Period.update(closed_at=now()).execute()
        for name in ("经发办", "城管办", "一居"):
            unlock_for(world, name)
    with count_queries() as many:
        for page in pages:
            office.get(page)
    assert len(many) == len(few)
