"""A person's own notices on the page and in the bar."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.base.paging import PAGE_LENGTH
from app.notices.models import Notice
from app.notices.operations import mark_read, send_notice
from app.notices.queries import unread_count
from app.notices.rules import (
    NoticeKind,
    NoticeMessage,
    filers_of_departments,
    seats_of_departments,
)
from tests.clients import (
    Browser,
    browser,
    count_queries,
    log_in,
)
from tests.world import World

MESSAGE = NoticeMessage(
    NoticeKind.RETURNED, "第 1 项被退回。", "/filings?period=2026Q3", "topic", "理由：<b>数量</b>\n请补充。"
)


@pytest.fixture
def notified(world: World) -> World:
    """The world after 经发办 got two notices, of which the filer has read one."""
    to = seats_of_departments(world.departments["经发办"].id)
    send_notice(replace(MESSAGE, sentence="读过的事。", topic="read"), to=to)
    mark_read(of(world, "filer"), by=world.users["filer"])
    send_notice(MESSAGE, to=to)
    return world


def of(world: World, name: str) -> Notice:
    """Return the newest notice of a user."""
    own = Notice.select().where(Notice.account == world.users[name].account_id)
    notice = own.order_by(Notice.id.desc()).first()
    assert notice is not None
    return notice


def test_unread_ones_come_first_and_the_bar_counts_them(app: Flask, notified: World) -> None:
    page = log_in(app, notified, "filer").get("/notices").text
    assert page.index("第 1 项被退回。") < page.index("读过的事。")
    assert "未读 </span>1<" in page
    assert "理由：&lt;b&gt;数量&lt;/b&gt;" in page


@pytest.mark.parametrize("who", ["office", "leader", "auditor", "filer:城管办"])
def test_others_have_a_list_of_their_own(app: Flask, notified: World, who: str) -> None:
    page = log_in(app, notified, who).get("/notices").text
    assert "没有提醒" in page
    assert "bar-count" not in page


def test_nobody_reads_or_marks_anothers_notice(app: Flask, notified: World) -> None:
    client = log_in(app, notified, "filer:城管办")
    for step in ("read", "open"):
        assert client.post(f"/notices/{of(notified, 'filer').id}/{step}").status_code == 404
    client.post("/notices/read")
    assert unread_count(notified.users["filer"].account_id) == 1


def test_a_stranger_is_sent_to_the_login(app: Flask, notified: World) -> None:
    assert browser(app).get("/notices").location.startswith("/login")


def test_opening_marks_as_read_and_leads_to_the_thing(app: Flask, notified: World) -> None:
    client, address = log_in(app, notified, "filer"), f"/notices/{of(notified, 'filer').id}/open"
    answer = client.post(address, htmx=True)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, MESSAGE.path)
    assert unread_count(notified.users["filer"].account_id) == 0
    answer = client.post(address)
    assert (answer.status_code, answer.location) == (303, MESSAGE.path)


def test_marking_one_or_all_updates_the_list_and_the_bar(app: Flask, notified: World) -> None:
    client = log_in(app, notified, "head")
    answer = client.post(f"/notices/{of(notified, 'head').id}/read", htmx=True)
    assert 'hx-swap-oob="true"' in answer.text
    assert "未读 </span>1<" in answer.text
    answer = client.post("/notices/read", htmx=True)
    assert "bar-count" not in answer.text
    assert "全部标为已读" not in answer.text
    assert client.post("/notices/read").location == "/notices"


def queries_of(client: Browser, address: str) -> int:
    with count_queries() as statements:
        assert client.get(address).status_code == 200
    return len(statements)


@pytest.mark.parametrize("address", ["/notices", "/filings", "/plan"])
def test_no_page_asks_more_the_more_notices_there_are(app: Flask, world: World, address: str) -> None:
    client = log_in(app, world, "filer")
    client.get(address)
    before = queries_of(client, address)
    for number in range(3 * PAGE_LENGTH):
        send_notice(
            replace(MESSAGE, topic=f"{number}"), to=filers_of_departments(world.departments["经发办"].id)
        )
    assert queries_of(client, address) == before


def test_a_long_list_has_pages(app: Flask, world: World) -> None:
    for number in range(PAGE_LENGTH + 1):
        message = replace(MESSAGE, topic=f"{number}", sentence=f"第 {number} 件事。")
        send_notice(message, to=filers_of_departments(world.departments["经发办"].id))
    client = log_in(app, world, "filer")
    first, second = client.get("/notices").text, client.get("/notices?page=2").text
    assert "第 0 件事。" not in first
    assert "第 0 件事。" in second
    assert "下一页" in first
    assert "下一页" not in second
