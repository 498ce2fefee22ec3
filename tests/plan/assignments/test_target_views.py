"""The office sets what a measure should reach, and how quarters make a year, in the browser."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.filing.core.life_cycle import FilingState
from app.plan.assignments.operations import set_indicators
from app.plan.core import queries
from app.plan.core.models import Indicator
from app.plan.core.rules import CumulationRule
from tests.clients import Browser, log_in
from tests.filing.pages import brought_to, seen
from tests.plan.tables import indicators, table
from tests.world import World, full_content


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def address(world: World, what: str = "targets") -> str:
    return f"/measures/{world.measures[0].id}/{what}"


def indicator_row(name: str, target: str = "100", rule: str = "sum") -> dict[str, str]:
    return {
        "indicator-name": name,
        "indicator-unit": "家",
        "indicator-target": target,
        "indicator-rule": rule,
    }


def read_digest(page: str) -> str:
    """Return by what the form of indicators tells which of them it was made with."""
    found = re.search(r'id="indicators-form".*?name="read" value="([0-9a-f]+)"', page, re.DOTALL)
    assert found
    return found[1]


def summary_of(action: str) -> str:
    """The summary of the only event of an action in the log."""
    return str(Event.get(Event.action == action).summary)


def test_each_way_of_making_a_year_stands_with_example_numbers(office: Browser, world: World) -> None:
    page = seen(office.get(address(world))).replace(" ", "")
    for words in (
        "取最近一季 填年初以来的累计数 12 家 30 家 18 家 18 家",
        "各季相加 填本季度的数，不含以前各季 12 家 30 家 18 家 60 家",
        "取最高一季 填本季度的数 12 家 30 家 18 家 30 家",
        "32/40（80%） 9/10（90%） 45/50（90%） 86%",
    ):
        assert words.replace(" ", "") in page


def test_indicators_are_set_and_a_cleared_row_is_retired(office: Browser, world: World) -> None:
    assert office.post(address(world, "indicators"), data=indicator_row("走访企业")).status_code == 303
    (stored,) = queries.indicators_of_measure(world.measures[0])
    assert (stored.name, stored.yearly_target, stored.cumulation_rule) == (
        "走访企业",
        Decimal(100),
        CumulationRule.SUM,
    )
    assert summary_of("set_indicators") == "第 1 项举措：1 项指标"
    office.post(address(world, "indicators"), data=dict.fromkeys(indicator_row(""), ""))
    assert queries.indicators_of_measure(world.measures[0]) == []
    assert Indicator.get_by_id(stored.id).retired


def test_a_later_change_of_the_way_warns_with_the_numbers_that_were_accepted(
    office: Browser, world: World
) -> None:
    office.post(address(world, "indicators"), data=indicator_row("走访企业"))
    asked = Indicator.get()
    brought_to(
        FilingState.ACCEPTED, world, content=replace(full_content(), indicators={asked.id: Decimal(30)})
    )
    sent = indicator_row("走访企业", rule="ratio")
    warned = office.post(address(world, "indicators"), data=sent)
    assert warned.status_code == 200
    assert (
        "“走访企业”由“各季相加”改为“分子分母各自相加再相除”：已采用 30 家，"
        "年初以来由 30 家变为 没有数（已填的没有分母）。" in seen(warned)
    )
    assert Indicator.get().cumulation_rule is CumulationRule.SUM
    assert office.post(address(world, "indicators"), data=sent | {"confirmed": "yes"}).status_code == 303
    assert Indicator.get().cumulation_rule is CumulationRule.RATIO


def test_milestones_are_set_and_a_wrong_cell_is_named(office: Browser, world: World) -> None:
    sent = {
        "milestone-quarter": "3",
        "milestone-task": "2",
        "milestone-text": "走访90家",
        "milestone-number": "90",
    }
    assert office.post(address(world, "milestones"), data=sent).status_code == 303
    (stored,) = queries.milestones_of_measure(world.measures[0])
    assert (stored.quarter, stored.text, stored.target) == (3, "走访90家", Decimal(90))
    assert summary_of("set_milestones") == "第 1 项举措：1 个节点"
    refused = office.post(address(world, "milestones"), data=sent | {"milestone-number": "90家"})
    assert refused.status_code == 422
    assert "第 1 行“目标值”：“90家”不是数字" in seen(refused)
    office.post(address(world, "milestones"), data=dict.fromkeys(sent, ""))
    assert queries.milestones_of_measure(world.measures[0]) == []


def test_a_table_without_the_column_leaves_the_way_as_it_is(world: World, tmp_path: Path) -> None:
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,100,各季相加"), by=SAMPLE_LOADER)
    older = table(tmp_path, "举措序号,指标,单位,年度目标值", "1,走访企业,家,120")
    set_indicators(world.plan, older, by=SAMPLE_LOADER)
    assert (Indicator.get().yearly_target, Indicator.get().cumulation_rule) == (
        Decimal(120),
        CumulationRule.SUM,
    )


def test_two_who_set_targets_do_not_overwrite_each_other(office: Browser, world: World) -> None:
    page = office.get(address(world)).get_data(as_text=True)
    read = read_digest(page)
    sent = {name: indicator_row(name) | {"read": read} for name in ("走访企业", "新增项目")}
    where = address(world, "indicators")
    assert office.post(where, data=sent["走访企业"]).status_code == 303
    answer = office.post(where, data=sent["新增项目"])
    assert answer.status_code == 422
    assert "别人改过这些内容，还没有保存" in seen(answer) and "现在的是：走访企业" in seen(answer)
    shown = answer.get_data(as_text=True)
    assert 'value="新增项目"' in shown
    assert [one.name for one in queries.indicators_of_measure(world.measures[0])] == ["走访企业"]
    assert office.post(where, data=sent["新增项目"] | {"read": read_digest(shown)}).status_code == 303
