"""Reminders: which day asks for which, whom they reach, and that each reaches nobody twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.models import Account
from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER, SYSTEM
from app.base.clock import clock_stopped_at
from app.base.database import database
from app.base.errors import BadInput, FieldProblems, NotAllowed
from app.filing.core import operations
from app.filing.review import reminders
from app.filing.review.outstanding import outstanding_by_department
from app.filing.review.reminders import (
    REMINDER_LENGTH,
    filing_stage_on,
    remind_departments,
)
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.periods.calendar import CHINA
from app.periods.due_dates import DueDates, ReminderStage, usual_due_dates
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from tests.clients import count_queries
from tests.databases import on_both
from tests.world import THRESHOLDS, World, full_content

DUE = usual_due_dates(Quarter(2026, 3))


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour))


def hand_in(world: World, measure: int, department: str = "经发办") -> None:
    filing = world.filing(measure, department)
    filer = world.users[f"filer:{department}"]
    operations.save_and_submit(
        filing, full_content(), by=filer, version=filing.version, thresholds=THRESHOLDS
    )


def reminded(world: World, kind: NoticeKind = NoticeKind.REMINDER) -> dict[str, str]:
    """Return the unread sentence by the user's key."""
    names = {user.account_id: name for name, user in world.users.items() if ":" in name}
    rows = Notice.select().where(Notice.read_at.is_null() & (Notice.kind == kind))
    return {names[notice.account_id]: notice.sentence for notice in rows}


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (DUE.opens_on, None),
        (date(2026, 9, 28), None),
        (date(2026, 9, 29), None),
        (date(2026, 9, 30), ReminderStage.AHEAD),
        (date(2026, 10, 3), None),
        (date(2026, 10, 8), ReminderStage.AHEAD),
        (DUE.department_due, ReminderStage.DUE),
        (DUE.department_due + timedelta(days=1), ReminderStage.LATE),
    ],
)
def test_the_stage_of_a_day_in_the_third_quarter_of_2026(day: date, stage: ReminderStage | None) -> None:
    assert filing_stage_on(day, DUE) is stage


def test_who_is_within_the_grace_days_is_not_late() -> None:
    dates = DueDates(DUE.opens_on, DUE.department_due, DUE.office_due, DUE.leader_due, grace_days=2)
    assert filing_stage_on(DUE.department_due + timedelta(days=1), dates) is None
    assert filing_stage_on(dates.grace_ends_on(), dates) is None
    assert filing_stage_on(dates.grace_ends_on() + timedelta(days=7), dates) is ReminderStage.LATE


def test_the_day_on_which_filing_opens_is_one_to_be_reminded_on() -> None:
    dates = replace(DUE, opens_on=date(2026, 9, 30))
    assert filing_stage_on(date(2026, 9, 30), dates) is ReminderStage.AHEAD
    assert filing_stage_on(date(2026, 9, 30), replace(DUE, opens_on=date(2026, 10, 1))) is None


@given(st.dates(date(2026, 9, 1), date(2026, 12, 31)), st.integers(0, 5))
def test_stages_follow_from_the_distance_and_never_fall_on_a_day_off(day: date, grace: int) -> None:
    dates = DueDates(DUE.opens_on, DUE.department_due, DUE.office_due, DUE.leader_due, grace)
    stage = filing_stage_on(day, dates)
    if not CHINA.works_on(day) or day < dates.opens_on:
        assert stage is None
    elif day < dates.department_due:
        near = CHINA.days_between(day, dates.department_due) <= 5
        assert stage is (ReminderStage.AHEAD if near else None)
    else:
        assert (stage is ReminderStage.DUE) == (day == dates.department_due)
        assert (stage is ReminderStage.LATE) == (day > dates.grace_ends_on())


def test_an_automatic_reminder_reaches_who_has_not_handed_in_and_names_what(world: World) -> None:
    world.let_lead(4, "一居")
    hand_in(world, 1)
    hand_in(world, 3, "城管办")
    with clock_stopped_at(at(DUE.department_due)):
        reminders.remind_due(by=SYSTEM)
    sentence = "经发办2026年第三季度还有 1 项未提交，截止日为2026年10月13日（周二），今天截止。"
    assert reminded(world) == {
        "filer:经发办": sentence,
        "head:经发办": sentence,
        "filer:一居": sentence.replace("经发办", "一居"),
        "head:一居": sentence.replace("经发办", "一居"),
    }
    own = Notice.get(Notice.account == world.users["filer"].account_id)
    assert own.detail == "未提交 1 项：2.打通转化链条。\n待部门负责人审签 1 项：1.夯实招商基础。"
    event = Event.select().where(Event.action == "remind").get()
    assert (event.seat, event.detail) == ("系统", {"departments": ["经发办", "一居"]})


@on_both
def test_however_often_the_worker_looks_each_stage_reaches_an_account_once(world: World) -> None:
    days = (date(2026, 9, 30), date(2026, 10, 8), DUE.department_due, date(2026, 10, 15), date(2026, 10, 16))
    for day in days:
        for hour in (7, 8, 12, 18):
            with clock_stopped_at(at(day, hour)):
                reminders.remind_due(by=SYSTEM)
                Notice.update(read_at=at(day, hour)).execute()
    own = Notice.select().where(Notice.account == world.users["filer"].account_id).order_by(Notice.id)
    assert [notice.created_at for notice in own] == [at(day, 8) for day in (days[0], days[2], days[3])]
    assert Event.select().where(Event.action == "remind").count() == 3


