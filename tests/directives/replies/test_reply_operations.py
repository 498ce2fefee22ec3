"""A reply from its first word to the head's signature, on both databases."""

from __future__ import annotations

import pytest

from app.audit.queries import events_of_subject
from app.base.errors import FieldProblems, IllegalTransition, NotAllowed, StaleVersion
from app.directives.core.life_cycle import DirectiveState
from app.directives.core.models import Directive
from app.directives.replies.life_cycle import ReplyState
from app.directives.replies.models import ReplyDraft
from app.directives.replies.operations import (
    ReadReply,
    pass_draft_on,
    reply_to_directive,
    return_reply,
    save_reply,
    sign_reply,
    submit_reply,
    take_back_reply,
)
from app.directives.replies.queries import draft_of
from app.directives.steps.operations import close_directive
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from tests.databases import on_both
from tests.directives.writing import reload_directive, written_directive
from tests.world import World


def saved(
    world: World, directive: Directive, text: str, *, who: str = "filer", version: int = 1
) -> ReplyDraft:
    department = world.departments["经发办"]
    return save_reply(directive, text, department=department, by=world.users[who], version=version)


def submitted(
    world: World, directive: Directive, text: str = "已办结。", *, who: str = "filer"
) -> ReplyDraft:
    department = world.departments["经发办"]
    read = ReadReply(directive.version, draft_of(directive, department).version)
    return submit_reply(directive, text, department=department, by=world.users[who], read=read)


def read_of(draft: ReplyDraft) -> ReadReply:
    return ReadReply(draft.directive.version, draft.version)


def unread(kind: NoticeKind) -> list[tuple[int, str]]:
    notices = Notice.select().where((Notice.kind == kind) & Notice.read_at.is_null())
    return [(notice.account_id, notice.sentence) for notice in notices]


def test_a_filers_reply_waits_for_the_head_who_corrects_and_signs_it(world: World) -> None:
    directive, head = written_directive(world), world.users["head"]
    draft = submitted(world, directive, "已办。")
    assert (draft.state, reload_directive(directive).state) == (ReplyState.SUBMITTED, DirectiveState.OPEN)
    assert not reload_directive(directive).replies
    assert unread(NoticeKind.TO_SIGN) == [
        (head.account_id, "经发办对某街道领导关于第 1 项（夯实招商基础）的批示的回复待您审签。")
    ]
    assert unread(NoticeKind.REPLY) == []
    sign_reply(draft, "已经办结。", by=head, read=read_of(draft))
    stored = reload_directive(directive)
    assert stored.state is DirectiveState.REPLIED
    (reply,) = stored.replies
    assert (reply.text, reply.person) == ("已经办结。", head.person)
    assert (reply.written_text, reply.written_by) == ("已办。", world.users["filer"].person)
    assert unread(NoticeKind.TO_SIGN) == []
    assert [account for account, _ in unread(NoticeKind.CORRECTED)] == [world.users["filer"].account_id]
    assert [event.action for event in events_of_subject(stored)] == [
        "write_directive",
        "write_reply",
        "submit_reply",
        "sign_reply",
        "reply_directive",
    ]


@pytest.mark.parametrize(("who", "department"), [("head", "经发办"), ("filer:一居", "一居")])
def test_who_signs_for_the_department_answers_at_once(world: World, who: str, department: str) -> None:
    directive = written_directive(world, department)
    named = world.departments[department]
    submit_reply(directive, "已办。", department=named, by=world.users[who], read=ReadReply(1, 1))
    stored = reload_directive(directive)
    assert (stored.state, [one.text for one in stored.replies]) == (DirectiveState.REPLIED, ["已办。"])
    assert stored.replies[0].written_text == ""
    assert (draft_of(stored, named).state, draft_of(stored, named).text) == (ReplyState.SENT, "")


