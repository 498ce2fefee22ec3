"""The plan as a map of lights."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.filing.core.life_cycle import FilingState
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.core.models import Assignment, PlanItem
from app.plan.core.rules import ItemKind
from tests.clients import count_queries, log_in
from tests.filing.pages import brought_to, seen
from tests.overview.growth import grow
from tests.world import World

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
@pytest.mark.parametrize("address", ["/overview", "/overview/chart.svg"])
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
    assert "第一居民区 牵头 0 项，配合 1 项 配合情况：未写 1 项。" in shown


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
    assert leader.get("/overview/chart.svg").status_code == 404


def test_measures_without_a_section_fill_the_band(app: Flask, world: World) -> None:
    for section in list(PlanItem.select().where(PlanItem.kind == ItemKind.SECTION)):
        PlanItem.update(parent=section.parent).where(PlanItem.parent == section).execute()
        section.delete_instance()
    page = log_in(app, world, "leader").get("/overview").get_data(as_text=True)
    assert page.count("measure-grid-row") == 2
    assert all(measure.title in page for measure in world.measures)


def test_the_bars_are_an_image_with_the_same_numbers_as_the_table(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, measure=1)
    leader = log_in(app, world, "leader")
    assert 'src="/overview/chart.svg?period=2026Q3"' in leader.get("/overview").get_data(as_text=True)
    image = leader.get("/overview/chart.svg?period=2026Q3")
    assert image.mimetype == "image/svg+xml"
    assert "unsafe" not in image.headers["Content-Security-Policy"]
    description, *words = " ".join(ElementTree.fromstring(image.get_data(as_text=True)).itertext()).split()
    assert "优化营商环境：正常推进1项、未采用1项" in description
    assert words[:5] == ["正常推进", "未采用", "优化营商环境", "1", "1"]
    assert "一112二022合计134" in seen(leader.get("/overview")).replace(" ", "")


@pytest.mark.parametrize("address", ["/overview?period=2026Q3", "/overview?period=2026Q3&by=department"])
def test_a_larger_plan_takes_no_more_queries(app: Flask, world: World, address: str) -> None:
    browser = log_in(app, world, "leader")
    with count_queries() as few:
        browser.get(address)
    grow(world)
    with count_queries() as many:
        browser.get(address)
    assert len(many) == len(few)
