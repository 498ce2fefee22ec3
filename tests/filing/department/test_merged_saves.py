"""Two pages, or two people, in one filing: what each touched is kept, and what both touched is shown to both."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.audit.queries import events_of_subject
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.models import FilingRevision
from app.periods.rules import Quarter
from tests.clients import Browser, log_in
from tests.databases import on_both
from tests.filing.pages import address, as_read, brought_to, inputs, revisions_of, seen
from tests.html_gate import elements_of
from tests.world import THRESHOLDS, World, full_content, open_at_once

FRAGMENT = {"HX-Target": "filing-saved"}
AUTOSAVE = {**FRAGMENT, "X-Autosave": "true"}


class Page:
    """A filing's page in a browser: what stands in its fields, and how it was read."""

    def __init__(self, browser: Browser, world: World) -> None:
        self.browser, self.world = browser, world
        self.fields = inputs(browser.get(address(world.filing(1))))

    def send(self, action: str = "", headers: dict[str, str] | None = None, **typed: Any) -> TestResponse:
        self.fields |= typed
        at = address(self.world.filing(1), action)
        answer = self.browser.post(at, data=self.fields, htmx=headers is not None, headers=headers or {})
        if answer.status_code in (200, 409, 422):
            self.fields |= as_read(answer)
        return answer

    def autosave(self, **typed: Any) -> TestResponse:
        return self.send(headers=AUTOSAVE, **typed)


