"""A draft beside the plan of the year before, and what a stored plan takes over from it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask

from app.audit.models import Event
from app.org.models import Department, Leader
from app.plan.core.models import Assignment, Indicator, MeasurePredecessor, Milestone, Plan, PlanItem
from app.plan.core.queries import measures_of_plan, plan_of_year
from app.plan.preview.comparison_page import ComparisonPage, YearChange, field_of
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import choose_predecessors, confirm_import
from app.plan.preview.predecessors import link_predecessors
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import seen
from tests.plan.preview.import_drafts import read_draft, start_of
from tests.world import World, add_measures

TITLES = ("1. 夯实招商基础", "2. 打通转化链条", "1. 推进旧区改造", "2. 加强垃圾分类")


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def address(draft: ImportDraft) -> str:
    return f"/plan/new/{draft.id}/comparison"


def starts_of(draft: ImportDraft) -> list[int]:
    places, found = [], 0
    for title in TITLES:
        found = draft.source_text.text.index(title, found)
        places.append(found)
    return places


def rename(world: World, number: int, title: str, text: str = "") -> None:
    PlanItem.update(title=title, text=text).where(PlanItem.id == world.measures[number - 1].id).execute()


def decide(draft: ImportDraft, world: World, *numbers: int | None, carries: bool = True) -> ImportDraft:
    """Say which measures of last year those of the draft go on from, in their order."""
    chosen = {
        start: world.measures[number - 1].id
        for start, number in zip(starts_of(draft), numbers, strict=True)
        if number
    }
    choose_predecessors(draft, chosen, carries=carries, by=world.users["office"], version=draft.version)
    found: ImportDraft = ImportDraft.get_by_id(draft.id)
    return found


def store(draft: ImportDraft, world: World) -> list[PlanItem]:
    plan = confirm_import(draft, by=world.users["office"], version=draft.version)
    return measures_of_plan(plan)


def test_what_goes_on_is_proposed_and_shown_with_its_numbers(office: Browser, world: World) -> None:
    rename(world, 1, "夯实招商基础", "落实招商机制，走访重点企业200家。")
    rename(world, 2, "打通转化链条", "建立攻坚名单。联系园区企业。")
    rename(world, 3, "办好运动会")
    rename(world, 4, "推进旧区改造", "改造项目开工。")
    draft = read_draft(world)
    page = ComparisonPage(draft)
    assert [(row.typed, row.change) for row in page.rows] == [
        ("1", YearChange.CHANGED),
        ("2", YearChange.SAME),
        ("4", YearChange.CHANGED),
        ("", YearChange.ADDED),
        ("", YearChange.ADDED),
    ]
    assert page.counts == [("相同", 1), ("有变化", 2), ("新增", 2), ("上年有、本年没有", 1)]
    shown = seen(office.get(address(draft)))
    assert "走访重点企业200家 → 走访重点企业240家" in shown
    assert "有变化、新增的：第 1 项、第 3 项、第 4 项、第 5 项" in shown
    marked = office.get(address(draft)).get_data(as_text=True)
    assert "走访重点企业<del>200</del>家" in marked
    assert "走访重点企业<ins>240</ins>家" in marked
    assert marked.count("前后文字</summary>") == 2
    assert "上年有、本年没有的 1 项" in shown
    assert "3. 办好运动会" in shown
    assert "不保存的，入库时不与上年关联" in shown


def test_what_was_chosen_is_kept_and_can_be_changed(office: Browser, world: World) -> None:
    draft = read_draft(world)
    starts = starts_of(draft)
    sent = {field_of(starts[0]): "2", field_of(starts[1]): " ", field_of(starts[3]): "4", "version": "1"}
    answer = office.post(address(draft), data=sent)
    assert (answer.status_code, answer.location) == (303, f"/plan/new/{draft.id}/carry-over")
    kept: ImportDraft = ImportDraft.get_by_id(draft.id)
    second, fourth = world.measures[1].id, world.measures[3].id
    assert kept.predecessors == {"chosen": {str(starts[0]): second, str(starts[3]): fourth}, "carries": False}
    page = ComparisonPage(kept)
    assert [row.typed for row in page.rows] == ["2", "", "", "4", ""]
    assert (page.is_decided, page.carries) == (True, False)
    assert "这是已保存的对照" in seen(office.get(address(draft)))
    event = Event.select().order_by(Event.id.desc()).first()
    assert event.summary == "与上年对照：延续 2 项举措"


def test_a_number_that_last_year_has_not_is_named_and_nothing_is_lost(office: Browser, world: World) -> None:
    draft = read_draft(world)
    starts = starts_of(draft)
    sent = {field_of(starts[0]): "9", field_of(starts[1]): "3", "carries": "1", "version": "1"}
    answer = office.post(address(draft), data=sent)
    assert answer.status_code == 422
    assert "有的编号上年没有，请改正标出的各项。" in seen(answer)
    assert "第 1 项：上年没有第“9”项举措，请填 1 到 4，或者留空。" in seen(answer)
    words = answer.get_data(as_text=True)
    assert 'value="9"' in words
    assert 'value="3"' in words
    assert ImportDraft.get_by_id(draft.id).predecessors is None


def test_two_do_not_overwrite_each_other(office: Browser, world: World) -> None:
    draft = decide(read_draft(world), world, 1, 2, None, None)
    sent = {field_of(starts_of(draft)[2]): "4", "version": "1"}
    answer = office.post(address(draft), data=sent)
    assert answer.status_code == 409
    assert "他人刚刚改动过这份导入稿" in seen(answer)
    assert 'value="4"' in answer.get_data(as_text=True)
    beside = re.findall("别人存为[^<]*", answer.get_data(as_text=True))
    assert beside == ["别人存为第 1 项", "别人存为第 2 项", "别人存为新增"]
    assert len(ImportDraft.get_by_id(draft.id).predecessors["chosen"]) == 2


def test_without_a_plan_of_the_year_before_the_step_can_be_left_out(office: Browser, world: World) -> None:
    draft = read_draft(world)
    ImportDraft.update(year=2040).where(ImportDraft.id == draft.id).execute()
    assert "上一年度的工作计划没有入库" in seen(office.get(address(draft)))
    ImportDraft.update(year=None).where(ImportDraft.id == draft.id).execute()
    assert "还没有写明年度" in seen(office.get(address(draft)))


def test_a_stored_plan_takes_over_what_was_confirmed(world: World) -> None:
    first = world.measures[0]
    Indicator.create(measure=first, name="走访企业", unit="家", yearly_target=200, position=1)
    Indicator.create(measure=first, name="旧指标", unit="个", yearly_target=1, position=2, retired=True)
    Milestone.create(item=first, quarter=2, text="走访过半", target=100)
    Department.update(ended_on=date(2020, 1, 1)).where(Department.short_name == "一居").execute()
    before = [(row.department.short_name, row.role) for row in first.assignments.order_by(Assignment.id)]
    assert ("一居", before[-1][1]) in before
    measures = store(decide(read_draft(world), world, 1, 1, 3, None), world)
    links = MeasurePredecessor.select().order_by(MeasurePredecessor.id)
    assert [(row.measure.id, row.predecessor.id) for row in links] == [
        (measures[0].id, first.id),
        (measures[1].id, first.id),
        (measures[2].id, world.measures[2].id),
    ]
    for measure in measures[:2]:
        carried = [
            (row.department.short_name, row.role) for row in measure.assignments.order_by(Assignment.id)
        ]
        assert carried == [one for one in before if one[0] != "一居"]
        assert measure.leader == first.leader
        assert [(row.name, row.unit, row.yearly_target) for row in measure.indicators] == [
            ("走访企业", "家", 200)
        ]
        assert [(row.quarter, row.text, row.target) for row in measure.milestones] == [(2, "走访过半", 100)]
    assert not measures[3].assignments.exists()
    summaries = [event.summary for event in Event.select().order_by(Event.id)]
    assert "与上年对照：延续 3 项举措，沿用其分工、分管领导、指标和节点" in summaries


def test_a_leader_who_has_left_is_not_in_charge_of_what_goes_on(world: World) -> None:
    staying = Leader.create(name="李示例", post="副主任", position=2)
    PlanItem.update(leader=staying).where(PlanItem.id == world.measures[2].id).execute()
    Leader.update(serves_until=date(2026, 1, 1)).where(Leader.id == world.leader.id).execute()
    measures = store(decide(read_draft(world), world, 1, None, 3, None), world)
    assert [measure.leader for measure in measures[:3]] == [None, None, staying]


def test_the_page_of_a_measure_leads_to_the_one_before(office: Browser, world: World) -> None:
    measures = store(decide(read_draft(world), world, 2, None, None, None), world)
    shown = office.get(f"/measures/{measures[0].id}").get_data(as_text=True)
    before = world.measures[1]
    assert f'承接2026年第 2 项：<a href="/measures/{before.id}">{before.title}</a>' in shown
    assert "承接" not in office.get(f"/measures/{measures[1].id}").get_data(as_text=True)


def test_links_alone_carry_nothing_and_no_decision_links_nothing(world: World) -> None:
    measures = store(decide(read_draft(world), world, 1, None, None, None, carries=False), world)
    assert MeasurePredecessor.select().count() == 1
    assert not Assignment.select().where(Assignment.item.in_(measures)).exists()
    assert "与上年对照：延续 1 项举措" in [event.summary for event in Event.select()]
    Plan.delete().where(Plan.year == 2027).execute()
    assert MeasurePredecessor.select().count() == 0
    store(read_draft(world), world)
    assert MeasurePredecessor.select().count() == 0
    assert plan_of_year(2027) is not None


def test_a_measure_that_has_departments_keeps_them(world: World) -> None:
    """A draft's own assignments are stored before it is linked."""
    draft = decide(read_draft(world), world, 1, None, None, None)
    other = world.measures[3]
    link_predecessors(draft, {starts_of(draft)[0]: other}, by=world.users["office"])
    names = [row.department.short_name for row in other.assignments]
    assert names == ["城管办"]


def test_the_comparison_takes_a_fixed_number_of_queries(office: Browser, world: World) -> None:
    draft = read_draft(world)
    with count_queries() as few:
        office.get(address(draft))
    add_measures(world, 20)
    with count_queries() as many:
        office.get(address(draft))
    assert len(many) == len(few)
    assert start_of(draft, "1. 夯实") == starts_of(draft)[0]


def test_storing_says_first_that_nothing_was_linked_with_last_year(office: Browser, world: World) -> None:
    draft = read_draft(world, "（城管执法局牵头）")
    page = f"/plan/new/{draft.id}/confirm"
    shown = seen(office.get(page))
    assert "与上年对照：还没有保存" in shown
    assert "计划中还有 1 个名称没有确认是哪个部门" in shown
    decide(draft, world, 1, None, 3, None)
    assert "与上年对照：延续 2 项" in seen(office.get(page))
