"""What cannot be done with a directive is answered with a sentence for each mistake, and what was typed stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.base.clock import today
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.models import Directive
from app.directives.former_leads.operations import hand_over_to_leads, handover_in_plan
from app.directives.steps.operations import close_directive, supplement_directive, withdraw_directive
from tests.clients import log_in
from tests.directives.writing import make_overdue, reload_directive, replied_directive, written_directive
from tests.filing.pages import seen
from tests.world import World

TYPED = "已经写好的一段话"


def post(app: Flask, world: World, who: str, directive: Directive, path: str, **form: str) -> TestResponse:
    data = {"version": str(directive.version), **form}
    return log_in(app, world, who).post(f"/directives/{directive.key}/{path}", data=data)


def day_in(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def due_directive(world: World) -> Directive:
    return written_directive(world, due_on=today() + timedelta(days=10))


@pytest.mark.parametrize(
    ("form", "sentences"),
    [
        ({}, ("请写明为什么要延期。", "请写明目前办到哪一步。", "请选择延期到哪一天。")),
        ({"day": "2026-02-30"}, ("请填写日期，例如", "请写明为什么要延期。", "请写明目前办到哪一步。")),
        ({"day": day_in(1), "text": TYPED}, ("延期的日期要晚于现在的期限", "请写明目前办到哪一步。")),
        ({"day": "2099-12-31", "text": TYPED}, ("办理期限应在",)),
        ({"day": day_in(20), "text": "长" * 201, "further": TYPED}, ("请控制在 200 字以内",)),
    ],
)
def test_more_time_is_asked_for_with_a_later_day_a_reason_and_how_far_it_is(
    app: Flask, world: World, form: dict[str, str], sentences: tuple[str, ...]
) -> None:
    refused = post(app, world, "head", due_directive(world), "extension", **form)
    assert refused.status_code == 422
    assert [sentence for sentence in sentences if sentence not in seen(refused)] == []
    assert TYPED not in form.values() or TYPED in refused.text
    assert reload_directive(Directive.get()).extension_to is None


def test_more_time_is_not_asked_for_after_the_day(app: Flask, world: World) -> None:
    make_overdue(due_directive(world))
    asked = {"day": day_in(20), "text": TYPED, "further": TYPED}
    refused = post(app, world, "head", reload_directive(Directive.get()), "extension", **asked)
    assert (refused.status_code, "已经过了办理期限" in seen(refused)) == (422, True)
    assert TYPED in refused.text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-1, "办理期限不能早于今天"), (3000, "办理期限应在"), (None, "请定新的期限。")],
)
def test_what_is_sent_back_gets_a_new_day_that_can_be(
    app: Flask, world: World, days: int | None, sentence: str
) -> None:
    form = {"text": TYPED, "day": day_in(days) if days is not None else ""}
    refused = post(app, world, "leader", replied_directive(world), "send-back", **form)
    assert (refused.status_code, sentence in seen(refused), TYPED in refused.text) == (422, True, True)


@pytest.mark.parametrize(
    ("step", "words"),
    [("close", "销号"), ("reopen", "重新办理"), ("send-back", "退回重办"), ("propose-closing", "提请销号")],
)
def test_what_nobody_answered_yet_is_not_closed_nor_sent_back(
    app: Flask, world: World, step: str, words: str
) -> None:
    who = "office" if step == "propose-closing" else "leader"
    form = {"text": TYPED, "day": day_in(20)}
    refused = post(app, world, who, written_directive(world), step, **form)
    assert (
        refused.status_code,
        f"现在是“待办理”，不能{words}。" in seen(refused),
        TYPED in refused.text,
    ) == (
        409,
        True,
        True,
    )


def test_a_step_on_a_stale_version_is_refused_and_the_word_stays(app: Flask, world: World) -> None:
    directive = replied_directive(world)
    supplement_directive(directive, "再补一句。", by=world.users["leader"], version=directive.version)
    refused = post(app, world, "leader", directive, "close", text=TYPED)
    assert (refused.status_code, TYPED in refused.text) == (409, True)
    assert "已被他人改动" in seen(refused)
    assert "再补一句。" in seen(refused)


@pytest.mark.parametrize("ended", ["已销号", "已撤回", "已阅知"])
def test_a_reply_to_what_has_ended_is_refused_and_stays(app: Flask, world: World, ended: str) -> None:
    leader = world.users["leader"]
    if ended == "已销号":
        directive = replied_directive(world)
        close_directive(directive, by=leader, version=directive.version)
    elif ended == "已撤回":
        directive = written_directive(world)
        withdraw_directive(directive, "写错。", by=leader, version=directive.version)
    else:
        directive = written_directive(world, kind=DirectiveKind.NOTED)
    department = str(world.departments["经发办"].id)
    current = reload_directive(directive)
    refused = post(app, world, "head", current, "reply", text=TYPED, draft="1", department=department)
    assert (refused.status_code, f"现在是“{ended}”，不能回复" in seen(refused)) == (409, True)
    assert TYPED in refused.text


def test_a_department_that_lost_the_measure_answers_no_more(app: Flask, world: World) -> None:
    directive = written_directive(world, measure=2)
    world.let_lead(2, "城管办")
    found = handover_in_plan(world.plan).addressees
    assert [one.lead.short_name for one in found] == ["城管办"]
    hand_over_to_leads(world.plan, [], [found[0].addressee.id], by=world.users["office"])
    department = str(world.departments["经发办"].id)
    current = reload_directive(directive)
    words = f"{TYPED}，还没有来得及发出"
    refused = post(app, world, "head", current, "reply", text=words, draft="1", department=department)
    assert (refused.status_code, words in refused.text) == (403, True)
    assert "这件批示已由经发办移交，由城管办接着办理。本部门不再办理" in seen(refused)
    assert current.addressees_in_words == "主办城管办（未回复）"
    shown = seen(log_in(app, world, "leader").get(f"/directives/{directive.key}"))
    assert "经发办移交" in shown


def test_a_filer_of_whom_a_confidential_one_was_kept_does_not_learn_that_it_passed(
    app: Flask, world: World
) -> None:
    directive = written_directive(world, measure=2, is_confidential=True)
    world.let_lead(2, "城管办")
    (found,) = handover_in_plan(world.plan).addressees
    hand_over_to_leads(world.plan, [], [found.addressee.id], by=world.users["office"])
    answers = {who: log_in(app, world, who).get(f"/directives/{directive.key}") for who in ("head", "filer")}
    assert {who: answer.status_code for who, answer in answers.items()} == {"head": 403, "filer": 404}


@pytest.mark.parametrize(
    ("who", "step", "sentences"),
    [
        ("leader", "send-back", ("共 201 字，请控制在 200 字以内", "请填写日期，例如")),
        ("office", "close", ("共 201 字，请控制在 200 字以内", "请写明领导是怎样同意的", "请填写日期，例如")),
    ],
)
def test_a_day_that_cannot_be_read_hides_no_other_mistake(
    app: Flask, world: World, who: str, step: str, sentences: tuple[str, ...]
) -> None:
    directive = replied_directive(world)
    refused = post(app, world, who, directive, step, text="长" * 201, day="2026-02-30")
    assert [sentence for sentence in sentences if sentence not in seen(refused)] == []
    assert "请填写领导同意的日期" not in seen(refused)
    assert (refused.status_code, "2026-02-30" in refused.text) == (422, True)
    assert reload_directive(directive).is_replied


def test_main_that_supports_itself_is_named_beside_the_departments(app: Flask, world: World) -> None:
    number = str(world.departments["城管办"].id)
    sent = {"kind": "instruction", "text": TYPED, "main": number, "others": number, "urgency": "usual"}
    refused = log_in(app, world, "leader").post("/directives/new", data=sent)
    assert (refused.status_code, TYPED in refused.text) == (422, True)
    assert (
        seen(refused).count("城管办已是主办，不必再选为协办。") == 2
    )  # above the form, and beside its field


def test_too_long_a_supplement_is_counted(app: Flask, world: World) -> None:
    refused = post(app, world, "leader", written_directive(world), "supplement", text="字" * 2001)
    assert (refused.status_code, "共 2001 字，请控制在 2000 字以内" in seen(refused)) == (422, True)


def test_a_day_is_kept_as_it_was_typed(app: Flask, world: World) -> None:
    refused = post(app, world, "leader", replied_directive(world), "send-back", day="2026-12-30")
    assert refused.status_code == 422
    assert date(2026, 12, 30).isoformat() in refused.text


def test_a_scope_that_there_is_not_is_refused_with_those_there_are(app: Flask, world: World) -> None:
    browser = log_in(app, world, "leader")
    for address in ("/directives", "/directives/print", "/directives/register.xlsx"):
        refused = browser.get(f"{address}?scope=x")
        assert (refused.status_code, "没有“x”这个范围，请在页面上方选我的批示、全部。" in seen(refused)) == (
            422,
            True,
        )


def test_a_number_of_thousands_of_digits_is_an_unknown_one(app: Flask, world: World) -> None:
    browser, number = log_in(app, world, "leader"), "9" * 5000
    sent = {"kind": "instruction", "text": TYPED, "main": number, "others": number, "measures": number}
    refused = browser.post("/directives/new", data=sent)
    assert (refused.status_code, TYPED in refused.text) == (422, True)
    for address in (f"/overview?leader={number}", f"/directives?leader={number}"):
        assert browser.get(address).status_code == 422
    assert browser.get(f"/directives?words={number[:60]}").status_code == 200
