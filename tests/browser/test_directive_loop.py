"""The whole loop of a directive in a browser: from the first word to the successor in the seat."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from app.authority.roles import Role
from app.base.clock import today
from app.composition.chapters.directives import directives_chapter
from app.composition.facts import DocumentFacts
from app.composition.scope import DocumentScope
from app.directives.core.models import Directive
from app.directives.core.queries import directives_with_keys
from app.drafting.core.models import Document, DocumentFile
from app.drafting.jobs.gathering import gather_facts
from app.filing.core.life_cycle import FilingState
from app.org.models import Leader
from app.periods.calendar import CHINA
from app.periods.rules import Quarter
from tests.browser.conftest import Served
from tests.filing.pages import brought_to
from tests.issuing.issued_documents import print_now
from tests.world import THRESHOLDS, World, add_user

pytestmark = pytest.mark.browser
# Of a single one, without a heading.
SETTLED = re.compile("1件，截至[^。]{6,12}日已销号。")

TEXT = "请约谈三家重点企业。"


def working_day_in(days: int) -> str:
    return CHINA.working_day_from(today() + timedelta(days=days)).isoformat()


def seat(world: World, name: str, key: str, post: str = "党工委书记") -> Leader:
    leader = Leader.create(name=name, post=post, position=0, in_overall_charge=True)
    world.users[key] = add_user(f"leader-{key}", Role.LEADER, leader=leader)
    return leader


def open_card(page: Page, key: str) -> None:
    page.goto(f"/directives/{key}")
    expect(page.get_by_text(TEXT).first).to_be_visible()


def take_step(page: Page, title: str, button: str, **fields: str) -> None:
    """Unfold a step on the open card, fill it in and take it."""
    form = page.locator("details", has=page.get_by_text(title, exact=True)).last
    form.locator("summary").click()
    for label, value in fields.items():
        form.get_by_label(label, exact=False).fill(value)
    form.get_by_role("button", name=button, exact=True).click()


def reply(page: Page, text: str) -> None:
    page.get_by_label("办理回复").fill(text)
    page.get_by_role("button", name="以经发办名义回复").click()
    expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_text("已回复").first).to_be_visible()


def write_as_secretary(site: Served) -> str:
    measure = site.world.measures[0]
    with site.signed_in("secretary") as page:
        page.goto(f"/measures/{measure.id}/directives/new")
        main = page.locator("#main-department").input_value()
        expect(page.locator(f"[name=supports][value='{main}']")).to_be_hidden()
        page.get_by_label("内容", exact=True).fill(TEXT)
        page.get_by_role("button", name="发出").click()
        expect(page.get_by_text("批示已发出").first).to_be_visible()
    return str(Directive.get().key)


def expect_notice(site: Served, *names: str) -> None:
    for name in names:
        with site.signed_in(name) as page:
            page.goto("/notices")
            expect(page.get_by_text("林示例").or_(page.get_by_text("某街道领导")).first).to_be_visible()


def test_from_the_first_word_to_the_successor(site: Served) -> None:
    world = site.world
    secretary = seat(world, "林示例", "secretary")
    key = write_as_secretary(site)
    expect_notice(site, "leader", "office")
    with site.signed_in("secretary") as leader, site.signed_in("head") as head:
        open_card(head, key)
        expect(head.get_by_text("签收（某部门负责人）")).to_be_visible()
        take_step(
            head,
            "申请延期",
            "提交申请",
            延期理由="企业出差。",
            目前进展="已约两家。",
            延期到=working_day_in(40),
        )
        expect(head.get_by_text("延期待批")).to_be_visible()
        open_card(leader, key)
        leader.get_by_role("button", name="同意延期").click()
        expect(leader.get_by_text("原定").first).to_be_visible()
        open_card(head, key)
        reply(head, "三家都约了。")
        open_card(leader, key)
        take_step(leader, "退回重办", "退回重办", 退回理由="还差一家。", 新的期限=working_day_in(50))
        expect(leader.get_by_text("待办理").first).to_be_visible()
        open_card(head, key)
        expect(head.get_by_text("还差一家。")).to_be_visible()
        reply(head, "第三家也谈了。")
        open_card(leader, key)
        take_step(leader, "销号", "销号", 销号意见="办得好。")
        expect(leader.get_by_text("销号：办得好。").first).to_be_visible()
    quarter = Quarter(today().year, (today().month + 2) // 3)
    chapter = str([*directives_chapter(facts_of(world, quarter), quarter.last_day)])
    assert SETTLED.search(chapter)
    assert "第三家也谈了。" in chapter
    read_issued_circular(site, key)
    hand_seat_over(site, secretary)


def read_issued_circular(site: Served, key: str) -> None:
    """Let the circular of the quarter in which it was written be issued, and find in it how it ended."""
    world = site.world
    written_on = datetime.combine(world.period.quarter.first_day, time(9))
    Directive.update(created_at=written_on).where(directives_with_keys([key])).execute()
    brought_to(FilingState.ACCEPTED, world)
    circular = issue_circular(site)
    with site.signed_in("secretary") as page:
        page.goto("/search?q=第三家也谈了")
        page.get_by_role("link", name="推进情况的通报").first.click()
        expect(page).to_have_url(re.compile(f"/documents/{circular.id}$"))
        expect(page.get_by_text("已印发").first).to_be_visible()
    (text,) = {bytes(one.data).decode() for one in circular_files(circular)}
    assert SETTLED.search(text)
    assert "第三家也谈了。" in text


def issue_circular(site: Served) -> Document:
    """Let the office assemble and issue it; what the worker does is done at once."""
    with site.signed_in("office") as page:
        page.goto("/documents/new/circular")
        page.get_by_role("button", name="开始汇编").click()
        page.wait_for_url(re.compile(r"/documents/\d+$"))
        draft = print_now(Document.get())
        page.reload()
        page.get_by_role("button", name="印发").click()
        page.get_by_role("dialog").get_by_role("button", name="印发").click()
        expect(page.get_by_text("正在印发").first).to_be_visible()
        return print_now(draft)


def circular_files(circular: Document) -> list[DocumentFile]:
    return list(DocumentFile.select().where(DocumentFile.document == circular))


def facts_of(world: World, quarter: Quarter) -> DocumentFacts:
    return gather_facts(world.plan, DocumentScope(quarter), thresholds=THRESHOLDS)


def hand_seat_over(site: Served, secretary: Leader) -> None:
    """Let another sit where the secretary sat: and take the open directives over."""
    write_as_secretary(site)
    Leader.update(serves_until=today() - timedelta(days=1)).where(Leader.id == secretary.id).execute()
    follower = seat(site.world, "程示例", "follower")
    Leader.update(serves_from=today()).where(Leader.id == follower.id).execute()
    with site.signed_in("follower") as page:
        page.goto("/")
        expect(page.get_by_text("前任交办").first).to_be_visible()
        expect(page.get_by_role("link", name=TEXT).first).to_be_visible()
