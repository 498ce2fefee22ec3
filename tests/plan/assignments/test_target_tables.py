"""The office imports the tables of milestones and indicators in the browser; the difference comes first."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.audit.models import Event
from app.filing.core.life_cycle import FilingState
from app.plan.core import queries
from app.plan.core.models import Indicator
from app.plan.core.rules import CumulationRule
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import brought_to, inputs, seen
from tests.plan.assignments.test_target_changes import confirmed
from tests.world import World, full_content

MILESTONES = "举措序号,任务序号,季度,节点,目标值"
INDICATORS = "举措序号,指标,单位,年度目标值,汇总方式"


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def address(world: World) -> str:
    return f"/plan/{world.plan.id}/targets"


def send(office: Browser, world: World, *lines: str, name: str = "表.csv", **terms: str) -> TestResponse:
    file = (io.BytesIO("\n".join(lines).encode()), name)
    return office.post(address(world), data={"table": file, **terms})


def confirm(office: Browser, world: World, shown: TestResponse) -> TestResponse:
    """Send the page again as the button beside the difference does."""
    kept = {name: value for name, value in inputs(shown).items() if name != "table"}
    return office.post(address(world), data=kept | {"confirmed": confirmed(shown)})


def test_a_table_of_milestones_is_shown_and_confirmed(office: Browser, world: World) -> None:
    first, third = world.measures[0], world.measures[2]
    rows = ("1,,2,走访50家,50", "1,1,4,走访100家，“两张清单”销号,", "", "3,,4,签约率达到100%,")
    shown = send(office, world, MILESTONES, *rows, name="2026年节点.csv")
    assert shown.status_code == 200
    assert "将保存的改动（2 处）" in seen(shown)
    assert queries.milestones_of_measure(first) == []
    assert confirm(office, world, shown).status_code == 303
    held = [(one.quarter, one.labelled_text, one.target) for one in queries.milestones_of_measure(first)]
    assert held == [(2, "走访50家", 50), (4, "任务 1：走访100家，“两张清单”销号", None)]
    assert [one.text for one in queries.milestones_of_measure(third)] == ["签约率达到100%"]
    assert str(Event.get(Event.action == "set_milestones").summary) == "2026年节点.csv：3 个节点"
    page = seen(office.get(address(world)))
    assert "第二季度：走访50家（50） 第四季度：任务 1：走访100家，“两张清单”销号" in page
    again = send(office, world, MILESTONES, *rows)
    assert again.status_code == 422
    assert "没有需要保存的改动" in seen(again)


def test_a_table_holds_from_a_day_on(office: Browser, world: World) -> None:
    confirm(office, world, send(office, world, INDICATORS, "1,走访企业,家,100,"))
    terms = {"effective_on": "2026-10-01", "reason": "调整。", "paper": "街委〔2026〕9号"}
    shown = send(office, world, INDICATORS, "1,走访企业,家,120,", **terms)
    assert "走访企业：<ins>120</ins> 家" in shown.get_data(as_text=True)
    assert confirm(office, world, shown).status_code == 303
    history = seen(office.get(f"/measures/{world.measures[0].id}/history"))
    assert all(words in history for words in ("量化指标改为 走访企业：120 家", "调整。", "街委〔2026〕9号"))
    wrong = send(office, world, INDICATORS, "1,走访企业,人,120,", **terms)
    assert wrong.status_code == 422
    assert "“走访企业”的单位不能年中改动" in seen(wrong)
    late = send(office, world, INDICATORS, "1,走访企业,家,130,", effective_on="2027-01-01")
    assert late.status_code == 422
    assert "生效日期应在2026年1月1日至2026年12月31日之间" in seen(late)
    assert Indicator.get().yearly_target == 100


def test_another_way_of_making_a_year_is_shown_and_warned_of(office: Browser, world: World) -> None:
    confirm(office, world, send(office, world, INDICATORS, "1,走访企业,家,100,各季相加"))
    asked = Indicator.get()
    content = replace(full_content(), indicators={asked.id: Decimal(30)})
    brought_to(FilingState.ACCEPTED, world, content=content)
    shown = send(office, world, INDICATORS, "1,走访企业,家,100,分子分母各自相加再相除")
    page = seen(shown)
    assert "改汇总方式会改变已有的累计数" in page
    assert "年初以来由 30 家变为 没有数" in page
    assert "将保存的改动（1 处）" in page
    assert Indicator.get().cumulation_rule is CumulationRule.SUM
    assert confirm(office, world, shown).status_code == 303
    assert Indicator.get().cumulation_rule is CumulationRule.RATIO


def test_what_cannot_be_imported_is_named_and_changes_nothing(office: Browser, world: World) -> None:
    refusals = {
        (MILESTONES, "1,,5,走访,", "9,,1,走访,"): (
            "第 2 行“季度”：请填 1、2、3 或 4。",
            "第 3 行“举措序号”：计划里没有第“9”项举措。",
        ),
        ("举措序号,牵头部门", "1,经发办"): ("看不出是节点表还是量化指标表",),
        ("举措序号,季度,节点", "1,1,走访"): ("“表.csv”的表头缺少：目标值。",),
        ("甲,乙", "1,2"): ("“表.csv”的表头缺少：举措序号。",),
        (MILESTONES,): ("表头下面没有内容",),
    }
    for lines, sentences in refusals.items():
        answer = send(office, world, *lines, reason="第一次设定。")
        assert answer.status_code == 422, lines
        assert all(sentence in seen(answer) for sentence in sentences), lines
        assert "第一次设定。" in answer.get_data(as_text=True)
    nothing = office.post(address(world), data={})
    assert (nothing.status_code, "请先选择要导入的表。" in seen(nothing)) == (422, True)
    assert not any(queries.milestones_of_measure(one) for one in world.measures)


def test_the_page_of_all_targets_takes_a_fixed_number_of_queries(office: Browser, world: World) -> None:
    confirm(office, world, send(office, world, MILESTONES, "1,1,1,走访,"))
    with count_queries() as few:
        office.get(address(world))
    rows = [
        f"{number},{task},{quarter},走访,1"
        for number, task in ((1, 1), (1, ""), (3, ""))
        for quarter in (2, 3)
    ]
    confirm(office, world, send(office, world, MILESTONES, *rows))
    confirm(office, world, send(office, world, INDICATORS, "1,走访企业,家,100,", "2,培训,场,4,"))
    with count_queries() as many:
        office.get(address(world))
    assert len(few) == len(many)
