"""The office changes measures in the browser: the difference first, then the word."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.base.clock import clock_stopped_at
from app.filing.core import operations as filings
from app.plan.core import queries
from app.plan.core.models import ItemChange, PlanRevision
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import inputs, seen
from tests.world import THRESHOLDS, World, full_content


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def grid_address(world: World) -> str:
    return f"/plan/{world.plan.id}/assignments"


def measure_address(world: World) -> str:
    return f"/measures/{world.measures[0].id}/revision"


def cell(world: World, name: str, measure: int = 1) -> str:
    return f"{name}-{world.measures[measure - 1].id}"


def confirmed(answer: TestResponse) -> str:
    found = re.search(r'name="confirmed" value="(\w+)"', answer.get_data(as_text=True))
    assert found is not None
    return found[1]


def store(office: Browser, address: str, sent: dict[str, str]) -> TestResponse:
    """Send what was typed, and confirm the difference that is shown."""
    return office.post(address, data=sent | {"confirmed": confirmed(office.post(address, data=sent))})


def fields_of(page: TestResponse, **changes: Any) -> dict[str, str]:
    """Return what a browser sends of a page in which somebody changed some fields."""
    return {name: value for name, value in inputs(page).items() if name} | changes


def test_the_grid_shows_who_answers_and_changes_only_what_was_confirmed(
    office: Browser, world: World
) -> None:
    page = office.get(grid_address(world))
    held = inputs(page)
    assert (held[cell(world, "lead")], held[cell(world, "supports")], held[cell(world, "leader")]) == (
        "经发办",
        "城管办、一居",
        "周示例",
    )
    sent = fields_of(page, **{cell(world, "lead"): "城管办", cell(world, "supports"): "各居民区"})
    sent |= {"effective_on": "2026-05-01", "reason": "机构调整", "paper": "街委〔2026〕12号"}
    shown = office.post(grid_address(world), data=sent)
    assert shown.status_code == 200
    assert "将保存的改动（2 处），自2026年5月1日起" in seen(shown)
    assert not PlanRevision.select().exists()
    another_day = sent | {"effective_on": "2026-06-01", "confirmed": confirmed(shown)}
    shown_again = office.post(grid_address(world), data=another_day)
    assert "将保存的改动（2 处），自2026年6月1日起" in seen(shown_again)
    assert not PlanRevision.select().exists()
    done = office.post(grid_address(world), data=sent | {"confirmed": confirmed(shown)})
    assert (done.status_code, done.location) == (303, f"/plan/{world.plan.id}/handover")
    revision = PlanRevision.get()
    assert (str(revision.effective_on), revision.reason, revision.paper) == (
        "2026-05-01",
        "机构调整",
        "街委〔2026〕12号",
    )
    assert {change.words for change in ItemChange.select()} == {"城管办", "各居民区"}


def test_what_another_changed_meanwhile_is_shown_before_it_is_confirmed(
    office: Browser, world: World
) -> None:
    page = office.get(grid_address(world))
    sent = fields_of(page, **{cell(world, "yearly_target"): "走访100家"})
    shown = office.post(grid_address(world), data=sent)
    other = fields_of(page, **{cell(world, "yearly_target"): "走访80家", cell(world, "lead"): "城管办"})
    office.post(
        grid_address(world),
        data=other | {"confirmed": confirmed(office.post(grid_address(world), data=other))},
    )
    again = office.post(grid_address(world), data=sent | {"confirmed": confirmed(shown)})
    assert again.status_code == 200
    assert "走访<ins>100家</ins>" in again.get_data(as_text=True)
    office.post(grid_address(world), data=sent | {"confirmed": confirmed(again)})
    measure = world.measures[0]
    assert queries.measures_of_plan(world.plan)[0].yearly_target == "走访100家"
    lead = queries.responsible_for_measure(measure).lead
    assert lead is not None
    assert lead.short_name == "城管办"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lead": "外办"}, "第 1 项“牵头部门”：没有名为“外办”的部门"),
        ({"supports": "外办"}, "第 1 项“配合部门”：没有名为“外办”的部门"),
        ({"lead": ""}, "第 1 项“牵头部门”：每项举措须有一个牵头部门"),
        ({}, "没有改动，不用保存"),
    ],
)
def test_a_wrong_cell_is_named_and_what_was_typed_stays(
    office: Browser, world: World, changes: dict[str, str], sentence: str
) -> None:
    typed = {cell(world, name): value for name, value in changes.items()}
    answer = office.post(grid_address(world), data=fields_of(office.get(grid_address(world)), **typed))
    assert answer.status_code == 422
    assert sentence in seen(answer)
    assert {name: inputs(answer)[name] for name in typed} == typed


def test_a_table_fills_the_grid_and_is_confirmed_there(office: Browser, world: World) -> None:
    head = "举措序号,举措,牵头部门,配合部门,分管领导,年度目标"
    table = f"{head}\n1,夯实招商基础,城管办,,周示例,走访100家\n".encode()
    answer = office.post(f"{grid_address(world)}/table", data={"table": (io.BytesIO(table), "分工.csv")})
    assert "将保存的改动（3 处），自计划公布起" in seen(answer)
    done = office.post(grid_address(world), data=fields_of(answer, confirmed=confirmed(answer)))
    assert done.status_code == 303
    duty = queries.responsible_for_measure(world.measures[0])
    assert duty.lead == world.departments["城管办"]
    assert duty.supports == ()
    wrong = f"{head}\n9,,外办,,,\n".encode()
    refused = office.post(f"{grid_address(world)}/table", data={"table": (io.BytesIO(wrong), "分工.csv")})
    assert refused.status_code == 422
    assert "第 2 行“举措序号”：计划里没有第“9”项举措。" in seen(refused)


def test_a_measures_wording_is_revised_and_read_as_of_any_day(office: Browser, world: World) -> None:
    page = office.get(measure_address(world))
    sent = fields_of(page, title="做实招商", text="新的要求。")
    refused = office.post(measure_address(world), data=sent)
    assert refused.status_code == 422
    assert "改动名称或原文须写生效日期" in seen(refused)
    assert "确认保存" not in seen(refused)
    sent |= {"effective_on": "2026-05-01"}
    shown = office.post(measure_address(world), data=sent)
    assert re.findall(r"compare-plain\">(.*?)</td>", shown.get_data(as_text=True)) == [
        "<del>落实招商机制，拓展线索来源。走访重点企业。</del>",
        "<ins>新的要求。</ins>",
    ]
    office.post(measure_address(world), data=sent | {"confirmed": confirmed(shown)})
    address = f"/measures/{world.measures[0].id}"
    assert "做实招商" in seen(office.get(address))
    before = seen(office.get(f"{address}?on=2026-04-30"))
    assert "夯实招商基础" in before
    assert "2026年4月30日有效的内容" in before
    assert "自2026年5月1日起 名称改为 做实招商 原文改为 新的要求。" in seen(office.get(f"{address}/history"))
    assert office.get(f"{address}?on=昨天").status_code == 422
    early = office.get(f"{address}?on=2025-12-31")
    assert early.status_code == 422
    assert "2026年的计划自2026年1月1日起有效，请选择这一天或者以后的日期。" in seen(early)


def test_a_change_says_from_which_day_to_come_it_holds(office: Browser, world: World) -> None:
    with clock_stopped_at(datetime(2026, 5, 1, 9)):
        sent = fields_of(office.get(measure_address(world)), text="新的要求。", effective_on="2026-06-01")
        shown = office.post(measure_address(world), data=sent)
        sent["confirmed"] = confirmed(shown)
        done = office.post(measure_address(world), data=sent, follow_redirects=True)
    assert "已保存 1 处改动，到2026年6月1日生效。" in seen(done)


def test_a_changed_lead_hands_over_what_was_begun(app: Flask, office: Browser, world: World) -> None:
    filing = world.filing(1)
    filings.save_filing(
        filing, full_content(), by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    office.post(
        f"/measures/{world.measures[0].id}/directives",
        data=fields_of(
            office.get(f"/measures/{world.measures[0].id}/directives/new"),
            text="请抓紧。",
            kind="instruction",
            main=str(world.departments["经发办"].id),
            due_on="",
        ),
    )
    sent = fields_of(office.get(grid_address(world)), **{cell(world, "lead"): "城管办"})
    store(office, grid_address(world), sent)
    address = f"/plan/{world.plan.id}/handover"
    page = office.get(address)
    assert "写了还没有提交的填报" in seen(page)
    assert office.post(address, data={}).status_code == 422
    done = office.post(address, data={"filing": filing.id, "addressee": inputs(page).get("addressee", "")})
    assert done.status_code == 303
    handed = world.filing(1, "城管办")
    assert (handed.id, handed.progress, handed.lead_id) == (
        filing.id,
        full_content().progress,
        world.departments["城管办"].id,
    )
    assert "没有需要移交的" in seen(office.get(address))
    assert "移交" in seen(office.get(f"/measures/{world.measures[0].id}/steps"))


def test_the_number_of_queries_does_not_grow_with_what_was_revised(office: Browser, world: World) -> None:
    address = f"/measures/{world.measures[0].id}/history"
    for path in (grid_address(world), address):
        office.get(path)
    with count_queries() as few:
        office.get(grid_address(world))
        office.get(address)
    for day, name in (("2026-02-01", "城管办"), ("2026-05-01", "一居"), ("2026-06-01", "经发办")):
        sent = fields_of(office.get(grid_address(world)), **{cell(world, "lead"): name}, effective_on=day)
        if inputs(office.get(grid_address(world)))[cell(world, "lead")] == name:
            continue
        store(office, grid_address(world), sent)
    with count_queries() as many:
        office.get(grid_address(world))
        office.get(address)
    assert len(many) == len(few)
