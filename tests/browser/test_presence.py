"""Two people on the page of one filing: each hears of the other without being disturbed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served

pytestmark = pytest.mark.browser


def test_who_comes_to_a_page_and_who_is_there_hear_of_each_other(site: Served) -> None:
    address = f"/filings/{site.world.filing(1).id}"
    asked: list[str] = []
    with site.signed_in("filer") as mine, site.signed_in("head") as other:
        mine.on("request", lambda request: asked.append(request.url) if "presence" in request.url else None)
        mine.goto(address)
        mine.locator("#progress").focus()
        mine.keyboard.type("走访企业57家。")
        expect(mine.locator("#filing-saved")).to_contain_text("已保存")
        other.goto(address)
        words = other.get_by_role("status").filter(has_text="正在填写")
        expect(words).to_contain_text(site.world.users["filer"].person)
        look = "document.dispatchEvent(new Event('visibilitychange'))"
        mine.evaluate(look)
        seen = mine.locator("#filing-presence")
        expect(seen).to_contain_text(f"{site.world.users['head'].person}（")
        expect(mine.locator("#progress")).to_be_focused()
        expect(mine.locator("#progress")).to_have_value("走访企业57家。")
        expect(mine.locator("#problem")).to_be_empty()
        so_far = len(asked)
        mine.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
        mine.evaluate("document.getElementById('filing-presence').dispatchEvent(new CustomEvent('look'))")
        mine.wait_for_timeout(300)
        assert len(asked) == so_far
