"""The office's page for setting the calendar straight."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.periods import queries
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.core.models import Plan
from tests.clients import Browser, log_in
from tests.filing.pages import seen
from tests.world import World

FORM = {"first": "2027-01-04", "last": "2027-01-05", "arrangement": "off", "note": "暴雪停工"}


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def test_days_are_set_and_the_next_quarter_opens_with_them(office: Browser) -> None:
    assert "没有另外设置的日子" in seen(office.get("/periods/calendar"))
    text = seen(office.post("/periods/calendar", data=FORM, follow_redirects=True))
    assert "已设置 2 天" in text
    assert "2027年1月5日（周二） 放假 暴雪停工" in text
    assert 'value="2027-01-12"' in office.get("/periods/open?quarter=2026Q4").get_data(as_text=True)
    period = open_period(Plan.get(), Quarter(2026, 4), by=SAMPLE_LOADER)
    assert period.department_due == date(2027, 1, 12)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first": "元旦"}, "请填写日期"),
        ({"last": "2027-01-03"}, "不能早于开始日期"),
        ({"last": "2027-12-05"}, "一次最多设置 31 天"),
        ({"arrangement": "maybe"}, "请"),
        ({"note": "长" * 101}, "共 101 字"),
    ],
)
def test_a_wrong_run_of_days_comes_back_with_its_sentence_and_what_was_typed(
    office: Browser, change: dict[str, str], sentence: str
) -> None:
    answer = office.post("/periods/calendar", data={**FORM, **change})
    assert answer.status_code == 422
    assert sentence in seen(answer)
    assert change.get("note", "暴雪停工") in answer.get_data(as_text=True)
    assert queries.calendar_exceptions() == []


def test_a_table_is_imported_or_every_mistake_is_named(office: Browser) -> None:
    wrong = "日期,安排,说明\n元旦,放假,\n2027-02-06,补班,春节\n"
    answer = office.post("/periods/calendar/import", data=sent(wrong, office))
    assert answer.status_code == 422
    assert "第 2 行“日期”" in seen(answer)
    assert "第 3 行“安排”" in seen(answer)
    right = "日期,安排,说明\n2027-02-06,上班,春节调休\n"
    answer = office.post("/periods/calendar/import", data=sent(right, office), follow_redirects=True)
    assert "已导入 1 天" in seen(answer)
    assert queries.work_calendar().exceptions == {date(2027, 2, 6): True}


def test_without_a_file_the_page_says_so(office: Browser) -> None:
    answer = office.post("/periods/calendar/import")
    assert answer.status_code == 422
    assert "没有收到文件" in seen(answer)


def test_a_day_is_given_back_to_the_calendar(office: Browser) -> None:
    office.post("/periods/calendar", data=FORM)
    number = queries.calendar_exceptions()[0].id
    answer = office.post(f"/periods/calendar/{number}/drop", follow_redirects=True)
    assert "已取消2027年1月4日（周一）的设置" in seen(answer)
    assert office.post(f"/periods/calendar/{number}/drop").status_code == 404


def test_a_due_date_that_became_a_day_off_is_named_where_dates_are_set(office: Browser, world: World) -> None:
    office.post("/periods/calendar", data={**FORM, "first": "2026-10-13", "last": "2026-10-13"})
    text = seen(office.get("/periods"))
    assert "2026年第三季度的日期需要核对" in text
    assert "部门报送截止：2026年10月13日（周二）不是工作日，可改为2026年10月14日（周三）" in text


@pytest.mark.parametrize("who", ["filer", "head", "leader", "system_admin", "security_admin", "auditor"])
def test_nobody_but_the_office_gets_in(app: Flask, world: World, who: str) -> None:
    client = log_in(app, world, who)
    answers = [client.get("/periods/calendar"), client.post("/periods/calendar", data=FORM)]
    assert {answer.status_code for answer in answers} == {403}
    assert queries.calendar_exceptions() == []


def sent(table: str, browser: Browser) -> dict[str, object]:
    return {"table": (BytesIO(table.encode()), "放假.csv"), "csrf_token": browser.token}
