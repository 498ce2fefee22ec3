"""A measure is ended from a quarter on and never deleted: from then on it is not among those in force."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput
from app.composition.scope import DocumentScope
from app.drafting.jobs.gathering import gather_facts
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.overview.queries import overview_of_quarter
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.assignments.operations import assign_measures
from app.plan.assignments.revising import RevisionTerms, WantedMeasure
from app.plan.core import queries
from app.plan.core.models import PlanItem
from app.plan.measure_changes.ending import end_measure, lasting_problem, quarter_starts
from tests.clients import log_in
from tests.databases import on_both
from tests.directives.writing import bare_directive
from tests.filing.pages import brought_to, seen
from tests.world import THRESHOLDS, World

OCTOBER = RevisionTerms(date(2026, 10, 1), "任务取消。")


def end(world: World, terms: RevisionTerms = OCTOBER, measure: int = 1, into: int | None = None) -> None:
    target = world.measures[into - 1] if into else None
    end_measure(world.measures[measure - 1], terms, merged_into=target, by=SAMPLE_LOADER)


@on_both
def test_the_denominators_are_the_measures_in_force(world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    fourth = open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    end(world, into=2)
    counts = [len(overview_of_quarter(period).all_cells) for period in (world.period, fourth)]
    assert counts == [4, 3]
    facts = [
        len(gather_facts(world.plan, DocumentScope(period.quarter), thresholds=THRESHOLDS).measures)
        for period in (world.period, fourth)
    ]
    assert facts == [4, 3]
    assert (
        not Filing.select().where((Filing.period == fourth) & (Filing.measure == world.measures[0])).exists()
    )
    assert Filing.select().where(Filing.measure == world.measures[0]).count() == 1
    assert len(queries.measures_of_plan(world.plan, on=date(2026, 9, 30))) == 4
    assert PlanItem.get_by_id(world.measures[0].id).title == "夯实招商基础"


def test_a_measure_can_end_from_the_day_on_which_it_begins(world: World) -> None:
    assert list(quarter_starts(world.plan).values()) == [date(2026, month, 1) for month in (1, 4, 7, 10)]
    measure = world.measures[0]
    measure.in_force_from = date(2026, 7, 1)
    assert "还没有开始" in lasting_problem(measure, date(2026, 6, 30))
    assert lasting_problem(measure, date(2026, 7, 1)) == ""


def test_what_still_hangs_on_it_is_named_and_nothing_is_ended(world: World) -> None:
    brought_to(FilingState.DRAFT, world)
    bare_directive(world.measures[0], author="周示例", leader=world.leader, text="请抓紧。")
    with pytest.raises(BadInput) as refusal:
        end(world, RevisionTerms(date(2026, 7, 1), "任务取消。"))
    assert set(refusal.value.problems) == {
        "已有填报：2026年第三季度 1 份。请改从以后的季度起结束。",
        "还有 1 件批示、督办没有销号，请先办结。",
    }
    assert len(queries.measures_of_plan(world.plan, on=date(2026, 12, 31))) == 4


def test_nothing_is_changed_in_a_measure_that_has_ended(world: World) -> None:
    end(world)
    one = WantedMeasure(world.measures[0], yearly_target="100家")
    with pytest.raises(BadInput, match="第 1 项举措在生效日期已经结束"):
        assign_measures(world.plan, [one], RevisionTerms(date(2026, 11, 1)), source="测试", by=SAMPLE_LOADER)


def test_the_page_ends_it_and_the_plan_still_shows_it(app: Flask, world: World) -> None:
    office, measure = log_in(app, world, "office"), world.measures[0]
    PlanItem.update(title="打通“转化”链条").where(PlanItem.id == world.measures[1].id).execute()
    page = f"/measures/{measure.id}/ending"
    assert "从所选季度起不再填报" in seen(office.get(page))
    refused = office.post(page, data={"quarter": "", "reason": ""})
    assert refused.status_code == 422
    sent = {"quarter": "3", "merged_into": str(world.measures[1].id), "reason": "合并实施。", "paper": ""}
    assert office.post(page, data=sent | {"reason": ""}).status_code == 422
    assert office.post(page, data=sent).status_code == 303
    words = "并入第 2 项“打通‘转化’链条”"
    ended = seen(office.get(f"/measures/{measure.id}?on=2026-10-01"))
    assert words in ended
    assert "牵头：经济发展办公室；分管：周示例" in ended  # who answered last
    assert words in seen(office.get(f"/measures/{measure.id}/history"))
    assert (
        words not in seen(office.get(f"/measures/{measure.id}?on=2026-06-30")).partition("修订和分工记录")[0]
    )


def test_the_page_offers_what_will_be_accepted(app: Flask, world: World) -> None:
    brought_to(FilingState.DRAFT, world)
    measure, merged = world.measures[0], world.measures[2]
    end(world, RevisionTerms(date(2026, 10, 1), "任务取消。"), measure=3)
    office, page = log_in(app, world, "office"), f"/measures/{measure.id}/ending"
    shown = office.get(page).get_data(as_text=True)
    offered = [number for number in "1234" if f'value="{number}">第' in shown]
    assert offered == ["4"]
    assert "没有列出的季度不能选。已有填报：2026年第三季度 1 份。请改从以后的季度起结束。" in seen(
        office.get(page)
    )
    assert f'<option value="{merged.id}">' not in shown
    fourth = open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    Filing.update(version=2, progress="已开展。").where(Filing.period == fourth).execute()
    shown = office.get(page).get_data(as_text=True)
    assert "这项举措现在不能结束" in shown and 'name="quarter"' not in shown
    assert "本年没有以后的季度，下一年的计划不再列入即可。" in shown
