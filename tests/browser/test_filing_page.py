"""One filing's page: nothing hides, nothing is asked twice, who waits sees that it works."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import today
from app.directives.core.content import DirectiveContent, DirectiveTarget
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.operations import write_directive
from app.directives.replies.queries import draft_of
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_indicators, set_milestones
from tests.browser.conftest import Served, wait_until, wait_until_nothing_is_kept
from tests.filing.pages import brought_to
from tests.plan.tables import indicators, milestones
from tests.world import World, open_at_once

pytestmark = pytest.mark.browser

VISIBLE = """(element) => {
    const box = element.getBoundingClientRect();
    const bar = document.querySelector(".form-actions").getBoundingClientRect();
    return box.top >= 0 && box.bottom <= bar.top + 1;
}"""


def test_what_is_missing_is_in_view_and_slow_work_is_seen(site: Served) -> None:
    with site.signed_in("filer") as page:
        page.set_viewport_size({"width": 1024, "height": 600})
        address = f"/filings/{site.world.filing(1).id}"
        page.goto(address)
        page.get_by_label("进展情况").fill("走访企业57家，形成线索12条。")
        page.get_by_role("button", name="提交").click()
        page.locator(".error-summary").get_by_role("link", name="完成率").click()
        expect(page.locator("#percent")).to_be_focused()
        for part in ("#percent", "#percent-error", "label[for=percent]"):
            assert page.locator(part).evaluate(VISIBLE), part
        assert site.world.filing(1).progress == "走访企业57家，形成线索12条。"
        page.locator("#percent").fill("76")
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('.form-actions') !== null"):
                break
            assert page.evaluate_handle("document.activeElement").as_element().evaluate(VISIBLE)
        page.get_by_label("正常推进").check()
        page.get_by_label("能够完成", exact=True).check()
        held: list[Route] = []
        page.route(f"**{address}/submit", lambda route: held.append(route))
        page.get_by_role("button", name="提交").click()
        expect(page.locator("#busy")).to_have_text("正在办理，请稍候……")
        wait_until(page, lambda: bool(held))
        held.pop().continue_()
        expect(page.locator("h1")).to_contain_text("2.")
        expect(page.locator("#busy")).to_be_empty()
    assert site.world.filing(1).state is FilingState.SUBMITTED


def ordinary_world(world: World, tmp_path: Path) -> World:
    """Give measure 1 indicators and milestones as most have them, and an accepted quarter before this one."""
    targets = ("1,走访企业,家,60", "1,签约项目,个,5", "1,储备项目,个,20")
    set_indicators(world.plan, indicators(tmp_path, *targets), by=SAMPLE_LOADER)
    due = ("1,,2,建立名单,", "1,1,3,走访一遍,60", "1,2,4,全部走访,", "1,,4,签约,")
    set_milestones(world.plan, milestones(tmp_path, *due), by=SAMPLE_LOADER)
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    return world


def test_an_ordinary_measure_fits_a_screen_and_a_half(site: Served, tmp_path: Path) -> None:
    world = ordinary_world(site.world, tmp_path)
    with site.signed_in("filer") as page:
        page.set_viewport_size({"width": 1366, "height": 768})
        open_whole(page, f"/filings/{world.filing(1).id}")
        assert page.evaluate("document.documentElement.scrollHeight") <= 1.5 * 768
        page.locator("#progress").fill("\n".join("又走访了一家企业。" for _ in range(20)))
        assert page.locator("#progress").evaluate("(area) => area.scrollHeight <= area.clientHeight")
        for width, height in ((390, 844), (320, 640)):
            page.set_viewport_size({"width": width, "height": height})
            open_whole(page, f"/filings/{world.filing(2).id}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            box = page.locator("#progress").bounding_box()
            assert box is not None
            assert box["y"] + min(box["height"], 24) <= height


def test_a_measure_that_came_back_fits_too(site: Served, tmp_path: Path) -> None:
    world = ordinary_world(site.world, tmp_path)
    filing = brought_to(FilingState.SUBMITTED, world)
    reason = "请补充走访企业的数字，写明解决了哪几件事；佐证材料请换成盖章的版本。"
    operations.return_filing(filing, by=world.users["head"], version=filing.version, reason=reason)
    with site.signed_in("filer") as page:
        page.set_viewport_size({"width": 1366, "height": 768})
        open_whole(page, f"/filings/{filing.id}")
        expect(page.locator(".notice-line")).to_contain_text(reason)
        assert page.evaluate("document.documentElement.scrollHeight") <= 1.5 * 768


def test_a_directive_leaves_the_form_in_the_first_screen(site: Served) -> None:
    world = site.world
    long = "请抓紧对接重点线索，逐条写明进展、责任人和完成时间，下周一前报我。" * 4
    content = DirectiveContent(DirectiveKind.INSTRUCTION, long, world.departments["经发办"])
    for due in (None, today() + timedelta(days=14)):
        asked = replace(content, due_on=due)
        write_directive(DirectiveTarget((world.measures[0],)), asked, by=world.users["leader"])
    with site.signed_in("filer") as page:
        for width, height in ((1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            open_whole(page, f"/filings/{world.filing(1).id}")
            expect(page.locator("#filing-directives summary").first).to_contain_text("还有")
            box = page.locator("#progress").bounding_box()
            assert box is not None
            assert box["y"] + 24 <= height, width
        page.get_by_text("展开查看、回复").click()
        reply = page.get_by_label("办理回复").first
        reply.fill("写到一半")
        kept: str = page.evaluate("localStorage.getItem(Object.keys(localStorage)[0])")
        (key,) = kept_replies(page)
        wait_until(page, lambda: kept_replies(page) == [])
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, kept.replace("一半", "大半")])
        page.reload()
        expect(reply).to_have_value("写到大半")
        expect(reply).to_be_visible()  # what comes back is not left folded


def open_whole(page: Page, address: str) -> None:
    """Open a filing, and wait until all that it asks for by itself has taken its place."""
    page.goto(address)
    expect(page.locator("#filing-directives")).to_be_attached()
    expect(page.locator("#attachments")).to_be_attached()


def test_a_reply_is_saved_while_it_is_written_and_goes_out_through_the_head(site: Served) -> None:
    world = site.world
    content = DirectiveContent(DirectiveKind.INSTRUCTION, "请抓紧。", world.departments["经发办"])
    directive = write_directive(DirectiveTarget((world.measures[0],)), content, by=world.users["leader"])

    def stored() -> str:
        return draft_of(directive, world.departments["经发办"]).text

    with site.signed_in("filer") as page:
        page.goto(f"/filings/{world.filing(1).id}")
        page.get_by_text("展开查看、回复").click()
        page.get_by_label("办理回复").fill("已经约谈两家企业，")
        page.get_by_label("办理回复").blur()
        wait_until(page, lambda: stored() == "已经约谈两家企业，")
        expect(page.locator("[data-saved-reply]")).to_contain_text("已保存")
        page.context.set_offline(True)
        page.get_by_label("办理回复").fill("已经约谈两家企业，本周走访。")
        page.get_by_label("办理回复").blur()
        expect(page.locator("#filing-directives [data-unsaved=offline]")).to_be_visible()
        assert len(kept_replies(page)) == 1
        page.context.set_offline(False)
        page.evaluate("window.dispatchEvent(new Event('online'))")
        wait_until(page, lambda: stored() == "已经约谈两家企业，本周走访。")
        wait_until(page, lambda: kept_replies(page) == [])
        page.get_by_label("办理回复").fill("已经约谈两家企业，本周走访三家。")
        page.get_by_role("link", name="第 2 项").click()
        expect(page.locator("h1")).to_contain_text("2.")
        page.goto(f"/filings/{world.filing(1).id}")
        page.get_by_text("展开查看、回复").click()
        expect(page.get_by_label("办理回复")).to_have_value("已经约谈两家企业，本周走访三家。")
        page.get_by_role("button", name="提交负责人审签").click()
        expect(page.locator("#filing-directives")).to_contain_text("待部门负责人审签")
        assert kept_replies(page) == []
    with site.signed_in("head") as page:
        page.goto("/filings")
        page.locator("#next-step").click()
        page.get_by_label("办理回复").fill("已经约谈两家企业，本周走访三家企业。")
        page.get_by_role("button", name="审签并发出").click()
        expect(page.locator(".directive")).to_contain_text("审签时改了文字")


def kept_replies(page: Page) -> list[str]:
    kept: list[str] = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('reply:'))")
    return kept


def test_on_paper_a_long_text_is_whole(site: Served) -> None:
    with site.signed_in("filer") as page:
        page.goto(f"/filings/{site.world.filing(1).id}")
        page.locator("#progress").fill("\n".join(f"第{number}行。" for number in range(1, 41)))
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        expect(page.get_by_text("第40行。")).to_be_visible()
        expect(page.locator("#progress")).to_be_hidden()
        expect(page.locator(".form-actions")).to_be_hidden()
        expect(page.locator(".plan-wide")).to_be_visible()
        page.emulate_media(media="screen")
        wait_until_nothing_is_kept(page)
