"""The office reviews by keyboard, and gives several filings back, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.models import Filing
from tests.browser.conftest import Served
from tests.browser.steps import Steps
from tests.filing.pages import brought_to


@pytest.fixture
def waiting(site: Served) -> list[Filing]:
    """Three filings that wait for the office, in the order of the matrix."""
    own = [brought_to(FilingState.SIGNED_OFF, site.world, number) for number in (1, 2)]
    return [*own, brought_to(FilingState.SIGNED_OFF, site.world, 3, "城管办")]


def stands_at(page: Page, filing: Filing) -> None:
    """Wait for the page of a filing: its address comes before its keys work."""
    expect(page).to_have_url(re.compile(rf"/review/{filing.id}$"))
    page.wait_for_load_state()


def type_with_alt(page: Page, letter: str) -> None:
    """Press Alt and a letter as a keyboard does: Playwright's own press leaves out what the bare key would type,
    by which Chromium finds the access key.
    """
    keys = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "unmodifiedText": letter}
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        session.send(
            "Input.dispatchKeyEvent", {"type": kind, "windowsVirtualKeyCode": ord(letter.upper()), **keys}
        )


def test_keys_lead_to_the_next_and_back_and_accept(site: Served, waiting: list[Filing]) -> None:
    first, second, third = waiting
    with site.signed_in("office") as page:
        page.goto(f"/review/{first.id}")
        for part in ("计划原文", "本季度填报", "佐证材料", "办理过程"):
            expect(page.get_by_role("heading", name=part)).to_be_visible()
        page.get_by_text("当时的文字和改动").first.click()
        expect(page.locator("#history .unfolded").first).to_contain_text("已走访企业32家")
        type_with_alt(page, "n")
        stands_at(page, second)
        type_with_alt(page, "n")
        stands_at(page, third)
        type_with_alt(page, "p")
        stands_at(page, second)
        type_with_alt(page, "a")
        stands_at(page, third)
        expect(page.get_by_text("还有 2 份待采用").first).to_be_visible()
    assert site.world.filing(2).state is FilingState.ACCEPTED


def test_ticked_filings_go_back_for_one_reason_and_one_for_its_own(
    site: Served, waiting: list[Filing]
) -> None:
    """What is ticked stays so while something else is shown, and the buttons count it."""
    with site.signed_in("office") as page:
        page.goto("/review")
        page.get_by_label("勾选经发办对第 1 项的填报").check()
        expect(page.get_by_role("button", name="采用所选 1 项")).to_be_visible()
        page.get_by_label("部门").select_option(label="城管办")
        expect(page.locator("#ticked-elsewhere")).to_contain_text("另有 1 项已勾选")
        page.get_by_label("勾选城管办对第 3 项的填报").check()
        page.get_by_role("button", name="退回所选 2 项…").click()
        expect(page.get_by_role("heading", name="退回 2 份填报")).to_be_visible()
        page.get_by_text("给这一份另写理由").nth(1).click()
        page.get_by_label("城管办第 3 项的理由或需要补充的内容").fill("请补照片。")
        page.get_by_role("group", name="怎样退回城管办第 3 项").get_by_label("仅请补充").check()
        page.get_by_role("button", name="退回 2 项").click()
        expect(page.locator(".error-summary")).to_contain_text("退回须写明理由")
        page.get_by_label("同一个理由").fill("请写明数字。")
        page.get_by_role("button", name="退回 2 项").click()
        expect(page.get_by_text("已退回 2 份填报").first).to_be_visible()
    returned = [site.world.filing(1), site.world.filing(3, "城管办")]
    assert [filing.return_kind for filing in returned] == [ReturnKind.CORRECT, ReturnKind.SUPPLEMENT]
    assert [filing.returned_reason for filing in returned] == ["请写明数字。", "请补照片。"]
    assert site.world.filing(2).state is FilingState.SIGNED_OFF


def test_the_ticked_are_accepted_after_a_question(
    site: Served, waiting: list[Filing], capsys: pytest.CaptureFixture[str]
) -> None:
    with site.signed_in("office") as page:
        page.goto("/")
        steps = Steps(page)
        steps.click(page.get_by_role("link", name="审核", exact=True))
        steps.click(page.get_by_role("link", name="勾选全部待采用"))
        expect(page.get_by_label("勾选经发办对第 1 项的填报")).to_be_checked()
        steps.click(page.get_by_role("button", name="采用所选 3 项"))
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("采用所选的 3 项？")
        steps.click(dialog.get_by_role("button", name="采用"))
        expect(page.get_by_text("已采用 3 份填报").first).to_be_visible()
    steps.print_counted("office: all that waits is accepted", capsys)
    assert steps.actions <= 4
    assert {Filing.get_by_id(filing.id).state for filing in waiting} == {FilingState.ACCEPTED}


def test_the_head_unfolds_what_changed(site: Served) -> None:
    brought_to(FilingState.SUBMITTED, site.world)
    with site.signed_in("head") as page:
        page.goto("/filings")
        page.get_by_text("第 1 项与以前的不同").click()
        expect(page.get_by_text("没有以前的内容可以对照")).to_be_visible()
