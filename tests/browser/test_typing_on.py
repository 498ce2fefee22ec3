"""An answer that comes while somebody is writing takes neither his words nor the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from app.filing.core.life_cycle import FilingState
from tests.browser.conftest import Served, wait_until_nothing_is_kept
from tests.filing.pages import brought_to

pytestmark = pytest.mark.browser


def test_what_stands_unsent_in_another_form_stays(site: Served) -> None:
    """Half a request to one department, while all are reminded; a correction, where giving back lacks a reason."""
    with site.signed_in("filer") as page:
        page.goto(f"/filings/{site.world.filing(1).id}")
        page.get_by_text("请城管办补充").click()
        asked = page.locator("[name=asked]").first
        asked.fill("请补充走访的户数")
        page.get_by_role("button", name="提醒没写的").click()
        expect(page.locator("#toasts")).to_contain_text("提醒")
        expect(asked).to_have_value("请补充走访的户数")
        expect(asked).to_be_visible()
    filing = brought_to(FilingState.SUBMITTED, site.world)
    with site.signed_in("head") as page:
        page.goto(f"/filings/{filing.id}")
        page.get_by_label("进展情况").fill("走访企业61家。")
        page.get_by_text("退回填报人修改").click()
        page.get_by_role("button", name="退回", exact=True).click()
        expect(page.locator(".error-summary")).to_be_visible()
        expect(page.get_by_label("进展情况")).to_have_value("走访企业61家。")


def test_who_goes_on_typing_keeps_the_focus(site: Served) -> None:
    def slowly(route: Route) -> None:
        page.wait_for_timeout(800)
        route.continue_()

    with site.signed_in("filer") as page:
        page.goto(f"/filings/{site.world.filing(1).id}")
        page.locator("#progress").fill("走访企业57家，")
        # What is pressed waits for the save that begins as the field is left.
        page.route(f"**/filings/{site.world.filing(1).id}", slowly)
        page.route("**/submit", slowly)
        page.get_by_role("button", name="提交").click()
        page.locator("#progress").press_sequentially("形成线索12条。")
        expect(page.locator(".error-summary")).to_be_visible()
        expect(page.locator("#progress")).to_be_focused()
        expect(page.locator("#progress")).to_have_value("走访企业57家，形成线索12条。")
        wait_until_nothing_is_kept(page)
