"""Home names every quarter in which somebody still has something to do, the most urgent first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.department.own_quarters import quarters_to_do
from app.periods.models import Period
from app.periods.operations import close_period, open_period, unlock_department
from app.periods.rules import Quarter
from tests.clients import count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import seen
from tests.plan.two_plans import next_plan
from tests.world import World

LATE = datetime(2027, 1, 20, 9)  # 2026Q4 was due on 8 January


def turn_of_the_year(world: World) -> World:
    """2026Q3 is closed, 2026Q4 overdue, and 2027Q1 begins early."""
    close_period(world.period, by=SAMPLE_LOADER)
    with clock_stopped_at(datetime(2026, 12, 21, 9)):
        open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    with clock_stopped_at(LATE):
        first = open_period(next_plan(), Quarter(2027, 1), by=SAMPLE_LOADER)
    Period.update(opens_on=LATE.date()).where(Period.id == first.id).execute()
    return world


@pytest.fixture
def turning(app: Flask, world: World) -> World:
    return turn_of_the_year(world)


def codes(world: World, who: str = "filer") -> list[str]:
    return [period.quarter.code for period in quarters_to_do(world.users[who])]


@on_both
def test_overdue_filings_come_before_those_of_the_next_year(world: World) -> None:
    turned = turn_of_the_year(world)
    with clock_stopped_at(LATE):
        assert codes(turned) == ["2026Q4", "2027Q1"]
        assert codes(turned, "head") == ["2026Q4", "2027Q1"]


def test_nobody_loses_overdue_filings_when_the_next_plan_begins(app: Flask, turning: World) -> None:
    with clock_stopped_at(LATE):
        page = seen(log_in(app, turning, "filer").get("/filings"))
    assert "有 2 个季度要办：2026年第四季度已逾期" in page
    assert "最近的截止" not in page, "each quarter says its own"
    assert "；2027年第一季度还有" in page
    assert page.index("2026年第四季度 2027年1月8日截止（含当日），已逾期") < page.index("2027年第一季度 20")
    assert page.count("夯实招商基础") == 2


def test_a_chosen_quarter_counts_nothing_of_another(app: Flask, turning: World) -> None:
    with clock_stopped_at(LATE):
        filer = log_in(app, turning, "filer:城管办")
        chosen = [seen(filer.get(f"/filings?period={code}")) for code in ("2026Q4", "2027Q1")]
        both = seen(filer.get("/filings"))
    assert all("配合 1 项待报" in page for page in chosen)
    assert "配合 2 项待报" in both


def test_who_only_supports_sees_every_quarter_in_which_that_is_owed(app: Flask, turning: World) -> None:
    with clock_stopped_at(LATE):
        page = seen(log_in(app, turning, "filer:一居").get("/filings"))
    assert "配合 2 项待报。有 2 个季度要办" in page
    assert page.count("配合情况（1）") == 2


def test_what_came_back_in_an_unlocked_quarter_is_among_them_by_the_end_of_the_unlock(turning: World) -> None:
    with clock_stopped_at(LATE):
        until = LATE + timedelta(days=2)
        department = turning.departments["经发办"]
        assert "2026Q3" not in codes(turning)
        unlock_department(
            turning.period, department, until=until, reason="补改。", by=turning.users["office"]
        )
        assert codes(turning) == ["2026Q4", "2026Q3", "2027Q1"]
        assert codes(turning, "filer:城管办") == ["2026Q4", "2027Q1"]
    with clock_stopped_at(until):
        assert codes(turning) == ["2026Q4", "2027Q1"]


def test_a_head_has_something_to_do_where_filings_wait_for_the_signature(turning: World) -> None:
    moment = LATE - timedelta(days=3)
    Filing.update(state=FilingState.SUBMITTED, submitted_at=moment).execute()
    with clock_stopped_at(LATE):
        assert codes(turning, "head") == ["2026Q4", "2027Q1"]
        assert codes(turning) == ["2027Q1"], "nothing is left for the filer: what is being filed is shown"


def test_a_quarter_whose_filing_has_not_begun_asks_for_nothing_yet(turning: World) -> None:
    Period.update(opens_on=LATE.date() + timedelta(days=1)).where(Period.number == 1).execute()
    with clock_stopped_at(LATE):
        assert codes(turning) == ["2026Q4"]


def test_where_all_is_accepted_the_current_quarter_is_shown(turning: World) -> None:
    moment = LATE - timedelta(days=3)
    Filing.update(state=FilingState.ACCEPTED, submitted_at=moment, accepted_at=moment).execute()
    with clock_stopped_at(LATE):
        assert codes(turning) == ["2027Q1"]


def test_more_quarters_take_no_more_queries(app: Flask, turning: World) -> None:
    with clock_stopped_at(LATE):
        filer = log_in(app, turning, "filer")
        filer.get("/filings")
        with count_queries() as few:
            filer.get("/filings")
        second = open_period(next_plan(2028), Quarter(2028, 1), by=SAMPLE_LOADER)
        Period.update(opens_on=LATE.date()).where(Period.id == second.id).execute()
        filer.get("/filings")
        with count_queries() as many:
            page = seen(filer.get("/filings"))
    assert "有 3 个季度要办" in page
    assert len(many) == len(few)
