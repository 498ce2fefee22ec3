"""How the server answers a page that saves by itself: quietly, and without touching the form that is typed in."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.audit.queries import events_of_subject
from app.filing.core.life_cycle import FilingState
from app.periods.rules import Quarter
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import (
    FULL,
    address,
    brought_to,
    contributed,
    inputs,
    seen,
    typed,
)
from tests.html_gate import elements_of, words
from tests.world import World, open_at_once


def autosave(browser: Browser, world: World, **changes: Any) -> TestResponse:
    """Send what a page that saves by itself sends of the first filing."""
    headers = {"X-Autosave": "true", "HX-Target": "filing-saved"}
    filing = world.filing(1)
    return browser.post(address(filing), data=typed(filing, **changes), htmx=True, headers=headers)


def test_it_is_saved_and_logged_like_any_other_but_without_a_toast(app: Flask, world: World) -> None:
    answer = autosave(log_in(app, world, "filer"), world, progress="写到一半")
    assert answer.status_code == 200
    assert "HX-Trigger" not in answer.headers
    assert inputs(answer).keys() == {"version", "marks"}
    assert inputs(answer)["version"] == "2"
    assert "已保存" in seen(answer)
    assert world.filing(1).progress == "写到一半"
    assert [event.action for event in events_of_subject(world.filing(1))] == ["write_filing"]


def test_it_asks_for_nothing_that_only_a_whole_page_shows(app: Flask, world: World) -> None:
    filer = log_in(app, world, "filer")
    with count_queries() as asked:
        autosave(filer, world)
    assert not any('"directive"' in one or '"notice"' in one for one in asked)
    assert len(asked) <= 40


@pytest.mark.parametrize("percent", ["七成", "72.5", "-1"])
def test_one_bad_number_keeps_no_word_from_being_saved_and_says_so_itself(
    app: Flask, world: World, percent: str
) -> None:
    answer = autosave(log_in(app, world, "filer"), world, percent=percent, light_reason="没有选灯")
    assert answer.status_code == 200
    assert "HX-Retarget" not in answer.headers
    stored = world.filing(1)
    assert (stored.progress, stored.percent, stored.light_reason) == (FULL["progress"], None, "")
    tree = elements_of(answer.text)
    saved = next(part for part in tree.iter("span") if part.get("id") == "filing-saved")
    assert set(saved.get("data-open").split()) == {"percent", "light"}
    beside = next(part for part in tree.iter("p") if part.get("id") == "percent-error")
    assert "整数" in words(beside)
    assert "未保存" not in words(saved)
    assert "“完成率”没有保存" in words(saved)
    corrected = autosave(log_in(app, world, "filer"), world, percent="72")
    assert "没有保存" not in seen(corrected)
    assert world.filing(1).percent == 72


def test_what_was_handed_in_meanwhile_is_no_longer_saved_and_saving_rests(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    brought_to(FilingState.SUBMITTED, world)
    answer = autosave(browser, world, progress="后到的文字。", version="1")
    source = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#filing-form"
    assert FULL["progress"] in seen(answer)
    assert "已停止自动保存" in seen(answer)
    assert 'tabindex="-1" data-focus' not in source
    assert "hx-trigger" not in source


def test_what_contradicts_the_last_quarter_is_shown_with_the_answer(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    browser = log_in(app, world, "filer")
    answer = autosave(browser, world, percent="70")
    assert "请核对：比2026年第三季度采用的 76% 低。" in seen(answer)
    assert "shown" not in inputs(answer)  # not confirmed yet by a submission that may be under way
    assert inputs(autosave(browser, world, percent="69", shown="percent"))["shown"] == "percent"


def test_texts_to_go_on_from_are_offered_only_to_writers(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    contributed(world, 1, "城管办", "第一段。\n\n第二段。")
    page = log_in(app, world, "filer").get(address(world.filing(1))).get_data(as_text=True)
    assert 'aria-label="沿用2026年第三季度的进展情况并修改"' in page
    assert 'aria-label="采纳城管办的配合情况"' in page
    read_only = log_in(app, world, "office").get(address(world.filing(1))).get_data(as_text=True)
    assert "data-take-into" not in read_only


def test_what_stays_in_the_browser_is_kept_by_person_and_filing(app: Flask, world: World) -> None:
    filing, me = world.filing(1), world.users["filer"].account_id
    page = log_in(app, world, "filer").get(address(filing)).get_data(as_text=True)
    assert f'data-kept="filing:{me}:{filing.id}"' in page
    assert f'data-leaves="filing:{me}: block:{me}: reply:{me}: contribution:{me}:"' in page
    assert "data-kept" not in log_in(app, world, "office").get(address(filing)).get_data(as_text=True)


def test_the_fragment_of_what_can_no_longer_be_written_is_its_text(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    answer = log_in(app, world, "filer").get(address(filing), htmx=True)
    assert answer.status_code == 200
    assert "已走访企业32家" in seen(answer)
