"""What a browser asks before the organisation is changed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served

pytestmark = pytest.mark.browser


def test_the_question_names_the_department_that_goes_on_with_the_work(site: Served) -> None:
    ending = site.world.departments["经发办"]
    with site.signed_in("system_admin") as page:
        page.goto(f"/admin/organisation/departments/{ending.id}/end")
        page.get_by_label("由哪个部门接手").select_option(label="城市管理办公室")
        page.get_by_role("button", name="保存").click()
        question = "以上工作一并移交给城市管理办公室。经济发展办公室以后不再出现在名单里。"
        expect(page.locator("#confirm-question")).to_have_text(question)
