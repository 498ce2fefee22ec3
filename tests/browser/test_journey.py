"""The main job, by a real browser: file, sign off, accept, report, read, instruct, answer."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from app.audit.queries import verify_chain
from app.drafting.core.models import DocumentFile
from app.filing.core.life_cycle import FilingState
from app.printing.rules import FileFormat
from tests.browser.conftest import MAKING_MS, Served

WORDS = "三季度走访企业57家，形成线索21条，其中重点线索9条。"
INSTRUCTION = "请经发办抓紧对接重点线索，十月底前报结果。"


def test_from_the_filers_words_to_the_leaders_instruction_and_its_answer(
    served: Served, tmp_path: Path
) -> None:
    with served.signed_in("filer") as page:
        page.goto("/")
        file_the_quarter(page)
    with served.signed_in("head") as page:
        page.goto("/")
        page.get_by_role("link", name="夯实招商基础").first.click()
        page.locator("#sign-off").get_by_role("button", name="审签").click()
        expect(page.get_by_text("第 1 项已审签").first).to_be_visible()
    with served.signed_in("office") as page:
        page.goto("/")
        accept(page)
        assert WORDS in words_of(build_and_issue(page, tmp_path))
    with served.signed_in("leader") as page:
        page.goto("/")
        read_and_instruct(page)
    with served.signed_in("head") as page:
        answer(page)
    filing = served.world.filing(1)
    assert filing.state is FilingState.ACCEPTED
    assert sorted(file.format for file in DocumentFile.select()) == sorted(FileFormat)
    assert verify_chain() is None


def file_the_quarter(page: Page) -> None:
    """Fill the first measure by its labels, save it, and hand it in."""
    page.get_by_role("link", name="夯实招商基础").first.click()
    expect(page.get_by_text("落实招商机制，拓展线索来源。").first).to_be_visible()
    page.get_by_label("进展情况").fill(WORDS)
    page.get_by_label("完成率").fill("76")
    page.get_by_label("正常推进").check()
    page.get_by_label("能够完成", exact=True).check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存").first).to_be_visible()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("第 1 项已提交").first).to_be_visible()


def accept(page: Page) -> None:
    """Find the waiting filing in the matrix and accept it."""
    page.get_by_role("link", name="审核", exact=True).click()
    page.get_by_role("link", name="夯实招商基础").first.click()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.get_by_role("button", name="采用").first.click()
    expect(page.get_by_text("本季度没有待采用的填报了").first).to_be_visible()


def build_and_issue(page: Page, folder: Path) -> Path:
    """Have the worker make the report, issue it under the next number, and download it."""
    page.get_by_role("link", name="公文", exact=True).click()
    page.get_by_role("link", name="新建公文").click()
    page.get_by_role("link", name="推进情况报告", exact=True).click()
    page.get_by_label("主送机关").fill("示例区人民政府")
    page.get_by_label("签发人").fill("周示例")
    page.get_by_label("发文机关", exact=True).fill("示例街道办事处")
    page.get_by_label("发文机关代字").fill("示街")
    page.get_by_role("button", name="开始汇编").click()
    expect(page.get_by_text("示街〔2026〕1号")).to_be_visible(timeout=MAKING_MS)
    page.get_by_role("button", name="印发").click()
    page.get_by_role("dialog").get_by_role("button", name="印发").click()
    expect(page.get_by_text("已印发").first).to_be_visible(timeout=MAKING_MS)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 PDF", exact=True).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.endswith("第三季度推进情况的报告.pdf")
    return file


def words_of(file: Path) -> str:
    """Return the text of a PDF without the breaks of its lines."""
    document = pypdfium2.PdfDocument(file)
    try:
        return "".join("".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def read_and_instruct(page: Page) -> None:
    """Find the measure on the map, and write an instruction on it."""
    page.get_by_role("link", name="总览", exact=True).click()
    page.get_by_role("link", name="夯实招商基础").first.click()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.get_by_role("heading", name="大事记").scroll_into_view_if_needed()
    expect(page.get_by_role("link", name="第三季度推进情况的报告").first).to_be_visible()
    page.get_by_label("写批示", exact=True).fill(INSTRUCTION)
    page.get_by_role("button", name="发出").click()
    expect(page.get_by_text("批示已发出").first).to_be_visible()
    expect(page.get_by_text(INSTRUCTION).first).to_be_visible()


def answer(page: Page) -> None:
    """Be told by the home that there is an instruction, and answer it."""
    page.goto("/filings")
    page.get_by_role("link", name="回复批示").click()
    expect(page.get_by_text(INSTRUCTION).first).to_be_visible()
    page.get_by_label("办理回复").fill("已对接重点线索9条，签约3条。")
    page.get_by_role("button", name="名义回复").click()
    expect(page.get_by_text("签约3条").first).to_be_visible()
