"""The scripts in a real browser: what was typed is never lost, and every answer says something a person can read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.static.script_pages import REFUSED

pytestmark = pytest.mark.browser

TYPED = "三季度新引进企业 38 家"


def click_button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("status", REFUSED)
def test_a_refusal_is_reported_and_the_text_stays(page: Page, status: int) -> None:
    page.fill("#text", TYPED)
    click_button(page, str(status))
    expect(page.locator("#problem")).to_contain_text(f"原因{status}")
    expect(page.locator("#text")).to_have_value(TYPED)


def test_an_ended_session_offers_to_log_in_elsewhere(page: Page) -> None:
    click_button(page, "401")
    expect(page.locator("#problem a")).to_have_attribute("target", "_blank")


def test_an_answer_from_a_proxy_is_put_into_our_words(page: Page) -> None:
    page.fill("#text", TYPED)
    click_button(page, "502")
    expect(page.locator("#problem")).to_contain_text("服务器没有办成这件事")
    expect(page.locator("#text")).to_have_value(TYPED)


def test_without_a_network_the_text_stays(page: Page) -> None:
    page.fill("#text", TYPED)
    page.context.set_offline(True)
    click_button(page, "200")
    expect(page.locator("#problem")).to_contain_text("已填内容还在页面上，请稍后再试。")
    expect(page.locator("#text")).to_have_value(TYPED)


def test_the_next_attempt_takes_the_problem_away(page: Page) -> None:
    click_button(page, "500")
    expect(page.locator("#problem")).to_contain_text("原因500")
    click_button(page, "200")
    expect(page.locator("#problem")).to_be_empty()


def test_mistakes_come_back_with_the_form_and_get_the_focus(page: Page) -> None:
    page.fill("#text", TYPED)
    click_button(page, "422")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#text")).to_have_value(TYPED)


def test_success_is_shown_in_a_toast(page: Page) -> None:
    click_button(page, "200")
    expect(page.locator("#toasts")).to_contain_text("已保存")


def test_htmx_sends_the_token(page: Page, posts: list[str]) -> None:
    click_button(page, "200")
    expect(page.get_by_text("办好了")).to_be_visible()
    assert posts == ["/answer/200 stage-token text"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "已写 0 字，还可写 5 字"),
        ("汉字𠀀", "已写 3 字，还可写 2 字"),
        ("一二三四五六七", "已写 7 字，超出 2 字"),
    ],
)
def test_the_counter_counts_characters(page: Page, typed: str, sentence: str) -> None:
    page.fill("#text", typed)
    expect(page.locator("#text-count")).to_have_text(sentence)


@pytest.mark.parametrize(
    ("action", "button", "sent"), [("问后再办", "退回", "text"), ("删去", "确定", "step")]
)
def test_an_action_is_done_once_it_is_confirmed(
    page: Page, posts: list[str], action: str, button: str, sent: str
) -> None:
    click_button(page, action)
    expect(page.locator("#confirm")).to_be_visible()
    page.locator("#confirm").get_by_role("button", name=button).click()
    expect(page.get_by_text("办好了")).to_be_visible()
    assert [post.split()[-1] for post in posts] == [sent]


@pytest.mark.parametrize("action", ["问后再办", "删去"])
def test_an_action_is_left_when_it_is_not_confirmed(page: Page, posts: list[str], action: str) -> None:
    click_button(page, action)
    expect(page.get_by_role("button", name="取消")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#confirm")).to_be_hidden()
    assert posts == []


def test_a_double_click_sends_once(page: Page, posts: list[str]) -> None:
    page.get_by_role("button", name="慢慢来").dblclick()
    expect(page.get_by_text("办好了")).to_be_visible()
    assert len(posts) == 1
