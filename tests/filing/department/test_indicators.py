"""Indicators in a filing: what the lead types, what is kept, and what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.filing.core import content_reading, operations
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_indicators, set_milestones
from app.plan.core.models import Indicator
from tests.clients import count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import (
    FULL,
    address,
    brought_to,
    inputs,
    revisions_of,
    seen,
    typed,
)
from tests.plan.tables import indicators, milestones
from tests.world import THRESHOLDS, World, full_content, open_at_once


@pytest.fixture
def asked(world: World, tmp_path: Path) -> Indicator:
    """An indicator of the first measure, with a yearly target of 1,200 家."""
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,1200"), by=SAMPLE_LOADER)
    return Indicator.get()


def values_of(filing: Filing) -> dict[int, Decimal | None]:
    return {
        key: filed.value for key, filed in content_reading.values_among([filing]).get(filing.id, {}).items()
    }


@on_both
def test_a_value_is_kept_and_goes_with_every_revision(world: World, asked: Indicator) -> None:
    filing, filer = world.filing(1), world.users["filer"]
    content = replace(full_content(), indicators={asked.id: Decimal("640.5")})
    operations.save_and_submit(filing, content, by=filer, version=filing.version, thresholds=THRESHOLDS)
    assert values_of(filing) == {asked.id: Decimal("640.5")}
    assert content_reading.content_of_filing(world.filing(1)) == content
    assert revisions_of(filing)[0].content["indicators"] == {str(asked.id): "640.5"}


@on_both
def test_what_a_save_does_not_name_stays_and_nothing_empties_it(world: World, asked: Indicator) -> None:
    filing, filer = world.filing(1), world.users["filer"]
    for typed_value, kept in (
        ({asked.id: Decimal(5)}, {asked.id: Decimal(5)}),
        ({}, {asked.id: Decimal(5)}),
        ({asked.id: None}, {}),
    ):
        content = replace(full_content(), indicators=typed_value)
        operations.save_filing(filing, content, by=filer, version=filing.version, thresholds=THRESHOLDS)
        assert values_of(filing) == kept


@on_both
def test_what_was_filed_stays_when_an_indicator_is_retired(
    world: World, asked: Indicator, tmp_path: Path
) -> None:
    filing = world.filing(1)
    content = replace(full_content(), indicators={asked.id: Decimal(5)})
    operations.save_filing(
        filing, content, by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    set_indicators(world.plan, indicators(tmp_path, "1,签约项目,个,5"), by=SAMPLE_LOADER)
    assert values_of(filing) == {asked.id: Decimal(5)}
    assert [row.name for row in content_reading.indicators_for(filing)] == ["签约项目"]


@pytest.mark.parametrize(
    ("sent", "value"), [("６４０", "640"), ("1,080.5", "1080.5"), ("１，２００", "1200")]
)
def test_a_number_is_taken_as_people_type_it(
    app: Flask, world: World, asked: Indicator, sent: str, value: str
) -> None:
    filing, browser = world.filing(1), log_in(app, world, "filer")
    browser.post(address(filing), data=typed(filing, **{f"indicator_{asked.id}": sent}))
    assert values_of(filing) == {asked.id: Decimal(value)}
    page = browser.get(address(filing))
    assert inputs(page)[f"indicator_{asked.id}"] == value
    assert "目标 1,200 家" in seen(page)


def test_a_unit_is_refused_at_its_place_and_what_was_typed_stays(
    app: Flask, world: World, asked: Indicator
) -> None:
    filing, name = world.filing(1), f"indicator_{asked.id}"
    answer = log_in(app, world, "filer").post(address(filing), data=typed(filing, **{name: "640家"}))
    assert answer.status_code == 422
    assert inputs(answer)[name] == "640家"
    assert "走访企业：“640家”不是数字。请只填数字，不写单位" in seen(answer)
    assert world.filing(1).progress == FULL["progress"]


def test_a_save_says_what_share_of_the_year_is_reached(app: Flask, world: World, asked: Indicator) -> None:
    filing = world.filing(1)
    sent = typed(filing, **{f"indicator_{asked.id}": "600"})
    answer = log_in(app, world, "filer").post(
        address(filing), data=sent, headers={"HX-Request": "true", "HX-Target": "filing-saved"}
    )
    assert "已保存 600 家（50%）" in seen(answer)


def test_a_conflict_shows_the_other_value_beside(app: Flask, world: World, asked: Indicator) -> None:
    filing, name = world.filing(1), f"indicator_{asked.id}"
    browser = log_in(app, world, "filer")
    browser.post(address(filing), data=typed(filing, **{name: "1100"}))
    answer = browser.post(address(filing), data=typed(filing, **{name: "900"}))
    assert answer.status_code == 409
    assert inputs(answer)[name] == "900"
    assert "已保存的内容 1,100" in seen(answer)


def test_last_quarters_value_stands_beside_the_new_one(app: Flask, world: World, asked: Indicator) -> None:
    filing, filer = world.filing(1), world.users["filer"]
    content = replace(full_content(), indicators={asked.id: Decimal(900)})
    operations.save_filing(filing, content, by=filer, version=filing.version, thresholds=THRESHOLDS)
    brought_to(FilingState.ACCEPTED, world)
    read = seen(log_in(app, world, "office").get(address(world.filing(1))))
    assert "走访企业 1,200 家 900 家 900 家（75%） —" in read
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    assert "上次采用 900 家（75%）" in seen(log_in(app, world, "filer").get(address(world.filing(1))))


@pytest.mark.parametrize(
    ("rule", "year"),
    [("各季相加", "1,000 家（83%）"), ("取最高一季", "900 家（75%）"), ("取最近一季", "100 家（8%）")],
)
def test_the_year_follows_the_way_of_the_indicator_on_form_and_measures_page(
    app: Flask, world: World, tmp_path: Path, rule: str, year: str
) -> None:
    set_indicators(world.plan, indicators(tmp_path, f"1,走访企业,家,1200,{rule}"), by=SAMPLE_LOADER)
    asked = Indicator.get()
    for number, quarter in ((900, None), (100, Quarter(2026, 4))):
        if quarter:
            world.period = open_at_once(world.plan, quarter)
        filing, filer = world.filing(1), world.users["filer"]
        content = replace(full_content(), indicators={asked.id: Decimal(number)})
        operations.save_filing(filing, content, by=filer, version=filing.version, thresholds=THRESHOLDS)
        brought_to(FilingState.ACCEPTED, world)
    read = seen(log_in(app, world, "office").get(address(world.filing(1))))
    assert f"走访企业 1,200 家 100 家 {year} 900 家（75%）" in read
    assert f"900 家（75%）{year}" in seen(log_in(app, world, "office").get(f"/measures/{filing.measure_id}"))


def test_a_ratio_is_filed_by_numerator_and_denominator(app: Flask, world: World, tmp_path: Path) -> None:
    table = indicators(tmp_path, "1,办结率,%,98,分子分母各自相加再相除")
    set_indicators(world.plan, table, by=SAMPLE_LOADER)
    asked, filing, browser = Indicator.get(), world.filing(1), log_in(app, world, "filer")
    value, base = f"indicator_{asked.id}", f"base_{asked.id}"
    browser.post(address(filing), data=typed(filing, **{value: "32", base: ""}))
    half = seen(browser.get(address(filing)))
    assert "填本季度的分子和分母" in half
    assert "已保存 32/?" in half
    refused = browser.post(
        f"{address(filing)}/submit", data=typed(world.filing(1), **{value: "32", base: ""})
    )
    assert refused.status_code == 422
    assert "填了分子，请再填分母。" in seen(refused)
    assert "分母须大于 0" in seen(
        browser.post(address(filing), data=typed(world.filing(1), **{value: "32", base: "0"}))
    )
    browser.post(address(filing), data=typed(world.filing(1), **{value: "32", base: "40"}))
    page = browser.get(address(filing))
    assert (inputs(page)[value], inputs(page)[base]) == ("32", "40")
    assert "已保存 32/40（80%）；年初以来 80%（82%）" in seen(page)
    assert content_reading.content_of_filing(world.filing(1)).bases == {asked.id: Decimal(40)}


def test_milestones_of_this_quarter_and_of_earlier_ones_are_shown(
    app: Flask, world: World, tmp_path: Path
) -> None:
    rows = ("1,2,3,走访企业90家,1200", "1,,1,建立名单,", "1,,4,以后的节点,")
    set_milestones(world.plan, milestones(tmp_path, *rows), by=SAMPLE_LOADER)
    text = seen(log_in(app, world, "filer").get(address(world.filing(1))))
    assert "任务 2：走访企业90家（目标值 1,200）" in text
    assert "第一季度：建立名单" in text
    assert "以后的节点" not in text


def test_the_number_of_queries_does_not_grow_with_targets(
    app: Flask, world: World, asked: Indicator, tmp_path: Path
) -> None:
    browser, filing = log_in(app, world, "filer"), world.filing(1)
    browser.get(address(filing))
    with count_queries() as few:
        browser.get(address(filing))
    rows = [f"1,指标{number},家,{number}" for number in range(1, 9)]
    set_indicators(world.plan, indicators(tmp_path, *rows), by=SAMPLE_LOADER)
    set_milestones(world.plan, milestones(tmp_path, *(f"1,1,{q},节点{q}," for q in "1234")), by=SAMPLE_LOADER)
    with count_queries() as many:
        browser.get(address(filing))
    assert len(many) == len(few)
