"""The page on which the office urges departments."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.access.models import Account
from app.authority.actor import SAMPLE_LOADER
from app.base.clock import now
from app.filing.core import operations
from app.filing.core.models import Filing
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.org.models import Department
from app.org.rules import DepartmentKind
from app.periods.operations import close_period
from tests.clients import Browser, count_queries, log_in
from tests.world import THRESHOLDS, World, full_content

SENT_KEY = re.compile(r'name="key" value="([0-9a-f]{32})"')
TICKED = re.compile(r'name="departments" value="(\d+)" checked')


def form_of(client: Browser, address: str = "/review/remind") -> dict[str, object]:
    """Return what a browser would send of the page as it stands."""
    page = client.get(address).text
    found = SENT_KEY.search(page)
    assert found
    return {"key": found[1], "departments": TICKED.findall(page), "text": "请今天报来。"}


def count_reminders() -> int:
    return Notice.select().where(Notice.kind == NoticeKind.URGED).count()


@pytest.mark.parametrize("who", ["filer", "head", "leader", "auditor", "system_admin", "security_admin"])
def test_only_the_office_comes_here(app: Flask, world: World, who: str) -> None:
    client = log_in(app, world, who)
    assert client.get("/review/remind").status_code == 403
    assert client.post("/review/remind", data={"text": "请报来。"}).status_code == 403
    assert count_reminders() == 0


def test_the_page_names_whom_it_reaches_and_what_they_owe(app: Flask, world: World) -> None:
    world.let_lead(4, "一居")
    filing = world.filing(4, "一居")
    filer = world.users["filer:一居"]
    operations.save_and_submit(
        filing, full_content(), by=filer, version=filing.version, thresholds=THRESHOLDS
    )
    Account.update(disabled_at=now()).where(Account.id == world.users["head"].account_id).execute()
    page = log_in(app, world, "office").get("/review/remind").text
    assert "未提交 1 项：3.推进旧区改造。" in page
    assert f'for="department-{world.departments["一居"].id}"' not in page
    assert page.count("某部门填报员") == 2
    assert page.count("某部门负责人") == 1


def test_all_that_miss_something_are_ticked_or_those_that_the_address_names(app: Flask, world: World) -> None:
    for measure in (1, 2):
        filing = world.filing(measure)
        operations.save_and_submit(
            filing, full_content(), by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
        )
    client, ids = log_in(app, world, "office"), {name: row.id for name, row in world.departments.items()}
    assert form_of(client)["departments"] == [str(ids["城管办"])]
    assert form_of(client, f"/review/remind?department={ids['经发办']}")["departments"] == [
        str(ids["经发办"])
    ]


def test_sending_tells_the_ticked_and_goes_back_to_the_matrix(app: Flask, world: World) -> None:
    client = log_in(app, world, "office")
    data = form_of(client)
    answer = client.post("/review/remind?period=2026Q3", data=data)
    assert (answer.status_code, answer.location) == (303, "/review?period=2026Q3")
    assert "已催办 2 个部门。" in client.get(answer.location).text
    assert count_reminders() == 4
    client.post("/review/remind?period=2026Q3", data=data)
    assert "未重复发送" in client.get("/review").text
    assert count_reminders() == 4
    filer = log_in(app, world, "filer").get("/notices").text
    assert "请今天报来。\n未提交 2 项" in filer


def test_what_was_typed_stays_where_something_is_wrong(app: Flask, world: World) -> None:
    client = log_in(app, world, "office")
    text = "请今天报来。" * 100
    answer = client.post("/review/remind", data=form_of(client) | {"text": text})
    assert answer.status_code == 422
    assert text in answer.text
    assert "控制在 500 字以内" in answer.text
    assert len(TICKED.findall(answer.text)) == 2
    answer = client.post("/review/remind", data=form_of(client) | {"departments": []}, htmx=True)
    assert answer.status_code == 422
    assert "请至少勾选一个部门" in answer.text
    assert count_reminders() == 0


@pytest.mark.parametrize("change", [{"key": ""}, {"key": "x" * 40}, {"departments": ["x"]}])
def test_a_form_that_is_not_whole_is_refused(app: Flask, world: World, change: dict[str, object]) -> None:
    client = log_in(app, world, "office")
    answer = client.post("/review/remind", data=form_of(client) | change)
    assert answer.status_code == 422
    assert "没有发出" in answer.text
    assert count_reminders() == 0


def test_a_closed_quarter_offers_no_form(app: Flask, world: World) -> None:
    client = log_in(app, world, "office")
    data = form_of(client)
    close_period(world.period, by=SAMPLE_LOADER)
    assert "已经关闭" in client.get("/review/remind").text
    assert client.post("/review/remind", data=data).status_code == 422
    assert count_reminders() == 0


def test_a_quarter_that_was_not_opened_is_named(app: Flask, world: World) -> None:
    answer = log_in(app, world, "office").get("/review/remind?period=2026Q4")
    assert answer.status_code == 422
    assert "尚未开启" in answer.text


def test_ten_times_the_departments_take_the_same_queries(app: Flask, world: World) -> None:
    client = log_in(app, world, "office")
    counts = []
    for size in (0, 30):
        for number in range(size):
            department = Department.create(
                name=f"第{number}中心", short_name=f"{number}中心", kind=DepartmentKind.CENTRE
            )
            Filing.create(
                measure=world.measures[0],
                period=world.period,
                department=department,
            )
        client.get("/review/remind")
        with count_queries() as statements:
            page = client.get("/review/remind").text
        counts.append(len(statements))
    assert "29中心" in page
    assert "没有可用的账号" in page
    assert counts[0] == counts[1]
