"""A measure's own page through the year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_indicators, set_milestones
from app.plan.core.models import Indicator, PlanItem
from tests.clients import count_queries, log_in
from tests.filing.pages import brought_to, contributed, seen
from tests.overview.growth import grow, issue
from tests.plan.tables import indicators, milestones
from tests.world import THRESHOLDS, World, full_content

EVERYBODY = ("filer", "filer:城管办", "office", "leader")


def address(world: World, measure: int = 1) -> str:
    return f"/measures/{world.measures[measure - 1].id}"


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_with_business_sees_wording_duty_and_accepted_text(
    app: Flask, world: World, who: str
) -> None:
    PlanItem.update(yearly_target="走访企业100家。").execute()
    brought_to(FilingState.ACCEPTED, world)
    shown = seen(log_in(app, world, who).get(address(world)))
    for words in (
        world.measures[0].text,
        "走访企业100家。",
        "经济发展办公室",
        "城管办、一居",
        "周示例（副主任）",
    ):
        assert words in shown
    assert "已走访企业32家，形成线索12条。" in shown
    assert "●绿灯" in shown
    assert "76%" in shown


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_administrators_do_not(app: Flask, world: World, who: str) -> None:
    assert log_in(app, world, who).get(address(world)).status_code == 403


@pytest.mark.parametrize(
    ("who", "may_read"),
    [("filer", True), ("office", True), ("leader", True), ("filer:城管办", False), ("head:一居", False)],
)
def test_what_is_not_accepted_is_shown_only_to_those_who_may_read_it(
    app: Flask, world: World, who: str, may_read: bool
) -> None:
    brought_to(FilingState.SUBMITTED, world)
    shown = seen(log_in(app, world, who).get(address(world)))
    assert "待审签" in shown
    assert ("已走访企业32家" in shown) is may_read
    assert ("以下内容尚未采用。" in shown) is may_read
    assert "76%" not in shown


@pytest.mark.parametrize(
    ("who", "may_read"), [("filer", True), ("filer:城管办", True), ("filer:一居", False)]
)
def test_a_contribution_is_open_to_its_department_and_to_the_lead(
    app: Flask, world: World, who: str, may_read: bool
) -> None:
    contributed(world, 1, "城管办", "配合整治两次。")
    shown = seen(log_in(app, world, who).get(address(world)))
    assert ("配合：城市管理办公室" in shown) is may_read
    assert ("配合整治两次。" in shown) is may_read
    assert "配合部门：一居未写。" in shown


def test_all_quarters_stand_side_by_side(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    open_period(world.plan, Quarter(2026, 2), by=SAMPLE_LOADER)
    shown = seen(log_in(app, world, "leader").get(address(world))).replace(" ", "")
    assert "2026年第二季度2026年第三季度" in shown
    assert "亮灯—●绿灯" in shown
    assert "序时进度50%75%" in shown


def test_directives_come_by_their_own_fragment(app: Flask, world: World) -> None:
    page = log_in(app, world, "leader").get(address(world)).get_data(as_text=True)
    assert f'hx-get="/directives/on-measure/{world.measures[0].id}"' in page
    assert f'href="/directives/on-measure/{world.measures[0].id}"' in page


@pytest.mark.parametrize(("who", "is_shown"), [("leader", True), ("office", True), ("filer", False)])
def test_issued_documents_are_for_those_who_read_documents(
    app: Flask, world: World, who: str, is_shown: bool
) -> None:
    issue(world.period)
    shown = seen(log_in(app, world, who).get(address(world)))
    assert ("2026年第三季度推进情况报告" in shown) is is_shown


def test_a_measure_that_there_is_not(app: Flask, world: World) -> None:
    part = PlanItem.select().where(PlanItem.parent.is_null()).first()
    leader = log_in(app, world, "leader")
    assert leader.get("/measures/9999").status_code == 404
    assert leader.get(f"/measures/{part.id}").status_code == 404


@pytest.mark.parametrize("who", EVERYBODY)
def test_more_quarters_and_departments_take_no_more_queries(app: Flask, world: World, who: str) -> None:
    browser = log_in(app, world, who)
    with count_queries() as few:
        browser.get(address(world))
    grow(world)
    with count_queries() as many:
        browser.get(address(world))
    assert len(many) == len(few)


def test_the_years_targets_stand_beside_what_was_accepted(app: Flask, world: World, tmp_path: Path) -> None:
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,1200"), by=SAMPLE_LOADER)
    set_milestones(
        world.plan, milestones(tmp_path, "1,,2,建立名单,", "1,2,4,全部走访,1200"), by=SAMPLE_LOADER
    )
    filing, asked = world.filing(1), Indicator.get()
    content = replace(full_content(), indicators={asked.id: Decimal(900)})
    operations.save_filing(
        filing, content, by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    browser = log_in(app, world, "leader")
    assert "走访企业 1,200 家 —" in seen(browser.get(address(world)))
    brought_to(FilingState.ACCEPTED, world)
    shown = seen(browser.get(address(world)))
    assert "走访企业 1,200 家 900 家（75%）" in shown
    assert "第二季度： 建立名单" in shown
    assert "第四季度： 任务 2：全部走访 （目标值 1,200）" in shown
