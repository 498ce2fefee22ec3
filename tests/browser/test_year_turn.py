"""A year turns, by a real browser: next year's plan in January while the fourth quarter is filed, the yearly report,
the first quarter, another lead in May, and the half-year report with both leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.access.models import Account
from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at
from app.drafting.core.draft import text_of_document
from app.drafting.core.models import Document, RenderJob
from app.drafting.jobs.operations import run_job
from app.periods.models import Period
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from app.plan.core.models import Plan
from app.plan.core.queries import measures_of_plan
from tests.browser.conftest import serving
from tests.drafting.sample_documents import take_through, texts
from tests.world import PLAN_TEXT, THRESHOLDS, World, full_content

NEXT_YEAR = PLAN_TEXT.replace("2026年", "2027年").replace("走访重点企业。", "走访重点企业240家。")
FOURTH = "四季度走访企业60家，全年走访228家。"
FIRST, SECOND = "一季度走访企业66家。", "二季度走访企业71家，接续推进。"
DECEMBER, JANUARY = datetime(2026, 12, 22, 9), datetime(2027, 1, 11, 9)
MARCH, APRIL = datetime(2027, 3, 22, 9), datetime(2027, 4, 7, 9)
MAY, JULY = datetime(2027, 5, 10, 9), datetime(2027, 7, 6, 9)


@dataclass(frozen=True)
class Year:
    """The pages at any moment of the year, and its world."""

    app: Flask
    world: World
    chromium: Browser

    @contextmanager
    def page_of(self, who: str, at: datetime) -> Iterator[Page]:
        Account.update(password_set_at=at).execute()  # people have changed it in time
        with serving(self.app, self.world, self.chromium, at) as site, site.signed_in(who) as page:
            yield page


def test_unfinished_measures_are_carried_over_into_the_next_years_plan(
    app: Flask, world: World, chromium: Browser
) -> None:
    year = Year(app, world, chromium)
    with clock_stopped_at(DECEMBER):
        close_period(world.period, by=world.users["office"])
        world.period = open_period(world.plan, Quarter(2026, 4), by=world.users["office"])
        take_through(world, 1, "经发办", full_content(FOURTH, 95))
        take_through(world, 3, "城管办", full_content("旧区改造全部签约。", 100))
    with year.page_of("office", JANUARY) as page:
        bring_in_the_plan(page)
        see_both_years(page)
    with year.page_of("filer", JANUARY) as page:
        go_on_with_the_fourth_quarter(page)
    with year.page_of("office", JANUARY) as page:
        issue_the_yearly_report(page)
    report = Document.get()
    assert FOURTH in words_of(report)
    with year.page_of("office", MARCH) as page:
        open_the_first_quarter(page)
    plan = Plan.get(Plan.year == 2027)
    world.plan, world.measures = plan, measures_of_plan(plan)
    world.period = Period.get(Period.plan == plan)
    with clock_stopped_at(APRIL):
        take_through(world, 1, "经发办", full_content(FIRST, 27))
    with year.page_of("office", MAY) as page:
        change_the_lead(page, world.measures[0].id)
    with clock_stopped_at(JULY):
        world.period = open_period(plan, Quarter(2027, 2), by=world.users["office"])
        take_through(world, 1, "城管办", full_content(SECOND, 55))
    with year.page_of("office", JULY) as page:
        assemble_the_half_year(page)
    half_year = words_of(Document.select().order_by(Document.id.desc()).get())
    assert FIRST in half_year
    assert SECOND in half_year
    assert "城市管理办公室（第一季度：经济发展办公室）" in half_year
    assert words_of(Document.get_by_id(report.id)) == words_of(report)


def bring_in_the_plan(page: Page) -> None:
    """Paste next year's plan, take what last year's says, and store it."""
    page.goto("/plan/new")
    page.get_by_label("或者粘贴全文").fill(NEXT_YEAR)
    page.get_by_role("button", name="读取并核对").click()
    expect(page.get_by_role("heading", name="2 个部分，2 个专项，4 项举措")).to_be_visible()
    page.get_by_role("link", name="下一步").first.click()
    page.get_by_label("延续的举措沿用上年").check()
    page.get_by_role("button", name="保存对照，下一步").click()
    page.get_by_role("group", name="上年第 1 项").get_by_label("结转到本年第几项", exact=True).check()
    page.get_by_role("button", name="保存结转，下一步").click()
    page.get_by_role("button", name="保存分工，下一步").click()
    page.get_by_role("button", name="入库").click()
    expect(page).to_have_url(re.compile(r"/plan\?year=2027$"))


def see_both_years(page: Page) -> None:
    """The current quarter is still the fourth of last year, and the pages lead to either year."""
    page.goto("/periods")
    expect(page.get_by_role("heading", name="2026年季度设置")).to_be_visible()
    page.get_by_role("link", name="2027年").first.click()
    expect(page.get_by_role("heading", name="2027年季度设置")).to_be_visible()


def go_on_with_the_fourth_quarter(page: Page) -> None:
    page.goto("/filings")
    expect(page.get_by_text("2026年第四季度").first).to_be_visible()
    page.get_by_role("link", name="打通转化链条").first.click()
    page.get_by_label("进展情况").fill("攻坚名单全部走访。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存").first).to_be_visible()


def issue_the_yearly_report(page: Page) -> None:
    page.goto("/documents/new/yearly?year=2026")
    assemble(page, JANUARY)
    page.get_by_role("button", name="印发").click()
    page.get_by_role("dialog").get_by_role("button", name="印发").click()
    expect(page.get_by_text("正在印发").first).to_be_visible()
    run_jobs(page, JANUARY)
    expect(page.get_by_text("华街〔2027〕1号").first).to_be_visible()


def open_the_first_quarter(page: Page) -> None:
    page.goto("/periods?year=2027")
    page.get_by_role("link", name="开启").first.click()
    page.get_by_role("button", name="开启2027年第一季度的填报").click()
    expect(page.get_by_text("已开启2027年第一季度的填报")).to_be_visible()


def change_the_lead(page: Page, measure_id: int) -> None:
    """Give the first measure to another department from the first of May on, as a meeting decided."""
    page.goto(f"/measures/{measure_id}/revision")
    page.get_by_label("牵头部门").fill("城管办")
    page.get_by_label("配合部门").fill("经发办、一居")
    page.get_by_label("生效日期").fill("2027-05-01")
    page.get_by_label("理由").fill("机构职能调整。")
    page.get_by_label("依据").fill("5月8日党工委会议")
    page.get_by_role("button", name="核对改动").click()
    page.get_by_role("button", name="确认保存").click()
    expect(page.get_by_text("已保存").first).to_be_visible()


def assemble_the_half_year(page: Page) -> None:
    page.goto("/documents/new/quarterly?year=2027")
    page.get_by_label("附注").fill("联系人：王示例")
    page.get_by_label("季度", exact=True).select_option("2027年第一季度")
    expect(page.get_by_text("填报还没有截止")).to_have_count(0)
    page.get_by_label("季度", exact=True).select_option("2027年第二季度")
    expect(page.get_by_text("2027年第二季度填报截至")).to_be_visible()
    expect(page.get_by_label("附注")).to_have_value("联系人：王示例")
    page.get_by_label("时间范围").select_option("上半年")
    page.get_by_label("篇幅").select_option("详尽")
    assemble(page, JULY)


def assemble(page: Page, at: datetime) -> None:
    """Have the document made."""
    page.get_by_label("签发人").fill("周示例")
    page.get_by_role("button", name="开始汇编").click()
    expect(page).to_have_url(re.compile(r"/documents/\d+$"))
    run_jobs(page, at)


def run_jobs(page: Page, at: datetime) -> None:
    """Do what the worker would, and see it."""
    with clock_stopped_at(at):
        for job in RenderJob.select():
            run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)
    page.reload()


def words_of(document: Document) -> str:
    return "".join(texts(text_of_document(document)))
