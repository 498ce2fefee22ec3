"""Whom a directive's notice reaches, and when it is done with, on both databases."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Flask

from app.clock import standing_at
from app.directives import operations
from app.directives.rules import DirectiveKind
from app.notices.models import Notice
from tests.databases import on_both
from tests.directives.writing import WORDS, written
from tests.world import World

WRITTEN = datetime(2026, 10, 9, 15, 0)


def unread(world: World) -> set[str]:
    names = {user.account_id: name for name, user in world.users.items() if ":" in name}
    return {names[notice.account_id] for notice in Notice.select().where(Notice.read_at.is_null())}


@on_both
def test_the_addressees_hear_of_it_in_its_own_words_and_nobody_else_does(world: World) -> None:
    with standing_at(WRITTEN):
        written(world, "经发办", "一居", kind=DirectiveKind.SUPERVISION, due_on=date(2026, 10, 30))
    assert unread(world) == {"filer:经发办", "head:经发办", "filer:一居", "head:一居"}
    notice = Notice.get()
    assert notice.detail == WORDS
    assert notice.sentence == (
        "某街道领导关于第 1 项（夯实招商基础）的督办，请于2026年10月30日（周五）前办理回复。"
    )


@on_both
def test_a_department_is_done_with_it_when_it_has_answered(world: World) -> None:
    directive, department = written(world, "经发办", "一居"), world.departments["经发办"]
    operations.reply(
        directive, "已办结。", department=department, by=world.users["filer"], version=directive.version
    )
    assert unread(world) == {"filer:一居", "head:一居"}


def test_it_leads_to_the_directive(app: Flask, world: World) -> None:
    directive = written(world, "经发办")
    path = urlsplit(Notice.get().path).path
    assert app.url_map.bind("127.0.0.1").match(path) == ("directives.show", {"directive_id": directive.id})
