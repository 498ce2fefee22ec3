"""A department that ends, or a leader who leaves: what each answered for passes to who follows, in one step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from app.administration.organisation.operations import submit_change
from app.administration.organisation.succession import charge_of, open_duties_of
from app.audit.models import Event
from app.authority.policy import Action
from app.base.clock import today
from app.base.errors import BadInput, FieldProblems
from app.directives.core.queries import directive_by_id
from app.filing.contributions.models import Contribution
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.notices.models import Notice
from app.org.changes import DepartmentEnd, DepartmentMerger, LeaderChange
from app.org.models import Department, DepartmentGroup, Leader
from app.org.queries import unfinished_work_in_words
from app.periods.rules import Quarter
from app.plan.assignments.operations import assign_measures
from app.plan.assignments.revising import RevisionTerms, WantedMeasure
from app.plan.core.models import Assignment
from app.plan.core.queries import measures_in_charge_of, responsible_by_measure
from tests.clients import log_in
from tests.databases import on_both
from tests.directives.writing import WORDS, written_directive
from tests.filing.pages import brought_to
from tests.world import World, open_at_once

BASE = "/admin/organisation"
# The world's quarter is the third of 2026; what passes does so within it, and in the fourth.
ON = date(2026, 8, 1)
BEFORE = ON - timedelta(days=1)


def leads_on(world: World, day: date) -> list[str]:
    duties = responsible_by_measure(world.plan, on=day)
    return [duties[one.id].lead.short_name for one in world.measures]  # type: ignore[union-attr]


def supports_on(world: World, day: date) -> list[str]:
    duty = responsible_by_measure(world.plan, on=day)[world.measures[0].id]
    return [one.short_name for one in duty.supports]


def merge(world: World, name: str, into: str, on: date = ON) -> None:
    change = DepartmentMerger(world.departments[name].id, world.departments[into].id, on)
    submit_change(change, about=name, reason="", by=world.users["system_admin"])


def test_who_is_merged_into_leads_and_supports_from_the_day_on(world: World) -> None:
    merge(world, "经发办", "城管办")
    assert leads_on(world, BEFORE) == ["经发办", "经发办", "城管办", "城管办"]
    assert leads_on(world, ON) == ["城管办"] * 4
    assert supports_on(world, BEFORE) == ["城管办", "一居"]
    assert supports_on(world, ON) == ["一居"]  # who leads does not support
    assert Department.get_by_id(world.departments["经发办"].id).ended_on == ON
    noted = Event.get(Event.action == Action.TRANSFER_DUTIES)
    assert noted.summary == "经发办并入城管办：2026 年第 1、2 项举措"


def test_a_place_among_those_who_support_is_taken_without_the_group(world: World) -> None:
    group = DepartmentGroup.get(DepartmentGroup.name == "各居民区")
    Assignment.update(group=group).where(Assignment.department == world.departments["一居"]).execute()
    merge(world, "一居", "经发办")
    assert supports_on(world, ON) == ["城管办"]  # it leads
    new = Department.create(name="社区办公室", short_name="社区办", kind="office", position=9)
    change = DepartmentEnd(world.departments["城管办"].id, ON, successor=new.id)
    submit_change(change, about="", reason="", by=world.users["system_admin"])
    assert supports_on(world, ON) == ["社区办"]
    assert leads_on(world, ON) == ["经发办", "经发办", "社区办", "社区办"]
    row = Assignment.get((Assignment.department == new) & (Assignment.item == world.measures[0]))
    assert row.group is None


@on_both
def test_what_was_set_for_a_later_day_passes_too(world: World) -> None:
    later = date(2026, 10, 1)
    wanted = [WantedMeasure(world.measures[2], lead=world.departments["经发办"])]
    terms = RevisionTerms(later, "调整")
    assign_measures(world.plan, wanted, terms, source="x", by=world.users["office"])
    merge(world, "经发办", "一居")
    assert leads_on(world, ON) == ["一居", "一居", "城管办", "城管办"]
    assert leads_on(world, later) == ["一居", "一居", "一居", "城管办"]
    assert not open_duties_of(world.departments["经发办"], ON).measures


def test_drafts_and_open_directives_go_along_and_what_was_handed_in_stays(world: World) -> None:
    brought_to(FilingState.SUBMITTED, world, 1)
    draft = world.filing(2)
    Filing.update(progress="已写一半。").where(Filing.id == draft.id).execute()
    directive = written_directive(world)
    merge(world, "经发办", "一居")
    assert world.filing(1).state is FilingState.SUBMITTED
    moved = Filing.get_by_id(draft.id)
    assert (moved.department, moved.lead, moved.progress) == (
        world.departments["一居"],
        world.departments["一居"],
        "已写一半。",
    )
    answering = directive_by_id(directive.id)
    assert answering and [one.department.short_name for one in answering.addressees] == ["一居"]
    notice = Notice.get(
        Notice.account == world.users["head:一居"].account_id, Notice.topic.startswith("succession")
    )
    assert "起并入一居：牵头 2 项举措，1 份填报，1 件批示已移交。" in notice.sentence


def test_confidential_directives_go_along_and_are_not_counted_for_those_who_may_not_know(
    world: World,
) -> None:
    directive = written_directive(world, is_confidential=True)
    giver = world.departments["经发办"]
    assert "批示" not in open_duties_of(giver, ON).in_words
    assert not [one for one in open_duties_of(giver, ON).listed if "批示" in one.label]
    assert not [sentence for sentence in unfinished_work_in_words(giver) if "批示" in sentence]
    merge(world, "经发办", "一居")
    answering = directive_by_id(directive.id)
    assert answering and [one.department.short_name for one in answering.addressees] == ["一居"]
    assert not [
        one for one in Notice.select().where(Notice.topic.startswith("succession")) if "批示" in one.sentence
    ]
    noted = Event.get((Event.object_kind == "Directive") & (Event.action == Action.HAND_OVER_DUTY))
    assert (noted.summary, set(noted.detail)) == (directive.number_words, {"state", "version"})


def test_a_supporting_draft_goes_along(world: World) -> None:
    draft = world.contribution(1, "一居")
    Contribution.update(text="配合了。").where(Contribution.id == draft.id).execute()
    new = Department.create(name="社区办公室", short_name="社区办", kind="office", position=9)
    change = DepartmentMerger(world.departments["一居"].id, new.id, ON)
    submit_change(change, about="", reason="", by=world.users["system_admin"])
    moved = Contribution.get_by_id(draft.id)
    assert (moved.department, moved.lead, moved.text) == (new, world.departments["经发办"], "配合了。")


def test_what_the_successor_wrote_itself_is_not_written_over(world: World) -> None:
    Contribution.update(text="城管办写的。").where(
        Contribution.id == world.contribution(1, "城管办").id
    ).execute()
    Filing.update(progress="经发办写的。").where(Filing.id == world.filing(1).id).execute()
    merge(world, "经发办", "城管办")
    assert world.filing(1, "城管办").progress == "经发办写的。"
    assert world.contribution(1, "城管办").text == "城管办写的。"


def test_a_quarter_that_was_over_before_keeps_its_departments(world: World) -> None:
    open_at_once(world.plan, Quarter(2026, 4))
    merge(world, "经发办", "一居", on=date(2026, 10, 15))
    in_quarter = Filing.select().where(Filing.department == world.departments["经发办"])
    assert {one.period.number for one in in_quarter} == {3}


def test_with_duties_somebody_must_take_over(world: World) -> None:
    end = DepartmentEnd(world.departments["经发办"].id, today())
    with pytest.raises(BadInput, match="请选择由哪个部门接手"):
        submit_change(end, about="", reason="", by=world.users["system_admin"])
    for wrong in (world.departments["经发办"].id, 9999):
        with pytest.raises(FieldProblems):
            merger = DepartmentMerger(world.departments["经发办"].id, wrong, today())
            submit_change(merger, about="", reason="", by=world.users["system_admin"])
    assert leads_on(world, today())[0] == "经发办"


@pytest.mark.usefixtures("in_plan_year")
def test_the_office_sees_titles_and_the_administrator_counts(app: Flask, world: World) -> None:
    written_directive(world)
    address = f"{BASE}/departments/{world.departments['经发办'].id}/end"
    office = log_in(app, world, "office").get(address).get_data(as_text=True)
    administrator = log_in(app, world, "system_admin").get(address).get_data(as_text=True)
    counted = "牵头 2 项举措，2 份填报，1 件批示。"
    assert counted in office and counted in administrator
    title = world.measures[0].title
    assert f"第 1 项 {title}" in office and WORDS in office
    assert title not in administrator and WORDS not in administrator


def test_the_office_proposes_and_all_passes_with_the_decision(app: Flask, world: World) -> None:
    address = f"{BASE}/departments/{world.departments['经发办'].id}/end"
    fields = {"on": str(ON), "into": str(world.departments["城管办"].id), "merges": "y", "version": "1"}
    proposed = log_in(app, world, "office").post(address, data={**fields, "reason": "机构改革。"})
    assert proposed.status_code == 303
    assert leads_on(world, ON)[0] == "经发办"
    administrator = log_in(app, world, "system_admin")
    assert "并入" in administrator.get(f"{BASE}/proposals").get_data(as_text=True)
    accepted = administrator.post(f"{BASE}/proposals/1/accept", data={"version": "1"})
    assert accepted.status_code == 303
    assert leads_on(world, ON) == ["城管办"] * 4


def leave(world: World, follower: Leader | None, last: date = BEFORE) -> None:
    leader = world.leader
    change = LeaderChange(
        leader.id,
        name=leader.name,
        post=leader.post,
        position=1,
        serves_from=None,
        serves_until=last,
        is_acting=False,
        next_leader=follower.id if follower else None,
    )
    submit_change(change, about=leader.name, reason="", by=world.users["system_admin"])


@pytest.mark.usefixtures("in_plan_year")
def test_the_next_leader_is_in_charge_from_the_day_after(world: World) -> None:
    follower = Leader.create(name="吴示例", post="副主任", position=2)
    assert len(charge_of(world.leader, today()).measures) == 2
    leave(world, follower)
    assert len(measures_in_charge_of(world.plan, world.leader, on=BEFORE)) == 2
    assert measures_in_charge_of(world.plan, world.leader, on=ON) == frozenset()
    assert len(measures_in_charge_of(world.plan, follower, on=ON)) == 2
    noted = Event.get(Event.action == Action.TRANSFER_DUTIES)
    assert noted.summary == "周示例离任，由吴示例接着分管：2026 年第 1、2 项举措"


def test_what_a_leader_was_set_for_on_a_later_day_passes_too(world: World) -> None:
    later = date(2026, 10, 1)
    wanted = [WantedMeasure(world.measures[2], leader=world.leader, sets_leader=True)]
    assign_measures(world.plan, wanted, RevisionTerms(later, "调整"), source="x", by=world.users["office"])
    follower = Leader.create(name="吴示例", post="副主任", position=2)
    leave(world, follower)
    assert len(measures_in_charge_of(world.plan, follower, on=ON)) == 2
    assert len(measures_in_charge_of(world.plan, follower, on=later)) == 3
    assert measures_in_charge_of(world.plan, world.leader, on=later) == frozenset()


@pytest.mark.usefixtures("in_plan_year")
def test_without_a_next_leader_the_name_stays_with_a_mark(app: Flask, world: World) -> None:
    leave(world, None)
    assert len(measures_in_charge_of(world.plan, world.leader, on=today())) == 2
    client = log_in(app, world, "office")
    for path in ("/plan", f"/measures/{world.measures[0].id}"):
        assert "待定分管领导" in client.get(path).get_data(as_text=True), path
    assert "/hand-over/orphans" in client.get("/").get_data(as_text=True)
    fragment = client.get("/hand-over/orphans").get_data(as_text=True)
    assert "分管领导已离任的举措：2 件" in fragment and "第 1 项" in fragment


def test_who_stays_passes_nothing_on(world: World) -> None:
    follower = Leader.create(name="吴示例", post="副主任", position=2)
    change = LeaderChange(
        world.leader.id,
        name="周示例",
        post="主任",
        position=1,
        serves_from=None,
        serves_until=None,
        is_acting=False,
        next_leader=follower.id,
    )
    with pytest.raises(FieldProblems):
        submit_change(change, about="", reason="", by=world.users["system_admin"])
