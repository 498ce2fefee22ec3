"""A department's list: what there is to do, in which order, and how far it is."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import now, today
from app.directives.replies.operations import reply_to_directive
from app.filing.contributions.models import Contribution
from app.filing.core.content import FilingContent
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.core.operations import save_filing
from app.filing.review.filing_creation import prepare_filings
from app.periods.calendar import CHINA
from app.periods.models import Period
from app.periods.operations import close_period
from app.periods.rules import Quarter
from app.plan.core.models import Assignment, PlanItem
from app.plan.core.rules import AssignmentRole, ItemKind
from tests.clients import Browser, count_queries, log_in
from tests.directives.writing import written_directive
from tests.filing.pages import brought_to, seen
from tests.world import THRESHOLDS, World, full_content, open_at_once


def test_the_list_goes_on_from_what_is_to_be_done_to_what_waits(app: Flask, world: World) -> None:
    brought_to(FilingState.SUBMITTED, world)
    due = CHINA.working_day_after(today(), 2)
    Period.update(opens_on=today(), department_due=due, office_due=due, leader_due=due).execute()
    page = seen(log_in(app, world, "filer").get("/filings"))
    assert "2026年第三季度填报 还有 1 项未提交；最近的截止是" in page
    assert f"{due.month}月{due.day}日（含当日），还有 2 个工作日。 填写第 2 项" in page
    assert "1/2 已提交" in page
    assert "0/2 完成" in page
    places = ["未填写（1）", "2. 打通转化链条", "已提交，等待办理（1）", "1. 夯实招商基础 一、优化营商环境"]
    assert sorted(places, key=page.index) == places
    assert "绿灯 76% 待审签" in page
    assert "未填写" in page
    assert "推进旧区改造" not in page


def test_what_was_emptied_again_reads_as_the_list_it_stands_in(app: Flask, world: World) -> None:
    filing, filer = world.filing(1), world.users["filer"]
    save_filing(filing, full_content("写了一半。"), by=filer, version=1, thresholds=THRESHOLDS)
    save_filing(filing, FilingContent(), by=filer, version=2, thresholds=THRESHOLDS)
    page = seen(log_in(app, world, "filer").get("/filings"))
    assert "未填写（2）" in page
    assert page.count("未填写") == 3, "the heading and both rows"
    assert "草稿" not in page


def test_what_supports_others_stands_apart(app: Flask, world: World) -> None:
    page = seen(log_in(app, world, "filer:城管办").get("/filings"))
    assert page.index("3. 推进旧区改造") < page.index("配合情况（1）") < page.index("1. 夯实招商基础")


def test_what_was_begun_comes_after_what_was_not_and_what_is_accepted_is_folded(
    app: Flask, world: World
) -> None:
    begun = world.filing(1)
    save_filing(begun, full_content("写了一半。"), by=world.users["filer"], version=1, thresholds=THRESHOLDS)
    filer = log_in(app, world, "filer")
    page = seen(filer.get("/filings"))
    places = ["未填写（1）", "2. 打通转化链条", "已填写，未提交（1）", "1. 夯实招商基础"]
    assert sorted(places, key=page.index) == places
    brought_to(FilingState.ACCEPTED, world, measure=2)
    answer = filer.get("/filings")
    assert "接着填第 1 项" in seen(answer)
    folded = answer.get_data(as_text=True).partition("<details")[2].partition("</details>")[0]
    assert "已采用（1 项）" in folded
    assert "打通转化链条" in folded


def test_what_is_late_says_so_in_its_row(app: Flask, world: World) -> None:
    late = today() - timedelta(days=7)
    Period.update(opens_on=late, department_due=late, office_due=today(), leader_due=today()).execute()
    brought_to(FilingState.SUBMITTED, world)
    page = seen(log_in(app, world, "filer").get("/filings"))
    assert page.count("已逾期 未填写") == 1
    assert "（含当日），已逾期" in page


def test_the_one_button_leads_to_what_is_first(app: Flask, world: World) -> None:
    first, second = world.filing(1), world.filing(2)
    filer, head = log_in(app, world, "filer"), log_in(app, world, "head")
    assert next_step_of(filer) == ("填写第 1 项", f"/filings/{first.id}")
    brought_to(FilingState.RETURNED, world, measure=2)
    assert next_step_of(filer) == ("修改退回的第 2 项", f"/filings/{second.id}")
    brought_to(FilingState.SUBMITTED, world, measure=1)
    assert next_step_of(head) == ("待我审签（1 项）", f"/filings/{first.id}")


def test_a_directive_to_be_answered_comes_before_what_is_not_begun(app: Flask, world: World) -> None:
    due = CHINA.working_day_from(today())
    directive = written_directive(world, measure=2, due_on=due)
    filer = log_in(app, world, "filer")
    page = seen(filer.get("/filings"))
    assert f"还有 2 项未提交；批示 1 件待回复，{due.month}月{due.day}日前；" in page
    assert page.index("批示待回复（1）") < page.index("第 2 项（打通转化链条）") < page.index("未填写（2）")
    assert "批示 1 件待回复已逾期 未填写" in page, "the row of its measure bears the mark"
    assert next_step_of(filer) == ("回复批示", f"/directives/{directive.key}")
    assert "待回复" not in seen(log_in(app, world, "filer:城管办").get("/filings"))
    reply_to_directive(
        directive,
        "已办结。",
        department=world.departments["经发办"],
        by=world.users["head"],
        version=directive.version,
    )
    assert "待回复" not in seen(filer.get("/filings"))


def next_step_of(browser: Browser) -> tuple[str, str]:
    page = browser.get("/filings").get_data(as_text=True)
    found = re.search(r'id="next-step" href="([^"]*)">([^<]*)<', page)
    assert found
    return found[2].strip(), found[1]


def test_what_came_back_stands_first_with_its_reason(app: Flask, world: World) -> None:
    brought_to(FilingState.RETURNED, world, measure=2)
    page = seen(log_in(app, world, "filer").get("/filings"))
    assert page.index("退回修改、补充（1）") < page.index("2. 打通转化链条") < page.index("1. 夯实招商基础")
    assert "已退回：请补充数字。" in page
    assert page.count("打通转化链条") == 1


def test_a_head_finds_what_waits_for_the_signature_on_top(app: Flask, world: World) -> None:
    brought_to(FilingState.SUBMITTED, world, measure=2)
    page = seen(log_in(app, world, "head").get("/filings"))
    assert page.index("待我审签（1）") < page.index("2. 打通转化链条") < page.index("1. 夯实招商基础")
    assert "待我审签" not in seen(log_in(app, world, "filer").get("/filings"))


def test_before_any_quarter_is_open_the_list_says_so(app: Flask, world: World) -> None:
    Filing.delete().execute()
    Contribution.delete().execute()
    Period.delete().execute()
    answer = log_in(app, world, "filer").get("/filings")
    assert answer.status_code == 200
    assert "填报尚未开始" in seen(answer)


def test_a_department_without_measures_is_shown_a_sentence(app: Flask, world: World) -> None:
    Contribution.delete().execute()
    page = seen(log_in(app, world, "filer:一居").get("/filings"))
    assert "这个季度没有需要本部门填报的举措" in page


def test_older_quarters_are_a_link_away(app: Flask, world: World) -> None:
    close_period(world.period, by=SAMPLE_LOADER)
    open_at_once(world.plan, Quarter(2026, 4))
    browser = log_in(app, world, "filer")
    assert "2026年第四季度填报" in seen(browser.get("/filings"))
    older = browser.get("/filings?period=2026Q3")
    assert "2026年第三季度填报" in seen(older)
    assert "填报已关闭，内容只供查看。" in seen(older)


def test_a_quarter_that_is_none_is_refused_in_words(app: Flask, world: World) -> None:
    answer = log_in(app, world, "filer").get("/filings?period=第三季度")
    assert answer.status_code == 422
    assert "不认识季度“第三季度”" in seen(answer)


def test_the_number_of_queries_does_not_grow_with_the_list(app: Flask, world: World) -> None:
    browser = log_in(app, world, "head")
    for measure in (1, 2):
        brought_to(FilingState.SUBMITTED, world, measure)
    browser.get("/filings")
    written_directive(world)
    with count_queries() as few:
        browser.get("/filings")
    enlarge(world, by=30)
    for _ in range(5):
        written_directive(world, measure=2)
    with count_queries() as many:
        page = browser.get("/filings")
    assert "待我审签（32）" in seen(page)
    assert len(many) == len(few)


def enlarge(world: World, *, by: int) -> None:
    """Give the plan more measures under its first section, all led and handed in by the first department."""
    last = PlanItem.select().order_by(PlanItem.sequence.desc()).get()
    for number in range(1, by + 1):
        measure = PlanItem.create(
            plan=world.plan,
            parent=world.measures[0].parent_id,
            kind=ItemKind.MEASURE,
            number=str(number),
            position=len(world.measures) + number,
            sequence=last.sequence + number,
            title=f"举措{number}",
        )
        Assignment.create(item=measure, department=world.departments["经发办"], role=AssignmentRole.LEAD)
    prepare_filings(world.period)
    new = PlanItem.sequence > last.sequence
    measures = PlanItem.select(PlanItem.id).where(new)
    Filing.update(state=FilingState.SUBMITTED, submitted_at=now(), progress="已办。").where(
        Filing.measure.in_(measures)
    ).execute()
