"""Importing milestones and indicators: whole tables, or nothing with every mistake named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput
from app.plan.assignments.operations import set_indicators, set_milestones
from app.plan.core import queries
from app.plan.core.models import Indicator, Milestone
from app.plan.core.rules import CumulationRule
from tests.databases import on_both
from tests.plan.tables import indicators, milestones
from tests.world import World


@on_both
def test_milestones_belong_to_a_measure_or_to_one_commitment(world: World, tmp_path: Path) -> None:
    file = milestones(tmp_path, "1,2,3,走访企业90家,90", "1,,1,建立名单,", "2,,4,全部转化,１，２００.5")
    assert set_milestones(world.plan, file, by=SAMPLE_LOADER) == 3
    measure = world.measures[0]
    first, second = queries.milestones_of_measure(measure)
    assert (first.item_id, first.quarter, first.text, first.target) == (measure.id, 1, "建立名单", None)
    assert (second.item_id, second.target) == (queries.commitments_of_measure(measure)[1].id, Decimal(90))
    assert queries.milestones_of_measure(world.measures[1])[0].target == Decimal("1200.5")
    assert Event.select().where(Event.action == "set_milestones").count() == 1


def test_a_second_table_replaces_the_milestones_of_the_measures_that_it_names(
    world: World, tmp_path: Path
) -> None:
    set_milestones(world.plan, milestones(tmp_path, "1,2,3,旧节点,", "2,,4,不动,"), by=SAMPLE_LOADER)
    set_milestones(world.plan, milestones(tmp_path, "1,,3,新节点,"), by=SAMPLE_LOADER)
    assert [row.text for row in queries.milestones_of_measure(world.measures[0])] == ["新节点"]
    assert [row.text for row in queries.milestones_of_measure(world.measures[1])] == ["不动"]


def test_every_wrong_cell_of_a_table_of_milestones_is_named(world: World, tmp_path: Path) -> None:
    file = milestones(tmp_path, "1,,3,好的,", "9,,5,,12家", f"1,7,1,{'长' * 256},", "1,x,1,有,")
    with pytest.raises(BadInput) as refusal:
        set_milestones(world.plan, file, by=SAMPLE_LOADER)
    assert refusal.value.problems == (
        "第 3 行“举措序号”：计划里没有第“9”项举措。",
        "第 3 行“季度”：请填 1、2、3 或 4。",
        "第 3 行“节点”：不能为空。",
        "第 3 行“目标值”：“12家”不是数字。请只填数字，不写单位，最多四位小数，如 1200 或 97.5。",
        "第 4 行“节点”：共 256 字，请控制在 255 字以内。",
        "第 4 行“任务序号”：第 1 项举措只有 2 条任务，没有第“7”条。",
        "第 5 行“任务序号”：第 1 项举措只有 2 条任务，没有第“x”条。",
    )
    assert not Milestone.select().exists()


@on_both
def test_indicators_are_set_and_set_again(world: World, tmp_path: Path) -> None:
    set_indicators(
        world.plan, indicators(tmp_path, "1,走访企业,家,100", "1,形成线索,条,40"), by=SAMPLE_LOADER
    )
    before = {row.name: row.id for row in queries.indicators_of_measure(world.measures[0])}
    set_indicators(
        world.plan, indicators(tmp_path, "1,签约项目,个,5", '1,走访企业,户,"1,200"'), by=SAMPLE_LOADER
    )
    rows = queries.indicators_of_measure(world.measures[0])
    assert [(row.name, row.unit, row.yearly_target) for row in rows] == [
        ("签约项目", "个", Decimal(5)),
        ("走访企业", "户", Decimal(1200)),
    ]
    assert rows[1].id == before["走访企业"]
    assert Indicator.get_by_id(before["形成线索"]).retired


def test_every_wrong_cell_of_a_table_of_indicators_is_named(world: World, tmp_path: Path) -> None:
    file = indicators(tmp_path, "1,走访企业,家,100", "1,走访企业,,0", "8,,家,百", "2,线索,条,")
    with pytest.raises(BadInput) as refusal:
        set_indicators(world.plan, file, by=SAMPLE_LOADER)
    assert [problem.partition("：")[0] for problem in refusal.value.problems] == [
        "第 3 行“单位”",
        "第 3 行“年度目标值”",
        "第 3 行“指标”",
        "第 4 行“举措序号”",
        "第 4 行“指标”",
        "第 4 行“年度目标值”",
        "第 5 行“年度目标值”",
    ]
    assert not Indicator.select().exists()


def test_an_indicator_says_how_its_quarters_make_a_year(world: World, tmp_path: Path) -> None:
    file = indicators(tmp_path, "1,走访企业,家,100,各季相加", "1,线索,条,40,", "2,签约率,%,95,ratio")
    set_indicators(world.plan, file, by=SAMPLE_LOADER)
    rules = {row.name: row.cumulation_rule for row in Indicator.select()}
    assert rules == {
        "走访企业": CumulationRule.SUM,
        "线索": CumulationRule.LATEST,
        "签约率": CumulationRule.RATIO,
    }
    with pytest.raises(BadInput) as refusal:
        set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,100,平均"), by=SAMPLE_LOADER)
    assert refusal.value.problems[0].startswith("第 2 行“汇总方式”：请填取最近一季、各季相加、")
