"""Each role's own home."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.access.models import Grant
from app.authority.actor import SAMPLE_LOADER
from app.composition.chapters.risks import measures_to_correct
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope
from app.drafting.core.models import Document
from app.drafting.jobs.gathering import gather_facts
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast
from app.filing.core.models import Filing
from app.issuing.announcements import tell_readers
from app.org.models import Leader
from app.overview.home import ADMINISTRATION_COMMANDS
from app.overview.queries import overview_of_quarter
from app.periods.models import Period
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.core.models import Plan, PlanItem
from tests.clients import count_queries, log_in
from tests.directives.writing import make_overdue, replied_directive, written_directive
from tests.filing.pages import brought_to, seen
from tests.overview.growth import grow, issue, set_due
from tests.world import THRESHOLDS, World, full_content, open_at_once


@pytest.mark.parametrize("who", ["filer", "head"])
def test_a_department_comes_to_its_task_list(app: Flask, world: World, who: str) -> None:
    answer = log_in(app, world, who).get("/")
    assert (answer.status_code, answer.location) == (303, "/filings")


def test_the_office_sees_who_has_filed_and_who_has_not_by_name(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, measure=1)
    brought_to(FilingState.SIGNED_OFF, world, measure=2)
    shown = seen(log_in(app, world, "office").get("/"))
    assert "已采用 1 / 4，占 25%" in shown
    assert "去审核，1 份待采用" in shown
    assert "经济发展办公室 2/2（100%） 1/2（50%）" in shown
    assert f"城市管理办公室 0/2（0%） 0/2（0%） {world.measures[2].title} 未报" in shown
    assert "未写 1 项" in shown[shown.index("第一居民区") :]


def test_the_office_reads_what_needs_attention_before_its_tables(app: Flask, world: World) -> None:
    """Who owes nothing is folded, and counted."""
    for measure in (1, 2):
        brought_to(FilingState.ACCEPTED, world, measure)
    page = log_in(app, world, "office").get("/").text
    attention, filed = page.index('id="concerns"'), page.index("<h2>各部门报送情况")
    owing, folded = page.index('aria-label="未报齐的部门"'), page.index("<summary>没有未报送举措的部门")
    assert attention < filed < owing < page.index(">城市管理办公室<", owing) < folded
    assert folded < page.index(">经济发展办公室<", owing)


def in_trouble(world: World, measure: int = 1, **changes: Any) -> Filing:
    """Return an accepted filing far behind, whose department has made its light yellow."""
    content = replace(
        full_content(percent=45),
        light=Light.YELLOW,
        light_reason="合同已签。",
        problems="设备到货延迟，影响工期。",
        forecast=Forecast.DIFFICULT,
    )
    return brought_to(FilingState.ACCEPTED, world, measure, content=replace(content, **changes))


def test_the_office_comes_from_a_department_to_the_directives_that_it_owes(app: Flask, world: World) -> None:
    owed, other = written_directive(world, "城管办"), written_directive(world)
    browser = log_in(app, world, "office")
    address = f"/directives?department={world.departments['城管办'].id}&state=open"
    assert f'<a href="{address.replace("&", "&amp;")}">' in browser.get("/").text
    shown = browser.get(address).text
    assert (owed.number_words in shown, other.number_words in shown) == (True, False)


def test_a_leader_reads_the_quarter_in_one_sentence(app: Flask, world: World) -> None:
    in_trouble(world)
    set_due(world, days_ago=30)
    shown = seen(log_in(app, world, "leader").get("/?scope=all"))
    assert (
        "截至9月30日（序时75%），4项中已采用1项：黄灯1（其中1项由部门调整）；预计年底有困难1；"
        "逾期未报3项（2个部门）；我的批示：待销号0、在办0、逾期0。" in shown
    )


def test_what_needs_attention_stands_in_order_with_its_reason_and_a_way_to_write(
    app: Flask, world: World
) -> None:
    in_trouble(world)
    in_trouble(world, 2, light=None, light_reason="", forecast=Forecast.CANNOT_FINISH, percent=10)
    brought_to(FilingState.ACCEPTED, world, 3, department="城管办")
    set_due(world, days_ago=30)
    written_directive(world)
    page = log_in(app, world, "leader").get("/?scope=all")
    shown = seen(page)
    first, second, third = (
        shown.index(f"{number}. {world.measures[number - 1].title}") for number in (2, 4, 1)
    )
    assert first < second < third
    assert f"3. {world.measures[2].title}" not in shown
    unspaced_title = shown.replace(" ", "")
    for words in ("经发办：设备到货延迟", "黄灯（部门调整，按序时为红灯；补报）", "落后30个百分点"):
        assert words in unspaced_title
    assert "批示 1 件" in shown
    for measure in (1, 2, 4):
        assert f'href="/measures/{world.measures[measure - 1].id}/directives/new"' in page.text
    assert "先列红灯或者预计不能完成的，再列逾期未报的" in shown


def test_the_home_lists_what_the_supervision_circular_lists(app: Flask, world: World) -> None:
    """Screen and 通报 follow one rule, and give the same measures."""
    in_trouble(world)
    brought_to(FilingState.ACCEPTED, world, 2)
    overview = overview_of_quarter(Period.get_by_id(world.period.id), THRESHOLDS)
    listed = {cell.measure.title for cell in overview.all_cells if cell.needs_attention}
    facts = gather_facts(world.plan, DocumentScope(world.period.quarter), thresholds=THRESHOLDS)
    assert listed == {measure.title for measure, _ in measures_to_correct(facts)} == {world.measures[0].title}


def test_four_figures_lead_to_the_measures_that_they_count(app: Flask, world: World) -> None:
    open_period(world.plan, Quarter(2026, 2), by=SAMPLE_LOADER)
    in_trouble(world)
    page = log_in(app, world, "leader").get("/?scope=all&period=2026Q3")
    assert "落后 1 比上季度多 1 项 年底难完成 1 比上季度多 1 项 未报 3 比上季度少 1 项" in seen(page)
    assert 'href="/overview?period=2026Q3&amp;light=red&amp;light=yellow"' in page.text
    assert 'href="/overview?period=2026Q3&amp;forecast=cannot&amp;forecast=difficult"' in page.text
    assert 'href="/overview?period=2026Q3&amp;standing=unreported&amp;standing=overdue"' in page.text
    assert 'href="/directives?state=unsettled"' in page.text


def test_the_scope_stands_in_the_address(app: Flask, world: World) -> None:
    """A leader in charge of some measures begins with these; 全部 is a click away."""
    leader = log_in(app, world, "leader")
    assert "2项中已采用0项" in seen(leader.get("/"))
    assert "2项中已采用0项" in seen(leader.get("/?scope=mine"))
    assert "4项中已采用0项" in seen(leader.get("/?scope=all"))
    assert 'href="/?period=2026Q3&amp;scope=all"' in leader.get("/").text
    answer = leader.get("/?scope=ours")
    assert (answer.status_code, "没有“ours”这个范围" in seen(answer)) == (422, True)


def test_who_answers_for_the_whole_plan_begins_with_all_of_it(app: Flask, world: World) -> None:
    Leader.update(in_overall_charge=True).execute()
    leader = log_in(app, world, "leader")
    assert "4项中已采用0项" in seen(leader.get("/"))
    assert "2项中已采用0项" in seen(leader.get("/?scope=mine"))


def test_the_day_a_quarter_opens_the_one_before_stays_and_leads_to_it(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    set_due(world, days_ago=30)
    open_at_once(world.plan, Quarter(2026, 4))
    for who, place in (("leader", "/"), ("office", "/"), ("leader", "/overview")):
        page = log_in(app, world, who).get(place)
        assert "第四季度填报中，已采用 0/4" in seen(page), (who, place)
        assert f'href="{place}?period=2026Q4"' in page.text, (who, place)
        assert "9月30日" in seen(page), (who, place)


def test_quarters_of_two_years_that_are_filed_at_once_each_have_their_year(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    set_due(world, days_ago=30)
    open_at_once(world.plan, Quarter(2026, 4))
    following = Plan.create(title="2027", year=2027, issuer="", source_text="", source_sha256="2027")
    open_at_once(following, Quarter(2027, 1))
    page = seen(log_in(app, world, "leader").get("/"))
    assert "第四季度填报中，已采用 0/4；2027年第一季度填报中，已采用 0/0" in page


def test_a_leader_sees_open_and_answered_directives_and_new_documents(app: Flask, world: World) -> None:
    replied_directive(world, measure=1, text="已办好。")
    make_overdue(written_directive(world, "城管办", measure=3))
    issue(world.period)
    shown = seen(log_in(app, world, "leader").get("/"))
    assert "待我处理 看回复：第 1 项，请抓紧办理" in shown
    assert "已回复" in shown
    assert "已逾期待办理" in shown.replace(" ", "")
    assert "2026年第三季度推进情况报告" in shown


def test_a_leader_finds_the_reading_sheets_laid_before_him_and_what_he_has_not_opened(
    app: Flask, world: World
) -> None:
    issue(world.period)
    sheet = Document.get()
    sheet.kind, sheet.leader, sheet.title, sheet.number = (
        DocumentKind.READING_SHEET,
        world.leader,
        "呈批单",
        None,
    )
    sheet.save()
    tell_readers(sheet)
    leader = log_in(app, world, "leader")
    shown = seen(leader.get("/"))
    assert "呈我审阅的呈批单 呈批单" in shown
    assert "未读" in shown
    assert "未读" in seen(leader.get("/documents"))
    leader.get(f"/documents/{sheet.id}")
    shown = seen(leader.get("/"))
    assert ("呈批单" in shown, "未读" in shown, "None" in shown) == (True, False, False)


@pytest.mark.parametrize("who", ["office", "leader"])
def test_before_any_quarter_is_open_the_home_says_so(app: Flask, world: World, who: str) -> None:
    world.period.delete_instance(recursive=True)
    page = log_in(app, world, who).get("/")
    assert "还没有开启任何季度的填报" in seen(page)
    assert ('href="/plan/new"' in page.get_data(as_text=True)) is (who == "office")


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_an_administrator_sees_the_commands_and_nothing_of_the_business(
    app: Flask, world: World, who: str
) -> None:
    shown = seen(log_in(app, world, who).get("/"))
    assert "管理员不接触业务数据" in shown
    assert "flask" in shown
    assert world.measures[0].title not in shown


def test_the_commands_named_to_administrators_exist(app: Flask) -> None:
    for commands in ADMINISTRATION_COMMANDS.values():
        for words, _purpose in commands:
            found: Any = app.cli
            for name in words.split()[1:]:
                found = found.commands[name]


def test_an_account_without_grants_reads_whom_to_ask(app: Flask, world: World) -> None:
    Grant.delete().where(Grant.account == world.users["auditor"].account_id).execute()
    assert "请联系安全管理员" in seen(log_in(app, world, "auditor").get("/"))


@pytest.mark.parametrize("who", ["office", "leader"])
def test_a_larger_sub_district_takes_no_more_queries(app: Flask, world: World, who: str) -> None:
    written_directive(world)
    PlanItem.update(leader=world.leader).execute()
    browser = log_in(app, world, who)
    with count_queries() as few:
        browser.get("/")
    grow(world)
    with count_queries() as many:
        browser.get("/")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("who", "address"), [("office", "/"), ("leader", "/"), ("office", "/review"), ("leader", "/overview")]
)
def test_a_last_day_is_named_as_included(app: Flask, world: World, who: str, address: str) -> None:
    assert "日截止（含当日），" in seen(log_in(app, world, who).get(address))


def test_of_many_directives_the_home_lists_ten_and_says_how_many_there_are(app: Flask, world: World) -> None:
    for number in range(12):
        written_directive(world, text=f"请办理第{number}件。")
    shown = seen(log_in(app, world, "leader").get("/"))
    assert shown.count("请办理第") == 10
    assert "这里列出 10 件，共 12 件。" in shown
