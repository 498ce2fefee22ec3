"""One document for each department or leader by one button: who gets one, how they get on, and nothing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.audit.models import Event
from app.authority.actor import SYSTEM
from app.authority.policy import Action
from app.base.errors import BadInput, FieldProblems
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope, ScopeSpan
from app.drafting.assembling.batches import batch_of
from app.drafting.assembling.operations import assemble_batch, assemble_document
from app.drafting.assembling.order import NO_QUARTER, AssemblyRequest
from app.drafting.core.models import Document, RenderJob
from app.drafting.core.queries import departments_accepted, has_accepted, leaders_accepted
from app.drafting.jobs.operations import run_job
from app.org.models import Department, Leader
from app.org.rules import DepartmentKind
from app.wiring.queue import TaskQueue
from tests.clients import count_queries, log_in
from tests.databases import on_both
from tests.drafting.drafts import unprinted
from tests.drafting.sample_documents import PARTICULARS, assembled
from tests.world import THRESHOLDS, World

pytestmark = pytest.mark.usefixtures("in_app")

SHOWN = "/documents/new/department/batch?period=2026Q3&span=quarter"
TYPED = {"span": "quarter", "fullness": "full", "recipient": "街道党工委、办事处", "dated": "2026-10-09"}


def order_of(world: World, kind: DocumentKind = DocumentKind.DEPARTMENT) -> AssemblyRequest:
    return AssemblyRequest(kind, world.plan, DocumentScope(world.period.quarter))


@on_both
def test_each_with_something_accepted_gets_one_and_nobody_a_second(reported: World) -> None:
    order, office = order_of(reported), reported.users["office"]
    assert assemble_batch(order, PARTICULARS, by=office) == 2
    made = {one.department.name: one for one in Document.select()}
    assert set(made) == {"经济发展办公室", "城市管理办公室"}
    assert all(one.issuer == name and name in one.title for name, one in made.items())
    assert {job.document_id for job in RenderJob.select()} == {one.id for one in made.values()}
    logged = Event.select().where(Event.action == Action.ASSEMBLE_DOCUMENT)
    assert {event.object_id for event in logged} == {one.id for one in made.values()}

    assert assemble_batch(order, PARTICULARS, by=office) == 0
    assert Document.select().count() == 2
    Document.update(state="discarded").where(Document.id == made["经济发展办公室"].id).execute()
    assert assemble_batch(order, PARTICULARS, by=office) == 1
    half = replace(order, scope=DocumentScope(order.scope.quarter, ScopeSpan.THREE_QUARTERS))
    assert assemble_batch(half, PARTICULARS, by=office) == 2


def test_those_of_the_leaders_are_of_whom_something_was_accepted(reported: World) -> None:
    Leader.create(name="吴示例", post="副主任", position=2)
    order = order_of(reported, DocumentKind.READING_SHEET)
    assert assemble_batch(order, PARTICULARS, by=reported.users["office"]) == 1
    batch = batch_of(order, reported.period)
    assert [row.subject.name for row in batch.begun] == ["周示例"]
    assert [row.subject.name for row in batch.without_filings] == ["吴示例"]


@pytest.mark.parametrize(("overall", "whose"), [(False, "分管工作"), (True, "工作")])
def test_a_reading_sheet_is_called_after_what_its_leader_answers_for(
    reported: World, overall: bool, whose: str
) -> None:
    Leader.update(in_overall_charge=overall).where(Leader.id == reported.leader.id).execute()
    order = replace(
        order_of(reported, DocumentKind.READING_SHEET), leader=Leader.get_by_id(reported.leader.id)
    )
    document = assemble_document(order, PARTICULARS, by=reported.users["office"])
    assert document.title == f"周示例同志第三季度{whose}呈批单"


def test_who_has_something_accepted_is_the_same_for_one_and_for_all(reported: World) -> None:
    period = reported.period
    Leader.create(name="吴示例", post="副主任", position=2)
    assert departments_accepted(period) == {
        one.id for one in Department.select() if has_accepted(period, department=one)
    }
    assert leaders_accepted(period) == {one.id for one in Leader.select() if has_accepted(period, leader=one)}


def test_what_cannot_be_made_of_anybody_is_refused(world: World, queue: TaskQueue) -> None:
    office = world.users["office"]
    with pytest.raises(FieldProblems) as nothing:
        assemble_batch(order_of(world), PARTICULARS, by=office)
    assert nothing.value.fields["period"].startswith("2026年第三季度还没有已采用的填报")
    with pytest.raises(BadInput, match="推进情况报告写的是全街道，只有一份"):
        assemble_batch(order_of(world, DocumentKind.QUARTERLY), PARTICULARS, by=office)
    assert not Document.select().exists()


def test_what_somebody_waits_for_is_made_before_the_many(reported: World, queue: TaskQueue) -> None:
    assemble_batch(order_of(reported), PARTICULARS, by=reported.users["office"])
    awaited = assembled(reported)
    first = queue.huey.dequeue()
    assert first is not None
    assert first.args == (RenderJob.get(RenderJob.document == awaited).id,)


def test_a_choice_on_the_form_makes_them_all_and_leads_to_how_they_get_on(
    app: Flask, reported: World
) -> None:
    client = log_in(app, reported, "office")
    form = client.get("/documents/new/department").get_data(as_text=True)
    assert "各部门各一份（共3份）" in form
    typed = TYPED | {"department": "each", "period": str(reported.period.id)}
    answer = client.post("/documents/new/department", data=typed)
    assert (answer.status_code, answer.location) == (303, SHOWN)

    shown = client.get(SHOWN).get_data(as_text=True)
    assert "已生成 0 / 2 份" in shown
    assert 'hx-trigger="every 1s"' in shown
    assert "没有已采用的填报、不能汇编的部门（1）：第一居民区。" in shown
    for job in RenderJob.select():
        run_job(job.id, unprinted, thresholds=THRESHOLDS, by=SYSTEM)
    RenderJob.update(state="failed", error="不能排版。").where(RenderJob.id == job.id).execute()
    shown = client.get(SHOWN).get_data(as_text=True)
    assert "已生成 1 / 2 份" in shown
    assert "1 份没有生成" in shown
    assert "城市管理办公室</a>：不能排版。" in shown
    assert "hx-trigger" not in shown.split('id="batch"')[1].split("</main>")[0]


def test_the_leaders_are_offered_one_each_too(app: Flask, reported: World) -> None:
    form = log_in(app, reported, "office").get("/documents/new/reading_sheet").get_data(as_text=True)
    assert "各领导各一份（共1份）" in form


def test_a_batch_without_anything_says_so_beside_the_quarter(app: Flask, world: World) -> None:
    client = log_in(app, world, "office")
    typed = TYPED | {"department": "each", "period": str(world.period.id)}
    answer = client.post("/documents/new/department", data=typed)
    assert answer.status_code == 422
    assert "2026年第三季度还没有已采用的填报" in answer.get_data(as_text=True)
    assert "没有汇编" in client.get(SHOWN).get_data(as_text=True)
    assert client.get("/documents/new/quarterly/batch?period=2026Q3").status_code == 422


def test_a_batch_of_no_quarter_leads_to_where_one_is_chosen(app: Flask, world: World) -> None:
    client = log_in(app, world, "office")
    answer = client.get(SHOWN.partition("?")[0])
    assert (answer.status_code, answer.location) == (303, "/documents/new/department")
    assert NO_QUARTER in client.get(answer.location).get_data(as_text=True)


def test_how_they_get_on_takes_as_many_queries_for_ten_as_for_two(reported: World) -> None:
    order = order_of(reported)
    with count_queries() as few:
        batch_of(order, reported.period)
    for position in range(10):
        name = f"第{position}办公室"
        make_for(
            reported,
            Department.create(name=name, short_name=name, kind=DepartmentKind.OFFICE, position=20 + position),
        )
    with count_queries() as many:
        batch = batch_of(order, reported.period)
        assert len([row.document.job for row in batch.begun if row.document]) == 10
    assert len(many) == len(few) <= 5


def make_for(world: World, department: Department) -> None:
    """Make a document about a department, be it that nothing of it was accepted."""
    made = assemble_document(
        replace(order_of(world), department=world.departments["经发办"]),
        PARTICULARS,
        by=world.users["office"],
    )
    Document.update(department=department).where(Document.id == made.id).execute()
