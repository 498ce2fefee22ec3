"""Files beside a filing, by a real browser: what is being typed stays, and nothing travels in vain."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from app.filing.attachments import queries
from app.uploads.rules import MIB
from tests.browser.conftest import Served
from tests.uploads.files import PROGRAM, pdf, picture

TYPED = "还没有保存的一句话。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desktop with good files, a disguised one, and one that is too large."""
    desktop = tmp_path / "桌面"
    desktop.mkdir()
    contents = {"记录.pdf": pdf(), "现场.png": picture(), "假.pdf": PROGRAM, "大.pdf": bytes(20 * MIB + 1)}
    for name, content in contents.items():
        (desktop / name).write_bytes(content)
    return desktop


def choose(page: Page, *files: Path) -> None:
    page.get_by_label("选择文件").set_input_files(files)


def test_files_come_and_go_while_a_text_is_being_written(site: Served, folder: Path) -> None:
    with site.signed_in("filer") as page:
        page.goto(f"/filings/{site.world.filing(1).id}")
        section = page.locator("#attachments")
        page.get_by_label("进展情况").fill(TYPED)

        choose(page, folder / "大.pdf")
        assert "“大.pdf”超过每个文件的上限" in page.get_by_label("选择文件").evaluate(
            "e => e.validationMessage"
        )
        choose(page, folder / "记录.pdf", folder / "假.pdf")
        expect(section.get_by_role("alert")).to_contain_text("“假.pdf”：内容与扩展名不符")
        choose(page, folder / "记录.pdf", folder / "现场.png")
        expect(section.get_by_role("link", name="现场.png")).to_be_visible()

        with page.expect_download() as taken:
            section.get_by_role("link", name="记录.pdf").click()
        assert taken.value.suggested_filename == "记录.pdf"
        assert taken.value.path().read_bytes() == pdf()

        page.get_by_role("button", name="移除现场.png").click()
        page.get_by_role("dialog").get_by_role("button", name="移除").click()
        expect(section.get_by_role("link", name="现场.png")).to_have_count(0)
        expect(page.get_by_label("进展情况")).to_have_value(TYPED)
    assert [file.name for file in queries.attachments_of(site.world.filing(1))] == ["记录.pdf"]


def test_what_is_handed_in_waits_for_the_files_that_were_chosen(site: Served, folder: Path) -> None:
    filing = site.world.filing(1)
    with site.signed_in("filer") as page:
        page.goto(f"/filings/{filing.id}")
        page.get_by_label("进展情况").fill("走访企业57家，形成线索12条。")
        page.get_by_label("完成率").fill("76")
        page.get_by_label("正常推进").check()
        page.get_by_label("能够完成", exact=True).check()
        page.route(f"**/filings/{filing.id}/attachments", slowly)
        choose(page, folder / "记录.pdf")
        page.get_by_role("button", name="提交").click()
        expect(page.locator("h1")).to_contain_text("2.")
    assert [file.name for file in queries.attachments_of(filing)] == ["记录.pdf"]
    assert site.world.filing(1).is_handed_in


def test_files_chosen_while_others_travel_follow_them(site: Served, folder: Path) -> None:
    filing = site.world.filing(1)
    with site.signed_in("filer") as page:
        page.goto(f"/filings/{filing.id}")
        page.route(f"**/filings/{filing.id}/attachments", slowly)
        choose(page, folder / "记录.pdf")
        choose(page, folder / "现场.png")
        expect(page.locator("#attachments").get_by_role("link", name="现场.png")).to_be_visible()
    assert [file.name for file in queries.attachments_of(filing)] == ["记录.pdf", "现场.png"]


def slowly(route: Route) -> None:
    if route.request.method == "POST":
        route.request.frame.page.wait_for_timeout(800)
    route.continue_()
