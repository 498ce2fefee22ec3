"""公文检查 in a browser: a file is taken down as often as it is asked for, and the page goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served, wait_until
from tests.reports.lint.written.word_files import word_file

pytestmark = pytest.mark.browser


def test_a_file_is_taken_down_twice_and_what_was_chosen_is_checked_then(site: Served, tmp_path: Path) -> None:
    report = tmp_path / "报告.docx"
    report.write_bytes(word_file("各部门要认真按排。"))
    with site.signed_in("office") as page:
        files: list[str] = []
        page.on("download", lambda file: files.append(file.suggested_filename))
        page.goto("/lint")
        page.get_by_label("Word 文件或者文本文件").set_input_files(report)
        for button, file in (
            ("下载带修订的 Word 文件", "报告（检查）.docx"),
            ("下载改正后的文字", "报告（改正）.txt"),
        ):
            page.get_by_role("button", name=button).click()
            wait_until(page, lambda file=file: file in files)
        expect(page.locator("#busy")).to_be_empty()
        page.get_by_role("button", name="检查", exact=True).click()
        expect(page.get_by_role("heading", name="1 处需要核对，其中 1 处错误")).to_be_focused()
