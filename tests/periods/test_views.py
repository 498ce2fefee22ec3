"""The office's pages for opening, rescheduling and closing a quarter."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.filing.contributions.models import Contribution
from app.filing.core.models import Filing
from app.periods.due_dates import usual_due_dates
from app.periods.models import Period
from app.periods.rules import Quarter
from app.plan.core.models import Plan
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import seen
from tests.world import World

FORM = {
    "opens_on": "2026-09-21",
    "department_due": "2026-10-15",
    "office_due": "2026-10-19",
    "leader_due": "2026-10-22",
    "grace_days": "3",
}


def opening_dates(number: int) -> dict[str, str]:
    """Return the usual dates of a quarter of 2026 as its form sends them."""
    return {name: str(value) for name, value in asdict(usual_due_dates(Quarter(2026, number))).items()}


def open_in_browser(browser: Browser, number: int, **options: Any) -> TestResponse:
    return browser.post(f"/periods/open?quarter=2026Q{number}", data=opening_dates(number), **options)


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def test_the_listing_shows_dates_before_opening_and_opens_with_them(office: Browser, world: World) -> None:
    page = office.get("/periods").get_data(as_text=True)
    assert "2027年1月8日（周五）" in page
    assert "尚无放假安排的年份" in page
    form = office.get("/periods/open?quarter=2026Q4").get_data(as_text=True)
    assert all(f'value="{day}"' in form for day in opening_dates(4).values())
    answer = open_in_browser(office, 4, follow_redirects=True)
    assert "已开启2026年第四季度的填报" in answer.get_data(as_text=True)
    assert str(Period.get(Period.number == 4).department_due) == "2027-01-08"


def test_dates_without_announced_holidays_are_named_in_one_sentence(office: Browser, world: World) -> None:
    Plan.update(year=2040).execute()
    shown = seen(office.get("/periods"))
    assert "2040年第一季度、2040年第二季度、2040年第四季度的日期落在系统内尚无放假安排的年份" in shown
    assert shown.count("尚无放假安排") == 1


@pytest.mark.parametrize(
    ("code", "sentence"), [("2026Q3", "已经开启"), ("", "不认识季度"), ("2027Q1", "还没有2027年的工作计划")]
)
def test_a_quarter_that_cannot_be_opened_is_answered_in_words(
    office: Browser, code: str, sentence: str
) -> None:
    for answer in (
        office.get("/periods/open", query_string={"quarter": code}),
        office.post("/periods/open", query_string={"quarter": code}, data=opening_dates(4)),
    ):
        assert answer.status_code == 422 or code == "2026Q3"
    assert sentence in answer.get_data(as_text=True)


def test_without_a_plan_the_page_says_what_is_needed(office: Browser, world: World) -> None:
    Contribution.delete().execute()
    Filing.delete().execute()
    Plan.delete().execute()
    assert "导入年度工作计划" in office.get("/periods").get_data(as_text=True)
    assert open_in_browser(office, 4).status_code == 422


def test_dates_are_changed_in_the_form(office: Browser, world: World) -> None:
    address = f"/periods/{world.period.id}"
    assert 'value="2026-10-13"' in office.get(address).get_data(as_text=True)
    answer = office.post(address, data=FORM, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert "2026年10月15日（周四）" in page
    assert "宽限至2026年10月20日" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"department_due": "2026-10-18"}, "不是工作日，可改为2026年10月19日（周一）"),
        ({"leader_due": "2026-10-16"}, "不能早于办公室审核截止"),
        ({"office_due": "下周"}, "请填写日期，例如"),
        ({"opens_on": ""}, "请填写日期，例如"),
        ({"grace_days": "三"}, "请填写整数"),
    ],
)
def test_a_wrong_date_comes_back_with_its_sentence_and_what_was_typed(
    office: Browser, world: World, change: dict[str, str], sentence: str
) -> None:
    answer = office.post(f"/periods/{world.period.id}", data={**FORM, **change})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert all(f'value="{typed}"' in page for typed in {**FORM, **change}.values() if typed)
    assert str(Period.get_by_id(world.period.id).department_due) == "2026-10-13"


def test_closing_says_first_what_happens(office: Browser, world: World) -> None:
    address = f"/periods/{world.period.id}/close"
    page = office.get(address).get_data(as_text=True)
    assert "不能再填写、提交和审签" in page
    assert "没有报送的此后写“未报”" in page
    assert not Period.get_by_id(world.period.id).is_closed

    answer = office.post(address, follow_redirects=True)
    assert "填报已关闭" in answer.get_data(as_text=True)
    assert Period.get_by_id(world.period.id).is_closed
    assert office.post(address).status_code == 422
    assert "不能再改" in office.get(f"/periods/{world.period.id}").get_data(as_text=True)


@pytest.mark.parametrize("who", ["filer", "head", "leader", "system_admin", "security_admin", "auditor"])
def test_nobody_but_the_office_gets_in(app: Flask, world: World, who: str) -> None:
    client = log_in(app, world, who)
    number = world.period.id
    asked = [client.get(path) for path in ("/periods", f"/periods/{number}", f"/periods/{number}/close")]
    sent = [client.post(path) for path in ("/periods/open", f"/periods/{number}", f"/periods/{number}/close")]
    assert {answer.status_code for answer in (*asked, *sent)} == {403}
    assert not Period.get_by_id(number).is_closed


def test_a_quarter_that_there_is_not_is_not_found(office: Browser) -> None:
    assert office.get("/periods/999").status_code == 404


def test_the_listing_asks_a_fixed_number_of_questions(office: Browser, world: World) -> None:
    with count_queries() as few:
        office.get("/periods")
    for number in (1, 2, 4):
        open_in_browser(office, number)
    office.get("/periods")
    with count_queries() as many:
        office.get("/periods")
    assert len(many) == len(few)
