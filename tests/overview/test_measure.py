"""A measure's own page through the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import today
from app.base.days import day_in_year
from app.directives.core.models import Directive
from app.drafting.core.models import Document
from app.filing.core import operations
from app.filing.core.content import FilingContent
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast
from app.filing.core.models import Filing
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_indicators, set_milestones
from app.plan.core.models import Indicator, ItemChange, PlanItem, PlanRevision
from app.plan.core.rules import ItemAspect
from tests.clients import count_queries, log_in
from tests.directives.writing import replied_directive, written_directive
from tests.filing.pages import brought_to, contributed, inputs, seen
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


@pytest.mark.parametrize(("who", "may_write"), [("leader", True), ("office", True), ("filer", False)])
def test_unsettled_directives_stand_beside_the_report(
    app: Flask, world: World, who: str, may_write: bool
) -> None:
    written_directive(world, text="请抓紧安装设备。")
    page = log_in(app, world, who).get(address(world))
    assert "（没有销号的 1 件）" in seen(page)
    assert "某街道领导：请抓紧安装设备。" in seen(page)
    assert "看全部 1 件批示和办理情况" in seen(page)
    assert ('id="directive-box"' in page.text) is may_write


@pytest.mark.parametrize(
    ("who", "author"), [("leader", "某街道领导"), ("office", "周示例")], ids=["leader", "office"]
)
def test_the_box_sends_what_its_form_offers_at_first(app: Flask, world: World, who: str, author: str) -> None:
    browser = log_in(app, world, who)
    page = browser.get(address(world))
    held, offered = inputs(page), inputs(browser.get(f"{address(world)}/directives/new", htmx=True))
    shared = {"kind", "urgency", "feedback"}
    assert {name: held[name] for name in shared} == {name: offered[name] for name in shared}
    sent = browser.post(f"{address(world)}/directives", data=held | {"text": "请按期办结。"})
    assert sent.status_code == 303
    directive = Directive.get()
    assert (directive.author, directive.main_addressee.department) == (author, world.departments["经发办"])
    due = day_in_year(directive.due_on, today())
    assert f"主办：经济发展办公室；期限：一般（15 天）：{due}" in seen(page)


def test_a_confidential_directive_is_nowhere_for_others(app: Flask, world: World) -> None:
    written_directive(world, text="请密办此事。", is_confidential=True)
    for place in (address(world), f"{address(world)}/timeline"):
        shown = seen(log_in(app, world, "filer").get(place))
        assert "没有销号的 " not in shown
        assert "密批" not in shown
        assert "请密办此事。" not in shown
        assert "请密办此事。" in seen(log_in(app, world, "leader").get(place))


@pytest.mark.parametrize(("who", "is_shown"), [("leader", True), ("office", True), ("filer", False)])
def test_issued_documents_are_for_those_who_read_documents(
    app: Flask, world: World, who: str, is_shown: bool
) -> None:
    issue(world.period)
    shown = seen(log_in(app, world, who).get(f"{address(world)}/timeline"))
    assert ("2026年第三季度推进情况报告" in shown) is is_shown


def test_a_measure_that_there_is_not(app: Flask, world: World) -> None:
    part = PlanItem.select().where(PlanItem.parent.is_null()).first()
    leader = log_in(app, world, "leader")
    assert leader.get("/measures/9999").status_code == 404
    assert leader.get(f"/measures/{part.id}").status_code == 404


def milder_content() -> FilingContent:
    return replace(
        full_content(percent=45),
        light=Light.YELLOW,
        light_reason="合同已签。",
        forecast=Forecast.DIFFICULT,
        problems="设备到货延迟。",
        next_steps="12月10日前完成安装。",
    )


def test_the_page_begins_with_the_verdict(app: Flask, world: World, tmp_path: Path) -> None:
    rows = ("1,,1,建立名单,", "1,,3,完成安装,", "1,,4,全部验收,")
    set_milestones(world.plan, milestones(tmp_path, *rows), by=SAMPLE_LOADER)
    third, world.period = world.period, open_period(world.plan, Quarter(2026, 2), by=SAMPLE_LOADER)
    brought_to(FilingState.ACCEPTED, world, content=full_content(percent=50))
    world.period = third
    brought_to(FilingState.ACCEPTED, world, content=milder_content())
    shown = seen(log_in(app, world, "leader").get(address(world)))
    assert "▲黄灯（部门调整，按序时为红灯） 完成 45%，落后30个百分点 预计年底有困难但能完成" in shown
    assert "历次预计 第二季度能够完成，第三季度有困难但能完成" in shown
    assert "节点 到期 2 个，未说明 2 个（第一季度：建立名单；第三季度：完成安装）" in shown
    order = ["▲黄灯", "存在问题 设备到货延迟。", "计划内容", "其他季度的填报", "大事记"]
    assert sorted(order, key=shown.index) == order


def test_while_nothing_is_accepted_the_verdict_says_so(app: Flask, world: World) -> None:
    shown = seen(log_in(app, world, "leader").get(address(world)))
    assert "还没有采用的填报 第三季度 未报" in shown
    assert "还没有可以看的填报。" in shown


@pytest.mark.parametrize("who", ["leader", "filer:城管办"])
def test_a_draft_is_nowhere_but_as_what_is_not_there(app: Flask, world: World, who: str) -> None:
    filing = world.filing(1)
    operations.save_filing(
        filing,
        full_content("只写了一半的话"),
        by=world.users["filer"],
        version=filing.version,
        thresholds=THRESHOLDS,
    )
    shown = seen(log_in(app, world, who).get(address(world)))
    assert "只写了一半" not in shown
    assert "未报" in shown
    assert "保存" not in shown


def test_what_was_accepted_without_percent_shows_a_page(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.ACCEPTED, world)
    Filing.update(percent=None).where(Filing.id == filing.id).execute()
    shown = seen(log_in(app, world, "leader").get(address(world))).replace(" ", "")
    assert "完成率—" in shown
    assert "还没有采用的填报" in shown


def test_the_measures_before_and_after_are_those_of_the_scope(app: Flask, world: World) -> None:
    PlanItem.update(leader=None).where(PlanItem.id == world.measures[1].id).execute()
    PlanItem.update(leader=world.leader).where(PlanItem.id == world.measures[2].id).execute()
    leader = log_in(app, world, "leader")
    first, second, third = (one.id for one in world.measures[:3])
    page = leader.get(f"/measures/{second}").text
    assert f'rel="prev" href="/measures/{first}"' in page
    assert f'rel="next" href="/measures/{third}"' in page
    page = leader.get(f"/measures/{first}?scope=mine").text
    assert f'rel="next" href="/measures/{third}?scope=mine"' in page
    assert 'rel="next"' not in leader.get(f"/measures/{second}?scope=mine").text
    assert leader.get(f"/measures/{first}?scope=yours").status_code == 422


def test_filings_directives_documents_and_revisions_are_one_time_line(
    app: Flask, world: World, tmp_path: Path
) -> None:
    brought_to(FilingState.ACCEPTED, world)
    replied_directive(world, text="已安装完毕。")
    issue(world.period)
    PlanRevision.create(plan=world.plan, effective_on=date(2026, 5, 1), reason="机构调整", made_by="陈示例")
    ItemChange.create(
        revision=PlanRevision.get(), item=world.measures[0], aspect=ItemAspect.TITLE, words="走访重点企业"
    )
    leader = log_in(app, world, "leader")
    assert f'href="{address(world)}/timeline">' in leader.get(address(world)).text
    story = seen(leader.get(f"{address(world)}/timeline", htmx=True))
    for words in (
        "填报 第三季度经发办采用",
        "批示 某街道领导批示",
        "批示 经发办回复",
        "公文 印发2026年第三季度",
    ):
        assert words in story, words
    assert Document.get().number in story
    assert "2026年5月1日 修订 修订名称 陈示例机构调整" in story


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("part", ["", "/timeline"])
def test_more_quarters_and_departments_take_no_more_queries(
    app: Flask, world: World, who: str, part: str
) -> None:
    written_directive(world)  # what belongs to directives is asked for where there are any
    browser = log_in(app, world, who)
    browser.get(address(world) + part)
    with count_queries() as few:
        browser.get(address(world) + part)
    grow(world)
    with count_queries() as many:
        browser.get(address(world) + part)
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
    drawing = 'role="img" aria-label="走访企业：年度目标 1,200 家；第三季度 900 家（75%）"'
    assert drawing in browser.get(address(world)).text
    assert "第二季度： 建立名单" in shown
    assert "第四季度： 任务 2：全部走访 （目标值 1,200）" in shown


def test_before_any_quarter_there_is_no_table_of_quarters(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    assert "各季度情况" in seen(office.get(address(world)))
    world.period.delete_instance(recursive=True)
    assert "各季度情况" not in seen(office.get(address(world)))
