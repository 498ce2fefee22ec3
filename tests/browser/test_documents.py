"""From accepted filings to an issued document in a real browser: assembled, edited by two, previewed, issued."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import MAKING_MS, Served
from tests.browser.test_journey import words_of
from tests.world import World

NEW_PAGES, NEW_PAGE_1 = re.compile(r"/pages/\d+\.png\?v=4$"), re.compile(r"/pages/1\.png\?v=4$")
SIZES = "pictures => pictures.map(one => `${one.offsetWidth} × ${one.offsetHeight}`)"
FIRST = "已走访企业32家，形成线索12条。"
BETTER = "走访企业32家，形成有效线索12条。"
THEIRS = "走访企业32家，形成线索12条，其中重点线索3条。"
SECOND = "旧区改造已签约81户。"
SIGNED = "旧区改造累计签约81户。"


def test_two_edit_a_draft_see_its_pages_and_one_issues_it(
    reported: World, served: Served, tmp_path: Path
) -> None:
    with served.signed_in("office") as page, served.signed_in("office") as other:
        editor = assemble(page)
        expect(page.get_by_alt_text("第 1 页")).to_be_visible(timeout=MAKING_MS)
        see_the_annex_on_a_narrow_page(other, editor)
        other.goto(editor)
        opened = open_form(other, FIRST)
        rewrite(page, FIRST, BETTER)
        held: list[Route] = []
        page.route(NEW_PAGES, lambda route: held.append(route))
        rewrite(page, SECOND, SIGNED)
        see_the_new_pages(page, held)
        follow_the_pages_and_back(page)
        merge(opened)
        take_back_what_was_dropped(page)
        file = issue(page, tmp_path)
        begin_no_correction_without_a_reason(page)
    words = words_of(file)
    assert THEIRS in words
    assert SIGNED in words
    assert FIRST not in words


def assemble(page: Page) -> str:
    """Have a report assembled and go to its editor; return its address."""
    page.goto("/documents/new/quarterly")
    page.get_by_label("主送机关").fill("示例区人民政府")
    page.get_by_label("签发人").fill("周示例")
    page.get_by_label("篇幅").select_option("详尽")
    page.get_by_role("button", name="开始汇编").click()
    page.get_by_role("link", name="编辑正文").click(timeout=MAKING_MS)
    expect(page.get_by_role("heading", name="编辑公文")).to_be_visible()
    return page.url


def see_the_annex_on_a_narrow_page(page: Page, editor: str) -> None:
    """The table scrolls in its frame, not the page; its columns are as wide while a cell is written in as before."""
    page.goto(f"{editor.rpartition('/')[0]}/annex")
    size, cells = page.viewport_size, page.locator(".annex-cells tbody tr").first.locator("td")
    assert size
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size(size)
    widths = "cells => cells.map(one => one.offsetWidth)"
    before = cells.evaluate_all(widths)
    cells.last.get_by_role("link", name="改").click()
    expect(cells.last.get_by_role("textbox")).to_be_visible()
    assert cells.evaluate_all(widths) == before


def block(page: Page, words: str) -> Locator:
    """Return the block of the progress chapter that says these words."""
    return page.locator(".draft-line", has_text=words).first


def open_form(page: Page, words: str) -> Locator:
    """Open the form of a block by the keyboard; return the block, which keeps its place."""
    line = block(page, words)
    number = line.get_attribute("id")
    line.get_by_role("link", name="改写").focus()
    page.keyboard.press("Enter")
    opened = page.locator(f"#{number}")
    expect(opened.get_by_role("textbox", name="文字")).to_have_value(words)
    return opened


def rewrite(page: Page, words: str, better: str) -> None:
    """Have a block say something else; the focus returns to it and the page says that it is saved."""
    opened = open_form(page, words)
    opened.get_by_role("textbox", name="文字").fill(better)
    opened.get_by_role("button", name="保存").click()
    expect(opened.locator(".draft-words")).to_contain_text(better)
    expect(opened).to_be_focused()
    expect(page.locator("#status")).to_contain_text("已保存")


def see_the_new_pages(page: Page, held: list[Route]) -> None:
    """Wait until the pages are those of the edited draft; the old ones stay in sight until their pictures are there,
    and those out of sight are asked for after the others.

    held: where the new pictures wait.
    """
    expect(page.get_by_text("版面预览，共")).to_be_visible(timeout=MAKING_MS)
    picture = page.get_by_alt_text("第 1 页")
    expect(picture).to_have_css("background-image", re.compile(r"/pages/1\.png\?v=[23]"), timeout=MAKING_MS)
    expect(page.locator(".draft-page img:not([src])")).not_to_have_count(0)
    sizes = page.locator(".draft-page img").evaluate_all(SIZES)
    assert len(set(sizes)) == 1, sizes  # no page moves when the pictures above it are there
    page.route(NEW_PAGES, lambda route: route.continue_())  # none is left behind
    while held:
        held.pop().continue_()
    expect(picture).to_have_attribute("src", NEW_PAGE_1)
    expect(picture).to_have_css("background-image", "none")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500


def follow_the_pages_and_back(page: Page) -> None:
    """Look at a block and see where it is printed; click on a page and be at the block that is printed there."""
    line = block(page, BETTER)
    line.locator(".draft-words").click()
    place = page.locator((line.get_attribute("id") or "").replace("block-", "#place-"))
    expect(place).to_have_class(re.compile("draft-place-current"))
    expect(place).to_be_in_viewport()
    line.get_by_text("更多", exact=True).click()
    line.get_by_role("link", name="版面").click()
    expect(page).to_have_url(re.compile(r"/edit"))
    back = page.locator(".draft-place").first
    back.locator("rect").click()
    expect(page.locator((back.get_attribute("id") or "").replace("place-", "#block-"))).to_be_focused()


def merge(opened: Locator) -> None:
    """Save a block that somebody else saved meanwhile: both texts are there, and the merged one counts."""
    opened.get_by_role("textbox", name="文字").fill(THEIRS)
    opened.get_by_role("button", name="保存").click()
    expect(opened.get_by_text("刚刚改动过这一段")).to_be_visible()
    expect(opened.locator(".theirs")).to_contain_text(BETTER)
    expect(opened.get_by_role("textbox", name="文字")).to_have_value(THEIRS)
    opened.get_by_role("button", name="保存").click()
    expect(opened.locator(".draft-words")).to_contain_text(THEIRS)


def take_back_what_was_dropped(page: Page) -> None:
    """Drop a block, restore it, and move it away and back; an open form elsewhere keeps what was typed in it."""
    elsewhere = open_form(page, SIGNED)
    elsewhere.get_by_role("textbox", name="文字").fill("还没有保存的文字")
    line = page.locator(".draft-line").nth(1)
    words = line.locator(".draft-words").inner_text()
    line.locator(".draft-more > summary").press("Enter")
    line.get_by_role("button", name="删去").click()
    expect(line.get_by_text("已删去", exact=True)).to_be_visible()
    line.get_by_role("button", name="恢复", exact=True).click()
    block(page, words).locator(".draft-more > summary").click()
    for way, place in (("上移", 0), ("下移", 1)):
        block(page, words).get_by_role("button", name=way).click()
        expect(page.locator(".draft-line").nth(place).locator(".draft-words")).to_have_text(words)
        expect(block(page, words).get_by_role("button", name=way)).to_be_focused()
    page.keyboard.press("Escape")
    expect(block(page, words).locator(".draft-more > summary")).to_be_focused()
    expect(block(page, words).get_by_role("button", name="上移")).to_be_hidden()
    expect(elsewhere.get_by_role("textbox", name="文字")).to_have_value("还没有保存的文字")
    elsewhere.get_by_role("link", name="不改了").click()
    expect(elsewhere.locator(".draft-words")).to_contain_text(SIGNED)


def issue(page: Page, folder: Path) -> Path:
    """Go through what is to be checked, say why a figure is the office's own, issue the document, and download it."""
    page.get_by_role("link", name="核对并印发").click()
    expect(page.get_by_role("heading", name="印发前核对")).to_be_visible(timeout=MAKING_MS)
    page.get_by_role("link", name="写明理由").click()
    page.get_by_role("textbox", name="理由").fill("部门来电补充，填报随后改。")
    page.get_by_role("button", name="保存理由").click()
    page.get_by_role("link", name="核对并印发").click()
    expect(page.get_by_text("已写明理由")).to_be_visible(timeout=MAKING_MS)
    page.get_by_label("段部门没有看到，仍按现在的文字印发").check()
    page.get_by_role("button", name="印发").click()
    page.get_by_role("dialog").get_by_role("button", name="印发").click()
    expect(page.get_by_text("已印发").first).to_be_visible(timeout=MAKING_MS)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 PDF").first.click()
    file = folder / "issued.pdf"
    download.value.save_as(file)
    return file


