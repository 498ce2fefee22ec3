"""One directive from its first word to the successor in the seat, through the pages: whom each step reaches."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.authority.roles import Role
from app.base.clock import now, today
from app.base.days import written_day
from app.composition.scope import DocumentScope
from app.directives.core.life_cycle import DirectiveState
from app.directives.core.models import Directive
from app.directives.core.time_limits import DirectiveUrgency, due_date_of
from app.directives.replies.queries import draft_of
from app.drafting.jobs.gathering import gather_facts
from app.notices.models import Notice
from app.org.models import Leader
from app.periods.rules import Quarter
from tests.clients import Browser, log_in
from tests.directives.writing import reload_directive
from tests.filing.pages import seen
from tests.world import THRESHOLDS, World, add_user

WATCHED = ("secretary", "leader", "office", "head", "filer", "filer:城管办")


class Loop:
    """Somebody in every seat that has to do with a directive of the secretary's, each in a browser."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.secretary = Leader.create(name="林示例", post="党工委书记", position=0)
        world.users["secretary"] = add_user("leader-9", Role.LEADER, leader=self.secretary)
        self.browsers = {name: log_in(app, world, name) for name in WATCHED}

    def __getitem__(self, who: str) -> Browser:
        return self.browsers[who]

    @property
    def directive(self) -> Directive:
        return reload_directive(Directive.get())

    def step(self, who: str, path: str, **form: str) -> int:
        data = {"version": str(self.directive.version), **form}
        return self[who].post(f"/directives/{self.directive.key}/{path}", data=data).status_code

    def reply(self, who: str, text: str) -> int:
        department = self.world.departments["经发办"]
        draft = str(draft_of(self.directive, department).version)
        return self.step(who, "reply", text=text, department=str(department.id), draft=draft)

    def newly_notified(self) -> set[str]:
        """Return who has something unread, and read it."""
        accounts = {one.account_id for one in Notice.select().where(Notice.read_at.is_null())}
        Notice.update(read_at=now()).execute()
        return {name for name in WATCHED if self.world.users[name].account_id in accounts}


@pytest.fixture
def loop(app: Flask, world: World) -> Loop:
    """Return the loop once the secretary has written."""
    loop = Loop(app, world)
    main = str(world.departments["经发办"].id)
    form = {"kind": "instruction", "text": "请抓紧。", "urgency": "urgent", "main": main}
    sent = loop["secretary"].post(f"/measures/{world.measures[0].id}/directives", data=form)
    assert sent.status_code == 303
    return loop


def ask_for_time(loop: Loop) -> None:
    day = (today() + timedelta(days=20)).isoformat()
    assert loop.step("head", "extension", text="等资料。", further="办了一半。", day=day) == 303


def test_those_concerned_hear_of_it_and_its_receipt_is_noted(loop: Loop) -> None:
    assert loop.directive.due_on == due_date_of(DirectiveUrgency.URGENT, today())
    assert loop.newly_notified() == {"leader", "office", "head", "filer"}
    assert f"{written_day(today())}签收" in seen(loop["head"].get(f"/directives/{loop.directive.key}"))
    loop["filer"].get(f"/directives/{loop.directive.key}")
    (addressee,) = loop.directive.addressees
    assert addressee.received_by == loop.world.users["head"].person


def test_more_time_is_given_by_its_author_alone_and_the_first_date_is_kept(loop: Loop) -> None:
    first = loop.directive.due_on
    loop.newly_notified()
    ask_for_time(loop)
    assert loop.newly_notified() == {"secretary", "office"}
    assert "延期待批" in seen(loop["secretary"].get("/"))
    for other in ("leader", "office", "head"):
        assert loop.step(other, "extension/grant") == 403
    assert loop.step("secretary", "extension/grant") == 303
    assert loop.newly_notified() == {"office", "head", "filer"}
    assert loop.directive.first_due_on == first
    assert f"（原定{written_day(first)}）" in seen(loop["head"].get(f"/directives/{loop.directive.key}"))


def test_what_falls_short_goes_back_and_is_closed_with_a_word(loop: Loop) -> None:
    loop.newly_notified()
    assert loop.reply("head", "已约谈两家。") == 303
    assert loop.newly_notified() == {"secretary", "office"}
    day = (today() + timedelta(days=15)).isoformat()
    assert loop.step("secretary", "send-back", text="还差一家。", day=day) == 303
    assert loop.newly_notified() == {"office", "head", "filer"}
    assert loop.reply("head", "三家都谈了。") == 303
    assert loop.step("office", "propose-closing", text="可销号。") == 303
    assert "提请销号" in seen(loop["secretary"].get("/"))
    assert loop.step("leader", "close", text="行。") == 403
    loop.newly_notified()
    assert loop.step("secretary", "close", text="办得好。") == 303
    assert loop.newly_notified() == {"office", "head", "filer"}
    assert loop.step("secretary", "close", text="再销一次。") == 409
    for who in ("secretary", "leader", "office", "head"):
        shown = seen(loop[who].get(f"/directives/{loop.directive.key}"))
        assert f"{written_day(today())}销号：办得好。" in shown
        assert shown.index("退回重办") < shown.index("三家都谈了。") < shown.index("销号：办得好")
    facts = gather_facts(
        loop.world.plan,
        DocumentScope(Quarter(today().year, (today().month + 2) // 3)),
        thresholds=THRESHOLDS,
    )
    assert [(one.state, len(one.replies)) for one in facts.directives] == [(DirectiveState.CLOSED, 2)]


def test_a_seat_is_handed_over_with_its_open_directives(app: Flask, loop: Loop) -> None:
    Leader.update(serves_until=today() - timedelta(days=1)).where(Leader.id == loop.secretary.id).execute()
    follower = Leader.create(name="程示例", post="党工委书记", position=0, serves_from=today())
    loop.world.users["follower"] = add_user("leader-10", Role.LEADER, leader=follower)
    loop.browsers["follower"] = log_in(app, loop.world, "follower")
    shown = seen(loop["follower"].get("/"))
    assert "前任交办" in shown
    assert loop.directive.text in shown
    ask_for_time(loop)
    assert loop.step("follower", "extension/refuse", text="") == 422
    assert loop.step("follower", "extension/refuse", text="抓紧。") == 303
    assert loop.step("follower", "supplement", text="换个说法。") == 403
