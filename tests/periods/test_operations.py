"""A quarter is opened once, rescheduled while it is open, and closed for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.audit.queries import history
from app.audit.rules import SYSTEM
from app.errors import BadInput, FieldProblems
from app.filing.models import Filing
from app.periods import operations, queries
from app.periods.models import Period
from app.periods.rules import PeriodState, Quarter, usual_due_dates
from tests.databases import on_both
from tests.world import World


@on_both
def test_opening_prepares_a_filing_for_every_assignment(world: World) -> None:
    opened = operations.open_period(world.plan, Quarter(2026, 4), by=SYSTEM)
    assert opened.due == usual_due_dates(Quarter(2026, 4))
    assert Filing.select().where(Filing.period == opened).count() == 6


@on_both
def test_other_dates_are_kept_and_put_on_record(world: World) -> None:
    dates = replace(world.period.due, department_due=date(2026, 10, 15), grace_days=2)
    operations.reschedule(world.period, dates, by=SYSTEM)
    assert Period.get_by_id(world.period.id).due == dates
    event = history(world.period)[-1]
    assert event.action == "reschedule_period"
    assert event.detail["before"]["department_due"] == "2026-10-13"
    assert event.detail["after"]["department_due"] == "2026-10-15"


@on_both
def test_wrong_dates_change_nothing(world: World) -> None:
    before = world.period.due
    with pytest.raises(FieldProblems) as refusal:
        operations.reschedule(world.period, replace(before, office_due=date(2026, 10, 18)), by=SYSTEM)
    assert list(refusal.value.fields) == ["office_due"]
    assert Period.get_by_id(world.period.id).due == before


def test_a_closed_quarter_keeps_its_dates(world: World) -> None:
    operations.close_period(world.period, by=SYSTEM)
    with pytest.raises(BadInput, match="已经关闭"):
        operations.reschedule(world.period, world.period.due, by=SYSTEM)
    with pytest.raises(BadInput, match="已经关闭"):
        operations.close_period(world.period, by=SYSTEM)


@pytest.mark.parametrize(
    ("quarter", "sentence"), [(Quarter(2026, 3), "已经开启"), (Quarter(2027, 1), "2026 年的计划")]
)
def test_a_quarter_that_cannot_be_opened_is_refused(world: World, quarter: Quarter, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        operations.open_period(world.plan, quarter, by=SYSTEM)


def test_the_year_shows_opened_and_planned_quarters(world: World) -> None:
    year = queries.year_of(world.plan)
    assert [line.quarter.number for line in year] == [1, 2, 3, 4]
    assert [line.state for line in year] == [
        PeriodState.PLANNED,
        PeriodState.PLANNED,
        PeriodState.OPEN,
        PeriodState.PLANNED,
    ]
    assert year[3].due == usual_due_dates(Quarter(2026, 4))
