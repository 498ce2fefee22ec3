"""Every state of a filing on its pages: WCAG 2.2 AA by axe, nothing wider than a phone, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import today
from app.base.settings.settings import ROOT
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.filing.suggestions.operations import suggest_wording
from app.periods.models import Period
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_indicators, set_milestones
from tests.browser.conftest import Served
from tests.directives.writing import written_directive
from tests.filing.pages import brought_to, contributed
from tests.plan.tables import indicators, milestones
from tests.world import World, full_content, open_at_once

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FOUND = """async (values) => {
    const found = await axe.run(document, {runOnly: {type: "tag", values}});
    return found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
}"""
COLOUR = "((element) => getComputedStyle(element).backgroundColor)"
# 200 % zoom of 1366 px, and a phone.
NARROW = (683, 390, 320)


def test_every_state_is_accessible_and_fits(site: Served, tmp_path: Path) -> None:
    world = site.world
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,60"), by=SAMPLE_LOADER)
    set_milestones(world.plan, milestones(tmp_path, "1,,3,走访一遍,60", "1,,4,签约,"), by=SAMPLE_LOADER)
    brought_to(FilingState.ACCEPTED, world)
    first = world.filing(1).id
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    for who, address, prepared in states_of(world, first):
        with site.signed_in(who) as page:
            page.set_viewport_size({"width": 1366, "height": 768})
            page.goto(address)
            page.wait_for_load_state("networkidle")
            problems = [*failures_of(page), *overflows_of(page)]
            assert problems == [], f"{prepared}: {address}"


def states_of(world: World, accepted: int) -> Iterator[tuple[str, str, str]]:
    """Yield who looks at which address, one state after the other."""
    form = f"/filings/{world.filing(1).id}"
    yield "filer", form, "blank, with last quarter beside it"
    yield "filer", f"/filings/{accepted}", "accepted"
    written_directive(world)
    contributed(world, 1, "城管办", "配合整治两次。")
    days = {"opens_on": today() - timedelta(days=9), "department_due": today() - timedelta(days=3)}
    Period.update(days).where(Period.id == world.period.id).execute()
    yield "filer", "/filings", "home, overdue, a reply owed"
    yield "filer:城管办", "/filings", "home of one who leads and supports"
    filing = brought_to(FilingState.SUBMITTED, world, content=full_content("走访企业，总体完成率达到90%。"))
    yield "head", form, "to be signed"
    operations.return_filing(filing, by=world.users["head"], version=filing.version, reason="请补数字。")
    yield "filer", form, "returned"
    yield "filer", "/filings/check?period=2026Q4", "check page"
    filing = brought_to(FilingState.SIGNED_OFF, world, content=full_content("走访企业，总体完成率达到90%。"))
    suggest_wording(
        filing, {"next_steps": "继续走访。"}, note="", by=world.users["office"], version=filing.version
    )
    yield "filer", form, "waiting, a suggestion to be answered"
    yield "office", f"/review/{filing.id}?decide=correct", "under review"
    yield "office", "/review?period=2026Q4", "matrix with a mark"
    yield "office", "/", "home with figures, the last row of which is not full"


def failures_of(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(FOUND, RULES)
    return found


def overflows_of(page: Page) -> list[str]:
    """Return at which widths the page runs over, and whether the reading matter beside a text is cut."""
    found = []
    aside = page.locator(".split:not(.split-form) > .split-aside")
    if aside.count() and aside.first.evaluate("(one) => one.scrollHeight > one.clientHeight + 1"):
        found.append("the aside is cut")
    figures = page.locator(".figures")
    if figures.count() and figures.evaluate(f"(one) => {COLOUR}(one) !== {COLOUR}(one.firstElementChild)"):
        found.append("a place without a figure is no paper")
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 768})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}")
    return found