def test_the_head_gives_it_back_with_a_reason_and_it_comes_again(world: World) -> None:
    directive = written_directive(world)
    draft = submitted(world, directive)
    with pytest.raises(FieldProblems):
        return_reply(draft, reason=" ", by=world.users["head"], version=draft.version)
    return_reply(draft, reason="请补数字。", by=world.users["head"], version=draft.version)
    stored = draft_of(reload_directive(directive), world.departments["经发办"])
    assert (stored.state, stored.returned_reason, stored.text) == (
        ReplyState.RETURNED,
        "请补数字。",
        "已办结。",
    )
    assert [account for account, _ in unread(NoticeKind.RETURNED)] == [world.users["filer"].account_id]
    again = submitted(world, reload_directive(directive), "已办结三家。")
    assert (again.state, again.returned_reason) == (ReplyState.SUBMITTED, "")


def test_a_filer_takes_a_reply_back_until_the_head_has_decided(world: World) -> None:
    directive, filer, head = written_directive(world), world.users["filer"], world.users["head"]
    draft = submitted(world, directive)
    read = read_of(draft)
    take_back_reply(draft, by=filer, version=draft.version)
    stored = draft_of(reload_directive(directive), world.departments["经发办"])
    assert (stored.state, stored.text) == (ReplyState.DRAFT, "已办结。")
    assert unread(NoticeKind.TO_SIGN) == []
    with pytest.raises(StaleVersion):
        sign_reply(stored, "已办结。", by=head, read=read)
    again = submitted(world, reload_directive(directive), "已办结三家。")
    with pytest.raises(StaleVersion):
        take_back_reply(again, by=filer, version=again.version - 1)
    sign_reply(again, again.text, by=head, read=read_of(again))
    with pytest.raises(IllegalTransition, match="已发出"):
        take_back_reply(again, by=filer, version=again.version)


@on_both
def test_a_save_on_a_stale_version_is_refused_and_what_a_colleague_wrote_is_kept(world: World) -> None:
    directive = written_directive(world)
    first = saved(world, directive, "一个人写的。")
    with pytest.raises(StaleVersion):
        saved(world, directive, "另一个人写的。", who="head")
    second = saved(world, directive, "另一个人写的。", who="head", version=first.version)
    assert (second.replaced_text, second.replaced_by) == ("一个人写的。", world.users["filer"].person)


def test_what_is_closed_takes_no_more_words(world: World) -> None:
    directive = written_directive(world)
    draft = submitted(world, directive, "补充一句。")
    directive = reload_directive(directive)
    reply_to_directive(
        directive,
        "已办结。",
        department=world.departments["经发办"],
        by=world.users["head"],
        version=directive.version,
    )
    directive = reload_directive(directive)
    close_directive(directive, by=world.users["leader"], version=directive.version)
    closed = reload_directive(directive)
    with pytest.raises(IllegalTransition):
        saved(world, closed, "再写。", version=draft.version)
    current = draft_of(closed, world.departments["经发办"])
    with pytest.raises(IllegalTransition):
        sign_reply(current, "补充一句。", by=world.users["head"], read=read_of(current))
    assert draft_of(closed, world.departments["经发办"]).text == "补充一句。"


@pytest.mark.parametrize("who", ["filer", "head:城管办", "office", "leader"])
def test_only_the_own_head_signs_or_gives_back(world: World, who: str) -> None:
    draft = submitted(world, written_directive(world, "经发办", "城管办"))
    for step in (
        lambda: sign_reply(draft, "代签。", by=world.users[who], read=read_of(draft)),
        lambda: return_reply(draft, reason="代退。", by=world.users[who], version=draft.version),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_an_addressee_cannot_answer_for_another_one(world: World) -> None:
    others = ("城管办", "一居")  # 一居 needs nobody's signature
    directive = written_directive(world, "经发办", *others)
    for name in others:
        with pytest.raises(NotAllowed):
            reply_to_directive(
                directive, "代答。", department=world.departments[name], by=world.users["head"], version=1
            )


@on_both
def test_who_takes_a_directive_over_goes_on_with_the_reply_unless_it_has_its_own(world: World) -> None:
    directive = written_directive(world, "经发办", "城管办")
    former, taker = world.departments["经发办"], world.departments["城管办"]
    saved(world, directive, "写了一半。")
    pass_draft_on(directive, former, taker)
    assert (draft_of(directive, taker).text, draft_of(directive, former).text) == ("写了一半。", "")
    saved(world, directive, "又写一份。")
    pass_draft_on(directive, former, taker)
    assert (draft_of(directive, taker).text, draft_of(directive, former).text) == ("写了一半。", "又写一份。")
