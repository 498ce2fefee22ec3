"""The auditor's page of the log: newest first, narrowed, in Chinese, and without the words of the business."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.access.models import Account
from app.audit.anchor_file import AnchorOrigin
from app.audit.anchoring import anchor_log, anchor_restored_backup
from app.audit.event_kinds import ADMINISTRATIVE, EVENT_LABELS, EventKind
from app.audit.models import Event
from app.audit.operations import record_event
from app.audit.verification import LONGEST_SILENCE, LastCheck, last_check
from app.authority.actor import SYSTEM
from app.authority.policy import Action
from app.base.clock import now, today
from app.base.paging import PAGE_LENGTH
from tests.clients import count_queries, log_in
from tests.world import World

ROW = re.compile(r"<tr>\s*(<td.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)


def test_every_kind_has_a_name_of_its_own() -> None:
    kinds = [*Action, *EventKind]
    assert [kind.value for kind in kinds if not re.search("[一-鿿]", kind.label)] == []
    assert len({kind.label for kind in kinds}) == len(kinds) == len(EVENT_LABELS)
    assert EVENT_LABELS.keys() >= ADMINISTRATIVE


@pytest.fixture
def filing_id(app: Flask, world: World) -> int:
    """Record what the business did, what a deputy, and what was done to an account and an address; oldest first."""
    filer, office, filing = world.users["filer"], world.users["office"], world.filing(1)
    deputy = filer.acting_for("李某", "街道办公室", office.grants)
    account = Account.get_by_id(filer.account_id)
    record_event(Action.SUBMIT_FILING, filing, by=filer, summary="推进旧区改造", reason="机密")
    record_event(Action.OPEN_PERIOD, world.period, by=deputy, summary="二季度")
    record_event(Action.RESET_PASSWORD, account, by=world.users["security_admin"])
    record_event(EventKind.LOCK_ADDRESS, by=SYSTEM, summary="10.0.0.8：输错 9 次")
    return filing.id


def rows_at(app: Flask, world: World, asked: str = "") -> list[list[str]]:
    """Return the cells of the auditor's page, without his own log-in and what the world itself recorded."""
    text = log_in(app, world, "auditor").get(f"/audit?{asked}").get_data(as_text=True)
    cells = [
        [re.sub(r"<[^>]+>", " ", cell).strip() for cell in CELL.findall(row)] for row in ROW.findall(text)
    ]
    return [row for row in cells if row[2] in ("提交填报", "开启季度", "重置密码", "来访地址锁定")]


def test_rows_say_who_did_what_to_what_newest_first(app: Flask, world: World, filing_id: int) -> None:
    account = Account.get_by_id(world.users["filer"].account_id)
    rows = rows_at(app, world)[:4]
    assert [row[2] for row in rows] == ["来访地址锁定", "重置密码", "开启季度", "提交填报"]
    assert [row[3] for row in rows] == [
        "10.0.0.8：输错 9 次",
        f"{account.username}（{account.person}）",
        f"编号 {world.period.id}",
        f"编号 {filing_id}",
    ]
    assert "（代李某）" in rows[2][1] and "街道办公室" in rows[2][1]


def test_the_words_of_the_business_are_neither_shown_nor_found(
    app: Flask, world: World, filing_id: int
) -> None:
    text = log_in(app, world, "auditor").get("/audit").get_data(as_text=True)
    assert "推进旧区改造" not in text and "机密" not in text
    assert rows_at(app, world, "words=旧区") == rows_at(app, world, "words=机密") == []


def test_the_filter_keeps_what_is_asked_for(app: Flask, world: World, filing_id: int) -> None:
    day, yesterday = today(), today() - timedelta(days=1)
    every = ["来访地址锁定", "重置密码", "开启季度", "提交填报"]
    asked = {
        "kind=submit": ["提交填报"],
        "person=李某": ["开启季度"],
        "words=锁定": ["来访地址锁定"],
        "words=10.0.0.8": ["来访地址锁定"],
        f"words={world.users['filer'].username}": ["重置密码"],
        f"kind=submit&words={filing_id}": ["提交填报"],
        f"since={day}&until={day}": every,
        f"since={day + timedelta(days=1)}": [],
        f"kind=submit&until={yesterday}": [],  # the world opened its quarter, before midnight perhaps
    }
    found = {query: [row[2] for row in rows_at(app, world, query)][: len(every)] for query in asked}
    assert found == asked


def test_what_cannot_be_read_is_named_and_narrows_nothing(app: Flask, world: World) -> None:
    client = log_in(app, world, "auditor")
    for query, sentence in {
        "since=morgen": "请",
        "since=2026-10-09&until=2026-10-08": "“日期到”不能早于“日期从”",
        "kind=nothing": "请",
        f"words={'字' * 65}": "请控制在 64 字以内",
    }.items():
        answer = client.get(f"/audit?{query}")
        summary = answer.text.partition('role="alert"')[2]
        assert answer.status_code == 422 and sentence in summary
    assert client.get("/audit?page=x").status_code == 422


def test_a_longer_log_takes_no_more_queries_and_goes_on_on_further_pages(app: Flask, world: World) -> None:
    client = log_in(app, world, "auditor")
    with count_queries() as few:
        client.get("/audit")
    account = Account.get_by_id(world.users["filer"].account_id)
    for _ in range(PAGE_LENGTH):
        record_event(Action.RESET_PASSWORD, account, by=SYSTEM)
    with count_queries() as many:
        page = client.get("/audit").text
    assert len(many) == len(few)
    assert "下一页" in page and len(ROW.findall(page)) == PAGE_LENGTH


def test_the_page_says_how_far_the_log_was_checked(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = log_in(app, world, "auditor")
    assert "还没有核对的结果" in client.get("/audit").text
    with app.app_context():
        anchor_log(AnchorOrigin.WORKER)
    count = Event.select().count()
    assert f"共 {count} 条，新增的记录与前面的相接" in client.get("/audit").text
    later = now() + LONGEST_SILENCE + timedelta(minutes=1)
    monkeypatch.setattr("app.audit.verification.now", lambda: later)
    assert "此后没有新的结果" in client.get("/audit").text
    with app.app_context():
        anchor_restored_backup("backup.zip")
    assert last_check() == LastCheck(None)
