"""一页纸: what stands on it, what is left out and counted, and who reads what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.authority.roles import Role
from app.directives.core.models import Directive
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast
from app.filing.core.models import Filing
from app.org.models import Leader
from app.overview.brief import cut_list, shorten_line
from app.periods.operations import open_period
from app.periods.queries import period_by_code
from app.periods.rules import Quarter
from tests.clients import count_queries, log_in
from tests.directives.writing import make_overdue, written_directive
from tests.filing.pages import brought_to, seen
from tests.overview.growth import grow, set_due
from tests.world import World, add_user, full_content

SECRET = "请密办此事。"


def test_what_is_left_out_is_counted() -> None:
    assert (cut_list([1, 2, 3], 2).rows, cut_list([1, 2, 3], 2).rest_words) == ([1, 2], "另有 1 项，见系统")
    assert cut_list([1, 2], 2).rest_words == ""
    assert shorten_line("一二三\n四五", 6) == "一二三 四五"
    assert shorten_line("一二三四五", 4) == "一二……"


@pytest.mark.parametrize("who", ["office", "leader"])
@pytest.mark.parametrize("htmx", [False, True])
def test_the_sheet_says_how_the_quarter_stands(app: Flask, world: World, who: str, htmx: bool) -> None:
    content = replace(
        full_content(percent=45),
        light=Light.YELLOW,
        light_reason="合同已签。",
        forecast=Forecast.DIFFICULT,
        problems="设备到货延迟。",
        next_steps="12月10日前完成安装。",
    )
    brought_to(FilingState.ACCEPTED, world, content=content)
    set_due(world, days_ago=30)
    make_overdue(written_directive(world, text="请抓紧安装。"))
    shown = seen(log_in(app, world, who).get("/brief", htmx=htmx))
    assert "截至9月30日（序时75%），4项中已采用1项：黄灯1（其中1项由部门调整）" in shown
    assert "1 ▲黄灯 45% 序时红灯" in shown
    assert "2 □ 逾期未报" in shown
    assert "需要关注的举措（4 项）" in shown
    assert "▲黄灯（部门调整，按序时为红灯；补报）45%，落后30个百分点，预计有困难但能完成" in shown
    assert "问题 设备到货延迟。 下一步 12月10日前完成安装。" in shown
    assert "未报 经发办 1 项（逾期 1）、城管办 2 项（逾期 2）。" in shown
    assert "没有销号的批示（1 件，其中逾期 1 件）" in shown
    assert "，经发办主办）某街道领导：请抓紧安装。" in shown
    assert f"{world.users[who].person}打印 打印稿，不作为公文" in shown
    assert ("我的批示" in shown) == (who == "leader")


def test_what_changed_is_named_the_worse_first(app: Flask, world: World) -> None:
    world.period = open_period(world.plan, Quarter(2026, 2), by=SAMPLE_LOADER)
    brought_to(FilingState.ACCEPTED, world, measure=1, content=full_content(percent=50))
    brought_to(FilingState.ACCEPTED, world, measure=2, content=full_content(percent=5))
    world.period = period_by_code("2026Q3")
    brought_to(FilingState.ACCEPTED, world, measure=1, content=full_content(percent=5))
    brought_to(FilingState.ACCEPTED, world, measure=2, content=full_content(percent=76))
    shown = seen(log_in(app, world, "office").get("/brief?period=2026Q3"))
    assert "与上季度相比 第1项变差：亮灯由绿灯变为红灯；第2项变好：亮灯由红灯变为绿灯。" in shown


def test_a_leader_and_a_department_have_sheets_of_their_own(app: Flask, world: World) -> None:
    written_directive(world, "城管办", measure=3, text="清理占道。")
    office = log_in(app, world, "office")
    department = world.departments["城管办"]
    shown = seen(office.get(f"/brief?scope=department-{department.id}"))
    assert "（城管办牵头）" in shown
    assert "2项中已采用0项" in shown
    assert "没有销号的批示（1 件" in shown
    shown = seen(office.get(f"/brief?scope=department-{world.departments['经发办'].id}"))
    assert "清理占道" not in shown
    assert "没有销号的批示（0 件" in shown
    shown = seen(office.get(f"/brief?scope=leader-{world.leader.id}"))
    assert "（周示例分管）" in shown


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("scope=leader-999999", "没有“leader-999999”这个范围"),
        ("scope=department-x", "请在一页纸上方选择全部举措、一位领导或者一个部门"),
        ("scope=%27%20OR%201", "这个范围"),
        ("scope=" + "长" * 500, "长……”这个范围"),
        ("period=2026Q9", "季度"),
        ("period=2020Q1", "季度"),
    ],
)
def test_a_scope_or_a_quarter_that_there_is_not_is_reported(
    app: Flask, world: World, query: str, words: str
) -> None:
    answer = log_in(app, world, "leader").get(f"/brief?{query}")
    assert answer.status_code == 422
    assert words in seen(answer)


def test_before_any_quarter_is_open_it_says_so(app: Flask, world: World) -> None:
    world.period.delete_instance(recursive=True)
    assert "还没有开启任何季度的填报" in seen(log_in(app, world, "leader").get("/brief"))


def test_a_confidential_directive_is_not_even_counted_for_others(app: Flask, world: World) -> None:
    other = Leader.create(name="吴示例", post="副主任（分管城管）", position=2)
    world.users["leader:other"] = add_user("leader-9", Role.LEADER, leader=other)
    directive = written_directive(world, text=SECRET, is_confidential=True)
    shown = seen(log_in(app, world, "leader:other").get("/brief"))
    assert "没有销号的批示（0 件" in shown
    assert directive.number_words not in shown
    shown = seen(log_in(app, world, "leader").get("/brief"))
    assert directive.number_words in shown
    assert SECRET not in shown


@pytest.mark.parametrize("place", ["/", "/overview"])
@pytest.mark.parametrize("who", ["office", "leader"])
def test_home_and_overview_lead_to_it(app: Flask, world: World, place: str, who: str) -> None:
    assert 'href="/brief?period=2026Q3' in log_in(app, world, who).get(place).text


def test_a_full_sheet_counts_what_it_has_no_room_for(app: Flask, world: World) -> None:
    grow(world, measures=46)
    Filing.update(light=Light.RED, percent=20).execute()
    shown = seen(log_in(app, world, "leader").get("/brief?period=2026Q1"))
    assert "需要关注的举措（50 项）另有 42 项，见系统" in shown
    assert "部门调整以前按序时的灯。另有 5 项，见系统" in shown
    assert f"没有销号的批示（{Directive.select().count()} 件" in shown
    assert "另有 45 件，见系统" in shown


@pytest.mark.parametrize("scope", ["all", "leader-{leader}", "department-{department}"])
def test_a_larger_plan_takes_no_more_queries(app: Flask, world: World, scope: str) -> None:
    key = scope.format(leader=world.leader.id, department=world.departments["经发办"].id)
    written_directive(world)
    browser = log_in(app, world, "leader")
    with count_queries() as few:
        browser.get(f"/brief?period=2026Q3&scope={key}")
    grow(world)
    with count_queries() as many:
        browser.get(f"/brief?period=2026Q3&scope={key}")
    assert len(many) == len(few)
