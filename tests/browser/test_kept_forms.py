"""Forms with words: no network, a log-in that ended, the server restarted, a slow line. What was typed is not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from peewee import Field
from playwright.sync_api import Browser, Locator, Page, expect

from app.access.delegations import delegate_seat
from app.access.models import Account, Delegation, LoginSession
from app.base.clock import now, today
from app.directives.core.models import Directive
from app.directives.replies.queries import draft_of
from app.filing.core.life_cycle import FilingState
from app.filing.review.models import ForecastAssessment, ReturnPhrase
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.operations import suggest_wording
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.periods.models import Period, Unlock, UnlockRequest
from app.periods.operations import close_period
from app.periods.rules import Quarter
from app.periods.unlock_requests import office_contacts, request_unlock
from tests.browser.conftest import Served, WebServer, send_log_in, wait_until
from tests.directives.writing import written_directive
from tests.filing.pages import brought_to, contributed
from tests.world import World, open_at_once

pytestmark = pytest.mark.browser

WORDS = "请写明走访了哪些企业，解决了几件事。"
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 20_000, "uploadThroughput": 20_000}
KEPT = "Object.keys(localStorage).some((key) => /^(filing|reply|contribution):/.test(key))"


@dataclass(frozen=True)
class WordForm:
    """A form that is sent by hand: who writes in it and where, its field and button, and what is stored of it.

    `unfold` is pressed first, `chosen` is the label of what else must be answered, `department` is chosen by its name:
    all are sent at once, and none may need what another one has done.
    """

    who: str
    address: str
    field: str
    button: str
    stored: Callable[[], str]
    unfold: str = ""
    chosen: str = ""
    department: str = ""


@dataclass(frozen=True)
class OpenForm:
    """A form on a page of its own, with the words in it."""

    form: WordForm
    page: Page
    area: Locator

    def send(self) -> None:
        self.page.get_by_role("button", name=self.form.button, exact=True).last.click()

    def is_refused(self, words: str) -> None:
        expect(self.page.locator("#problem"), self.form.button).to_contain_text(words)
        expect(self.area, self.form.button).to_have_value(WORDS)

    def arrives(self) -> None:
        wait_until(self.page, lambda: WORDS in self.form.stored())


def test_what_is_sent_by_hand_outlasts_network_log_in_and_server(
    world: World, web_server: WebServer, chromium: Browser
) -> None:
    forms = [*department_forms(world), *office_forms(world), *forms_of_no_filing(), *closed_forms(world)]
    served = Served(web_server.address, world, chromium)
    with ExitStack() as windows:
        with web_server.started():
            opened = [open_form(windows.enter_context(served.signed_in(one.who)), one) for one in forms]
            for one in opened:
                one.page.context.set_offline(True)
                one.send()
                one.is_refused("网络不通")
                one.page.context.set_offline(False)
            LoginSession.update(ended_at=now()).execute()
            for one in opened:
                one.send()
                one.is_refused("登录已失效")
                send_log_in(one.page.context.request, world.users[one.form.who].username)
                one.send()
                one.is_refused("请再按一次按钮")
        for one in opened:
            one.send()
            one.is_refused("网络不通")
        with web_server.started():
            for one in opened:
                go_slowly(one.page)
                one.send()
            for one in opened:
                one.arrives()


def open_form(page: Page, form: WordForm) -> OpenForm:
    page.goto(form.address)
    if form.unfold:
        page.get_by_text(form.unfold, exact=True).click()
    if form.chosen:
        page.get_by_label(form.chosen, exact=True).last.check()
    if form.department:
        page.get_by_label("部门", exact=True).select_option(form.department)
    area = page.get_by_label(form.field).locator("visible=true").last
    area.fill(WORDS)
    return OpenForm(form, page, area)


def last_of(column: Field, condition: Any = True) -> Callable[[], str]:
    """Return how to read what stands in the newest row of a table, of those that meet a condition."""
    model = column.model

    def newest() -> str:
        row = model.select().where(condition).order_by(model.id.desc()).first()
        return getattr(row, column.name) if row else ""

    return newest


def department_forms(world: World) -> Iterable[WordForm]:
    """Yield what filers, heads and leaders send of the third quarter."""
    returned, corrected = (brought_to(FilingState.SUBMITTED, world, measure).id for measure in (1, 2))
    contributed(world, 1, "城管办")
    yield WordForm(
        "head",
        f"/filings/{returned}",
        "退回理由",
        "退回",
        lambda: world.filing(1).returned_reason,
        "退回填报人修改",
    )
    yield WordForm("head", f"/filings/{corrected}", "下一步计划", "审签", lambda: world.filing(2).next_steps)
    yield WordForm(
        "filer",
        f"/filings/{returned}/contributions",
        "要补充什么",
        "发给城管办",
        lambda: world.contribution(1, "城管办").asked,
        "请城管办补充",
    )
    suggested = brought_to(FilingState.SIGNED_OFF, world, 3, "城管办")
    changes = {"progress": "已走访企业。"}
    suggest_wording(suggested, changes, note="", by=world.users["office"], version=suggested.version)
    yield WordForm(
        "filer:城管办",
        f"/filings/{suggested.id}",
        "为什么不改",
        "不改，答复办公室",
        last_of(WordingSuggestion.answer, WordingSuggestion.filing == suggested),
        "不同意",
    )
    yield WordForm(
        "leader",
        f"/measures/{world.measures[1].id}/directives/new",
        "内容",
        "发出",
        last_of(Directive.text),
    )


def office_forms(world: World) -> Iterable[WordForm]:
    """Yield what the office sends of filings, in the second quarter."""
    earlier = replace(world, period=open_at_once(world.plan, Quarter(2026, 2)))
    own = [brought_to(FilingState.SIGNED_OFF, earlier, measure).id for measure in (1, 2)]
    others = [brought_to(FilingState.SIGNED_OFF, earlier, measure, "城管办") for measure in (3, 4)]
    yield WordForm(
        "office",
        f"/review/{own[0]}?decide=correct",
        "理由或需要补充",
        "退回",
        lambda: earlier.filing(1).returned_reason,
    )
    yield WordForm(
        "office",
        f"/review/{own[1]}?decide=suggest",
        "下一步计划",
        "送部门答复",
        last_of(WordingSuggestion.after),
    )
    yield WordForm(
        "office",
        f"/review/send-back?read={others[0].read_value}",
        "同一个理由",
        "退回 1 项",
        lambda: earlier.filing(3, "城管办").returned_reason,
    )
    yield WordForm(
        "office",
        f"/review/{others[1].id}/assessment",
        "理由",
        "写下研判",
        last_of(ForecastAssessment.reason),
        "另写办公室的预计",
        "能够完成",
    )


def forms_of_no_filing() -> Iterable[WordForm]:
    """Yield what the office sends of no filing: a stored reason, a reminder."""
    yield WordForm("office", "/review/phrases", "理由", "加入", last_of(ReturnPhrase.text), "", "退回修改")
    yield WordForm(
        "office",
        "/review/remind?period=2026Q3",
        "催办内容",
        "发出催办",
        last_of(Notice.detail, Notice.kind == NoticeKind.URGED),
    )


def closed_forms(world: World) -> Iterable[WordForm]:
    """Yield what is sent of a quarter that is closed."""
    closed: Period = open_at_once(world.plan, Quarter(2026, 1))
    close_period(closed, by=world.users["office"])
    asked = request_unlock(
        closed,
        world.departments["城管办"],
        addressee=office_contacts()[0],
        until=today() + timedelta(days=3),
        reason="补报。",
        by=world.users["filer:城管办"],
    )
    yield WordForm(
        "filer", f"/periods/{closed.id}/unlock-request", "理由", "申请解锁", last_of(UnlockRequest.reason)
    )
    yield WordForm(
        "office",
        f"/periods/unlock-requests/{asked.id}",
        "不同意的理由",
        "不同意",
        lambda: UnlockRequest.get_by_id(asked.id).answer,
    )
    yield WordForm(
        "office",
        f"/periods/{closed.id}/unlock",
        "理由",
        "解锁",
        last_of(Unlock.reason),
        department="第一居民区",
    )


@dataclass(frozen=True)
class SelfSavingForm:
    """A form that saves itself, on a page of its own, and what is stored of it."""

    who: str
    area: Locator
    stored: Callable[[], str]

    @property
    def page(self) -> Page:
        return self.area.page

    def type_words(self, words: str) -> None:
        """Type, and wait until what nobody took is kept in the browser."""
        self.area.fill(words)
        self.area.blur()
        wait_until(self.page, lambda: self.page.evaluate(KEPT))

    def come_back(self, words: str) -> None:
        """Come back to the window: the words go to the server by themselves."""
        self.page.evaluate("window.dispatchEvent(new Event('focus'))")
        wait_until(self.page, lambda: self.stored() == words and not self.page.evaluate(KEPT))


def test_what_saves_itself_outlasts_log_in_and_server(
    world: World, web_server: WebServer, chromium: Browser
) -> None:
    served = Served(web_server.address, world, chromium)
    with ExitStack() as windows:
        with web_server.started():
            forms = list(self_saving_forms(served, windows))
            LoginSession.update(ended_at=now()).execute()
            for form in forms:
                form.type_words("登录失效以后写的。")
                send_log_in(form.page.context.request, world.users[form.who].username)
                form.come_back("登录失效以后写的。")
        for form in forms:
            form.type_words("服务器停着时写的。")
            assert form.stored() == "登录失效以后写的。"
        with web_server.started():
            for form in forms:
                go_slowly(form.page)
                form.come_back("服务器停着时写的。")


def self_saving_forms(served: Served, windows: ExitStack) -> Iterable[SelfSavingForm]:
    """Open a filing, a reply to a directive and a contribution."""
    world = served.world
    directive = written_directive(world, "城管办", measure=3)
    for who, address, label, stored in (
        ("filer", f"/filings/{world.filing(1).id}", "进展情况", lambda: world.filing(1).progress),
        (
            "filer:城管办",
            f"/directives/{directive.key}",
            "办理回复",
            lambda: draft_of(directive, world.departments["城管办"]).text,
        ),
        ("filer:一居", "/contributions", "的配合情况", lambda: world.contribution(1, "一居").text),
    ):
        page = windows.enter_context(served.signed_in(who))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        yield SelfSavingForm(who, page.get_by_label(label).first, stored)


def go_slowly(page: Page) -> None:
    """Let the line carry 20 kB a second."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)


def test_who_stays_on_the_page_when_asked_can_send_a_form_again(site: Served) -> None:
    head, filer = (Account.get_by_id(site.world.users[who].account_id) for who in ("head", "filer"))
    delegate_seat(head, filer, today(), today(), by=site.world.users["head"])
    with site.signed_in("head") as page:
        page.goto("/deputies")
        page.get_by_label("到", exact=True).fill(str(today()))
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("button", name="取消").click()
        wait_until(page, lambda: page.locator("form[data-sent]").count() == 0)
        assert Delegation.get().ended_at is None
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="取消").click()
        expect(page.locator("main")).not_to_contain_text("我委托的")
    assert Delegation.get().ended_at
