"""The dates of a quarter: the usual ones, what is wrong with others, the grace, and their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise, product

import pytest

from app.periods.calendar import CHINA, WorkCalendar
from app.periods.due_dates import (
    DATE_LABELS,
    GRACE_CEILING,
    DueDates,
    ReminderStage,
    date_in_words,
    day_problem,
    due_in_words,
    reminder_stage,
    schedule_problems,
    usual_due_dates,
)
from app.periods.rules import Quarter

QUARTERS = [Quarter(year, number) for year, number in product(range(2024, 2028), range(1, 5))]
THIRD = Quarter(2026, 3)


@pytest.mark.parametrize("quarter", QUARTERS, ids=lambda quarter: quarter.code)
def test_usual_dates_are_working_days_in_order_after_the_quarter(quarter: Quarter) -> None:
    due = usual_due_dates(quarter)
    dates = [getattr(due, name) for name in DATE_LABELS]
    assert all(CHINA.works_on(day) for day in dates)
    assert all(first < second for first, second in pairwise(dates))
    assert quarter.first_day < due.opens_on <= quarter.last_day < due.department_due
    assert CHINA.days_between(quarter.last_day, due.leader_due) == 10
    assert schedule_problems(due, quarter) == {}


def test_filing_opens_on_the_twentieth_where_people_work() -> None:
    assert usual_due_dates(Quarter(2026, 1)).opens_on == date(2026, 3, 20)


def test_a_reminder_goes_out_on_working_days_around_its_due_date() -> None:
    due, ahead, late = date(2026, 10, 14), ReminderStage.AHEAD, ReminderStage.LATE
    stages = {9: None, 12: ahead, 13: ahead, 14: ReminderStage.DUE, 15: None, 16: late, 17: None, 19: late}
    for day, stage in stages.items():  # the 17th is a Saturday
        on = date(2026, 10, day)
        assert reminder_stage(on, due, days_ahead=2, late_from=2, calendar=CHINA) is stage


def test_a_due_date_says_how_far_off_it_is() -> None:
    assert due_in_words(date(2026, 10, 13), date(2026, 10, 8)) == "还有 4 个工作日"
    assert due_in_words(date(2026, 10, 13), date(2026, 10, 13)) == "今天截止"
    assert due_in_words(date(2026, 10, 13), date(2026, 10, 15)) == "已逾期 2 个工作日"
    assert date_in_words(date(2026, 10, 13), date(2026, 10, 13)) == "今天截止"
    assert date_in_words(date(2026, 10, 13), date(2026, 10, 15)) == "已过 2 个工作日"


USUAL = usual_due_dates(THIRD)


@pytest.mark.parametrize(
    ("dates", "field", "sentence"),
    [
        (
            replace(USUAL, office_due=date(2026, 10, 12)),
            "office_due",
            "不能早于部门报送截止（2026年10月13日（周二））",
        ),
        (replace(USUAL, opens_on=date(2026, 10, 14)), "department_due", "不能早于开始填报"),
        (replace(USUAL, department_due=date(2026, 10, 11)), "department_due", "可改为2026年10月12日（周一）"),
        (replace(USUAL, leader_due=date(2062, 10, 20)), "leader_due", "请核对年份和月份"),
        (replace(USUAL, opens_on=date(2026, 6, 30)), "opens_on", "请核对年份和月份"),
        (replace(USUAL, grace_days=GRACE_CEILING + 1), "grace_days", "0 至 20"),
        (replace(USUAL, grace_days=-1), "grace_days", "0 至 20"),
    ],
)
def test_each_wrong_date_gets_a_sentence_that_says_what_to_do(
    dates: DueDates, field: str, sentence: str
) -> None:
    problems = schedule_problems(dates, THIRD)
    assert list(problems) == [field]
    assert sentence in problems[field]


def test_filing_may_begin_on_a_day_off_and_dates_may_coincide() -> None:
    dates = replace(USUAL, opens_on=date(2026, 9, 19), leader_due=USUAL.office_due)
    assert not CHINA.works_on(dates.opens_on)
    assert schedule_problems(dates, THIRD) == {}


def test_a_date_lies_between_the_first_day_of_its_quarter_and_the_end_of_the_next() -> None:
    days = (date(2026, 6, 30), THIRD.first_day, date(2026, 12, 31), date(2027, 1, 1))
    assert [bool(day_problem(day, THIRD)) for day in days] == [True, False, False, True]


def test_grace_is_counted_in_working_days() -> None:
    assert replace(USUAL, grace_days=0).grace_ends_on() == date(2026, 10, 13)
    assert replace(USUAL, grace_days=4).grace_ends_on() == date(2026, 10, 19)


def test_an_exception_to_the_calendar_moves_dates_words_and_grace() -> None:
    typhoon = WorkCalendar({date(2026, 10, 9): False, date(2026, 10, 15): False})
    assert usual_due_dates(THIRD, typhoon).department_due == date(2026, 10, 14)
    assert due_in_words(date(2026, 10, 13), date(2026, 10, 8), typhoon) == "还有 3 个工作日"
    assert replace(USUAL, grace_days=2).grace_ends_on(typhoon) == date(2026, 10, 16)
    assert schedule_problems(replace(USUAL, department_due=date(2026, 10, 9)), THIRD, typhoon) == {
        "department_due": "2026年10月9日（周五）不是工作日，可改为2026年10月10日（周六）。"
    }
