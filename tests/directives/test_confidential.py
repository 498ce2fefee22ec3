"""A confidential directive: a filer and an unrelated leader never learn of it, not even by a number."""

from __future__ import annotations

import json
from datetime import datetime, time

import pytest
from flask import Flask

from app.audit.models import Event
from app.authority.roles import Role
from app.base.clock import clock_stopped_at
from app.composition.scope import DocumentScope
from app.directives.steps.operations import supplement_directive
from app.drafting.jobs.gathering import gather_facts
from app.notices.models import Notice
from app.org.models import Leader
from tests.clients import log_in
from tests.directives.writing import replied_directive, written_directive
from tests.filing.pages import seen
from tests.world import THRESHOLDS, World, add_user

SECRET = "此件只给负责人看，勿外传。"
PLACES = (
    "/",
    "/directives",
    "/directives?scope=all",
    "/directives/on-measure/{measure}",
    "/directives/for-filing/{filing}",
    "/measures/{measure}",
    "/filings",
    "/filings/{filing}",
    "/notices",
    "/plan",
    "/overview",
)


@pytest.fixture
def other_leader(world: World) -> str:
    other = Leader.create(name="吴示例", post="副主任（分管城管）", position=2)
    world.users["leader:other"] = add_user("leader-9", Role.LEADER, leader=other)
    return "leader:other"


def shown_everywhere(app: Flask, world: World, who: str) -> dict[str, tuple[int, str]]:
    """Return what every place shows somebody, but for what counts up by itself."""
    browser = log_in(app, world, who)
    values = {"measure": world.measures[0].id, "filing": world.filing(1).id}
    places = [place.format(**values) for place in PLACES]
    return {place: (answer.status_code, seen(answer)) for place in places if (answer := browser.get(place))}


@pytest.mark.parametrize("who", ["filer", "leader:other", "filer:城管办"])
def test_for_whom_it_is_not_every_page_is_as_if_it_were_not_there(
    app: Flask, world: World, other_leader: str, who: str
) -> None:
    world.filing(1)
    before = shown_everywhere(app, world, who)
    directive = written_directive(world, text=SECRET, is_confidential=True)
    assert shown_everywhere(app, world, who) == before
    browser = log_in(app, world, who)
    assert browser.get(f"/directives/{directive.key}").status_code == 404
    assert other_leader


@pytest.mark.parametrize("who", ["leader", "office", "head"])
def test_for_whom_it_is_it_stands_in_the_list_and_can_be_opened(app: Flask, world: World, who: str) -> None:
    directive = written_directive(world, text=SECRET, is_confidential=True)
    browser = log_in(app, world, who)
    assert SECRET in seen(browser.get("/directives"))
    assert SECRET in seen(browser.get(f"/directives/{directive.key}"))


def test_notices_carry_no_words_and_reach_nobody_else(world: World, other_leader: str) -> None:
    directive = replied_directive(world, text="已按要求办。", is_confidential=True)
    supplement_directive(directive, SECRET, by=world.users["leader"], version=directive.version)
    notices = list(Notice.select())
    number = directive.number_words
    assert {one.account_id for one in notices} == {
        world.users[who].account_id for who in ("leader", "office", "head")
    }
    for one in notices:
        assert number in one.sentence
        assert one.detail == ""
        for words in (SECRET, "已按要求办", directive.text, "夯实招商基础"):
            assert words not in one.sentence
    assert other_leader


def test_the_log_holds_number_and_action_only(world: World) -> None:
    directive = replied_directive(world, text="已按要求办。", is_confidential=True)
    supplement_directive(directive, SECRET, by=world.users["leader"], version=directive.version)
    events = list(
        Event.select().where((Event.object_kind == "Directive") & (Event.object_id == directive.id))
    )
    assert [one.action for one in events] == ["write_directive", "reply_directive", "supplement_directive"]
    for one in events:
        assert (one.summary, one.reason) == (directive.number_words, "")
        assert set(json.loads(json.dumps(one.detail))) <= {"state", "version"}


def test_it_stands_in_no_document(world: World) -> None:
    quarter = world.period.quarter
    with clock_stopped_at(datetime.combine(quarter.last_day, time(9, 0))):
        written_directive(world, text=SECRET, is_confidential=True)
        written_directive(world, text="大家都看。")
    facts = gather_facts(world.plan, DocumentScope(quarter), thresholds=THRESHOLDS)
    assert [one.text for one in facts.directives] == ["大家都看。"]
