"""Replies through the pages: saved while they are written, signed by the head, unseen by others until then."""

from __future__ import annotations

import pytest
from flask import Flask

from app.directives.core.models import Directive
from app.directives.replies.life_cycle import ReplyState
from app.directives.replies.queries import draft_of
from app.filing.core.life_cycle import FilingState
from tests.clients import Browser, count_queries, log_in
from tests.directives.writing import reload_directive, written_directive
from tests.filing.pages import brought_to, inputs, seen
from tests.world import World


def post(
    browser: Browser, world: World, directive: Directive, step: str = "", **changes: str
) -> tuple[int, str]:
    form = inputs(browser.get(f"/directives/{directive.key}"))
    form |= {"department": str(world.departments["经发办"].id), **changes}
    answer = browser.post(f"/directives/{directive.key}/reply{step}", data=form)
    shown = browser.get(answer.location) if answer.status_code == 303 else answer
    return answer.status_code, seen(shown)


def state_of(world: World, directive: Directive) -> ReplyState:
    return draft_of(directive, world.departments["经发办"]).state


def test_a_half_written_reply_is_there_again_for_the_whole_department_and_for_nobody_else(
    app: Flask, world: World
) -> None:
    directive = written_directive(world)
    filer = log_in(app, world, "filer")
    status, page = post(filer, world, directive, "/save", text="写了一半")
    assert (status, "已保存。" in page) == (303, True)
    for who in ("filer", "head"):
        page = log_in(app, world, who).get(f"/directives/{directive.key}")
        assert inputs(page)["text"].strip() == "写了一半"
    for who in ("office", "leader"):
        assert "写了一半" not in log_in(app, world, who).get(f"/directives/{directive.key}").text


def test_an_autosave_is_answered_with_a_few_words(app: Flask, world: World) -> None:
    directive, filer = written_directive(world), log_in(app, world, "filer")
    data = {"department": str(world.departments["经发办"].id), "version": "1", "draft": "1", "text": "一句"}
    address, autosave = f"/directives/{directive.key}/reply/save", {"X-Reply-Autosave": "true"}
    saved = filer.post(address, data=data, htmx=True, headers=autosave)
    assert (saved.status_code, inputs(saved)["draft"]) == (200, "2")
    assert "已保存" in seen(saved)
    refused = filer.post(address, data=data | {"text": "另一窗口"}, htmx=True, headers=autosave)
    assert (refused.status_code, inputs(refused)["draft"]) == (200, "1")
    assert 'data-saved-reply="no"' in refused.text
    by_hand = filer.post(address, data=data | {"text": "另一窗口"}, htmx=True)
    assert by_hand.status_code == 409
    assert "保存的文字： 一句" in seen(by_hand)
    assert inputs(by_hand)["text"].strip() == "另一窗口"


def test_a_head_corrects_a_reply_in_place_and_the_filer_sees_both(app: Flask, world: World) -> None:
    directive = written_directive(world)
    filer, head = log_in(app, world, "filer"), log_in(app, world, "head")
    assert "提交，等待部门负责人审签" in post(filer, world, directive, text="已办。")[1]
    assert "1 件批示回复待您审签" in seen(head.get("/filings"))
    assert "待回复" not in seen(filer.get("/filings"))
    assert "审签并发出" in seen(head.get(f"/directives/{directive.key}"))
    status, page = post(head, world, directive, "/sign", text="已经办结。")
    assert (status, "回复已发出" in page) == (303, True)
    shown = seen(filer.get(f"/directives/{directive.key}"))
    assert "已经办结。 审签时改了文字，某部门填报员提交的是 已办。" in shown
    leaders = seen(log_in(app, world, "leader").get(f"/directives/{directive.key}"))
    assert "已经办结。" in leaders
    assert "已办。" not in leaders


