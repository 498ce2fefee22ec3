"""What a measure should reach changes from a day on; a quarter is measured by what held on its last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput, FieldProblems
from app.filing.core import content_reading
from app.filing.core import queries as filings
from app.filing.core.life_cycle import FilingState
from app.overview.measure_history import history_of_measure
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_indicators, set_milestones
from app.plan.assignments.revising import RevisionTerms
from app.plan.core import queries
from app.plan.core.models import Indicator, IndicatorChange, ItemChange, Milestone, PlanRevision
from tests.clients import Browser, log_in
from tests.databases import on_both
from tests.filing.pages import brought_to, inputs, seen
from tests.plan.assignments.test_views import confirmed
from tests.plan.tables import indicators, milestones
from tests.world import World, full_content

JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)
DAYS = date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)


def set_points(world: World, folder: Path, day: date | None, *rows: str) -> None:
    terms = RevisionTerms(day, "区里调整。")
    set_milestones(world.plan, milestones(folder, *rows), by=SAMPLE_LOADER, terms=terms)


def set_numbers(world: World, folder: Path, day: date | None, *rows: str) -> None:
    terms = RevisionTerms(day, "区里调整。")
    set_indicators(world.plan, indicators(folder, *rows), by=SAMPLE_LOADER, terms=terms)


def points_on(world: World, day: date) -> list[tuple[int, str]]:
    return [(one.quarter, one.text) for one in queries.milestones_of_measure(world.measures[0], on=day)]


def targets_on(world: World, day: date) -> dict[str, Decimal]:
    asked = queries.indicators_of_measure(world.measures[0], on=day)
    return {one.name: one.yearly_target for one in asked}


@on_both
def test_milestones_hold_until_the_day_of_others(world: World, tmp_path: Path) -> None:
    """October was set before July: what July sets holds until then, and what October keeps comes back with it."""
    set_points(world, tmp_path, None, "1,,2,建立名单,", "1,,4,全部走访,200")
    set_points(world, tmp_path, OCTOBER, "1,,2,建立名单,", "1,,4,全部走访,240")
    set_points(world, tmp_path, JULY, "1,,3,走访过半,", "1,,4,全部走访,200")
    assert [points_on(world, day) for day in DAYS] == [
        [(2, "建立名单"), (4, "全部走访")],
        [(3, "走访过半"), (4, "全部走访")],
        [(2, "建立名单"), (4, "全部走访")],
    ]
    last = queries.milestones_of_measure(world.measures[0], on=DAYS[2])[1]
    assert last.target == 240
    words = [row.words for row in ItemChange.select().order_by(ItemChange.id)]
    assert words == [
        "第二季度：建立名单\n第四季度：全部走访（240）",
        "第三季度：走访过半\n第四季度：全部走访（200）",
    ]
    set_points(world, tmp_path, JULY, "1,,3,走访三分之二,")
    assert points_on(world, DAYS[1]) == [(3, "走访三分之二")]
    assert not Milestone.select().where(Milestone.text == "走访过半").exists()


@on_both
def test_a_target_changes_from_a_day_on_and_what_was_filed_stays(world: World, tmp_path: Path) -> None:
    set_numbers(
        world, tmp_path, None, "1,走访企业,家,100,sum".replace("sum", "各季相加"), "1,形成线索,条,40,"
    )
    asked = Indicator.get(Indicator.name == "走访企业")
    brought_to(
        FilingState.ACCEPTED, world, content=replace(full_content(), indicators={asked.id: Decimal(30)})
    )
    fourth = open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    set_numbers(world, tmp_path, OCTOBER, "1,走访企业,家,120,", "1,签约项目,个,8,")
    assert [targets_on(world, day) for day in DAYS[1:]] == [
        {"走访企业": 100, "形成线索": 40},
        {"走访企业": 120, "签约项目": 8},
    ]
    third = world.period
    for period, names in ((third, ["走访企业", "形成线索"]), (fourth, ["走访企业", "签约项目"])):
        world.period = period
        filing = filings.find_filing(world.filing(1).id)
        assert filing is not None
        assert [one.name for one in content_reading.indicators_for(filing)] == names
        assert [one.name for one in content_reading.asked_indicators_among([filing])[filing.id]] == names
    history = history_of_measure(world.measures[0], on=DAYS[2])
    (now,) = (one for one in history.indicators if one.id == asked.id)
    assert now.target_words == "120 家"
    assert history.indicator_in_words(now, history.quarters[0]) == "30 家（30%）"
    assert IndicatorChange.select().count() == 1


def test_closed_quarters_keep_what_they_were_measured_by(world: World, tmp_path: Path) -> None:
    set_points(world, tmp_path, None, "1,,3,走访过半,")
    set_numbers(world, tmp_path, None, "1,走访企业,家,100,")
    close_period(world.period, by=world.users["office"])
    for day in (None, date(2026, 9, 1)):
        with pytest.raises(FieldProblems) as refusal:
            set_numbers(world, tmp_path, day, "1,走访企业,家,120,")
        assert "2026年第三季度已经关闭" in refusal.value.fields["effective_on"]
        with pytest.raises(FieldProblems):
            set_points(world, tmp_path, day, "1,,3,走访三分之二,")
    set_numbers(world, tmp_path, None, "2,转化,%,95,")
    with pytest.raises(FieldProblems) as refusal:
        set_numbers(world, tmp_path, date(2027, 1, 1), "1,走访企业,家,120,")
    assert refusal.value.fields["effective_on"].startswith("生效日期应在2026年1月1日至2026年12月31日之间")
    assert targets_on(world, DAYS[2]) == {"走访企业": 100}


def test_what_cannot_change_in_the_course_of_the_year_is_named(world: World, tmp_path: Path) -> None:
    set_numbers(world, tmp_path, None, "1,走访企业,家,100,", "1,形成线索,条,40,")
    set_numbers(world, tmp_path, JULY, "1,走访企业,家,100,")
    with pytest.raises(BadInput) as refusal:
        set_numbers(world, tmp_path, OCTOBER, "1,走访企业,户,100,", "1,形成线索,条,40,")
    assert refusal.value.problems == (
        "“走访企业”的单位不能年中改动，以前所填的数会对不上。请另立一项指标，换一个名称。",
        "“形成线索”在别的日期已经设过或者停用。请换一个名称，或者改填那一天。",
    )
    assert PlanRevision.select().count() == 1


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def test_the_page_shows_the_difference_before_it_is_kept(
    office: Browser, world: World, tmp_path: Path
) -> None:
    set_numbers(world, tmp_path, None, "1,走访企业,家,100,")
    page = f"/measures/{world.measures[0].id}/indicators"
    sent = {"indicator-name": "走访企业", "indicator-unit": "家", "indicator-target": "120"}
    sent |= {
        "indicator-rule": "latest",
        "indicators-effective_on": "2026-10-01",
        "indicators-reason": "调整。",
    }
    shown = office.post(page, data=sent)
    assert shown.status_code == 200
    assert "走访企业：<del>100</del> 家" in shown.get_data(as_text=True)
    assert "走访企业：<ins>120</ins> 家" in shown.get_data(as_text=True)
    assert targets_on(world, DAYS[2]) == {"走访企业": 100}
    wrong = office.post(page, data=sent | {"indicators-effective_on": "2027-01-01"})
    assert wrong.status_code == 422
    assert "生效日期应在2026年1月1日至2026年12月31日之间" in seen(wrong)
    assert inputs(wrong)["indicators-reason"] == "调整。"
    done = office.post(page, data=sent | {"confirmed": confirmed(shown)})
    assert done.status_code == 303
    assert [targets_on(world, day) for day in DAYS[1:]] == [{"走访企业": 100}, {"走访企业": 120}]
    history = seen(office.get(f"/measures/{world.measures[0].id}/history"))
    assert "量化指标改为 走访企业：120 家" in history


def test_the_page_shows_the_difference_of_milestones(office: Browser, world: World, tmp_path: Path) -> None:
    set_points(world, tmp_path, None, "1,,4,全部走访,200")
    page = f"/measures/{world.measures[0].id}/milestones"
    sent = {
        "milestone-quarter": "4",
        "milestone-task": "",
        "milestone-text": "全部走访",
        "milestone-number": "240",
    }
    sent |= {"milestones-effective_on": "2026-10-01"}
    shown = office.post(page, data=sent)
    assert "全部走访（<del>200）</del>" in shown.get_data(as_text=True)
    assert "全部走访（<ins>240）</ins>" in shown.get_data(as_text=True)
    assert office.post(page, data=sent | {"confirmed": confirmed(shown)}).status_code == 303
    held = [queries.milestones_of_measure(world.measures[0], on=day)[0].target for day in DAYS[1:]]
    assert held == [200, 240]
