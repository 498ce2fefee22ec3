"""Forms with words that are sent by hand: no network, a log-in that ended, a slow line; what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from app.access.models import LoginSession
from app.base.clock import now
from app.filing.core.life_cycle import FilingState
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.operations import suggest_wording
from app.periods.models import UnlockRequest
from app.periods.operations import close_period
from tests.browser.conftest import Served, send_log_in, wait_until
from tests.filing.pages import brought_to
from tests.world import World

pytestmark = pytest.mark.browser

WORDS = "请写明走访了哪些企业，解决了几件事。"
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 20_000, "uploadThroughput": 20_000}


@dataclass(frozen=True)
class WordForm:
    """A form: who writes in it, how it is come by, its field and button, and what is stored of it."""

    who: str
    prepare: Callable[[World], str]
    field: str
    button: str
    stored: Callable[[World], str]
    unfold: str = ""


def submitted(world: World) -> str:
    return f"/filings/{brought_to(FilingState.SUBMITTED, world).id}"


def suggested(world: World) -> str:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    suggest_wording(
        filing, {"progress": "已走访企业。"}, note="", by=world.users["office"], version=filing.version
    )
    return f"/filings/{filing.id}"


def reviewed(decision: str) -> Callable[[World], str]:
    return lambda world: f"/review/{brought_to(FilingState.SIGNED_OFF, world).id}?decide={decision}"


def closed(world: World) -> str:
    close_period(world.period, by=world.users["office"])
    return f"/periods/{world.period.id}/unlock-request"


def reason_of(world: World) -> str:
    return world.filing(1).returned_reason


FORMS = {
    "return by the head": WordForm("head", submitted, "退回理由", "退回", reason_of, "退回填报人修改"),
    "corrected by the head": WordForm(
        "head", submitted, "下一步计划", "审签", lambda world: world.filing(1).next_steps
    ),
    "return by the office": WordForm("office", reviewed("correct"), "理由或需要补充", "退回", reason_of),
    "suggestion": WordForm(
        "office",
        reviewed("suggest"),
        "下一步计划",
        "送部门答复",
        lambda _: "".join(one.after for one in WordingSuggestion.select()),
    ),
    "no to a suggestion": WordForm(
        "filer",
        suggested,
        "为什么不改",
        "不改，答复办公室",
        lambda _: WordingSuggestion.get().answer,
        "不同意",
    ),
    "unlock request": WordForm(
        "filer",
        closed,
        "理由",
        "申请解锁",
        lambda _: "".join(one.reason for one in UnlockRequest.select()),
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_words_stay_without_network_and_log_in_and_are_sent_over_a_slow_line(site: Served, name: str) -> None:
    form, world = FORMS[name], site.world
    address = form.prepare(world)
    with site.signed_in(form.who) as page:
        page.goto(address)
        if form.unfold:
            page.get_by_text(form.unfold, exact=True).click()
        area = page.get_by_label(form.field).last
        area.fill(WORDS)

        def send_form() -> None:
            page.get_by_role("button", name=form.button, exact=True).last.click()

        page.context.set_offline(True)
        send_form()
        expect(page.locator("#problem")).to_contain_text("网络不通")
        expect(area).to_have_value(WORDS)
        page.context.set_offline(False)
        LoginSession.update(ended_at=now()).execute()
        send_form()
        expect(page.locator("#problem")).to_contain_text("登录已失效")
        expect(area).to_have_value(WORDS)
        send_log_in(page.context.request, world.users[form.who].username)
        send_form()
        expect(page.locator("#problem")).to_contain_text("请再按一次按钮")
        go_slowly(page)
        send_form()
        wait_until(page, lambda: form.stored(world) == WORDS)


def go_slowly(page: Page) -> None:
    """Let the line carry 20 kB a second."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
