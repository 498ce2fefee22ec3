"""Following measures, directives and departments, and the one notice a day of what changed in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from peewee import IntegrityError

from app.access.models import Grant
from app.audit.models import Event
from app.authority.actor import SYSTEM, Actor
from app.authority.policy import Action
from app.authority.roles import Role
from app.base.clock import clock_stopped_at, now
from app.base.errors import NotAllowed
from app.directives.core.models import Directive
from app.directives.steps.operations import supplement_directive
from app.filing.core.life_cycle import FilingState
from app.following.daily_notices import MOST_LINES, notice_of_changes, send_daily_notices
from app.following.followed_changes import changes_since
from app.following.models import Follow
from app.following.operations import follow_subject, unfollow_subject
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.org.models import Leader
from tests.clients import count_queries, log_in
from tests.databases import on_both
from tests.directives.writing import replied_directive, written_directive
from tests.filing.pages import brought_to, seen
from tests.overview.growth import set_due
from tests.world import World, add_user, full_content

SECRET = "此件只给负责人看，勿外传。"


def next_morning(days: int = 1) -> datetime:
    return (now() + timedelta(days=days)).replace(hour=9)


def notices_sent_on(moment: datetime, times: int = 1) -> list[Notice]:
    """Return all notices of this kind after the worker has run at a moment."""
    with clock_stopped_at(moment):
        for _ in range(times):
            send_daily_notices(by=SYSTEM)
    return list(Notice.select().where(Notice.kind == NoticeKind.FOLLOWED).order_by(Notice.id))


@pytest.fixture
def other(world: World) -> Actor:
    """Return a leader who is in charge of nothing."""
    leader = Leader.create(name="吴示例", post="副主任（分管城管）", position=2)
    world.users["leader:other"] = add_user("leader-9", Role.LEADER, leader=leader)
    return world.users["leader:other"]


@on_both
def test_following_twice_is_once_and_leaves_when_asked(world: World) -> None:
    leader, directive = world.users["leader"], written_directive(world)
    subjects = (world.measures[0], directive, world.departments["一居"])
    for subject in subjects:
        follow_subject(subject, by=leader)
        follow_subject(subject, by=leader)
    assert Follow.select().count() == 3
    assert Event.select().where(Event.action == Action.FOLLOW_SUBJECT).count() == 3
    for subject in subjects:
        unfollow_subject(subject, by=leader)
        unfollow_subject(subject, by=leader)
    assert Follow.select().count() == 0
    assert Event.select().where(Event.action == Action.FOLLOW_SUBJECT).count() == 6


@on_both
def test_a_row_is_of_exactly_one_kind(world: World) -> None:
    account = world.users["leader"].account_id
    with pytest.raises(IntegrityError):
        Follow.create(account=account)
    assert Follow.select().count() == 0


@pytest.mark.parametrize("who", ["filer", "head", "auditor"])
def test_who_reads_no_overview_follows_nothing(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        follow_subject(world.measures[0], by=world.users[who])


def test_the_star_is_pressed_and_pressed_again(app: Flask, world: World) -> None:
    browser, measure = log_in(app, world, "leader"), world.measures[0]
    page = browser.get(f"/measures/{measure.id}").text
    assert f'action="/measures/{measure.id}/follow"' in page
    assert 'aria-pressed="false"' in page
    answer = browser.post(f"/measures/{measure.id}/follow", data={"follow": "yes"})
    assert (answer.status_code, answer.location) == (303, f"/measures/{measure.id}")
    assert 'aria-pressed="true"' in browser.get(f"/measures/{measure.id}").text
    script = {"HX-Request": "true"}
    fragment = browser.post(f"/measures/{measure.id}/follow", data={"follow": "no"}, headers=script)
    assert 'aria-pressed="false"' in fragment.text
    assert "<html" not in fragment.text
    wrong = browser.post(f"/measures/{measure.id}/follow", data={"follow": "maybe"})
    assert wrong.status_code == 422
    assert Follow.select().count() == 0


def test_directives_and_departments_have_their_star(app: Flask, world: World) -> None:
    browser, directive = log_in(app, world, "office"), written_directive(world)
    department = world.departments["经发办"]
    assert f"/directives/{directive.key}/follow" in browser.get(f"/directives/{directive.key}").text
    assert f"/departments/{department.id}/follow" in browser.get("/overview?by=department").text
    browser.post(f"/directives/{directive.key}/follow", data={"follow": "yes"})
    browser.post(f"/departments/{department.id}/follow", data={"follow": "yes"})
    assert 'aria-pressed="true"' in browser.get(f"/directives/{directive.key}").text
    assert browser.get("/overview?by=department").text.count('aria-pressed="true"') == 1
    filer = log_in(app, world, "filer")
    assert "/follow" not in filer.get(f"/directives/{directive.key}").text


def test_a_home_of_what_is_followed(app: Flask, world: World) -> None:
    """Measures followed themselves, and those of a department that is followed; before and after one as well."""
    set_due(world, days_ago=30)
    browser, leader = log_in(app, world, "leader"), world.users["leader"]
    assert "点“关注”" in seen(browser.get("/?scope=followed"))
    follow_subject(world.measures[0], by=leader)
    follow_subject(world.departments["城管办"], by=leader)
    led = {measure.id for measure in (world.measures[0], world.measures[2], world.measures[3])}
    shown = browser.get("/?scope=followed")
    listed = {one.id for one in world.measures if f'href="/measures/{one.id}?scope=followed"' in shown.text}
    assert listed == led
    page = seen(browser.get(f"/measures/{world.measures[2].id}?scope=followed"))
    assert "我关注第 2 / 3 项" in page


def test_the_figures_of_that_scope_lead_to_the_same_measures(app: Flask, world: World) -> None:
    """The overview of what is followed: its title says so, other choices keep it, and a wrong scope is named."""
    set_due(world, days_ago=30)
    browser = log_in(app, world, "leader")
    follow_subject(world.measures[3], by=world.users["leader"])
    home = browser.get("/?scope=followed")
    address = "/overview?period=2026Q3&standing=unreported&standing=overdue&scope=followed"
    assert f'class="tile" href="{address.replace("&", "&amp;")}"' in home.text
    shown = browser.get(address)
    assert "总览：我关注，" in seen(shown)
    assert "1 / 4 项符合" in seen(shown)
    assert f"/measures/{world.measures[3].id}" in shown.text
    assert f"/measures/{world.measures[0].id}" not in shown.text
    assert "by=leader&amp;standing=unreported&amp;standing=overdue&amp;scope=followed" in shown.text
    refused = browser.get("/overview?scope=mine")
    assert (refused.status_code, "请在页面上方选全部、我关注。" in seen(refused)) == (422, True)


def test_the_office_looks_at_what_it_follows_and_still_sees_the_whole(app: Flask, world: World) -> None:
    set_due(world, days_ago=30)
    browser = log_in(app, world, "office")
    follow_subject(world.measures[3], by=world.users["office"])
    whole, own = browser.get("/"), browser.get("/?scope=followed")
    assert "需要关注的举措（4 项）" in seen(whole)
    assert "需要关注的举措（1 项）" in seen(own)
    assert "4项中已采用0项" in seen(own)
    assert 'href="/?period=2026Q3&amp;scope=followed#concerns"' in whole.text
    assert browser.get("/?scope=mine").status_code == 422


def test_all_that_is_followed_stands_on_one_page(app: Flask, world: World) -> None:
    leader, browser = world.users["leader"], log_in(app, world, "leader")
    assert "还没有关注的事项" in seen(browser.get("/following"))
    shared = written_directive(world)
    hidden = written_directive(world, text=SECRET, is_confidential=True)
    for subject in (world.measures[2], world.measures[0], world.departments["一居"], shared, hidden):
        follow_subject(subject, by=leader)
    shown = browser.get("/following")
    assert shown.text.count('aria-pressed="true"') == 5
    assert shown.text.index(world.measures[0].title) < shown.text.index(world.measures[2].title)
    with count_queries() as few:
        browser.get("/following")
    for measure in world.measures:
        follow_subject(measure, by=leader)
        follow_subject(written_directive(world), by=leader)
    with count_queries() as many:
        browser.get("/following")
    assert len(many) == len(few)
    Directive.update(leader=Leader.create(name="吴示例", post="副主任", position=2)).execute()
    assert SECRET not in browser.get("/following").text


def test_what_changed_comes_as_one_notice_a_day(world: World) -> None:
    leader, morning = world.users["leader"], next_morning()
    follow_subject(world.measures[0], by=leader)
    follow_subject(world.departments["经发办"], by=leader)
    brought_to(FilingState.ACCEPTED, world, content=replace(full_content(), percent=10))
    brought_to(FilingState.ACCEPTED, world, 2)
    assert notices_sent_on(morning.replace(hour=7)) == []
    sent = notices_sent_on(morning, times=3)
    assert [one.account_id for one in sent] == [leader.account_id]
    lines = sent[0].detail.splitlines()
    assert [line.split("：")[0] for line in lines] == [one.title for one in world.measures[:2]]
    assert lines[0].endswith("经发办2026年第三季度填报已采用，红灯。")
    assert sent[0].sentence == "您关注的事项有 2 项变化。"
    assert len(notices_sent_on(next_morning(2))) == 1


def test_who_followed_at_midnight_hears_of_that_day_on_the_next(world: World, other: Actor) -> None:
    office, morning = world.users["office"], next_morning()
    midnight = morning.replace(hour=0, minute=0, second=0, microsecond=0)
    follow_subject(world.measures[0], by=other)
    with clock_stopped_at(midnight):
        follow_subject(world.measures[0], by=office)
    with clock_stopped_at(midnight.replace(minute=30)):
        written_directive(world)
    assert [one.account_id for one in notices_sent_on(morning)] == [other.account_id]
    assert [one.account_id for one in notices_sent_on(next_morning(2))] == [
        other.account_id,
        office.account_id,
    ]


def test_what_one_did_oneself_is_no_news(world: World) -> None:
    leader, office = world.users["leader"], world.users["office"]
    for who in (leader, office):
        follow_subject(world.measures[0], by=who)
    directive = written_directive(world)
    sent = notices_sent_on(next_morning())
    assert [(one.account_id, one.path) for one in sent] == [
        (office.account_id, f"/directives/{directive.key}")
    ]


def test_each_step_of_a_followed_directive_is_named(world: World) -> None:
    directive = written_directive(world)
    follow_subject(directive, by=world.users["office"])
    supplement_directive(directive, "一并报照片。", by=world.users["leader"], version=directive.version)
    (sent,) = notices_sent_on(next_morning())
    assert sent.detail == f"{directive.number_words}，{directive.subject_words}：补充批示。"


def test_a_measure_and_a_department_that_become_overdue_are_in_one_notice(world: World) -> None:
    for subject in (world.departments["经发办"], world.measures[0]):
        follow_subject(subject, by=world.users["leader"])
    world.filing(1)
    Follow.update(noticed_at=now() - timedelta(days=60)).execute()
    set_due(world, days_ago=30)
    (sent,) = notices_sent_on(now().replace(hour=9))
    assert sent.detail.splitlines() == [
        f"{world.measures[0].title}：经发办2026年第三季度逾期未报。",
        "经发办2026年第三季度逾期未报 2 项。",
    ]
    assert len(notices_sent_on(next_morning())) == 1


def test_of_a_confidential_directive_only_who_may_read_it_hears(world: World, other: Actor) -> None:
    """Neither its words nor a number of it, also where it became confidential after it was followed."""
    for who in (world.users["office"], other):
        follow_subject(world.measures[0], by=who)
    directive = replied_directive(world, text=SECRET, is_confidential=True)
    with pytest.raises(NotAllowed):
        follow_subject(directive, by=other)
    Follow.create(account=other.account_id, directive=directive)
    sent = notices_sent_on(next_morning())
    assert [one.account_id for one in sent] == [world.users["office"].account_id]
    assert sent[0].detail == f"{directive.number_words}：已发出。"
    assert SECRET not in sent[0].detail


def test_to_whom_it_is_confidential_its_star_is_not_there(app: Flask, world: World, other: Actor) -> None:
    directive = written_directive(world, text=SECRET, is_confidential=True)
    assert other.account_id
    browser = log_in(app, world, "leader:other")
    assert browser.post(f"/directives/{directive.key}/follow", data={"follow": "yes"}).status_code == 404
    follow_subject(directive, by=world.users["office"])
    logged = Event.get(Event.action == Action.FOLLOW_SUBJECT)
    assert logged.summary == f"关注：{directive.number_words}"


def test_who_lost_his_roles_hears_nothing(world: World, other: Actor) -> None:
    follow_subject(world.measures[0], by=other)
    written_directive(world)
    Grant.delete().where(Grant.account == other.account_id).execute()
    assert notices_sent_on(next_morning()) == []


def test_a_long_day_is_cut_with_how_many_are_left(world: World) -> None:
    written_directive(world)
    (change,) = changes_since(now() - timedelta(days=1))
    many = [replace(change, words=f"第 {number} 项。") for number in range(MOST_LINES + 2)]
    message = notice_of_changes(many)
    assert message.detail.splitlines()[-1] == "另有 2 项，见系统。"
    assert message.path == "/?scope=followed"
    assert notice_of_changes(many[:MOST_LINES]).detail.splitlines()[-1] == f"第 {MOST_LINES - 1} 项。"


def test_collecting_takes_as_many_queries_for_ten_directives_as_for_one(world: World) -> None:
    since = now() - timedelta(days=1)
    brought_to(FilingState.ACCEPTED, world)
    written_directive(world)
    with count_queries() as few:
        assert len(changes_since(since)) == 2
    for _ in range(9):
        written_directive(world)
    brought_to(FilingState.ACCEPTED, world, 2)
    with count_queries() as many:
        assert len(changes_since(since)) == 12
    assert len(few) == len(many)
    assert Directive.select().count() == 10
