"""A quarter is opened once, rescheduled while it is open, closed, and unlocked for a department for a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.audit.queries import events_of_subject
from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at
from app.base.errors import BadInput, FieldProblems, NotAllowed, NotFound
from app.filing.core.models import Filing
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.periods import operations, queries
from app.periods.due_dates import usual_due_dates
from app.periods.models import Period, Unlock
from app.periods.rules import PeriodState, Quarter, UnlockState
from tests.databases import on_both
from tests.world import World


@on_both
def test_opening_prepares_a_filing_for_every_assignment(world: World) -> None:
    opened = operations.open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    assert opened.due_dates == usual_due_dates(Quarter(2026, 4))
    assert Filing.select().where(Filing.period == opened).count() == 4


def test_other_dates_are_kept_and_put_on_record(world: World) -> None:
    dates = replace(world.period.due_dates, department_due=date(2026, 10, 15), grace_days=2)
    operations.reschedule_period(world.period, dates, by=world.users["office"])
    assert Period.get_by_id(world.period.id).due_dates == dates
    event = events_of_subject(world.period)[-1]
    assert event.action == "reschedule_period"
    assert event.detail["before"]["department_due"] == "2026-10-13"
    assert event.detail["after"]["department_due"] == "2026-10-15"


def test_a_quarter_is_decided_on_as_it_stands(world: World) -> None:
    stale = [Period.get_by_id(world.period.id) for _ in range(3)]
    office, dates = world.users["office"], world.period.due_dates
    operations.close_period(stale[0], by=SAMPLE_LOADER)
    for late in (
        lambda: operations.reschedule_period(stale[1], dates, by=office),
        lambda: operations.close_period(stale[2], by=office),
    ):
        with pytest.raises(BadInput, match="已经关闭"):
            late()
    assert Period.get_by_id(world.period.id).is_closed
    opened = operations.open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    first, second = (Period.get_by_id(opened.id) for _ in range(2))
    operations.undo_opening(first, by=office)
    with pytest.raises(NotFound, match="开启已经撤销"):
        operations.undo_opening(second, by=office)


def test_wrong_dates_change_nothing(world: World) -> None:
    before = world.period.due_dates
    with pytest.raises(FieldProblems) as refusal:
        operations.reschedule_period(
            world.period, replace(before, office_due=date(2026, 10, 18)), by=world.users["office"]
        )
    assert list(refusal.value.fields) == ["office_due"]
    assert Period.get_by_id(world.period.id).due_dates == before


def test_a_closed_quarter_keeps_its_dates(world: World) -> None:
    operations.close_period(world.period, by=SAMPLE_LOADER)
    with pytest.raises(BadInput, match="已经关闭"):
        operations.reschedule_period(world.period, world.period.due_dates, by=world.users["office"])
    with pytest.raises(BadInput, match="已经关闭"):
        operations.close_period(world.period, by=SAMPLE_LOADER)


@pytest.mark.parametrize(
    ("quarter", "sentence"), [(Quarter(2026, 3), "已经开启"), (Quarter(2027, 1), "2026 年的计划")]
)
def test_a_quarter_that_cannot_be_opened_is_refused(world: World, quarter: Quarter, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        operations.open_period(world.plan, quarter, by=SAMPLE_LOADER)


def test_the_year_shows_opened_and_planned_quarters(world: World) -> None:
    year = queries.quarters_of_plan(world.plan)
    assert [line.quarter.number for line in year] == [1, 2, 3, 4]
    assert [line.state for line in year] == [
        PeriodState.PLANNED,
        PeriodState.PLANNED,
        PeriodState.OPEN,
        PeriodState.PLANNED,
    ]
    assert year[3].due_dates == usual_due_dates(Quarter(2026, 4))


REOPENED = datetime(2026, 10, 26, 9)
UNTIL = datetime(2026, 10, 28, 18)


def unlocked(world: World, department: str = "经发办", until: datetime = UNTIL) -> Unlock:
    office = world.users["office"]
    return operations.unlock_department(
        world.period, world.departments[department], until=until, reason="数据有误，补改。", by=office
    )


def test_unlocking_lets_one_department_in_until_the_time_runs_out(world: World) -> None:
    mine, other = (world.departments[name].id for name in ("经发办", "城管办"))
    with clock_stopped_at(REOPENED):
        operations.close_period(world.period, by=SAMPLE_LOADER)
        unlocked(world)
    lock = queries.lock_on(Period.get_by_id(world.period.id))
    assert [lock.is_locked_for(mine, at=at) for at in (REOPENED, UNTIL)] == [False, True]
    assert lock.is_locked_for(other, at=REOPENED)
    event = events_of_subject(world.period)[-1]
    assert (event.action, event.reason) == ("unlock", "数据有误，补改。")
    assert event.detail == {"department": mine, "until": "2026-10-28 18:00"}
    notified = {
        notice.account.username for notice in Notice.select().where(Notice.kind == NoticeKind.UNLOCKED)
    }
    assert notified == {"filer-1", "head-1"}


@on_both
def test_an_unlock_can_be_taken_back_once_and_a_new_one_takes_its_place(world: World) -> None:
    mine = world.departments["经发办"].id
    with clock_stopped_at(REOPENED):
        operations.close_period(world.period, by=SAMPLE_LOADER)
        first, second = unlocked(world), unlocked(world, until=UNTIL - timedelta(days=1))
        assert queries.lock_on(world.period).until == {mine: second.until}
        operations.lock_department_again(second, by=world.users["office"])
        assert queries.lock_on(world.period).is_locked_for(mine, at=REOPENED)
        for ended in (first, second):
            with pytest.raises(BadInput, match="已经结束"):
                operations.lock_department_again(ended, by=world.users["office"])
        states = [one.state for one in queries.unlocks_of_plan(world.plan)]
    assert states == [UnlockState.LOCKED_AGAIN] * 2
    assert events_of_subject(world.period)[-1].action == "lock_again"


def test_an_unlock_that_ran_out_cannot_be_taken_back(world: World) -> None:
    with clock_stopped_at(REOPENED):
        operations.close_period(world.period, by=SAMPLE_LOADER)
        given = unlocked(world)
    with clock_stopped_at(UNTIL):
        assert given.state is UnlockState.RUN_OUT
        with pytest.raises(BadInput, match="已经结束"):
            operations.lock_department_again(given, by=world.users["office"])


def test_an_open_quarter_needs_no_unlocking(world: World) -> None:
    with clock_stopped_at(REOPENED), pytest.raises(BadInput, match="还没有关闭"):
        unlocked(world)
    assert Unlock.select().count() == 0


@pytest.mark.parametrize("who", ["filer", "head", "leader", "system_admin", "security_admin", "auditor"])
def test_nobody_but_the_office_unlocks(world: World, who: str) -> None:
    department, by = world.departments["经发办"], world.users[who]
    with clock_stopped_at(REOPENED):
        operations.close_period(world.period, by=SAMPLE_LOADER)
        given = unlocked(world)
        with pytest.raises(NotAllowed):
            operations.unlock_department(world.period, department, until=UNTIL, reason="补改。", by=by)
        with pytest.raises(NotAllowed):
            operations.lock_department_again(given, by=by)
    assert [unlock.id for unlock in queries.unlocks_of_plan(world.plan)] == [given.id]
