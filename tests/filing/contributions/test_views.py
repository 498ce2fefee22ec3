"""The pages of contributions: a box for each measure, and beside the lead's filing who has written and who owes."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.filing.contributions.models import Contribution
from app.filing.contributions.rules import ContributionState
from app.filing.core.life_cycle import FilingState
from app.org.models import DepartmentGroup
from app.periods.operations import close_period
from app.plan.core.models import Assignment
from tests.clients import count_queries, log_in
from tests.filing.pages import address, brought_to, contributed, inputs, seen
from tests.world import World

LIST = "/contributions?period=2026Q3"


@pytest.mark.parametrize("place", [LIST, "/filings"])
def test_a_neighbourhood_finds_its_boxes_on_its_home_and_on_a_page(
    app: Flask, world: World, place: str
) -> None:
    page = log_in(app, world, "filer:一居").get(place)
    assert "1. 夯实招商基础 未写" in seen(page)
    assert f'action="/contributions/{world.contribution(1, "一居").id}"' in page.get_data(as_text=True)
    assert "这个季度没有需要本部门填报的举措" not in seen(page)


def test_what_cannot_be_written_any_more_is_not_asked_for(app: Flask, world: World) -> None:
    filer = log_in(app, world, "filer:一居")
    assert "写一句做了什么即可" in seen(filer.get("/filings"))
    brought_to(FilingState.ACCEPTED, world)
    Contribution.delete().where(Contribution.measure != world.measures[0]).execute()
    page = seen(filer.get("/filings"))
    assert "写一句做了什么即可" not in page
    assert "1. 夯实招商基础 未写 牵头 经发办 牵头部门的填报已采用，不用再写。" in page


def test_a_box_hands_its_text_to_the_lead(app: Flask, world: World) -> None:
    browser, one = log_in(app, world, "filer:一居"), world.contribution(1, "一居")
    sent = {
        "text": "配合走访5家。",
        "mark": inputs(browser.get(LIST))["mark"],
        "step": "hand-in",
        "period": "2026Q3",
    }
    answer = browser.post(f"/contributions/{one.id}", data=sent)
    assert (answer.status_code, answer.location) == (303, LIST)
    assert world.contribution(1, "一居").state is ContributionState.WRITTEN
    lead = log_in(app, world, "filer").get(address(world.filing(1)))
    assert "一居 已报送 配合走访5家。" in seen(lead)
    assert 'aria-label="采纳一居的配合情况"' in lead.get_data(as_text=True)
    assert "城管办 未写" in seen(lead)


def test_handing_in_changes_the_counts_beside_the_box(app: Flask, world: World) -> None:
    browser, one = log_in(app, world, "filer:一居"), world.contribution(1, "一居")
    page = browser.get("/filings")
    assert "未写 1 项" in seen(page)
    sent = inputs(page) | {"text": "配合走访5家。", "step": "hand-in", "then": "home"}
    answer = browser.post(f"/contributions/{one.id}", data=sent, htmx=True)
    html = answer.get_data(as_text=True)
    assert '<div id="contribution-counts-2026Q3" hx-swap-oob="true">' in html
    assert "已报送 1 项。" in seen(answer)
    assert "未写 1 项" not in seen(answer)
    assert html.count('name="then" value="home"') >= 1, "the next step goes on from where the box stands"


def test_typing_is_saved_without_being_handed_in(app: Flask, world: World) -> None:
    browser, one = log_in(app, world, "filer:一居"), world.contribution(1, "一居")
    mark = inputs(browser.get(LIST))["mark"]
    answer = browser.post(f"/contributions/{one.id}", data={"text": "写了一半", "mark": mark}, htmx=True)
    assert "已保存" in seen(answer)
    assert (world.contribution(1, "一居").state, world.contribution(1, "一居").text) == (
        ContributionState.OWED,
        "写了一半",
    )
    again = {"text": "另一个窗口", "mark": mark, "step": "hand-in"}
    conflict = browser.post(f"/contributions/{one.id}", data=again, htmx=True)
    assert conflict.status_code == 409
    assert "另一个窗口" in conflict.get_data(as_text=True) and "写了一半" in seen(conflict)


def test_earlier_texts_can_be_read_again(app: Flask, world: World) -> None:
    contributed(world, 1, "一居", "第一次写的。")
    contributed(world, 1, "一居", "改写了。")
    page = seen(
        log_in(app, world, "filer:一居").get(f"/contributions/{world.contribution(1, '一居').id}/texts")
    )
    assert page.index("改写了。") < page.index("第一次写的。")


def test_nothing_to_contribute_is_one_button_for_one_several_or_all(app: Flask, world: World) -> None:
    browser, one = log_in(app, world, "filer:一居"), world.contribution(1, "一居")
    answer = browser.post("/contributions/not-needed", data={"read": one.read_value, "period": "2026Q3"})
    assert answer.location == LIST
    assert "本季无需配合 1 项" in seen(browser.get(LIST))
    assert browser.post("/contributions/not-needed", data={"period": "2026Q3"}).status_code == 422
    again = world.contribution(1, "一居")
    browser.post(f"/contributions/{one.id}/needed", data={"version": again.version, "period": "2026Q3"})
    assert world.contribution(1, "一居").is_owed


def test_a_group_stands_in_one_line_with_its_count_and_who_owes(app: Flask, world: World) -> None:
    group = DepartmentGroup.get(name="各居民区")
    Assignment.update(group=group).where(Assignment.department == world.departments["一居"]).execute()
    text = seen(log_in(app, world, "filer").get(address(world.filing(1))))
    assert "各居民区：已报送 0/1" in text
    assert "未写：一居" in text


def test_the_lead_asks_and_reminds_beside_its_filing(app: Flask, world: World) -> None:
    lead, filing = log_in(app, world, "filer"), world.filing(1)
    one = world.contribution(1, "城管办")
    answer = lead.post(f"/contributions/{one.id}/ask", data={"asked": "", "version": one.version}, htmx=True)
    assert answer.status_code == 422
    assert "请写明要补充什么。" in seen(answer)
    sent = {"asked": "请补户数。", "version": one.version}
    assert "请补充 请补户数。" in seen(lead.post(f"/contributions/{one.id}/ask", data=sent, htmx=True))
    assert "牵头部门请补充：请补户数。" in seen(log_in(app, world, "filer:城管办").get(LIST))
    answer = lead.post(f"/filings/{filing.id}/contributions/remind", data={}, htmx=True)
    assert answer.status_code == 200
    assert lead.get(address(filing)).status_code == 200


def test_what_was_taken_over_says_so_on_the_leads_page(app: Flask, world: World) -> None:
    one, lead, filing = contributed(world, 1, "城管办"), log_in(app, world, "filer"), world.filing(1)
    lead.get(address(filing))
    noted = lead.post(f"/filings/{filing.id}/contributions/{one.id}/taken", data={"version": one.version})
    assert noted.status_code == 204
    page = lead.get(address(filing))
    assert page.status_code == 200
    assert "采纳。" in seen(page)


def test_others_read_them_once_the_filing_is_accepted(app: Flask, world: World) -> None:
    contributed(world, 1, "城管办", "配合整治两次。")
    lead = brought_to(FilingState.ACCEPTED, world)
    text = seen(log_in(app, world, "filer:一居").get(address(lead)))
    assert "配合整治两次。" in text


def test_what_is_done_folds_away_and_each_role_has_its_column(app: Flask, world: World) -> None:
    Contribution.create(
        measure=world.measures[1],
        period=world.period,
        department=world.departments["城管办"],
        lead=world.departments["经发办"],
    )
    brought_to(FilingState.ACCEPTED, world)
    home = log_in(app, world, "filer:城管办").get("/filings")
    assert 'class="home-columns"' in home.text
    text = seen(home)
    assert "不能再改的（1 项） 1. 夯实招商基础" in text
    assert text.index("2. ") < text.index("不能再改的（1 项）")
    assert 'class="home-columns"' not in log_in(app, world, "filer:一居").get("/filings").text


def test_the_list_lies_below_its_entry_of_the_bar(app: Flask, world: World) -> None:
    page = log_in(app, world, "filer:城管办").get(LIST).get_data(as_text=True)
    (current,) = re.findall(r'<a [^>]*aria-current="page"[^>]*>\s*([^<\s]+)', page)
    assert current == "本季填报"


def test_the_office_waives_from_its_page(app: Flask, world: World) -> None:
    office, filing = log_in(app, world, "office"), brought_to(FilingState.SIGNED_OFF, world)
    assert "本项免报（2 个部门）" in seen(office.get(f"/review/{filing.id}"))
    sent = {"measure": filing.measure_id, "filing": filing.id}
    answer = office.post("/contributions/waive?period=2026Q3", data=sent)
    assert answer.location == f"/review/{filing.id}"
    assert {one.state for one in Contribution.select()} == {ContributionState.WAIVED}
    assert "恢复报送（2 个部门）" in seen(office.get(answer.location))
    office.post("/contributions/restore?period=2026Q3", data={})
    assert {one.state for one in Contribution.select()} == {ContributionState.OWED}


def test_the_office_waives_a_whole_quarter_where_it_reviews_it(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    contributed(world, 1, "城管办")
    assert "免报本季配合情况（1 项）…" in seen(office.get("/review"))
    page = office.get("/review").get_data(as_text=True)
    assert 'action="/contributions/waive?period=2026Q3" data-confirm-action="免报本季配合情况"' in page
    office.post("/contributions/waive?period=2026Q3")
    text = seen(office.get("/review"))
    assert "恢复报送配合情况（1 项）…" in text
    assert "免报本季配合情况" not in text
    close_period(world.period, by=world.users["office"])
    assert "恢复报送配合情况" not in seen(office.get("/review?period=2026Q3"))


@pytest.mark.parametrize("place", [LIST, "/filings"])
def test_more_contributions_take_no_more_queries(app: Flask, world: World, place: str) -> None:
    browser = log_in(app, world, "filer:一居")
    browser.get(place)
    with count_queries() as few:
        browser.get(place)
    for measure in world.measures[1:]:
        Contribution.create(
            period=world.period,
            measure=measure,
            department=world.departments["一居"],
            lead=world.departments["城管办"],
        )
    with count_queries() as many:
        assert "配合情况（4）" in seen(browser.get(place))
    assert len(many) == len(few)
