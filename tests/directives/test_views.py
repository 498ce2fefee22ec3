"""Directives through the pages: the list, the form, the card, and who sees what."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.audit.models import Event
from app.authority.roles import Role
from app.base.clock import clock_stopped_at, today
from app.base.days import written_day
from app.base.paging import PAGE_LENGTH
from app.directives.core import operations
from app.directives.core.life_cycle import DirectiveState
from app.directives.core.models import Directive
from app.directives.replies.operations import reply_to_directive
from app.directives.steps.operations import close_directive
from app.org.models import Leader
from app.periods.calendar import CHINA
from tests.clients import Browser, log_in
from tests.directives.writing import (
    WORDS,
    make_overdue,
    reload_directive,
    replied_directive,
    sample_content,
    target_of,
    written_directive,
)
from tests.filing.pages import inputs, seen
from tests.world import World, add_user


def send(
    browser: Browser, world: World, *, htmx: bool = False, measure: int = 1, **changes: object
) -> TestResponse:
    """Send the form of a new directive to 经发办 with `changes`."""
    data = {
        "kind": "instruction",
        "text": WORDS,
        "main": [str(world.departments["经发办"].id)],
        "urgency": "usual" if "due_on" not in changes else "day",
        "due_on": "",
        **changes,
    }
    return browser.post(f"/measures/{world.measures[measure - 1].id}/directives", data=data, htmx=htmx)


def answer(
    browser: Browser, world: World, directive: Directive, *, htmx: bool = False, **changes: str
) -> TestResponse:
    """Send a reply of 经发办 with `changes`."""
    data = {
        "text": "已办结。",
        "version": str(directive.version),
        "draft": "1",
        "department": str(world.departments["经发办"].id),
        **changes,
    }
    return browser.post(f"/directives/{directive.key}/reply", data=data, htmx=htmx)


def test_a_leaders_instruction_appears_on_the_filing_of_the_lead_and_is_answered(
    app: Flask, world: World
) -> None:
    due = CHINA.working_day_from(today() + timedelta(days=30))
    sent = send(log_in(app, world, "leader"), world, due_on=due.isoformat())
    assert (sent.status_code, sent.location) == (303, f"/measures/{world.measures[0].id}")
    fragment = f"/directives/for-filing/{world.filing(1).id}"
    filer = log_in(app, world, "filer")
    shown = seen(filer.get(fragment, htmx=True))
    assert WORDS in shown
    assert f"{due.year}年{due.month}月{due.day}日，还有" in shown
    folded = filer.get(f"{fragment}?folded=1", htmx=True).get_data(as_text=True)
    line = folded[folded.index("<summary>") : folded.index("</summary>")]
    assert f"{due.year}年{due.month}月{due.day}日，还有" in line and WORDS not in line
    directive = reload_directive(Directive.get())
    waiting = answer(filer, world, directive, htmx=True)
    assert json.loads(waiting.headers["HX-Trigger"])["toast"]["message"] == "已提交，等待部门负责人审签。"
    assert "待部门负责人审签" in seen(waiting)
    assert reload_directive(directive).state is DirectiveState.OPEN
    assert "已办结。" not in seen(log_in(app, world, "leader").get(f"/directives/{directive.key}"))
    head = log_in(app, world, "head")
    form = inputs(head.get(f"/directives/{directive.key}")) | {"text": "已办结。"}
    card = head.post(f"/directives/{directive.key}/reply/sign", data=form, htmx=True)
    assert card.status_code == 200
    assert card.get_data(as_text=True).lstrip().startswith("<article")
    assert "经发办回复" in seen(card)
    assert json.loads(card.headers["HX-Trigger"])["toast"]["message"] == "已审签，回复已发出。"
    assert reload_directive(directive).state is DirectiveState.REPLIED
    assert "已办结。" in seen(log_in(app, world, "leader").get(f"/directives/{directive.key}"))


def test_who_goes_through_measures_goes_on_in_the_same_scope(app: Flask, world: World) -> None:
    leader = log_in(app, world, "leader")
    page = leader.get(f"/measures/{world.measures[0].id}?scope=mine").get_data(as_text=True)
    (place,) = re.findall(r'directive-box" method="post" action="([^"]+)"', page)
    data = {
        "kind": "instruction",
        "text": WORDS,
        "main": [str(world.departments["经发办"].id)],
        "urgency": "usual",
    }
    sent = leader.post(place, data=data)
    assert (sent.status_code, sent.location) == (303, f"/measures/{world.measures[0].id}?scope=mine")


def test_the_form_offers_lead_and_supports_and_ticks_the_lead(app: Flask, world: World) -> None:
    page = log_in(app, world, "leader").get(f"/measures/{world.measures[0].id}/directives/new")
    assert "经济发展办公室（牵头）" in seen(page)
    assert "第一居民区（配合）" in seen(page)
    assert f'<option selected value="{world.departments["经发办"].id}">' in page.text
    assert "代哪位领导录入" not in seen(page)


def test_the_office_says_on_whose_behalf_it_writes(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    assert "周示例（副主任）" in seen(office.get(f"/measures/{world.measures[0].id}/directives/new"))
    refused = send(office, world, leader="987")
    assert refused.status_code == 422
    assert "请选择代哪位领导录入" in seen(refused)
    assert send(office, world, leader=str(world.leader.id)).status_code == 303
    assert seen(office.get(f"/directives/{Directive.get().key}")).count("某街道办公室录入") == 1


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "请写明批示内容。"),
        ({"text": "字" * 2001}, "共 2001 字，请控制在 2000 字以内。"),
        ({"text": "好", "main": []}, "请选择主办部门。"),
        ({"text": "好", "main": ["x"]}, "请选择主办部门。"),
        ({"text": "好", "main": ["1", "2"]}, "主办部门只能有一个，请重新选择。"),
        ({"text": "好", "supports": ["x"]}, "请重新选择协办部门。"),
        ({"text": "好", "supports": ["1"]}, "已是主办，不必再选为协办。"),
        ({"text": "好", "due_on": ""}, "请填写日期，或者改选别的期限。"),
        ({"text": "好", "urgency": "urgent", "due_on": "2026-10-14"}, "或者清空日期。"),
        ({"text": "好", "kind": "noted", "due_on": "2026-12-30"}, "阅知不用办理，不定期限。"),
        ({"text": "好", "kind": "x"}, "请选择类别。"),
        ({"text": "好", "due_on": "31/2"}, "请填写日期，例如 2026-10-14。"),
        (
            {"text": "好", "due_on": "2028-01-01"},
            "办理期限应在2026年1月1日至2027年12月31日之间，请核对年份和月份。",
        ),
        ({"text": "好", "due_on": "9999-12-31"}, "指定日期应在2000年1月1日至2099年12月31日之间"),
        ({"text": "好", "due_on": "2020-01-01"}, "办理期限不能早于今天"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(
    app: Flask, world: World, changes: dict[str, object], sentence: str, htmx: bool
) -> None:
    refused = send(log_in(app, world, "leader"), world, htmx=htmx, **changes)
    assert refused.status_code == 422
    assert sentence in seen(refused)
    assert inputs(refused)["text"].strip() == changes["text"]
    assert Directive.select().count() == 0


@pytest.mark.parametrize("htmx", [False, True])
def test_an_empty_reply_is_named(app: Flask, world: World, htmx: bool) -> None:
    refused = answer(log_in(app, world, "filer"), world, written_directive(world), htmx=htmx, text=" ")
    assert refused.status_code == 422
    assert "请写明办理情况。" in seen(refused)


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_reply_keeps_both_texts_and_goes_through_when_sent_again(
    app: Flask, world: World, htmx: bool
) -> None:
    directive = written_directive(world)
    first = {"department": world.departments["经发办"], "by": world.users["head"], "is_final": False}
    reply_to_directive(directive, "先到。", **first, version=1)
    head = log_in(app, world, "head")
    refused = answer(head, world, directive, htmx=htmx, text="后到。", version="1")
    assert refused.status_code == 409
    assert "先到。" in seen(refused)
    assert inputs(refused)["text"].strip() == "后到。"
    again = answer(head, world, directive, text="后到。", version=inputs(refused)["version"])
    assert again.status_code == 303
    assert [reply.text for reply in reload_directive(directive).replies] == ["先到。", "后到。"]


def test_a_reply_to_what_was_closed_meanwhile_is_not_lost(app: Flask, world: World) -> None:
    directive = replied_directive(world)
    close_directive(directive, by=world.users["leader"], version=directive.version)
    refused = answer(log_in(app, world, "filer"), world, directive, htmx=True, text="补充一句。")
    assert refused.status_code == 409
    assert "现在是“已销号”，不能回复" in seen(refused)
    assert inputs(refused)["text"].strip() == "补充一句。"


def test_a_reply_without_its_version_is_refused_with_a_sentence(app: Flask, world: World) -> None:
    refused = answer(log_in(app, world, "filer"), world, written_directive(world), version="")
    assert refused.status_code == 422
    assert "请刷新页面后重试" in seen(refused)


def test_all_mistakes_are_named_at_once(app: Flask, world: World) -> None:
    refused = send(log_in(app, world, "leader"), world, text="", main=[], due_on="2020-01-01")
    shown = seen(refused)
    assert refused.status_code == 422
    for sentence in ("请写明批示内容。", "请选择主办部门。", "办理期限不能早于今天"):
        assert sentence in shown


def test_a_day_off_is_moved_on_the_form_before_it_is_sent(app: Flask, world: World) -> None:
    leader = log_in(app, world, "leader")
    with clock_stopped_at(datetime(2026, 10, 9, 9, 0)):
        refused = send(leader, world, due_on="2026-10-31")
        assert refused.status_code == 422
        assert "2026年10月31日（周六）不是工作日，已顺延到2026年11月2日（周一）。" in seen(refused)
        assert inputs(refused)["due_on"] == "2026-11-02"
        assert Directive.select().count() == 0
        assert send(leader, world, due_on="2026-11-02").status_code == 303


def test_what_is_only_noted_has_no_due_date_and_is_not_handled(app: Flask, world: World) -> None:
    leader = log_in(app, world, "leader")
    assert send(leader, world, kind="noted").status_code == 303
    directive = reload_directive(Directive.get())
    assert (directive.due_on, directive.state) == (None, DirectiveState.NOTED)
    shown = seen(log_in(app, world, "filer").get(f"/directives/{directive.key}"))
    assert "已阅知" in shown
    assert "销号" not in shown
    assert "提交负责人审签" not in shown
    counted = seen(leader.get("/directives"))
    assert "已销号 0" in counted
    assert answer(log_in(app, world, "filer"), world, directive).status_code == 409


def test_a_deputy_unconnected_with_it_cannot_close_the_secretarys(app: Flask, world: World) -> None:
    directive = replied_directive(world)
    other = Leader.create(name="吴示例", post="副主任（分管城管）", position=2)
    world.users["leader:other"] = add_user("leader-9", Role.LEADER, leader=other)
    deputy, data = log_in(app, world, "leader:other"), {"version": str(directive.version)}
    assert "销号意见" not in seen(deputy.get(f"/directives/{directive.key}"))
    refused = deputy.post(f"/directives/{directive.key}/close", data=data)
    assert refused.status_code == 403
    assert "这一步由写批示的领导、接任的领导或者街道办公室办理" in seen(refused)
    assert reload_directive(directive).state is DirectiveState.REPLIED


def test_the_office_closes_a_leaders_on_his_stated_word_only(app: Flask, world: World) -> None:
    directive, office = replied_directive(world), log_in(app, world, "office")
    address, data = (
        f"/directives/{directive.key}/close",
        {"version": str(directive.version), "text": "办得好"},
    )
    refused = office.post(address, data=data)
    assert refused.status_code == 422
    assert "请写明领导是怎样同意的" in seen(refused)
    assert "请填写领导同意的日期。" in seen(refused)
    assert "办得好" in refused.text
    stated = {"further": "电话", "day": today().isoformat()}
    assert office.post(address, data=data | stated).status_code == 303
    shown = seen(log_in(app, world, "filer").get(f"/directives/{directive.key}"))
    day = written_day(today())
    assert f"某街道办公室{day}销号（领导{day}电话同意）：办得好" in shown


def test_a_closed_directive_cannot_be_closed_again(app: Flask, world: World) -> None:
    directive = replied_directive(world)
    leader = log_in(app, world, "leader")
    assert "销号" in seen(leader.get(f"/directives/{directive.key}"))
    data = {"version": str(directive.version)}
    closed = leader.post(f"/directives/{directive.key}/close", data=data, htmx=True)
    assert closed.status_code == 200
    assert "已销号" in seen(closed)
    assert leader.post(f"/directives/{directive.key}/close", data=data).status_code == 409
    assert Event.select().where(Event.action == "close_directive").count() == 1


def test_the_list_says_in_words_what_is_overdue_and_shows_it_first(app: Flask, world: World) -> None:
    replied_directive(world, text="先办的。")
    late = written_directive(world, "经发办", measure=2, text="早该办好的事。")
    make_overdue(late)
    shown = seen(log_in(app, world, "filer").get("/directives"))
    assert "已逾期" in shown
    assert shown.index("早该办好的事。") < shown.index(WORDS)


@pytest.mark.parametrize(
    ("who", "mine", "everything"),
    [
        ("leader", ["领导的"], ["领导的", "办公室的"]),
        ("office", ["领导的", "办公室的"], []),
        ("filer:城管办", [], []),
    ],
)
def test_each_sees_its_own_directives(
    app: Flask, world: World, who: str, mine: list[str], everything: list[str]
) -> None:
    written_directive(world, text="领导的")
    office = world.users["office"]
    operations.write_directive(target_of(world, 1), sample_content(world, text="办公室的"), by=office)
    browser = log_in(app, world, who)
    shown = seen(browser.get("/directives"))
    assert [text for text in ("领导的", "办公室的") if text in shown] == mine
    if everything:
        shown = seen(browser.get("/directives?scope=all"))
        assert [text for text in ("领导的", "办公室的") if text in shown] == everything


def test_a_long_list_goes_on_to_further_pages(app: Flask, world: World) -> None:
    for number in range(PAGE_LENGTH + 1):
        written_directive(world, text=f"第 {number} 件。")
    browser = log_in(app, world, "office")
    first, second = seen(browser.get("/directives")), seen(browser.get("/directives?page=2"))
    assert ("下一页" in first, "上一页" in first) == (True, False)
    assert ("下一页" in second, "上一页" in second) == (False, True)
    assert "第 0 件。" in second
