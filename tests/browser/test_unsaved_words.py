"""No word typed into a block of a draft is lost: the session ended, the tab closed, another was faster."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from app.access.models import LoginSession
from app.base.clock import now
from app.base.database import database
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing.operations import BlockWording
from reports.model import Paragraph
from tests.browser.conftest import Served, wait_until
from tests.browser.test_autosave import close_unheard
from tests.drafting.drafts import (
    BETTER,
    OWN_WORDS,
    block_saying,
    drafted,
    head_of,
    texts_of,
)
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser

MINE = "走访企业32家，这是我写的。"
THEIRS = "走访企业32家，这是别人写的。"


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    """A draft whose blocks can be edited; nobody prints it."""
    with app.app_context():
        return drafted(reported)


def test_words_survive_the_session_and_the_tab_and_are_offered_at_their_block(
    draft: Document, site: Served
) -> None:
    row = block_saying(draft, OWN_WORDS)
    with site.signed_in("office") as page:
        opened = open_form(page, draft, row)
        LoginSession.update(ended_at=now()).execute()
        opened.get_by_role("textbox", name="文字").fill(MINE)
        opened.get_by_role("button", name="保存").click()
        expect(page.locator("#problem")).to_contain_text("登录已失效")
        expect(opened.get_by_role("textbox", name="文字")).to_have_value(MINE)
        again = in_a_new_tab(page, site, draft)
        line = again.locator(f"#block-{row.id}")
        expect(line).to_contain_text("没有保存的文字")
        line.get_by_role("button", name="打开取回").click()
        expect(line).to_contain_text("已取回您")
        expect(line.get_by_role("textbox", name="文字")).to_have_value(MINE)
        line.get_by_role("button", name="保存").click()
        expect(line.locator(".draft-words")).to_contain_text(MINE)
        wait_until(again, lambda: kept(again) == [])
        open_line(line)
        expect(line.get_by_role("textbox", name="文字")).to_have_value(MINE)
        expect(line).not_to_contain_text("已取回您")
        line.get_by_role("textbox", name="文字").fill("不要的文字")
        assert kept(again) != []
        line.get_by_role("link", name="不改了").click()
        expect(line.locator(".draft-words")).to_contain_text(MINE)
        assert kept(again) == []


def test_where_another_saved_meanwhile_both_texts_are_shown_and_one_is_chosen(
    app: Flask, draft: Document, site: Served
) -> None:
    row = block_saying(draft, OWN_WORDS)
    with site.signed_in("office") as page:
        open_form(page, draft, row).get_by_role("textbox", name="文字").fill(MINE)
        save_as_another(app, site.world, row, THEIRS)
        again = in_a_new_tab(page, site, draft, signs_in=False)
        line = again.locator(f"#block-{row.id}")
        open_line(line)
        expect(line.get_by_role("textbox", name="文字")).to_have_value(THEIRS)
        for words in (MINE, THEIRS):
            expect(line.locator("[data-kept-here]")).to_contain_text(words)
        line.get_by_role("button", name="用我的").click()
        expect(line.get_by_role("textbox", name="文字")).to_be_focused()
        line.get_by_role("button", name="保存").click()
        expect(line.locator(".draft-words")).to_contain_text(MINE)
        wait_until(again, lambda: kept(again) == [])


def test_a_refused_save_keeps_the_words_and_what_belongs_to_no_block_can_be_copied(
    app: Flask, draft: Document, site: Served
) -> None:
    row = block_saying(draft, OWN_WORDS)
    with site.signed_in("office") as page:
        opened = open_form(page, draft, row)
        opened.get_by_role("textbox", name="文字").fill(MINE)
        save_as_another(app, site.world, row, BETTER)
        opened.get_by_role("button", name="保存").click()
        expect(opened.get_by_text("刚刚改动过这一段")).to_be_visible()
        assert kept(page) != []
        page.evaluate(
            "key => localStorage.setItem(key.replace(/\\d+$/, '99999'), localStorage.getItem(key))",
            kept(page)[0],
        )
        again = in_a_new_tab(page, site, draft, signs_in=False)
        gone = again.locator("#draft-unsaved")
        expect(gone).to_contain_text(MINE)
        gone.get_by_role("button", name="不再保留").click()
        expect(gone).to_be_empty()
        again.get_by_role("button", name="退出").click()
        again.wait_for_url("**/login*")
        assert kept(again) == []


def test_the_filings_full_words_can_be_put_behind_what_is_written(draft: Document, site: Served) -> None:
    row = block_saying(draft, OWN_WORDS)
    with site.signed_in("office") as page:
        line = open_form(page, draft, row)
        line.get_by_text("填报原文").click()
        line.get_by_role("button", name="把下一步计划的原文").click()
        expect(line.get_by_role("textbox", name="文字")).to_have_value(f"{OWN_WORDS}\n四季度继续走访。")
        assert kept(page) != []


def test_a_page_older_than_the_draft_is_read_again_where_a_block_would_vanish_from_it(
    app: Flask, draft: Document, site: Served
) -> None:
    first, second = (block_saying(draft, words) for words in texts_of(draft)[:2])
    with site.signed_in("office") as page:
        page.goto(f"/documents/{draft.id}/edit")
        page.wait_for_load_state("networkidle")
        with app.app_context(), database.connection_context():
            editing.insert_block(first, Paragraph("别人新写的一段。"), by=site.world.users["office"])
        page.locator(f"#block-{second.id} .draft-more > summary").click()
        page.locator(f"#block-{second.id}").get_by_role("button", name="上移").click()
        expect(page.locator(".draft-line").nth(2)).to_contain_text("别人新写的一段。")
        expect(page.locator(".draft-line").nth(1)).to_have_id(f"block-{second.id}")


def kept(page: Page) -> list[str]:
    keys: list[str] = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('block:'))")
    return keys


def open_form(page: Page, draft: Document, row: DocumentBlock) -> Locator:
    page.goto(f"/documents/{draft.id}/edit")
    line = page.locator(f"#block-{row.id}")
    open_line(line)
    return line


def open_line(line: Locator) -> None:
    line.get_by_role("link", name="改写").click()
    expect(line.get_by_role("textbox", name="文字")).to_be_focused()


def in_a_new_tab(page: Page, site: Served, draft: Document, *, signs_in: bool = True) -> Page:
    """Close a tab without a chance to save, and come back to the editor in another."""
    close_unheard(page)
    again = page.context.new_page()
    again.goto(f"/documents/{draft.id}/edit")
    if signs_in:
        again.get_by_label("用户名").fill(site.world.users["office"].username)
        again.get_by_label("密码").fill(PASSWORD)
        again.get_by_role("button", name="登录").click()
        again.wait_for_url(lambda url: "/login" not in url)
        again.goto(f"/documents/{draft.id}/edit")
    return again


def save_as_another(app: Flask, world: World, row: DocumentBlock, words: str) -> None:
    with app.app_context(), database.connection_context():
        editing.rewrite_block(
            row, BlockWording(words, head_of(row)), by=world.users["office"], version=row.version
        )
