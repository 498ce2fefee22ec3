"""Whom a directive's notice reaches, and when it is done with, on both databases."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Flask

from app.authority.roles import Role
from app.base.clock import clock_stopped_at
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.operations import write_directive
from app.directives.replies.operations import reply_to_directive
from app.directives.steps import operations as steps
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.org.models import Leader
from tests.directives.writing import WORDS, replied_directive, sample_content, target_of, written_directive
from tests.world import World, add_user

WRITTEN = datetime(2026, 10, 9, 15, 0)


def unread(world: World) -> set[str]:
    """Return which seats of departments have something to read."""
    names = {user.account_id: name for name, user in world.users.items() if ":" in name}
    accounts = {notice.account_id for notice in Notice.select().where(Notice.read_at.is_null())}
    return {name for account, name in names.items() if account in accounts}


def test_the_addressees_hear_of_it_in_its_own_words_and_nobody_else_does(world: World) -> None:
    with clock_stopped_at(WRITTEN):
        written_directive(world, "经发办", "一居", kind=DirectiveKind.SUPERVISION, due_on=date(2026, 10, 30))
    assert unread(world) == {"filer:经发办", "head:经发办", "filer:一居", "head:一居"}
    notice = Notice.get(Notice.topic.startswith("directive:"))
    assert notice.detail == WORDS
    assert notice.sentence == (
        "某街道领导关于第 1 项（夯实招商基础）的督办，请于2026年10月30日（周五）前办理回复。"
    )


def test_a_department_is_done_with_it_when_it_has_answered(world: World) -> None:
    directive, department = written_directive(world, "经发办", "一居"), world.departments["经发办"]
    reply_to_directive(
        directive, "已办结。", department=department, by=world.users["head"], version=directive.version
    )
    assert unread(world) == {"filer:一居", "head:一居"}


def test_it_leads_to_the_directive(app: Flask, world: World) -> None:
    directive = written_directive(world, "经发办")
    path = urlsplit(Notice.get().path).path
    assert app.url_map.bind("127.0.0.1").match(path) == (
        "directives.show_directive",
        {"directive_id": directive.key},
    )


def test_the_leader_and_the_office_hear_of_an_answer_until_it_is_closed(world: World) -> None:
    directive = replied_directive(world, "经发办", text="已签约三家。")
    notices = Notice.select().where((Notice.kind == NoticeKind.REPLY) & Notice.read_at.is_null())
    assert {notice.account_id for notice in notices} == {
        world.users[who].account_id for who in ("leader", "office")
    }
    assert {(notice.sentence, notice.detail, notice.path) for notice in notices} == {
        (
            "经发办回复了某街道领导关于第 1 项（夯实招商基础）的批示。",
            "已签约三家。",
            f"/directives/{directive.key}",
        )
    }
    steps.close_directive(directive, by=world.users["leader"], version=directive.version)
    assert not notices.exists()


def test_a_leader_hears_nothing_of_answers_to_another(world: World) -> None:
    other = Leader.create(name="吴示例", post="副主任", position=2)
    stranger = add_user("leader-9", Role.LEADER, leader=other)
    replied_directive(world)
    assert not Notice.select().where(Notice.account == stranger.account_id).exists()


def test_each_answer_to_a_directive_is_a_notice_of_its_own(world: World) -> None:
    replied_directive(world, "经发办", "一居")
    leader = world.users["leader"].account_id
    own = Notice.select().where((Notice.account == leader) & Notice.read_at.is_null())
    assert [notice.sentence[:3] for notice in own.order_by(Notice.id)] == ["一居回", "经发办"]


def test_a_leader_hears_of_his_words_that_the_office_wrote_down(world: World) -> None:
    leader, office = world.users["leader"], world.users["office"]
    written_directive(world, "经发办")
    own = Notice.select().where(Notice.account == leader.account_id)
    assert not own.exists()
    content = sample_content(world, leader=world.leader)
    directive = write_directive(target_of(world, 1), content, by=office)
    (notice,) = own
    assert (
        notice.sentence
        == f"{directive.author}关于第 1 项（夯实招商基础）的批示由{office.person}按您的意见录入，已发出。"
    )
    assert (notice.detail, notice.path) == (WORDS, f"/directives/{directive.key}")
