"""What comes due is reminded of by itself, each stage once."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import pairwise

import pytest

from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at
from app.directives.core import operations
from app.directives.core.announcements import due_topic, extension_topic, remind_of_due_date
from app.directives.core.models import Directive
from app.directives.core.operations import due_stage_on, remind_of_due_directives
from app.directives.core.time_limits import (
    DirectiveUrgency,
    FeedbackDays,
    FeedbackRhythm,
    due_date_of,
    next_feedback_on,
)
from app.directives.steps.operations import close_directive, withdraw_directive
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from tests.directives.writing import replied_directive, written_directive
from tests.world import World

WRITTEN, DUE = datetime(2026, 10, 9, 9, 0), date(2026, 10, 30)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 10, 26), ""),
        (date(2026, 10, 27), "ahead"),
        (date(2026, 10, 29), "ahead"),
        (DUE, "due"),
        (date(2026, 10, 31), ""),
        (date(2026, 11, 5), ""),
        (date(2026, 11, 6), "late-1"),
        (date(2026, 11, 12), "late-1"),
        (date(2026, 11, 13), "late-2"),
    ],
)
def test_three_working_days_before_on_the_day_and_every_five_after(day: date, stage: str) -> None:
    assert due_stage_on(day, DUE) == stage


def test_the_head_of_the_main_department_and_the_office_hear_of_each_stage_once(world: World) -> None:
    with clock_stopped_at(WRITTEN):
        written_directive(world, "经发办", "一居", due_on=DUE)
    days = [date(2026, 10, day) for day in (26, 27, 28, 30, 31)] + [
        date(2026, 11, day) for day in (5, 6, 9, 13)
    ]
    counts = [0]
    for day in days:
        for hour in (7, 9, 15):
            with clock_stopped_at(datetime.combine(day, time(hour))):
                remind_of_due_directives(by=SYSTEM)
            counts.append(Notice.select().where(Notice.kind == NoticeKind.URGED).count())
    steps = [index for index, (before, after) in enumerate(pairwise(counts)) if after > before]
    assert [days[index // 3] for index in steps] == [
        date(2026, 10, 27),
        DUE,
        date(2026, 11, 6),
        date(2026, 11, 13),
    ]
    assert {index % 3 for index in steps} == {1}  # from eight in the morning on
    reached = {one.account_id for one in Notice.select().where(Notice.kind == NoticeKind.URGED)}
    assert reached == {world.users[who].account_id for who in ("head", "office")}


def test_what_moved_on_meanwhile_or_fails_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with clock_stopped_at(WRITTEN):
        moved, failing, last = (written_directive(world, due_on=DUE) for _ in range(3))

    def fail_on_one(directive: Directive, stage: str) -> int:
        if directive.id == failing.id:
            raise LookupError
        return remind_of_due_date(directive, stage)

    monkeypatch.setattr(operations, "remind_of_due_date", fail_on_one)
    with clock_stopped_at(datetime.combine(DUE, time(9))):
        stale = Directive.get_by_id(moved.id)
        withdraw_directive(moved, "重复了。", by=world.users["leader"], version=moved.version)
        operations.remind_at_due_stage(stale, "due")
        operations.remind_of_due_directives(by=SYSTEM)
    urged = Notice.select().where(Notice.kind == NoticeKind.URGED)
    assert {one.topic for one in urged} == {due_topic(last)}
    assert f"directive {failing.id}" in caplog.text


@pytest.mark.parametrize(
    ("urgency", "day"),
    [
        (DirectiveUrgency.URGENT, date(2026, 10, 14)),
        (DirectiveUrgency.USUAL, date(2026, 10, 26)),
        (DirectiveUrgency.HARD, date(2026, 11, 9)),
        (DirectiveUrgency.WITH_FILING, date(2027, 1, 11)),
        (DirectiveUrgency.DAY, date(2026, 11, 2)),
    ],
)
def test_due_dates_follow_from_how_urgent_it_is_and_fall_on_working_days(
    urgency: DirectiveUrgency, day: date
) -> None:
    chosen, filing = date(2026, 10, 31), date(2027, 1, 9)
    assert due_date_of(urgency, WRITTEN.date(), chosen=chosen, next_filing_due=filing) == day
    if urgency is DirectiveUrgency.WITH_FILING:
        assert due_date_of(urgency, WRITTEN.date()) is None


@pytest.mark.parametrize(
    ("rhythm", "due_on", "day"),
    [
        (FeedbackRhythm.ONCE, DUE, DUE),
        (FeedbackRhythm.ONCE, None, None),
        (FeedbackRhythm.WEEKLY, DUE, date(2026, 10, 16)),
        (FeedbackRhythm.WEEKLY, date(2026, 10, 14), date(2026, 10, 14)),
        (FeedbackRhythm.MONTHLY, None, date(2026, 11, 9)),
        (FeedbackRhythm.QUARTERLY, None, date(2027, 1, 11)),
    ],
)
def test_the_next_feedback_is_never_later_than_the_matter_is_due(
    rhythm: FeedbackRhythm, due_on: date | None, day: date | None
) -> None:
    days = FeedbackDays(WRITTEN.date(), next_filing_due=date(2027, 1, 11))
    assert next_feedback_on(rhythm, days, due_on) == day


def test_a_month_after_its_last_day_is_the_next_ones_last_day() -> None:
    days = FeedbackDays(date(2027, 1, 31))
    assert next_feedback_on(FeedbackRhythm.MONTHLY, days, None) == date(2027, 3, 1)


def test_who_closes_a_directive_takes_it_off_everybodys_unread(world: World) -> None:
    directive, account = replied_directive(world), world.users["filer"].account_id
    topics = (due_topic(directive), extension_topic(directive))
    for topic in topics:
        Notice.create(account=account, kind=NoticeKind.URGED, sentence="请抓紧。", path="/", topic=topic)
    close_directive(directive, by=world.users["leader"], version=directive.version)
    assert not Notice.select().where(Notice.topic.in_(topics) & Notice.read_at.is_null()).exists()
