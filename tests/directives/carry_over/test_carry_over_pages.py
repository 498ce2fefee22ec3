"""Carrying over through the pages: the step of a draft, the page of a plan, and what the measures' pages say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.access.models import Account
from app.base.clock import clock_stopped_at
from app.directives.carry_over.operations import CarryOverDecision, carry_over_measures
from app.directives.core.carry_overs import MeasureCarryOver
from app.plan.core.models import MeasurePredecessor
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import choose_predecessors
from tests.clients import Browser, count_queries, log_in
from tests.directives.year_turn import JANUARY, directive_of_december, end_the_year, next_plan
from tests.filing.pages import seen
from tests.plan.preview.import_drafts import read_draft, start_of
from tests.world import World, add_measures


@pytest.fixture
def office(app: Flask, world: World) -> Iterator[Browser]:
    end_the_year(world)
    Account.update(password_set_at=JANUARY).execute()
    with clock_stopped_at(JANUARY):
        yield log_in(app, world, "office")


def choices(world: World, **chosen: str) -> dict[str, str]:
    """Return what the form sends: everything later but what is said, such as choice_1="leave" of the first measure."""
    sent = {f"choice-{measure.id}": "later" for measure in world.measures}
    for name, value in chosen.items():
        field, _, number = name.partition("_")
        sent[f"{field}-{world.measures[int(number) - 1].id}"] = value
    return sent


def test_all_that_are_not_done_and_have_a_counterpart_are_chosen_at_once(
    office: Browser, world: World
) -> None:
    draft = read_draft(world)
    where = f"/plan/new/{draft.id}/carry-over"
    page = office.get(where)
    assert "没有完成、有对照的 1 项都选结转" in seen(page)
    assert not carried(page)
    ticked = office.get(f"{where}?tick=all")
    assert carried(ticked) == [str(world.measures[0].id)], "what the fourth quarter decides waits"
    assert "都选结转" not in seen(ticked)
    assert not carried(office.get(where)), "nothing is kept by looking"


def carried(page: TestResponse) -> list[str]:
    """Return which measures stand chosen to be carried over."""
    return re.findall(r'value="carry" id="carry-(\d+)" checked', page.get_data(as_text=True))


def test_the_step_proposes_and_keeps_what_was_chosen(office: Browser, world: World) -> None:
    directive_of_december(world)
    draft = read_draft(world)
    first = start_of(draft, "1. 夯实招商基础")
    where = f"/plan/new/{draft.id}/carry-over"
    by = world.users["office"]
    choose_predecessors(draft, {first: world.measures[0].id}, carries=True, by=by, version=1)
    answer = office.get(where)
    shown = seen(answer)
    assert (
        "2026年有 3 项举措要办理：1 项没有完成或者有没销号的批示，2 项第四季度还没有采用、是否完成待定"
        in shown
    )
    assert "正常推进，完成 70%，年底预计能够完成（第四季度）" in shown
    assert "某街道领导批示“请抓紧办理，月底前报结果。”" in shown
    assert "已完成、取消，不用结转的 1 项" in shown
    assert f'name="number-{world.measures[0].id}" value="1"' in answer.get_data(as_text=True)
    sent = choices(world, choice_1="carry", number_1="2", choice_2="leave", reason_2="不再办理。")
    answer = office.post(where, data=sent | {"version": "2"})
    assert (answer.status_code, answer.location) == (303, f"/plan/new/{draft.id}/duties")
    kept: ImportDraft = ImportDraft.get_by_id(draft.id)
    assert kept.carry_overs == {
        str(world.measures[0].id): {"start": start_of(draft, "2. 打通转化链条"), "reason": ""},
        str(world.measures[1].id): {"start": None, "reason": "不再办理。"},
    }
    again = office.get(where).get_data(as_text=True)
    assert f'name="number-{world.measures[0].id}" value="2"' in again
    assert 'value="不再办理。"' in again
    assert "结转：1 项结转，1 项不结转" in seen(office.get(f"/plan/new/{draft.id}/confirm"))


def test_nothing_that_was_typed_goes_unheard(office: Browser, world: World) -> None:
    draft = read_draft(world)
    where = f"/plan/new/{draft.id}/carry-over"
    sent = choices(world, choice_1="carry", number_1="9", choice_2="leave", number_4="2")
    answer = office.post(where, data=sent | {"version": "1"})
    assert answer.status_code == 422
    shown = seen(answer)
    assert "上年第 1 项：本年没有第“9”项举措，请填 1 到 5。" in shown
    assert "上年第 2 项：请写明不结转的理由。" in shown
    assert "上年第 4 项：填了编号，没有选“结转”。请选择，或者改回原来的编号。" in shown
    sent = choices(world, reason_1="不办了。")
    assert "写了理由，没有选“不结转”" in seen(office.post(where, data=sent | {"version": "1"}))
    sent = choices(world, choice_1="leave", reason_1="不办了。")
    theirs = choices(world, choice_1="leave", reason_1="已办结。", choice_2="leave", reason_2="不再办理。")
    assert office.post(where, data=theirs | {"version": "1"}).status_code == 303
    answer = office.post(where, data=sent | {"version": "1"})
    assert answer.status_code == 409
    words = answer.get_data(as_text=True)
    assert 'value="不办了。"' in words
    assert re.findall("别人存为[^<]*", words) == [
        "别人存为：不结转，理由：已办结。",
        "别人存为：不结转，理由：不再办理。",
    ]


def test_a_step_with_nothing_to_do_leads_on(office: Browser, world: World) -> None:
    draft = read_draft(world)
    ImportDraft.update(year=2040).execute()
    shown = seen(office.get(f"/plan/new/{draft.id}/carry-over"))
    assert "上一年度的工作计划没有入库" in shown
    assert "没有等着结转的" in seen(office.get(f"/plan/{world.plan.id}/carry-over"))


def test_a_draft_that_revises_a_plan_carries_nothing_over(office: Browser, world: World) -> None:
    draft = read_draft(world)
    next_plan(world)
    assert office.get(f"/plan/new/{draft.id}/carry-over").location == f"/plan/new/{draft.id}/duties"
    assert "结转" not in seen(office.get(f"/plan/new/{draft.id}/comparison"))
    answer = office.post(f"/plan/new/{draft.id}/comparison", data={"version": "1"})
    assert answer.location == f"/plan/new/{draft.id}/duties"


def test_what_is_left_is_decided_on_the_page_of_the_plan(office: Browser, world: World) -> None:
    plan, measures = next_plan(world, "城管办")
    MeasurePredecessor.create(measure=measures[1], predecessor=world.measures[0])
    left = f"/plan/{plan.id}/carry-over/left"
    assert left in office.get("/plan?year=2027").get_data(as_text=True)
    assert "carry-over" not in office.get("/plan?year=2026").get_data(as_text=True)
    assert "2026年还有 3 项举措没有定下是否结转" in seen(office.get(left, htmx=True))
    where = f"/plan/{plan.id}/carry-over"
    shown = office.get(where).get_data(as_text=True)
    assert f'name="number-{world.measures[0].id}" value="2"' in shown
    assert office.post(where, data=choices(world, number_1="2")).status_code == 422
    sent = choices(world, choice_1="carry", number_1="2", choice_2="leave", reason_2="不再办理。")
    assert office.post(where, data=sent).location == where
    shown = seen(office.get(where))
    assert "不结转：不再办理。" in shown
    assert "2026年有 1 项举措要办理：1 项第四季度还没有采用、是否完成待定。" in shown
    row = MeasureCarryOver.get(MeasureCarryOver.measure == world.measures[1])
    assert office.post(f"/carry-overs/{row.id}/take-back").location == where
    assert "2026年还有 2 项举措没有定下" in seen(office.get(left))


def test_the_pages_of_both_measures_say_so(app: Flask, office: Browser, world: World) -> None:
    directive = directive_of_december(world)
    plan, measures = next_plan(world, "城管办")
    MeasurePredecessor.create(measure=measures[0], predecessor=world.measures[0])
    decisions = [
        CarryOverDecision(world.measures[0], measures[0]),
        CarryOverDecision(world.measures[1], None, "不再办理。"),
    ]
    carry_over_measures(plan, decisions, by=world.users["office"])
    shown = seen(office.get(f"/measures/{measures[0].id}"))
    assert "上年结转 2026年第 1 项：夯实招商基础" in shown
    assert "第四季度 正常推进 70%" in shown
    assert "承接" not in shown
    before = office.get(f"/measures/{world.measures[0].id}")
    assert "已结转至2027年第 1 项" in seen(before)
    assert f'href="/measures/{measures[0].id}"' in before.get_data(as_text=True)
    assert "不结转到2027年。理由：不再办理。" in seen(office.get(f"/measures/{world.measures[1].id}"))
    for measure in (world.measures[0], measures[0]):
        cards = seen(office.get(f"/directives/on-measure/{measure.id}", htmx=True))
        assert "2027年1月11日由2026年第 1 项结转至2027年第 1 项" in cards
    lead = log_in(app, world, "filer:城管办")
    assert "提交负责人审签" in seen(lead.get(f"/directives/{directive.key}"))


def test_the_page_takes_a_fixed_number_of_queries(office: Browser, world: World) -> None:
    plan, measures = next_plan(world)
    where = f"/plan/{plan.id}/carry-over"
    carry_over_measures(plan, [CarryOverDecision(world.measures[1], measures[1])], by=world.users["office"])
    directive_of_december(world)
    with count_queries() as few:
        office.get(where)
    add_measures(world, 10)
    for _ in range(10):
        directive_of_december(world)
    with count_queries() as many:
        office.get(where)
    assert len(many) == len(few)
