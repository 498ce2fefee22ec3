"""The plan as published, in the browser."""

from __future__ import annotations

import pytest
from flask import Flask

from app.plan.core.models import Assignment, PlanItem
from app.plan.core.rules import ItemKind, numbered_heading
from tests.clients import count_queries, log_in
from tests.filing.pages import seen
from tests.overview.growth import grow
from tests.world import World


@pytest.mark.parametrize("who", ["filer", "head", "office", "leader"])
def test_everybody_with_business_reads_the_whole_plan(app: Flask, world: World, who: str) -> None:
    shown = seen(log_in(app, world, who).get("/plan"))
    assert world.plan.title in shown
    assert world.plan.lead_in in shown
    assert "一、优化营商环境，推动经济发展" in shown
    assert "（一）紧抓招商引资" in shown
    for measure in world.measures:
        assert f"{measure.title} {measure.text}" in shown


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_administrators_may_not_read_the_plan(app: Flask, world: World, who: str) -> None:
    assert log_in(app, world, who).get("/plan").status_code == 403


def test_it_says_who_answers_for_each_measure(app: Flask, world: World) -> None:
    shown = seen(log_in(app, world, "filer").get("/plan"))
    assert "牵头 经发办 配合 城管办、一居 分管 周示例" in shown


def test_a_group_that_was_assigned_at_once_is_named_as_one(app: Flask, world: World) -> None:
    group = world.departments["一居"].groups.get().group
    Assignment.update(group=group).where(Assignment.department == world.departments["一居"]).execute()
    shown = seen(log_in(app, world, "filer").get("/plan"))
    assert "配合 城管办、各居民区 分管" in shown


@pytest.mark.parametrize("htmx", [False, True])
def test_the_plan_is_narrowed_to_one_departments_measures(app: Flask, world: World, htmx: bool) -> None:
    department = world.departments["一居"]
    page = log_in(app, world, "office").get(f"/plan?department={department.id}", htmx=htmx)
    shown = seen(page)
    assert "第一居民区牵头或配合 1 项举措。" in shown
    assert [measure.title in shown for measure in world.measures] == [True, False, False, False]
    assert "二、加强城市管理" not in shown


@pytest.mark.parametrize("wanted", ["999", "x"])
def test_a_department_that_there_is_not_is_reported(app: Flask, world: World, wanted: str) -> None:
    page = log_in(app, world, "office").get(f"/plan?department={wanted}")
    assert page.status_code == 404
    assert "没有找到这个部门" in seen(page)


def test_a_plan_without_sections_is_shown_as_it_is(app: Flask, world: World) -> None:
    sections = [item.id for item in PlanItem.select().where(PlanItem.kind == ItemKind.SECTION)]
    for section in sections:
        parent = PlanItem.get_by_id(section).parent
        PlanItem.update(parent=parent).where(PlanItem.parent == section).execute()
    PlanItem.delete().where(PlanItem.id.in_(sections)).execute()
    shown = seen(log_in(app, world, "office").get("/plan"))
    assert all(measure.title in shown for measure in world.measures)


def test_before_any_plan_the_page_says_what_to_do(app: Flask, world: World) -> None:
    world.period.delete_instance(recursive=True)
    world.plan.delete_instance(recursive=True)
    assert "点“导入工作计划”，上传或者粘贴计划全文。" in seen(log_in(app, world, "office").get("/plan"))


def test_a_larger_plan_takes_no_more_queries(app: Flask, world: World) -> None:
    browser = log_in(app, world, "office")
    with count_queries() as few:
        browser.get("/plan")
    grow(world)
    with count_queries() as many:
        browser.get("/plan")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        ("一", "一、甲"),
        ("（一）", "（一）甲"),
        ("(1)", "(1)甲"),
        ("①", "①甲"),
        ("㉑", "㉑甲"),
        ("⑴", "⑴甲"),
        ("⒈", "⒈甲"),
        ("〔1〕", "〔1〕甲"),
        ("12", "12. 甲"),
        ("第一章", "第一章 甲"),
        ("第二部分", "第二部分 甲"),
        ("", "甲"),
    ],
)
def test_a_heading_is_numbered_as_in_print(number: str, heading: str) -> None:
    assert numbered_heading(number, "甲") == heading
