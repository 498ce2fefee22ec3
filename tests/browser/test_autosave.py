"""No word is lost: without a network, with the tab closed, after the session ended, when two people write at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from app.access.models import LoginSession
from app.audit.queries import events_of_subject
from app.base.clock import now
from app.filing.core import operations
from app.filing.core.models import Filing
from tests.browser.conftest import Served, wait_until, wait_until_nothing_is_kept
from tests.world import PASSWORD, THRESHOLDS, full_content

pytestmark = pytest.mark.browser

KEPT_HERE = "未保存到服务器，已留在本机"


def test_what_is_typed_is_saved_by_itself_and_quietly(site: Served) -> None:
    with site.signed_in("filer") as page:
        open_filing(page, site)
        page.locator("#progress").focus()
        page.keyboard.type("走访企业57家。")
        expect(page.locator("#filing-saved")).to_contain_text("已保存")
        expect(page.locator("#status")).to_contain_text("已保存")
        expect(page.locator("#toasts")).to_be_empty()
        expect(page.locator("#progress")).to_be_focused()
        wait_until_nothing_is_kept(page)
        assert site.world.filing(1).progress == "走访企业57家。"
        saves = len(events_of_subject(site.world.filing(1)))
        page.keyboard.press("Tab")
        page.wait_for_timeout(300)
        assert (
            len(events_of_subject(site.world.filing(1))) == saves
        )  # leaving the field had nothing left to save
        page.get_by_label("完成率").fill("七成")
        page.get_by_label("正常推进").focus()
        expect(page.locator("#filing-saved")).to_contain_text("“完成率”没有保存：“七成”不是整数")
        page.get_by_label("完成率").fill("70")
        page.get_by_role("link", name="第 2 项").click()
        expect(page.locator("h1")).to_contain_text("2.")
        wait_until(page, lambda: site.world.filing(1).percent == 70)  # no page waits for a beacon's answer


def test_keystrokes_during_a_slow_save_are_saved_after_it(site: Served) -> None:
    with site.signed_in("filer") as page:
        address = open_filing(page, site)
        page.route(f"**{address}", slowly)
        page.locator("#progress").focus()
        page.keyboard.type("甲")
        page.evaluate("document.activeElement.dispatchEvent(new Event('change', { bubbles: true }))")
        page.keyboard.type("乙丙")
        page.get_by_role("button", name="保存").click()
        page.locator("#progress").focus()
        page.keyboard.type("丁")
        expect(page.locator("#toasts")).to_contain_text("已保存")
        wait_until_nothing_is_kept(page)
        expect(page.locator("#progress")).to_have_value("甲乙丙丁")
        expect(page.locator(".theirs")).to_have_count(0)
    assert site.world.filing(1).progress == "甲乙丙丁"


def test_words_taken_back_during_a_slow_save_are_taken_back_on_the_server_too(site: Served) -> None:
    with site.signed_in("filer") as page:
        address = open_filing(page, site)
        page.locator("#progress").fill("甲")
        page.locator("#problems").focus()
        wait_until_nothing_is_kept(page)
        page.route(f"**{address}", slowly)
        with page.expect_request(lambda request: request.method == "POST"):
            page.locator("#progress").fill("甲乙")
            page.locator("#problems").focus()
        page.locator("#progress").fill("甲")
        wait_until_nothing_is_kept(page)
        expect(page.locator("#filing-saved")).to_contain_text("已保存")
    assert site.world.filing(1).progress == "甲"


def test_a_network_that_comes_back_is_used_at_once(site: Served) -> None:
    with site.signed_in("filer") as page:
        open_filing(page, site)
        page.context.set_offline(True)
        page.locator("#progress").fill("断网时写的。")
        page.locator("#problems").focus()
        expect(page.locator("#filing-unsaved")).to_contain_text(KEPT_HERE, use_inner_text=True)
        page.context.set_offline(False)
        expect(page.locator("#filing-saved")).to_contain_text("已保存")
        expect(page.locator("#filing-unsaved")).not_to_contain_text(KEPT_HERE, use_inner_text=True)
        wait_until_nothing_is_kept(page)
    assert site.world.filing(1).progress == "断网时写的。"


def test_words_typed_without_a_network_survive_the_tab(site: Served) -> None:
    with site.signed_in("filer") as page:
        address = open_filing(page, site)
        page.context.set_offline(True)
        page.locator("#progress").fill("断网时写的一句。")
        page.locator("#problems").focus()
        expect(page.locator("#filing-unsaved")).to_contain_text(KEPT_HERE, use_inner_text=True)
        expect(page.locator("#problem")).to_be_empty()
        page.locator("#problems").fill("还有这一句。")
        close_unheard(page)
        page.context.set_offline(False)
        again = page.context.new_page()
        again.goto(address)
        expect(again.locator("#filing-kept")).to_contain_text("已取回您")
        expect(again.locator("#progress")).to_have_value("断网时写的一句。")
        expect(again.locator("#filing-saved")).to_contain_text("已保存")
        wait_until_nothing_is_kept(again)
        again.reload()
        expect(again.locator("#filing-kept")).to_be_empty()
    stored = site.world.filing(1)
    assert (stored.progress, stored.problems) == ("断网时写的一句。", "还有这一句。")


@pytest.mark.parametrize(
    ("choice", "text"), [("用我的", "我断网时写的。"), ("用服务器上的", "别人后来写的。")]
)
def test_where_the_server_is_newer_the_person_chooses(site: Served, choice: str, text: str) -> None:
    with site.signed_in("filer") as page:
        address = open_filing(page, site)
        page.context.set_offline(True)
        page.locator("#progress").fill("我断网时写的。")
        page.locator("#problems").fill(full_content("").problems)
        close_unheard(page)
        save_as_the_head(site, "别人后来写的。")
        page.context.set_offline(False)
        again = page.context.new_page()
        again.goto(address)
        offer = again.locator("#filing-kept")
        expect(offer).to_contain_text("我断网时写的。")
        expect(offer).to_contain_text("别人后来写的。")
        expect(offer.locator("h3")).to_have_text(["进展情况"])  # both wrote the same of the problems
        expect(again.locator("#progress")).to_have_value("别人后来写的。")
        again.get_by_role("button", name=choice).press("Enter")
        expect(again.locator("#progress")).to_have_value(text)
        wait_until_nothing_is_kept(again)
        expect(offer).to_be_empty()
    assert site.world.filing(1).progress == text


def test_what_can_no_longer_be_saved_is_shown_to_be_copied(site: Served) -> None:
    with site.signed_in("filer") as page:
        address = open_filing(page, site)
        page.context.set_offline(True)
        page.locator("#progress").fill("没来得及保存的一句。")
        close_unheard(page)
        filing = save_as_the_head(site, "负责人提交的文字。")
        operations.submit_filing(filing, by=site.world.users["head"], version=filing.version)
        page.context.set_offline(False)
        again = page.context.new_page()
        again.goto(address)
        expect(again.locator("#filing-kept")).to_contain_text("没来得及保存的一句。")
        again.reload()
        expect(again.locator("#filing-kept")).to_contain_text("没来得及保存的一句。")
        again.get_by_role("button", name="不再保留").click()
        expect(again.locator("#filing-kept")).to_be_empty()
        wait_until_nothing_is_kept(again)
    assert site.world.filing(1).progress == "负责人提交的文字。"


def test_after_the_session_ended_a_log_in_beside_it_saves_every_word(site: Served) -> None:
    with site.signed_in("filer") as page:
        open_filing(page, site)
        page.wait_for_load_state("networkidle")
        LoginSession.update(ended_at=now()).execute()
        page.locator("#progress").fill("登录失效以后写的。")
        page.locator("#problems").focus()
        expect(page.locator("#filing-unsaved")).to_contain_text("登录已失效", use_inner_text=True)
        expect(page.locator("#problem")).to_be_empty()
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="在新窗口登录").click()
        door = opened.value
        door.get_by_label("用户名").fill(site.world.users["filer"].username)
        door.get_by_label("密码").fill(PASSWORD)
        door.get_by_role("button", name="登录").click()
        door.wait_for_url(lambda url: "/login" not in url)
        page.bring_to_front()
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(page.locator("#filing-saved")).to_contain_text("已保存")
        expect(page.locator("#filing-unsaved")).to_have_text("", use_inner_text=True)
        wait_until_nothing_is_kept(page)
    assert site.world.filing(1).progress == "登录失效以后写的。"


def test_two_people_at_once_keep_what_each_wrote_and_choose_where_both_did(site: Served) -> None:
    with site.signed_in("filer") as mine, site.signed_in("head") as theirs:
        address = open_filing(mine, site)
        theirs.goto(address)
        theirs.locator("#progress").fill("负责人写的。")
        theirs.locator("#next_steps").fill("负责人的下一步。")
        theirs.locator("#problems").focus()
        expect(theirs.locator("#filing-saved")).to_contain_text("已保存")
        wait_until_nothing_is_kept(theirs)
        mine.route(f"**{address}", slowly)
        mine.locator("#progress").focus()
        mine.keyboard.type("填报员写的")
        mine.evaluate("document.activeElement.dispatchEvent(new Event('change', { bubbles: true }))")
        mine.keyboard.type("。")
        both = mine.locator("#theirs-progress")
        expect(both).to_contain_text("某部门负责人也改了这一项")
        expect(both).to_contain_text("负责人写的。")
        expect(mine.locator("#progress")).to_be_focused()
        expect(mine.locator("#next_steps")).to_have_value("负责人的下一步。")  # brought, not taken back
        expect(mine.locator("#filing-saved")).to_contain_text("请选用一份")
        mine.keyboard.type("又一句。")
        mine.locator("#problems").fill("没有问题。")
        mine.locator("#percent").fill("七成")
        mine.locator("#percent").press("Tab")
        expect(mine.locator("#percent-error")).to_contain_text("“七成”不是整数")
        expect(mine.locator("#percent")).to_have_attribute("aria-invalid", "true")
        wait_until(mine, lambda: site.world.filing(1).problems == "没有问题。")
        stored = site.world.filing(1)
        assert (stored.progress, stored.next_steps) == ("负责人写的。", "负责人的下一步。")
        choose_one_text_each(mine, theirs)
    stored = site.world.filing(1)
    assert (stored.progress, stored.percent) == ("填报员写的。又一句。", 70)


def choose_one_text_each(mine: Page, theirs: Page) -> None:
    """Take the own text in the first window, then the stored one in the second."""
    mine.get_by_role("button", name="用这个：我写的进展情况").press("Enter")
    expect(mine.locator("#progress")).to_be_focused()
    mine.locator("#percent").fill("70")
    mine.locator("#percent").press("Tab")
    expect(mine.locator("#percent-error")).to_be_empty()
    expect(mine.locator("#theirs-progress")).to_be_empty()
    wait_until_nothing_is_kept(mine)
    theirs.locator("#progress").fill("负责人再写的。")
    theirs.locator("#percent").focus()
    expect(theirs.locator("#theirs-progress")).to_contain_text("填报员写的。又一句。")
    theirs.get_by_role("button", name="用这个：已保存的进展情况").click()
    expect(theirs.locator("#progress")).to_have_value("填报员写的。又一句。")
    expect(theirs.locator("#percent")).to_have_value("70")
    wait_until_nothing_is_kept(theirs)


def test_logging_out_saves_first_and_leaves_nothing_behind(site: Served) -> None:
    with site.signed_in("filer") as page:
        open_filing(page, site)
        page.evaluate("localStorage.setItem('filing:999:1', JSON.stringify({ at: Date.now() }))")
        page.evaluate("localStorage.setItem('filing:999:2', JSON.stringify({ at: 0 }))")
        page.locator("#progress").fill("最后一句。")
        page.get_by_role("button", name="退出").click()
        page.wait_for_url("**/login*")
        kept = page.evaluate("Object.keys(localStorage)")
        assert kept == ["filing:999:1"]  # somebody else's; what is older than seven days is gone
    assert site.world.filing(1).progress == "最后一句。"


def test_who_would_log_out_with_words_that_cannot_be_saved_is_asked(site: Served) -> None:
    with site.signed_in("filer") as page:
        open_filing(page, site)
        page.locator("#progress").fill("最后一句。")
        page.get_by_label("完成率").fill("七成")
        page.get_by_role("button", name="退出").click()
        expect(page.locator("#filing-saved")).to_contain_text("“完成率”没有保存：“七成”不是整数")
        if not page.get_by_role(
            "dialog"
        ).is_visible():  # the press came before the refusal: the next one asks
            page.get_by_role("button", name="退出").click()
        expect(page.get_by_role("dialog")).to_contain_text("确定退出？")
        page.get_by_role("dialog").get_by_role("button", name="取消").click()
        page.get_by_label("完成率").fill("70")
        page.get_by_role("button", name="退出").click()
        page.wait_for_url("**/login*")
        page.wait_for_load_state("networkidle")
    stored = site.world.filing(1)
    assert (stored.progress, stored.percent) == ("最后一句。", 70)


def open_filing(page: Page, site: Served) -> str:
    """Open the first filing of 经发办 and return its address."""
    address = f"/filings/{site.world.filing(1).id}"
    page.goto(address)
    return address


def slowly(route: Route) -> None:
    """Let a save take as long as on a bad line."""
    if route.request.method == "POST":
        route.request.frame.page.wait_for_timeout(400)
    route.continue_()


def close_unheard(page: Page) -> None:
    """Close a tab whose last words reach nobody: Chromium sends a beacon even where Playwright has it offline."""
    page.evaluate("navigator.sendBeacon = () => false")
    page.wait_for_timeout(500)  # a tab hands its storage on to the next one after a moment
    page.close()


def save_as_the_head(site: Served, progress: str) -> Filing:
    filing = site.world.filing(1)
    operations.save_filing(
        filing,
        full_content(progress),
        by=site.world.users["head"],
        version=filing.version,
        thresholds=THRESHOLDS,
    )
    return filing