@on_both
def test_two_windows_write_in_different_fields_and_both_are_kept(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    first, second = Page(browser, world), Page(browser, world)
    first.autosave(progress="走访企业57家。", percent="60")
    answer = second.autosave(problems="个别企业联系不畅。")
    stored = world.filing(1)
    assert (stored.progress, stored.percent, stored.problems) == ("走访企业57家。", 60, "个别企业联系不畅。")
    assert "已并入您在另一个窗口改的“进展情况”“完成率”" in seen(answer)
    assert "请选用一份" not in seen(answer)
    second.autosave(
        next_steps="继续走访。"
    )  # its form shows the older texts still, and does not take them back
    assert (world.filing(1).progress, world.filing(1).next_steps) == ("走访企业57家。", "继续走访。")


def test_what_another_stored_meanwhile_is_asked_about_as_it_stands_now(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    mine = Page(log_in(app, world, "filer"), world)
    lower = "比2026年第三季度采用的 76% 低"
    assert lower in seen(mine.autosave(progress="走访企业57家，形成线索12条。", percent="50"))
    Page(log_in(app, world, "head"), world).autosave(percent="80")
    answer = mine.autosave(problems="联系不畅。")
    assert "已并入某部门负责人改的“完成率”" in seen(answer)
    assert lower not in seen(answer)


def test_what_both_wrote_stays_open_while_all_else_is_saved(app: Flask, world: World) -> None:
    mine, theirs = Page(log_in(app, world, "filer"), world), Page(log_in(app, world, "head"), world)
    theirs.autosave(progress="负责人写的。")
    answer = mine.autosave(progress="填报员写的。", problems="联系不畅。")
    assert answer.status_code == 200
    assert "HX-Retarget" not in answer.headers  # the form that is typed in stays, with focus and scroll
    assert "某部门负责人也改了这一项。这一项先没有保存，请选用一份。" in seen(answer)
    assert seen(answer).count("负责人写的。") == 1
    assert attributes_of(answer, "data-use") == ["progress", "progress"]
    stored = world.filing(1)
    assert (stored.progress, stored.problems) == ("负责人写的。", "联系不畅。")
    again = mine.autosave(next_steps="继续。")
    assert "某部门负责人也改了这一项" in seen(again)
    assert (world.filing(1).progress, world.filing(1).next_steps) == ("负责人写的。", "继续。")


def test_saving_by_hand_keeps_what_stands_in_the_form_and_the_other_text_can_be_found(
    app: Flask, world: World
) -> None:
    browser = log_in(app, world, "filer")
    mine, theirs = Page(browser, world), Page(log_in(app, world, "head"), world)
    theirs.autosave(progress="负责人写的。")
    refused = mine.send(progress="填报员写的。")
    assert refused.status_code == 409
    assert inputs(refused)["progress"] == "填报员写的。"
    seen_there = [value for name, value in fields_of(refused) if name == "seen"]
    assert mine.send(seen=seen_there).status_code == 303
    assert world.filing(1).progress == "填报员写的。"
    page = browser.get(f"/measures/{world.filing(1).measure_id}/steps").get_data(as_text=True)
    kept = f"/filings/{world.filing(1).id}/kept/2"
    assert kept in page
    assert "负责人写的。" in seen(browser.get(kept))
    assert log_in(app, world, "office").get(kept).status_code == 403  # a draft is its department's


def test_without_a_script_the_stored_text_is_chosen_by_a_tick(app: Flask, world: World) -> None:
    mine, theirs = Page(log_in(app, world, "filer"), world), Page(log_in(app, world, "head"), world)
    theirs.autosave(progress="负责人写的。")
    refused = mine.send(progress="填报员写的。", problems="联系不畅。")
    assert refused.status_code == 409
    assert mine.send(use="progress").status_code == 303
    assert (world.filing(1).progress, world.filing(1).problems) == ("负责人写的。", "联系不畅。")


def test_handing_in_waits_for_the_choice(app: Flask, world: World) -> None:
    mine, theirs = Page(log_in(app, world, "filer"), world), Page(log_in(app, world, "head"), world)
    full = {"percent": "76", "status": "on_track", "forecast": "can_finish"}
    theirs.autosave(progress="负责人写的，共九个字。", **full)
    answer = mine.send("submit", progress="填报员写的，共九个字。", **full)
    assert answer.status_code == 409
    assert world.filing(1).state is FilingState.DRAFT


def test_a_light_is_a_conflict_together_with_its_reason(app: Flask, world: World) -> None:
    mine, theirs = Page(log_in(app, world, "filer"), world), Page(log_in(app, world, "head"), world)
    theirs.autosave(light="red", light_reason="受阻。")
    answer = mine.autosave(light="yellow", light_reason="已排期。")
    assert seen(answer).count("也改了这一项") == 2
    assert (world.filing(1).light, world.filing(1).light_reason) == (Light.RED, "受阻。")
    taken = [json.loads(text) for text in attributes_of(answer, "data-taken")]
    assert all(one.keys() == {"light", "light_reason"} for one in taken)


@on_both
def test_every_text_that_a_save_replaces_can_be_found_again(world: World) -> None:
    filing, filer, head = world.filing(1), world.users["filer"], world.users["head"]
    steps = [(filer, "甲乙"), (filer, "甲乙丙"), (filer, "甲丙"), (head, "甲丙丁"), (head, "甲丙丁。")]
    for by, text in steps:
        operations.save_filing(
            filing, full_content(text), by=by, version=filing.version, thresholds=THRESHOLDS
        )
    operations.submit_filing(filing, by=filer, version=filing.version)
    operations.return_filing(filing, by=head, version=filing.version, reason="请补充。")
    changed = replace(full_content("全新的文字。"), percent=80)
    operations.save_filing(filing, changed, by=filer, version=filing.version, thresholds=THRESHOLDS)
    kept = {(text.person, text.content["progress"]) for text in replaced_texts(world)}
    assert kept == {(filer.person, "甲乙丙"), (filer.person, "甲丙")}
    assert len(revisions_of(filing)) == 2  # what was handed over has its own record
    assert len(events_of_subject(filing)) == len(steps) + 3


def fields_of(response: TestResponse) -> list[tuple[str, str]]:
    """Return the inputs of a page, every one of those with the same name."""
    tree = elements_of(response.text)
    return [(field.get("name", ""), field.get("value", "")) for field in tree.iter("input")]


def attributes_of(response: TestResponse, name: str) -> list[str]:
    tree = elements_of(response.text)
    return [element.get(name) for element in tree.iter() if element.get(name)]


def replaced_texts(world: World) -> list[FilingRevision]:
    return [text for text in FilingRevision.select() if text.is_replaced]
