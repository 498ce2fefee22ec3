"""The page of a measure before a leader: what stands in the first screen, and the box for a directive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import today
from app.directives.core.models import Directive
from app.directives.replies.operations import reply_to_directive
from app.directives.steps import operations as steps
from app.filing.core.life_cycle import FilingState
from app.following.operations import follow_subject
from app.periods.calendar import CHINA
from app.plan.assignments.operations import set_indicators
from app.plan.core.models import Indicator
from tests.browser.conftest import Served
from tests.browser.test_filing_states import AXE, FOUND, RULES
from tests.directives.writing import reload_directive, written_directive
from tests.filing.pages import brought_to
from tests.overview.growth import LONG
from tests.plan.tables import indicators
from tests.world import World, full_content

pytestmark = pytest.mark.browser

SIZES = ((1366, 768), (820, 1180))
# Whether an element lies whole within the window.
IN_VIEW = """one => { const box = one.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth; }"""


def open_measure(page: Page, site: Served, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"/measures/{site.world.measures[0].id}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_verdict_report_and_box_stand_in_the_first_screen(site: Served) -> None:
    content = replace(full_content(percent=40), problems=LONG * 4, next_steps=LONG * 4, progress=LONG * 40)
    brought_to(FilingState.ACCEPTED, site.world, content=content)
    site.world.measures[0].title = (LONG * 3)[:40]
    site.world.measures[0].save()
    written_directive(site.world, text="请抓紧安装。")
    with site.signed_in("leader") as page:
        for width, height in SIZES:
            open_measure(page, site, width, height)
            for place in (".verdict", "#directive-box", ".directive-lines", "#latest-heading"):
                assert page.locator(place).evaluate(IN_VIEW), (place, width)
        open_measure(page, site, 320, 640)


@pytest.mark.parametrize("script", [True, False])
def test_the_box_unfolds_and_sends(site: Served, script: bool) -> None:
    with site.signed_in("leader", java_script_enabled=script) as page:
        open_measure(page, site, *SIZES[0])
        send = page.get_by_role("button", name="发出")
        expect(send).to_be_hidden()
        box = page.get_by_label("写批示", exact=True)
        assert box.bounding_box()["height"] < 50  # type: ignore[index]
        box.fill("请按期办结。")
        page.get_by_role("heading", level=1).click()
        expect(send).to_be_visible()
        send.click()
        expect(page.get_by_text("批示已发出").first).to_be_visible()
    assert [one.text for one in Directive.select()] == ["请按期办结。"]


def test_what_was_typed_in_the_box_is_in_the_whole_form_without_a_script(site: Served) -> None:
    with site.signed_in("leader", java_script_enabled=False) as page:
        open_measure(page, site, *SIZES[0])
        page.get_by_label("写批示", exact=True).fill("请按期办结。")
        page.get_by_role("button", name="改主办部门、期限等").click()
        expect(page.get_by_label("内容", exact=True)).to_have_value("请按期办结。")
        assert not Directive.select().exists()
        page.get_by_role("button", name="发出").click()
        expect(page.get_by_text("批示已发出").first).to_be_visible()
    assert [one.text for one in Directive.select()] == ["请按期办结。"]


def test_the_box_is_used_with_the_keyboard_alone_and_keeps_what_was_refused(site: Served) -> None:
    with site.signed_in("leader") as page:
        open_measure(page, site, *SIZES[0])
        page.get_by_label("写批示", exact=True).focus()
        expect(page.get_by_role("radio", name="批示", exact=True)).to_be_visible()  # fetched with the focus
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="发出")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("radio", name="批示", exact=True)).to_be_focused()
        page.get_by_label("写批示", exact=True).fill("字" * 2001)
        page.get_by_role("button", name="发出").click()
        expect(page.get_by_role("alert").get_by_role("link", name="内容")).to_be_visible()
        expect(page.get_by_label("内容", exact=True)).to_have_value("字" * 2001)
    assert not Directive.select().exists()


def test_the_page_and_its_unfolded_box_are_accessible(site: Served, tmp_path: Path) -> None:
    set_indicators(site.world.plan, indicators(tmp_path, "1,走访企业,家,1200"), by=SAMPLE_LOADER)
    content = replace(full_content(percent=40), indicators={Indicator.get().id: Decimal(300)})
    brought_to(FilingState.ACCEPTED, site.world, content=content)
    directive = written_directive(site.world, text="请抓紧安装。")
    leader, measure = site.world.users["leader"], site.world.measures[0]
    for subject in (measure, directive, site.world.departments["一居"]):
        follow_subject(subject, by=leader)
    read = ("/?scope=followed", "/overview", "/overview?scope=followed", "/brief", "/following")
    written = (
        "/directives?scope=all",
        f"/directives/{directive.key}",
        "/directives/new",
        "/directives/print",
    )
    with site.signed_in("leader") as page:
        for address in (f"/measures/{measure.id}", *read, *written):
            find_no_fault(page, address)
    with site.signed_in("office") as page:
        for address in ("/?scope=followed", "/directives/handwritten", "/directives"):
            find_no_fault(page, address)


def test_a_directive_is_accessible_in_every_state(site: Served) -> None:
    for who, address in states_of_directives(site.world):
        with site.signed_in(who) as page:
            find_no_fault(page, address)


def states_of_directives(world: World) -> Iterator[tuple[str, str]]:
    """Yield who looks at which address, one state after the other."""
    head, leader, office = (world.users[who] for who in ("head", "leader", "office"))
    far, further = (CHINA.working_day_from(today() + timedelta(days=days)) for days in (15, 30))
    directive = written_directive(world, "经发办", "一居", due_on=far)
    card = f"/directives/{directive.key}"
    yield "head", card
    version = directive.version
    steps.request_extension(
        directive, further, reason="出差。", progress="约好了。", by=head, version=version
    )
    yield "leader", card
    version = reload_directive(directive).version
    reply_to_directive(directive, "已办。", department=world.departments["经发办"], by=head, version=version)
    yield "office", card
    yield "leader", "/?scope=all"
    steps.propose_closing(directive, "可以销号。", by=office, version=reload_directive(directive).version)
    yield "leader", card
    steps.close_directive(directive, by=leader, version=reload_directive(directive).version, word="好。")
    yield "leader", card
    Directive.update(is_handwritten=True).where(Directive.id == directive.id).execute()
    yield "leader", card
    yield "leader", "/search?q=经发"
    yield "office", "/directives?state=x&due_from=2026-13-01"


def find_no_fault(page: Page, address: str) -> None:
    """Look at a page with axe, everything unfolded; at a phone's width nothing is wider."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.setAttribute('open', ''))")
    if page.locator(".directive-box-text").count():
        page.locator(".directive-box-text").focus()
        expect(page.locator("#further-fields")).to_be_visible()
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate(FOUND, RULES) == [], address
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    for star in page.locator("button[name=follow]").all():
        assert star.evaluate("one => one.offsetHeight") < 60, address  # its words in one line
    if size:
        page.set_viewport_size(size)