def begin_no_correction_without_a_reason(page: Page) -> None:
    """Press the button with nothing typed: what is missing is said before anything is asked."""
    page.get_by_role("link", name="更正").click()
    page.get_by_role("button", name="开始更正").click()
    expect(page.get_by_role("link", name="更正说明：请写明更正了什么")).to_be_visible()
    page.get_by_role("textbox", name="更正说明").fill("走访企业数有误。")
    page.get_by_role("button", name="开始更正").click()
    expect(page.get_by_role("dialog").get_by_text("现在开始更正吗？")).to_be_visible()


def test_what_is_typed_while_another_quarter_is_fetched_stays(reported: World, served: Served) -> None:
    def slowly(route: Route) -> None:
        page.wait_for_timeout(800)
        route.continue_()

    with served.signed_in("office") as page:
        page.goto("/documents/new/quarterly")
        page.route("**/quarter?*", slowly)
        form = page.locator("#new-document").element_handle()
        page.get_by_label("时间范围").select_option("前三季度")
        page.get_by_label("签发人").fill("周示例")
        page.get_by_label("篇幅").select_option("详尽")
        page.wait_for_function("(form) => !form.isConnected", arg=form)
        expect(page.get_by_label("签发人")).to_have_value("周示例")
        expect(page.get_by_label("篇幅").locator("option:checked")).to_have_text("详尽")


def test_what_the_lint_finds_moves_no_line_that_is_being_looked_at(reported: World, served: Served) -> None:
    with served.signed_in("office") as page:
        assemble(page)
        rewrite(page, FIRST, "已走访企业,形成线索。")
        held: list[Route] = []
        page.route("**/findings", lambda route: held.append(route))
        page.reload()
        while not held:
            page.wait_for_timeout(50)
        lines, below = page.locator(".draft-lines"), block(page, SECOND)
        below.hover()
        began, stood, scrolled = top_of(lines), top_of(below), page.evaluate("scrollY")
        held[0].continue_()
        expect(block(page, "已走访企业,形成线索。")).to_contain_text("全角标点")
        assert abs(top_of(below) - stood) < 1
        assert abs(top_of(lines) + page.evaluate("scrollY") - began - scrolled) < 1


def top_of(element: Locator) -> float:
    """Return where an element begins in the window."""
    place = element.bounding_box()
    assert place
    return place["y"]
