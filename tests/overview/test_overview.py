"""The plan as a map of lights."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast
from app.periods.operations import open_period
from app.periods.queries import period_by_code
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_milestones
from app.plan.core.models import Assignment, Milestone, PlanItem
from app.plan.core.rules import ItemKind
from tests.clients import count_queries, log_in
from tests.directives.writing import written_directive
from tests.filing.pages import brought_to, seen
from tests.overview.growth import grow, set_due
from tests.plan.tables import milestones
from tests.world import World, full_content

OTHERS = ("filer", "head", "system_admin", "security_admin", "auditor")


@pytest.mark.parametrize("who", ["office", "leader"])
@pytest.mark.parametrize("htmx", [False, True])
def test_every_measure_stands_with_light_word_and_percent(
    app: Flask, world: World, who: str, htmx: bool
) -> None:
    brought_to(FilingState.ACCEPTED, world, measure=1)
    brought_to(FilingState.SUBMITTED, world, measure=2)
    page = log_in(app, world, who).get("/overview", htmx=htmx)
    shown = seen(page)
    assert f"{world.measures[0].title} ●绿灯 76%" in shown
    assert f"{world.measures[1].title} 待审签" in shown
    assert "●绿灯 1 / 4 项，占 25%" in shown
    assert "未采用 3 / 4 项，占 75%" in shown
    for measure in world.measures:
        assert f'href="/measures/{measure.id}"' in page.get_data(as_text=True)


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("address", ["/overview", "/overview/trend"])
def test_it_is_for_the_office_and_leaders(app: Flask, world: World, who: str, address: str) -> None:
    assert log_in(app, world, who).get(address).status_code == 403


def test_what_is_missing_is_listed_by_name(app: Flask, world: World) -> None:
    for measure, department in ((1, "经发办"), (2, "经发办"), (3, "城管办")):
        brought_to(FilingState.ACCEPTED, world, measure=measure, department=department)
    shown = seen(log_in(app, world, "leader").get("/overview"))
    assert f"4 {world.measures[3].title} 城市管理办公室 未报" in shown
    assert "配合情况 2 项：未写 2 项。" in shown


def test_nothing_missing_is_reported_in_words(app: Flask, world: World) -> None:
    grow(world)
    shown = seen(log_in(app, world, "leader").get("/overview?period=2026Q3"))
    assert "全部 4 项举措均已采用。" not in shown
    assert "新增举措1 未报" in shown
    shown = seen(log_in(app, world, "leader").get("/overview?period=2026Q1"))
    assert "全部 16 项举措均已采用。" in shown


def test_an_unassigned_measure_is_named_so(app: Flask, world: World) -> None:
    Assignment.delete().where(Assignment.item == world.measures[3]).execute()
    assert f"{world.measures[3].title} 未分工" in seen(log_in(app, world, "office").get("/overview"))


def test_by_department_in_the_official_order(app: Flask, world: World) -> None:
    shown = seen(log_in(app, world, "leader").get("/overview?by=department"))
    places = [shown.index(f"{name} 牵头") for name in ("经济发展办公室", "城市管理办公室", "第一居民区")]
    assert places == sorted(places)
    assert "第一居民区 牵头 0 项，配合 1 项 ☆ 关注：第一居民区 配合情况：未写 1 项。" in shown


def test_other_quarters_are_a_link_away(app: Flask, world: World) -> None:
    open_period(world.plan, Quarter(2026, 2), by=SAMPLE_LOADER)
    leader = log_in(app, world, "leader")
    assert 'href="/overview?period=2026Q2"' in leader.get("/overview").get_data(as_text=True)
    shown = seen(leader.get("/overview?period=2026Q2"))
    assert "2026年第二季度总览" in shown
    assert "序时进度 50%" in shown


@pytest.mark.parametrize("code", ["2026Q9", "2025Q1", "春天"])
def test_a_quarter_that_there_is_not_is_reported(app: Flask, world: World, code: str) -> None:
    answer = log_in(app, world, "leader").get(f"/overview?period={code}")
    assert answer.status_code == 422
    assert "季度" in seen(answer)


def test_before_any_quarter_is_open_the_map_says_so(app: Flask, world: World) -> None:
    world.period.delete_instance(recursive=True)
    leader = log_in(app, world, "leader")
    assert "还没有开启任何季度的填报" in seen(leader.get("/overview"))
    assert leader.get("/overview/trend").status_code == 404


def test_measures_without_a_section_fill_the_band(app: Flask, world: World) -> None:
    for section in list(PlanItem.select().where(PlanItem.kind == ItemKind.SECTION)):
        PlanItem.update(parent=section.parent).where(PlanItem.parent == section).execute()
        section.delete_instance()
    page = log_in(app, world, "leader").get("/overview").get_data(as_text=True)
    assert page.count("measure-grid-row") == 2
    assert all(measure.title in page for measure in world.measures)


@pytest.mark.parametrize("htmx", [False, True])
def test_the_bars_are_drawn_with_the_same_numbers_as_the_table(app: Flask, world: World, htmx: bool) -> None:
    """The overview fetches them once one comes to its end; without a script a link leads to them."""
    brought_to(FilingState.ACCEPTED, world, measure=1)
    leader = log_in(app, world, "leader")
    assert '<a href="/overview/trend?period=2026Q3">' in leader.get("/overview").text
    page = leader.get("/overview/trend?period=2026Q3", htmx=htmx)
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    (drawing,) = re.findall("<svg.*?</svg>", page.text, re.DOTALL)
    description, *words = " ".join(ElementTree.fromstring(drawing).itertext()).split()
    assert "优化营商环境：正常推进1项、未采用1项" in description
    assert words[:5] == ["正常推进", "未采用", "优化营商环境", "1", "1"]
    assert "一112二022合计134" in seen(page).replace(" ", "")


def test_a_light_that_a_department_chose_differs_from_a_computed_one(app: Flask, world: World) -> None:
    content = replace(full_content(percent=45), light=Light.YELLOW, light_reason="合同已签。")
    brought_to(FilingState.ACCEPTED, world, content=content)
    shown = seen(log_in(app, world, "leader").get("/overview")).replace(" ", "")
    assert f"{world.measures[0].title}▲黄灯（部门调整，按序时为红灯）45%" in shown
    assert "▲黄灯1/4项，占25%其中1项由部门调整" in shown


@pytest.mark.parametrize(
    ("query", "title", "kept"),
    [
        ("light=green", "绿灯", [1, 2]),
        ("light=none", "未采用", [3, 4]),
        ("light=green&forecast=difficult", "绿灯，预计有困难但能完成", [2]),
        ("forecast=cannot", "预计不能完成", []),
        ("change=worse", "比上季度变差", [2]),
        ("standing=unreported&standing=signed_off", "未报、待采用", [3, 4]),
        ("leader={leader}", "周示例分管", [1, 2]),
    ],
)
@pytest.mark.parametrize("by", ["", "department", "leader"])
def test_a_count_leads_to_what_it_counts_and_the_title_says_so(
    app: Flask, world: World, query: str, title: str, kept: list[int], by: str
) -> None:
    world.period = open_period(world.plan, Quarter(2026, 2), by=SAMPLE_LOADER)
    brought_to(FilingState.ACCEPTED, world, measure=2, content=full_content(percent=50))
    world.period = period_by_code("2026Q3")
    brought_to(FilingState.ACCEPTED, world)
    content = replace(full_content(), forecast=Forecast.DIFFICULT)
    brought_to(FilingState.ACCEPTED, world, measure=2, content=content)
    brought_to(FilingState.SIGNED_OFF, world, measure=3, department="城管办")
    address = f"/overview?period=2026Q3&by={by}&{query.format(leader=world.leader.id)}"
    page = log_in(app, world, "leader").get(address)
    assert f"<h1>2026年第三季度总览：{title}</h1>" in page.text
    grid = page.text.partition('class="measure-grid')[2].partition("未采用的举措</h2>")[0]
    shown = [number for number, one in enumerate(world.measures, 1) if f'href="/measures/{one.id}"' in grid]
    assert shown == kept


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("light=purple", "没有“亮灯”为“purple”的筛选，请在总览里选绿灯、黄灯、红灯、灰灯、未采用。"),
        ("forecast=cannot_finish", "没有“年底预计”为“cannot_finish”的筛选"),
        ("change='; DROP TABLE", "没有“变化”为“&#39;; DROP TABLE”的筛选"),
        ("leader=99", "没有编号为“99”的领导"),
        ("leader=x", "没有编号为“x”的领导"),
    ],
)
def test_a_filter_that_there_is_not_is_answered_in_words(
    app: Flask, world: World, query: str, sentence: str
) -> None:
    leader = log_in(app, world, "leader")
    for place in ("/overview", "/overview/trend"):
        answer = leader.get(f"{place}?{query}")
        assert answer.status_code == 422
        assert sentence in answer.text


def test_an_arrangement_that_there_is_not_is_answered_in_words(app: Flask, world: World) -> None:
    answer = log_in(app, world, "leader").get("/overview?by=zz")
    assert answer.status_code == 422
    assert "没有“zz”这种排列，请在总览里选按计划、按部门、按领导。" in seen(answer)


def test_a_quarter_that_was_missed_stays_visible(app: Flask, world: World) -> None:
    """What was made good after its time is yellow in the series, with the word; what changed is named."""
    world.period = open_period(world.plan, Quarter(2026, 2), by=SAMPLE_LOADER)
    set_due(world, days_ago=10)
    brought_to(FilingState.ACCEPTED, world, content=full_content(percent=50))
    world.period = period_by_code("2026Q3")
    content = replace(full_content(percent=50), forecast=Forecast.DIFFICULT)
    brought_to(FilingState.ACCEPTED, world, content=content)
    leader = log_in(app, world, "leader")
    assert "各季度：第二季度绿灯（补报），第三季度红灯" in seen(leader.get("/overview?period=2026Q3"))
    page = leader.get("/overview/trend?period=2026Q3")
    assert "第二季度100031100持平持平" in seen(page).replace(" ", "")
    assert f"比上季度变差的（1 项） 1. {world.measures[0].title} 亮灯由绿灯变为红灯" in seen(page)


def test_a_forecast_that_does_not_fit_is_marked_beside_what_the_words_mean(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, content=full_content(percent=45))
    shown = seen(log_in(app, world, "leader").get("/overview"))
    assert "请核对：亮红灯，仍预计能够完成" in shown
    assert "不能完成：采取了能采取的措施，年底仍达不到年度目标。" in shown


def test_a_milestone_that_was_missed_is_marked(app: Flask, world: World, tmp_path: Path) -> None:
    set_milestones(world.plan, milestones(tmp_path, "1,,3,建立名单,"), by=SAMPLE_LOADER)
    milestone = Milestone.get()
    content = replace(full_content(), milestones={milestone.id: False})
    brought_to(FilingState.ACCEPTED, world, content=content)
    assert "请核对：节点未完成" in seen(log_in(app, world, "leader").get("/overview"))


def test_directives_on_a_measure_are_counted_in_its_cell(app: Flask, world: World) -> None:
    written_directive(world)
    page = log_in(app, world, "leader").get("/overview")
    assert "没有销号的批示 批 1 件" in seen(page)
    assert f'href="/measures/{world.measures[3].id}/directives/new"' in page.text


def test_contributions_that_are_owed_are_grouped_by_department(app: Flask, world: World) -> None:
    shown = seen(log_in(app, world, "office").get("/overview"))
    assert "还没有写配合情况的部门（2 个） 城管办 1 项、一居 1 项。" in shown


@pytest.mark.parametrize(
    "address",
    [
        "/overview?period=2026Q3",
        "/overview?period=2026Q3&by=department",
        "/overview?period=2026Q3&by=leader&light=red",
        "/overview/trend?period=2026Q3",
    ],
)
def test_a_larger_plan_takes_no_more_queries(app: Flask, world: World, address: str) -> None:
    browser = log_in(app, world, "leader")
    with count_queries() as few:
        browser.get(address)
    grow(world)
    with count_queries() as many:
        browser.get(address)
    assert len(many) == len(few)


def test_a_filter_that_lets_nothing_through_says_so(app: Flask, world: World) -> None:
    """There is nothing to draw then: no drawing is asked for, and asked for all the same it is not there."""
    set_due(world, days_ago=30)
    browser = log_in(app, world, "leader")
    shown, drawn = browser.get("/overview?light=red"), browser.get("/overview/trend?light=red")
    assert "没有符合的举措" in seen(shown)
    assert "/overview/trend" not in shown.text
    assert "没有符合的举措" in seen(drawn)
    assert "<svg" not in drawn.text


def test_a_count_says_how_many_it_leads_to_whatever_is_chosen(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    brought_to(FilingState.ACCEPTED, world, measure=2, content=full_content(percent=20))
    browser = log_in(app, world, "leader")
    for query, finishing in (("", 2), ("&light=red", 1)):
        page = browser.get(f"/overview?by=department{query}")
        shown = seen(page).replace(" ", "")
        assert "●绿灯1/4项，占25%▲黄灯0/4项，占0%■红灯1/4项" in shown, query
        assert f"年底预计：预计能够完成{finishing}" in shown, query
        assert page.text.partition('class="tally"')[2].count('aria-current="true"') == bool(query)
        assert "by=department&amp;light=green" in page.text


def test_further_counts_keep_the_filter(app: Flask, world: World) -> None:
    set_due(world, days_ago=30)
    shown = log_in(app, world, "leader").get(f"/overview?leader={world.leader.id}").text
    assert f"/overview?period=2026Q3&amp;leader={world.leader.id}&amp;standing=overdue" in shown
    assert f"/overview?period=2026Q3&amp;leader={world.leader.id}&amp;light=red" in shown


@pytest.mark.parametrize("path", ["/overview", "/plan"])
def test_a_measure_bears_the_number_that_documents_give_it(app: Flask, world: World, path: str) -> None:
    measure = world.measures[1]
    assert f"{measure.position}. {measure.title}" in seen(log_in(app, world, "office").get(path))
