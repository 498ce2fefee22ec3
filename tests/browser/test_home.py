"""The home of a department and the head's decision: in the first screen at every width, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from app.filing.core.life_cycle import FilingState
from tests.browser.conftest import Served
from tests.browser.steps import Steps
from tests.directives.writing import written_directive
from tests.filing.pages import brought_to

pytestmark = pytest.mark.browser

SCREENS = ((1366, 768), (1024, 768), (390, 844), (320, 640))


@contextmanager
def without_script(page: Page) -> Iterator[Page]:
    browser = page.context.browser
    assert browser is not None
    state = page.context.storage_state()
    context = browser.new_context(
        java_script_enabled=False, storage_state=state, base_url=page.evaluate("location.origin")
    )
    yield context.new_page()
    context.close()


def is_in_first_screen(element: Locator, height: int) -> bool:
    box = element.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height


def test_what_comes_first_and_the_decision_on_it_stand_in_the_first_screen(site: Served) -> None:
    world = site.world
    filings = [brought_to(FilingState.SUBMITTED, world, measure) for measure in (1, 2)]
    written_directive(world, measure=2)
    with site.signed_in("head") as page:
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            page.goto("/filings")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert is_in_first_screen(page.locator("#next-step"), height), width
            page.locator("#next-step").click()
            page.wait_for_url(f"**/filings/{filings[0].id}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            sign = page.locator("#sign-off-form").get_by_role("button", name="审签")
            assert is_in_first_screen(sign, height), width


def test_a_head_signs_several_at_once_and_reads_how_many(
    site: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    world = site.world
    for measure in (1, 2):
        brought_to(FilingState.SUBMITTED, world, measure)
    with site.signed_in("head") as page:
        page.goto("/")
        steps = Steps(page)
        page.get_by_label("一并审签第 2 项").uncheck()
        expect(page.get_by_role("button", name="审签勾选的 1 项")).to_be_visible()
        page.get_by_label("一并审签第 2 项").check()
        steps.click(page.get_by_role("button", name="审签勾选的 2 项"))
        expect(page.get_by_role("dialog")).to_contain_text("将审签勾选的 2 项填报")
        steps.click(page.get_by_role("dialog").get_by_role("button", name="审签勾选的"))
        expect(page.locator("#to-sign")).to_have_count(0)
    steps.print_counted("head: all that waits is signed", capsys)
    assert {world.filing(measure).state for measure in (1, 2)} == {FilingState.SIGNED_OFF}


def test_without_script_a_head_corrects_signs_and_answers(site: Served) -> None:
    world = site.world
    filings = [brought_to(FilingState.SUBMITTED, world, measure) for measure in (1, 2)]
    written_directive(world, measure=2)
    with site.signed_in("head") as scripted:
        scripted.goto("/filings")
        with without_script(scripted) as page:
            page.goto("/filings")
            page.locator("#next-step").click()
            page.get_by_label("进展情况").fill("负责人改过。")
            page.locator("#sign-off-form").get_by_role("button", name="审签").click()
            page.wait_for_url(f"**/filings/{filings[1].id}")
            page.goto("/filings")
            page.get_by_role("button", name="审签第 2 项").click()
            expect(page.locator("#next-step")).to_have_text("回复批示")
            page.locator("#next-step").click()
            page.get_by_label("办理回复").fill("已经办结。")
            page.get_by_role("button", name="名义回复").click()
            expect(page.locator(".directive")).to_contain_text("已经办结。")
    assert world.filing(1).progress == "负责人改过。"
    assert {world.filing(measure).state for measure in (1, 2)} == {FilingState.SIGNED_OFF}