def test_a_head_gives_a_reply_back(app: Flask, world: World) -> None:
    directive = written_directive(world)
    filer, head = log_in(app, world, "filer"), log_in(app, world, "head")
    post(filer, world, directive, text="已办。")
    assert post(head, world, directive, "/return", reason="")[0] == 422
    assert post(head, world, directive, "/return", reason="请补数字。")[0] == 303
    assert state_of(world, directive) is ReplyState.RETURNED
    assert "请补数字。" in seen(filer.get(f"/directives/{directive.key}"))
    assert "批示 1 件待回复" in seen(filer.get("/filings"))


def test_a_filer_takes_back_what_waits_for_the_head(app: Flask, world: World) -> None:
    directive, filer = written_directive(world), log_in(app, world, "filer")
    post(filer, world, directive, text="已办。")
    assert "撤回修改" in seen(filer.get(f"/directives/{directive.key}"))
    assert "撤回修改" not in seen(log_in(app, world, "head").get(f"/directives/{directive.key}"))
    status, page = post(filer, world, directive, "/take-back")
    assert (status, "已撤回" in page) == (303, True)
    assert inputs(filer.get(f"/directives/{directive.key}"))["text"].strip() == "已办。"
    assert "批示 1 件待回复" in seen(filer.get("/filings"))


def test_a_further_reply_that_came_back_stands_on_the_home(app: Flask, world: World) -> None:
    """Its department has answered already: nothing else asks for the words that came back."""
    directive = written_directive(world, "城管办", "经发办")
    filer, head = log_in(app, world, "filer"), log_in(app, world, "head")
    post(head, world, directive, text="已办。")
    assert "待回复" not in seen(filer.get("/filings"))
    post(filer, world, directive, text="补充一句。")
    post(head, world, directive, "/return", reason="请写明日期。")
    home = seen(filer.get("/filings"))
    assert "批示 1 件待回复" in home
    assert "负责人退回：请写明日期。" in home


def test_what_moved_before_the_signature_is_shown_with_the_words_of_the_head(
    app: Flask, world: World
) -> None:
    directive = written_directive(world)
    filer, head = log_in(app, world, "filer"), log_in(app, world, "head")
    post(filer, world, directive, text="已办。")
    status, page = post(head, world, directive, "/sign", text="我改的。", draft="1")
    assert (status, "我改的。" in page, "已办。" in page) == (409, True, True)
    assert state_of(world, directive) is ReplyState.SUBMITTED


@pytest.mark.parametrize("address", ["/filings", "/directives/for-filing/{}"])
def test_more_replies_take_no_more_queries(app: Flask, world: World, address: str) -> None:
    head, filer = log_in(app, world, "head"), log_in(app, world, "filer")
    place = address.format(world.filing(1).id)
    post(filer, world, written_directive(world), text="已办。")
    head.get(place)
    with count_queries() as few:
        head.get(place)
    for _ in range(4):
        post(filer, world, written_directive(world), text="已办。")
    head.get(place)  # what is opened for the first time is received
    with count_queries() as many:
        head.get(place)
    assert len(many) == len(few)
    assert reload_directive(Directive.get()).is_open


def test_an_answer_is_taken_into_the_report_of_the_quarter_once(app: Flask, world: World) -> None:
    directive, head = written_directive(world), log_in(app, world, "head")
    filing = brought_to(FilingState.DRAFT, world)
    post(head, world, directive, text="已约谈三家企业。")
    assert "放进“进展情况”" in seen(head.get(f"/directives/for-filing/{filing.id}", htmx=True))
    address = f"/directives/for-filing/{filing.id}/{directive.key}/replies/1/take"
    assert head.post(address.replace("/1/", "/2/")).status_code == 404
    assert head.post(address).status_code == 303
    before, after = filing.progress, world.filing(1).progress
    assert after == f"{before}\n已约谈三家企业。"
    again = head.post(address)
    assert (again.status_code, "没有重复取用" in seen(again)) == (422, True)
    foreign = log_in(app, world, "filer:城管办")
    assert foreign.post(address).status_code == 403
    assert world.filing(1).progress == after
