"""A log-in that ended while somebody wrote: log in elsewhere, click again, and nothing is lost."""

from __future__ import annotations

from playwright.sync_api import expect

from app.access.models import LoginSession
from app.base.clock import now
from app.directives.core.models import Directive
from tests.browser.conftest import Served
from tests.world import PASSWORD

WORDS = "请经发办十月底前报结果。"


def test_what_was_written_is_sent_after_a_new_login_in_another_window(site: Served) -> None:
    measure = site.world.measures[0]
    with site.signed_in("leader") as page:
        page.goto(f"/measures/{measure.id}/directives/new")
        page.get_by_label("内容", exact=True).fill(WORDS)
        LoginSession.update(ended_at=now()).execute()
        page.get_by_role("button", name="发出").click()
        expect(page.get_by_text("登录已失效").first).to_be_visible()
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="在新窗口登录").click()
        other = opened.value
        other.get_by_label("用户名").fill(site.world.users["leader"].username)
        other.get_by_label("密码").fill(PASSWORD)
        other.get_by_role("button", name="登录").click()
        other.wait_for_url(lambda url: "/login" not in url)
        page.get_by_role("button", name="发出").click()
        expect(page.get_by_text("请再按一次按钮").first).to_be_visible()
        page.get_by_role("button", name="发出").click()
        expect(page.get_by_text("批示已发出").first).to_be_visible()
    assert [directive.text for directive in Directive.select()] == [WORDS]
