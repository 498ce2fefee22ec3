"""What a directive is about: several measures at once, a filing, a department's work, a document; read everywhere."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from flask import Flask
from peewee import IntegrityError

from app.base.clock import clock_stopped_at, today
from app.composition.chapters.directives import directives_chapter
from app.composition.scope import DocumentScope
from app.directives.carry_over.operations import (
    CarryOverDecision,
    carry_over_measures,
    take_back_carry_over,
)
from app.directives.core import operations, queries
from app.directives.core.carry_overs import MeasureCarryOver
from app.directives.core.content import DirectiveTarget, TargetDocument
from app.directives.core.directive_counts import open_counts_by_measure
from app.directives.core.models import Directive
from app.directives.core.queries import reach_of
from app.directives.core.subjects import DirectiveSubject
from app.directives.former_leads.operations import handover_in_plan
from app.directives.listing.directive_register_sheet import COLUMNS
from app.drafting.jobs.gathering import gather_facts
from app.filing.core.life_cycle import FilingState
from app.notices.models import Notice
from app.org.models import Leader
from app.plan.core.models import PlanItem
from app.plan.core.queries import measures_of_plan
from app.plan.measure_changes.ending import obstacles_to_ending
from tests.clients import Browser, count_queries, log_in
from tests.databases import on_both
from tests.directives.writing import (
    WORDS,
    reload_directive,
    replied_directive,
    sample_content,
    target_of,
    written_directive,
)
from tests.filing.pages import brought_to, seen
from tests.plan.two_plans import next_plan
from tests.world import THRESHOLDS, World

DOCUMENT = TargetDocument(7, "关于第三季度工作计划推进情况的通报")


def written_on(world: World, target: DirectiveTarget, *addressees: str) -> Directive:
    content = sample_content(world, *addressees)
    return reload_directive(operations.write_directive(target, content, by=world.users["leader"]))


def sent(browser: Browser, world: World, path: str, **changes: object) -> tuple[int, str]:
    main = str(world.departments["经发办"].id)
    data = {"kind": "instruction", "text": WORDS, "main": main, "urgency": "usual", **changes}
    answer = browser.post(path, data=data)
    return answer.status_code, seen(answer) if answer.status_code == 422 else str(answer.location)


@on_both
def test_one_on_several_measures_is_one_and_stands_on_each(world: World) -> None:
    both = written_on(world, target_of(world, 2, 4), "经发办", "城管办", "一居")
    assert [one.position for one in both.measures] == [2, 4]
    assert both.subject_words == f"第 2 项（{world.measures[1].title}）等 2 项举措"
    for number in (2, 4):
        assert queries.directives_on_measure(world.measures[number - 1]) == [both]
    assert queries.directives_on_measure(world.measures[0]) == []
    counted = open_counts_by_measure(reach_of(world.users["office"]))
    assert counted == {world.measures[1].id: 1, world.measures[3].id: 1}
    added = {one.department.short_name: one.is_added for one in both.addressees}
    assert added == {"经发办": False, "城管办": False, "一居": True}
    lead = world.departments["城管办"].id
    assert queries.unclosed_of_department(lead, measure_id=world.measures[3].id) == [both]
    assert [*obstacles_to_ending(world.measures[3], today())][-1].startswith("还有 1 件批示")


@on_both
def test_a_row_is_about_exactly_one_thing(world: World) -> None:
    directive, department = written_directive(world), world.departments["一居"]
    filing, measure = world.filing(2), world.measures[1]
    for values in (
        {},
        {"measure": measure, "department": department},
        {"department": department, "document_id": 1, "document_title": "通报"},
        {"department": department, "filing": filing},
        {"document_id": 1},
    ):
        with pytest.raises(IntegrityError), DirectiveSubject._meta.database.atomic():
            DirectiveSubject.create(directive=directive, **values)
    assert DirectiveSubject.select().count() == 1


def test_those_in_charge_of_any_of_them_hear_of_it_once_each(world: World) -> None:
    other = Leader.create(name="吴示例", post="副主任", position=2)
    PlanItem.update(leader=other).where(PlanItem.id == world.measures[3].id).execute()
    world.measures = measures_of_plan(world.plan)
    content = sample_content(world, leader=Leader.create(name="林示例", post="书记", position=0))
    operations.write_directive(target_of(world, 1, 2, 4), content, by=world.users["office"])
    notified = [one.account_id for one in Notice.select().where(Notice.topic.startswith("directive-new"))]
    assert notified.count(world.users["leader"].account_id) == 1


def test_the_form_offers_the_other_measures_of_the_plan(app: Flask, world: World) -> None:
    browser, ids = log_in(app, world, "leader"), [str(one.id) for one in world.measures]
    page = seen(browser.get(f"/measures/{ids[0]}/directives/new"))
    assert "同时涉及的举措" in page
    assert f"4. {world.measures[3].title}" in page
    assert sent(browser, world, f"/measures/{ids[0]}/directives", measures=[ids[3], ids[1]])[0] == 303
    assert [one.position for one in reload_directive(Directive.get()).measures] == [1, 2, 4]
    refused = sent(browser, world, f"/measures/{ids[0]}/directives", measures=["9999"], text="")
    assert refused[0] == 422
    assert "举措刚刚有变化，请重新选择涉及的举措。" in refused[1]
    assert "请写明批示内容。" in refused[1]


def test_from_the_register_it_is_about_ticked_measures_or_a_departments_work(
    app: Flask, world: World
) -> None:
    browser, ids = log_in(app, world, "office"), [str(one.id) for one in world.measures]
    page = browser.get(f"/directives/new?measure={ids[2]}&measure={ids[3]}&leader={world.leader.id}")
    assert page.text.count("checked") >= 2
    assert f'<option selected value="{world.leader.id}">' in page.text
    leader = str(world.leader.id)
    assert sent(browser, world, "/directives/new", measures=ids[2:], leader=leader) == (303, "/directives")
    assert sent(browser, world, "/directives/new", leader=leader) == (303, "/directives")
    on_measures, on_department = (reload_directive(one) for one in Directive.select().order_by(Directive.id))
    assert [one.position for one in on_measures.measures] == [3, 4]
    assert [one.is_added for one in on_measures.addressees] == [True]
    assert (on_department.subject_words, on_department.measures) == ("经发办工作", [])
    assert [one.is_added for one in on_department.addressees] == [False]
    assert "经发办工作" in seen(browser.get(f"/directives/{on_department.key}"))
    assert "请选择主办部门。" in sent(browser, world, "/directives/new", leader=leader, main="")[1]


@pytest.mark.parametrize(("who", "state", "status"), [("leader", "draft", 403), ("leader", "submitted", 200)])
def test_one_on_a_filing_stands_on_its_measure_and_names_the_quarter(
    app: Flask, world: World, who: str, state: str, status: int
) -> None:
    filing = brought_to(FilingState(state), world)
    browser, path = log_in(app, world, who), f"/filings/{filing.id}/directives/new"
    assert browser.get(path).status_code == status
    if status == 403:
        assert sent(browser, world, path)[0] == 403
        return
    assert sent(browser, world, path) == (303, f"/filings/{filing.id}")
    directive = reload_directive(Directive.get())
    assert directive.subject_words == f"第 1 项（{world.measures[0].title}）第三季度填报"
    assert "（第三季度填报）" in seen(browser.get(f"/directives/{directive.key}"))
    assert queries.directives_on_measure(world.measures[0]) == [directive]


def test_documents_tell_of_every_one_once_under_all_its_titles(world: World) -> None:
    quarter = world.period.quarter
    with clock_stopped_at(datetime.combine(quarter.last_day, time(9, 0))):
        written_on(world, target_of(world, 2, 4))
        written_on(world, DirectiveTarget(), "城管办")
        written_on(world, DirectiveTarget(document=DOCUMENT))
    facts = gather_facts(world.plan, DocumentScope(quarter), thresholds=THRESHOLDS)
    titles = tuple(world.measures[number].title for number in (1, 3))
    assert [(one.measure, one.titles) for one in facts.directives] == [
        ("、".join(titles), titles),
        ("城管办工作", ()),
        (f"《{DOCUMENT.title}》", ()),
    ]
    words = str([*directives_chapter(facts, quarter.last_day)])
    assert "共办理批示、督办事项3件" in words
    assert f"{titles[0]}、{titles[1]}。" in words


def test_each_is_in_the_list_the_workbook_and_the_search(app: Flask, world: World) -> None:
    both, department = (
        written_on(world, target_of(world, 2, 4)),
        written_on(world, DirectiveTarget(), "城管办"),
    )
    document = written_on(world, DirectiveTarget(document=DOCUMENT))
    browser = log_in(app, world, "office")
    listed = seen(browser.get("/directives"))
    found = seen(browser.get("/search?q=月底前报结果"))
    (about,) = (column for column in COLUMNS if column.label == "关于")
    for one in (both, department, document):
        for words in (subject.title for subject in one.subjects):
            assert words in listed
            assert words in about.value(one)
        assert one.subject_words in found
    part = world.measures[3].parent.parent_id
    narrowed = browser.get(f"/directives?part={part}")
    assert narrowed.text.count(f'href="/directives/{both.key}"') == 1
    assert f'href="/directives/{department.key}"' not in narrowed.text


def test_one_of_several_measures_is_carried_over_and_back(world: World) -> None:
    both = replied_directive(world)
    DirectiveSubject.create(directive=both, measure=world.measures[3])
    following = next_plan()
    after = measures_of_plan(following)[0]
    decisions = [CarryOverDecision(one, after) for one in (world.measures[0], world.measures[3])]
    carry_over_measures(following, decisions, by=world.users["office"])
    assert [one.id for one in reload_directive(both).measures] == [after.id]
    for measure in (world.measures[0], world.measures[3]):
        assert queries.directives_on_measure(measure) == [both]
    titles = queries.titles_under_plan(reload_directive(both), world.plan)
    assert set(titles) == {world.measures[0].title, world.measures[3].title}
    for row in MeasureCarryOver.select():
        take_back_carry_over(row, by=world.users["office"])
    assert reload_directive(both).measure_ids == {world.measures[0].id, world.measures[3].id}


def test_who_answers_for_one_of_its_measures_has_not_lost_it(world: World) -> None:
    written_on(world, target_of(world, 2, 4), "城管办")
    world.let_lead(2, "一居")
    assert handover_in_plan(world.plan).is_empty is True
    world.let_lead(4, "一居")
    handover = handover_in_plan(world.plan)
    assert [one.lead.short_name for one in handover.addressees] == ["一居"]
    assert handover.is_empty is False


def test_more_subjects_take_no_more_queries(app: Flask, world: World) -> None:
    written_on(world, target_of(world, 1))
    browser = log_in(app, world, "office")
    with count_queries() as few:
        browser.get("/directives")
    written_on(world, target_of(world, 1, 2, 3, 4))
    written_on(world, DirectiveTarget(), "城管办")
    with count_queries() as many:
        browser.get("/directives")
    assert len(many) == len(few)
