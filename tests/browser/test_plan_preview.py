"""A plan is corrected by the keyboard alone, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from app.plan.core.queries import measures_of_plan, plan_of_year
from app.plan.preview.models import ImportDraft
from tests.browser.conftest import Served
from tests.plan.preview.import_drafts import TEXT, block_words, read_draft, start_of

MOST_TABS = 60


def focused(page: Page) -> str:
    """Return what the element with the focus is called."""
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))


def tab_to_text(page: Page) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "preview-role":
            return
    raise AssertionError("Tab does not lead to the text")


def go_down_to(page: Page, words: str) -> None:
    for _ in range(len(TEXT.split("\n"))):
        if words in focused(page):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no block {words}")


def type_key(page: Page, key: str, outcome: str) -> None:
    """Press a key, and wait until the server has done what it asks for."""
    page.keyboard.press(key)
    expect(page.locator("#preview-bar [role=status]")).to_contain_text(outcome)
    expect(page.locator("#preview-text :focus")).to_have_count(1)


def fresh(draft: ImportDraft) -> ImportDraft:
    found: ImportDraft = ImportDraft.get_by_id(draft.id)
    return found


def test_a_plan_is_corrected_by_keyboard_alone(site: Served) -> None:
    draft = read_draft(site.world)
    with site.signed_in("office") as page:
        page.goto(f"/plan/new/{draft.id}")
        page.keyboard.press("t")  # no block has the focus
        tab_to_text(page)
        go_down_to(page, "2.打通转化链条")
        type_key(page, "j", "“2.打通转化链条。”并入上一段")
        assert focused(page) == "正文：落实招商机制，走访重点企……"
        type_key(page, "z", "撤销")
        go_down_to(page, "2.打通转化链条")
        type_key(page, "0", "改为正文")
        type_key(page, "[", "升一级")
        go_down_to(page, "建立攻坚名单")
        page.keyboard.press("ArrowRight")
        expect(page.locator("[data-chosen]")).to_contain_text("切在“联系园区企业")
        type_key(page, "x", "切开")
        assert focused(page) == "正文：联系园区企业。"
        type_key(page, "j", "并入上一段")
        go_down_to(page, "三、保障措施")
        type_key(page, "t", "“三、保障措施”改为填报或不填报")
        expect(page.locator("#outline-title")).to_contain_text("4 项举措")
        page.keyboard.press("a")
        type_key(page, "]", "降一级")
        type_key(page, "z", "撤销")
        assert [
            level for level, words in block_words(fresh(draft)) if words.startswith(("一、", "三、"))
        ] == [1, 1]
        assert fresh(draft).block_row[14].start == start_of(fresh(draft), "三、")


def test_a_plan_is_assigned_and_stored_by_keyboard_alone(site: Served) -> None:
    draft = read_draft(site.world)
    with site.signed_in("office") as page:
        page.goto(f"/plan/new/{draft.id}/duties")
        page.locator("[name^=lead-all]").first.focus()
        page.keyboard.type("经发办")
        page.keyboard.press("Enter")
        page.wait_for_url("**/confirm")
        page.get_by_role("button", name="入库").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/plan*")
    plan = plan_of_year(2027)
    assert plan is not None
    assert len(measures_of_plan(plan)) == 5
