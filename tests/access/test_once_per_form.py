"""One page, one operation: what the second of two equal requests does, and what is no second one."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask, Response, request
from werkzeug.test import TestResponse

from app.access import once_per_form
from app.access.models import Grant
from app.access.once_per_form import DONE_BEFORE, operate_once
from app.authority.actor import SYSTEM
from app.base.clock import now
from app.base.sent_forms import REMEMBERED_FOR, SentForm
from app.directives.core.models import Directive, DirectiveReply
from app.web.responses import go_to_place
from tests.clients import Browser, log_in
from tests.directives.writing import WORDS, written_directive
from tests.filing.pages import inputs
from tests.world import World


def writing(world: World) -> str:
    return f"/measures/{world.measures[0].id}/directives"


def typed(world: World) -> dict[str, str]:
    department, leader = str(world.departments["经发办"].id), str(world.leader.id)
    return {"kind": "instruction", "text": WORDS, "main": department, "leader": leader}


def key_of(browser: Browser, world: World) -> str:
    return inputs(browser.get(f"{writing(world)}/new"))["once"]


def write(browser: Browser, world: World, key: str, *, htmx: bool = False, **changes: str) -> TestResponse:
    return browser.post(writing(world), data=typed(world) | {"once": key, **changes}, htmx=htmx)


def test_the_second_request_of_a_page_leads_to_the_same_place_and_does_nothing(
    app: Flask, world: World
) -> None:
    browser = log_in(app, world, "leader")
    key = key_of(browser, world)
    answers = [write(browser, world, key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len({answer.location for answer in answers}) == 1
    assert Directive.select().count() == 1
    assert DONE_BEFORE in browser.get(answers[0].location).text


def test_under_htmx_it_is_led_there_too(app: Flask, world: World) -> None:
    browser = log_in(app, world, "leader")
    key = key_of(browser, world)
    first, second = (write(browser, world, key, htmx=True) for _ in range(2))
    assert first.headers["HX-Redirect"] == second.headers["HX-Redirect"]
    assert Directive.select().count() == 1


def test_after_a_fragment_it_is_led_to_the_page_that_is_open(app: Flask, world: World) -> None:
    directive = written_directive(world)
    browser, form = log_in(app, world, "head"), {"version": str(directive.version), "text": "已办结。"}
    form |= {"once": "a" * 32, "draft": "1", "department": str(world.departments["经发办"].id)}
    page = {"HX-Current-URL": "http://localhost/filings/1?period=2026Q3"}
    path = f"/directives/{directive.key}/reply"
    first, second = (browser.post(path, data=form, htmx=True, headers=page) for _ in range(2))
    assert (first.status_code, second.headers["HX-Redirect"]) == (200, "/filings/1?period=2026Q3")
    assert DirectiveReply.select().count() == 1


def test_what_was_done_is_led_on_before_the_guard_looks(app: Flask, world: World) -> None:
    browser = log_in(app, world, "leader")
    key = key_of(browser, world)
    place = write(browser, world, key).location
    Grant.delete().execute()
    assert write(browser, world, key).location == place


def test_other_words_another_page_or_no_key_are_another_request(app: Flask, world: World) -> None:
    browser = log_in(app, world, "leader")
    key = key_of(browser, world)
    write(browser, world, key)
    write(browser, world, key, text="另外一句。")
    write(browser, world, key_of(browser, world))
    for _ in range(2):
        browser.post(writing(world), data=typed(world))
    assert Directive.select().count() == 5


def test_what_was_refused_can_be_sent_again(app: Flask, world: World) -> None:
    browser = log_in(app, world, "leader")
    key = key_of(browser, world)
    assert write(browser, world, key, text="").status_code == 422
    assert SentForm.select().count() == 0
    assert write(browser, world, key).status_code == 303


@pytest.mark.parametrize(("status", "remembered"), [(204, True), (303, True), (400, False), (409, False)])
def test_what_was_answered_as_done_is_remembered(app: Flask, status: int, remembered: bool) -> None:
    with app.test_request_context("/"):
        operate_once(lambda: Response(status=status), "0" * 64)
    assert SentForm.select().exists() is remembered


def test_who_came_while_the_first_was_at_work_is_led_on_once_it_is_his_turn(app: Flask) -> None:
    done: list[str] = []

    def operate() -> Response:
        done.append("")
        return go_to_place("/notices")

    with app.test_request_context("/"):
        answers = [operate_once(operate, "0" * 64) for _ in range(2)]
    assert ([one.location for one in answers], len(done)) == (["/notices"] * 2, 1)


def test_anothers_key_is_no_ones_business(app: Flask, world: World) -> None:
    key = "b" * 32
    for role in ("leader", "office"):
        write(log_in(app, world, role), world, key)
    assert Directive.select().count() == 1 + 1


def test_each_value_and_each_file_makes_another_request(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once_per_form, "current_person", lambda: SYSTEM)

    def digest(
        *values: str, file: bytes = b"one", name: str = "a.pdf", further: bytes = b"two", token: str = ""
    ) -> str:
        files = [(BytesIO(file), name), (BytesIO(further), "c.pdf")]
        sent = {"day": [*values], "file": files, "csrf_token": token}
        with app.test_request_context("/", method="POST", data=sent):
            found = once_per_form.form_digest()
            assert request.files["file"].read() == file
        return found

    requests = [
        digest("1", "2"),
        digest("1", "3"),
        digest("1"),
        digest("1", file=b"other"),
        digest("1", name="b.pdf"),
        digest("1", further=b"three"),
    ]
    assert len({*requests}) == len(requests)
    assert digest("1", "2", token="other") == requests[0]


def test_nobody_guesses_a_key(app: Flask) -> None:
    keys = {app.jinja_env.globals["once_key"]() for _ in range(2)}
    assert [len(bytes.fromhex(key)) for key in keys] == [16, 16]


def test_a_day_later_it_is_forgotten(app: Flask, world: World) -> None:
    browser = log_in(app, world, "leader")
    write(browser, world, key_of(browser, world))
    SentForm.update(at=now() - REMEMBERED_FOR - timedelta(seconds=1)).execute()
    key = key_of(browser, world)
    write(browser, world, key)
    assert SentForm.select().count() == 1