def test_only_the_newest_reminder_is_unread_and_none_once_all_is_handed_in(world: World) -> None:
    world.let_lead(4, "一居")
    for day in (date(2026, 9, 30), DUE.department_due):
        with clock_stopped_at(at(day)):
            reminders.remind_due(by=SYSTEM)
    assert "今天截止" in reminded(world)["filer:一居"]
    hand_in(world, 4, "一居")
    assert "filer:一居" not in reminded(world)
    assert "filer:经发办" in reminded(world)


def test_a_closed_quarter_reminds_nobody(world: World) -> None:
    close_period(world.period, by=SAMPLE_LOADER)
    with clock_stopped_at(at(DUE.department_due)):
        reminders.remind_due(by=SYSTEM)
    assert reminded(world) == {}


def test_opening_a_quarter_tells_every_department_what_it_has_to_file(world: World) -> None:
    with clock_stopped_at(at(date(2026, 12, 21))):
        open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    assert set(reminded(world)) == {"filer:经发办", "head:经发办", "filer:城管办", "head:城管办"}
    assert reminded(world)["head:城管办"].endswith("城管办共 2 项，2027年1月8日（周五）截止，含当日。")
    sentences = reminded(world, NoticeKind.CONTRIBUTION)
    assert set(sentences) == {"filer:城管办", "head:城管办", "filer:一居", "head:一居"}
    assert sentences["filer:一居"].startswith("2026年第四季度一居有 1 项举措可写配合情况")


def test_the_office_reminds_those_whom_it_chose_with_their_own_lists(world: World) -> None:
    hand_in(world, 3, "城管办")
    chosen = {world.departments["城管办"].id}
    sent = remind_departments(
        world.period, " 请今天报来。 ", department_ids=chosen, key="a", by=world.users["office"]
    )
    assert (sent.reminded, sent.without_account) == (("城管办",), ())
    assert set(reminded(world, NoticeKind.URGED)) == {"filer:城管办", "head:城管办"}
    notice = Notice.get(Notice.kind == NoticeKind.URGED)
    assert notice.sentence == "街道办公室催办：城管办2026年第三季度还有 2 项未报送。"
    assert notice.detail.startswith("请今天报来。\n未提交 1 项：4.建设美丽家园。\n待部门负责人审签 1 项：3.")
    event = Event.select().where(Event.action == "remind").get()
    assert (event.reason, event.person) == ("请今天报来。", world.users["office"].person)


def test_one_click_of_the_button_reaches_nobody_twice_and_is_one_event(world: World) -> None:
    chosen = {department.id for department in world.departments.values()}
    world.let_lead(4, "一居")
    results = [
        remind_departments(
            world.period, "请报来。", department_ids=chosen, key=key, by=world.users["office"]
        ).reminded
        for key in ("a", "a", "b")
    ]
    assert [len(departments) for departments in results] == [3, 0, 3]
    assert Event.select().where(Event.action == "remind").count() == 2
    assert len(reminded(world, NoticeKind.URGED)) == 6


@on_both
def test_clicks_at_the_same_moment_are_one(world: World) -> None:
    world.let_lead(4, "一居")
    chosen = {department.id for department in world.departments.values()}
    start = Barrier(6)

    def click(_number: int) -> int:
        start.wait()
        with database.connection_context():
            return len(
                remind_departments(
                    world.period, "请报来。", department_ids=chosen, key="a", by=world.users["office"]
                ).reminded
            )

    with ThreadPoolExecutor(6) as people:
        counts = list(people.map(click, range(6)))
    assert sum(counts) == 3
    assert len(reminded(world, NoticeKind.URGED)) == 6


def test_departments_that_owe_nothing_are_left_out_and_empty_seats_are_named(world: World) -> None:
    world.let_lead(4, "一居")
    hand_in(world, 4, "一居")
    for name in ("filer:城管办", "head:城管办"):
        Account.update(disabled_at=at(DUE.opens_on)).where(
            Account.id == world.users[name].account_id
        ).execute()
    chosen = {department.id for department in world.departments.values()}
    sent = remind_departments(
        world.period, "请报来。", department_ids=chosen, key="a", by=world.users["office"]
    )
    assert (sent.reminded, sent.without_account) == (("经发办",), ("城管办",))
    with pytest.raises(BadInput, match="不必催办"):
        remind_departments(
            world.period,
            "请报来。",
            department_ids={world.departments["一居"].id},
            key="b",
            by=world.users["office"],
        )


@pytest.mark.parametrize("who", ["filer", "head", "leader", "system_admin", "security_admin", "auditor"])
def test_only_the_office_reminds(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        remind_departments(world.period, "请报来。", department_ids={1}, key="a", by=world.users[who])
    assert Notice.select().count() == 0


@pytest.mark.parametrize(
    ("text", "chosen", "field"),
    [("  ", True, "text"), ("字" * (REMINDER_LENGTH + 1), True, "text"), ("请报来。", False, "departments")],
)
def test_what_is_missing_or_too_long_is_shown_at_its_field(
    world: World, text: str, chosen: bool, field: str
) -> None:
    ids = {world.departments["经发办"].id} if chosen else set()
    with pytest.raises(FieldProblems) as refusal:
        remind_departments(world.period, text, department_ids=ids, key="a", by=world.users["office"])
    assert set(refusal.value.fields) == {field}
    assert Notice.select().count() == 0


def test_a_closed_quarter_is_not_reminded(world: World) -> None:
    close_period(world.period, by=SAMPLE_LOADER)
    with pytest.raises(BadInput, match="已经关闭"):
        remind_departments(world.period, "请报来。", department_ids={1}, key="a", by=world.users["office"])


def test_looking_for_what_is_owed_takes_three_queries(world: World) -> None:
    world.let_lead(4, "一居")
    with count_queries() as statements:
        assert [owed.department for owed in outstanding_by_department(world.period)] == [
            "经发办",
            "城管办",
            "一居",
        ]
    assert len(statements) == 3
