"""A plan can be removed until a first word is saved under it."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask

from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at
from app.base.errors import BadInput
from app.drafting.core.life_cycle import DocumentState
from app.filing.contributions.models import Contribution
from app.filing.core import operations as filings
from app.filing.core.models import Filing
from app.periods.models import Period
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.core.models import Plan, PlanItem
from app.plan.core.operations import remove_plan
from app.plan.core.queries import measures_of_plan
from tests.clients import log_in
from tests.databases import on_both
from tests.directives.writing import bare_directive
from tests.filing.pages import seen
from tests.plan.two_plans import next_plan
from tests.web.subjects import document_in
from tests.world import THRESHOLDS, World, full_content


def plan_with_a_quarter() -> Plan:
    plan = next_plan()
    with clock_stopped_at(datetime(2027, 3, 22, 9)):
        open_period(plan, Quarter(2027, 1), by=SAMPLE_LOADER)
    return plan


@on_both
def test_a_plan_under_which_nothing_was_saved_goes_with_its_quarters(world: World) -> None:
    plan = plan_with_a_quarter()
    remove_plan(plan, by=world.users["office"])
    assert [row.year for row in Plan.select()] == [2026]
    assert {row.plan_id for row in PlanItem.select()} == {world.plan.id}
    assert [row.id for row in Period.select()] == [world.period.id]
    assert Filing.select().count() == 4
    assert {row.period_id for row in Contribution.select()} == {world.period.id}
    event = Event.select().order_by(Event.id.desc()).first()
    assert (event.action, event.summary) == ("remove_plan", "示例街道2027年工作计划")
    assert next_plan().year == 2027, "the right text can be imported now"


def test_a_first_saved_word_keeps_it(world: World) -> None:
    plan, filer = plan_with_a_quarter(), world.users["filer"]
    filing = Filing.get((Filing.measure == measures_of_plan(plan)[0]) & (Filing.department == 1))
    with clock_stopped_at(datetime(2027, 3, 23, 9)):
        filings.save_filing(filing, full_content(), by=filer, version=1, thresholds=THRESHOLDS)
    with pytest.raises(BadInput, match="2027年的工作计划下已有 1 份保存过内容的填报，不能删除。"):
        remove_plan(plan, by=world.users["office"])
    assert Plan.select().count() == 2


def test_a_directive_or_a_document_keeps_it(world: World) -> None:
    plan, office = next_plan(), world.users["office"]
    directive = bare_directive(measures_of_plan(plan)[0], author="周示例", leader=world.leader, text="抓紧。")
    with pytest.raises(BadInput, match="1 件批示、督办"):
        remove_plan(plan, by=office)
    directive.delete_instance()
    document_in(DocumentState.ISSUED, world)
    with pytest.raises(BadInput, match="1 份公文"):
        remove_plan(world.plan, by=office)
    remove_plan(plan, by=office)


def test_the_page_says_what_goes_and_afterwards_the_current_plan_is_shown(app: Flask, world: World) -> None:
    plan, office = plan_with_a_quarter(), log_in(app, world, "office")
    assert f"/plan/{plan.id}/remove" in office.get("/plan?year=2027").get_data(as_text=True)
    page = seen(office.get(f"/plan/{plan.id}/remove"))
    for words in ("2 个部分", "4 个举措", "4 份空白的填报", "2027年第一季度的季度设置"):
        assert words in page
    answer = office.post(f"/plan/{plan.id}/remove", follow_redirects=True)
    assert "已删除：示例街道2027年工作计划" in seen(answer)
    Filing.update(version=2).where(Filing.id == world.filing(1).id).execute()
    kept = office.get(f"/plan/{world.plan.id}/remove")
    assert "已有 1 份保存过内容的填报" in seen(kept)
    assert '<form method="post" action="/plan/' not in kept.get_data(as_text=True)
