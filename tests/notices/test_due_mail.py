"""Whose notices are to be mailed at a moment, whose are not, and when one that was taken is tried again."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from app.access.models import Account
from app.base.clock import clock_stopped_at
from app.notices.delivery import take_due_notices
from app.notices.models import Notice
from app.notices.rules import (
    LEADER_MAIL_WORTH,
    MAIL_RETRY_AFTER,
    MAIL_TRIES,
    MAIL_WORTH,
    NoticeKind,
    is_leader_mail_hour,
    is_reminder_hour,
    next_leader_mail,
)
from tests.world import World

DAY = datetime(2026, 9, 24)
MORNING, EVENING = DAY + timedelta(hours=9), DAY + timedelta(hours=16)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def write_notice(account_id: int, mail_at: datetime | None, created_at: datetime, tries: int = 0) -> Notice:
    given = {"kind": NoticeKind.REMINDER, "sentence": "请填报。", "path": "/filings", "topic": "t"}
    times = {"mail_at": mail_at, "mail_tries": tries, "created_at": created_at}
    return Notice.create(account=account_id, **given, **times)


@pytest.mark.parametrize(
    ("who", "moment", "age", "waits", "tries", "is_taken"),
    [
        ("filer", MORNING, HOUR, HOUR, 0, True),
        ("filer", MORNING, HOUR, 0 * SECOND, 0, True),
        ("filer", MORNING, HOUR, -SECOND, 0, False),
        ("filer", MORNING, HOUR, None, 0, False),
        ("filer", MORNING, HOUR, HOUR, MAIL_TRIES - 1, True),
        ("filer", MORNING, HOUR, HOUR, MAIL_TRIES, False),
        ("filer", MORNING, MAIL_WORTH - SECOND, HOUR, 0, True),
        ("filer", MORNING, MAIL_WORTH, HOUR, 0, False),
        ("filer", EVENING, MAIL_WORTH, HOUR, 0, False),
        ("leader", EVENING - SECOND, HOUR, HOUR, 0, False),
        ("leader", EVENING, HOUR, HOUR, 0, True),
        ("leader", EVENING, LEADER_MAIL_WORTH - SECOND, HOUR, 0, True),
        ("leader", EVENING, LEADER_MAIL_WORTH, HOUR, 0, False),
    ],
)
def test_mail_is_due_from_its_time_on_while_it_is_news(
    world: World,
    who: str,
    moment: datetime,
    age: timedelta,
    waits: timedelta | None,
    tries: int,
    is_taken: bool,
) -> None:
    account_id = world.users[who].account_id
    Account.update(email="a@example.gov.cn").where(Account.id == account_id).execute()
    mail_at = None if waits is None else moment - waits
    notice = write_notice(account_id, mail_at, moment - age, tries)
    with clock_stopped_at(moment):
        assert [one.id for one in take_due_notices()] == ([notice.id] if is_taken else [])
        assert take_due_notices() == []
    after = Notice.get_by_id(notice.id)
    expected = (moment + MAIL_RETRY_AFTER, tries + 1) if is_taken else (mail_at, tries)
    assert (after.mail_at, after.mail_tries) == expected


def test_without_an_address_or_with_a_closed_account_nothing_is_taken(world: World) -> None:
    filer, head, office = (world.users[who].account_id for who in ("filer", "head", "office"))
    Account.update(email="a@example.gov.cn").where(Account.id.in_([head, office])).execute()
    Account.update(disabled_at=MORNING).where(Account.id == head).execute()
    for account_id in (filer, head):
        write_notice(account_id, MORNING, MORNING)
    second, first = write_notice(office, MORNING, MORNING), write_notice(office, MORNING, MORNING)
    with clock_stopped_at(MORNING):
        assert [one.id for one in take_due_notices()] == [second.id, first.id]
    left = Notice.select().where(Notice.mail_tries == 0)
    assert {one.account_id for one in left} == {filer, head}


@pytest.mark.parametrize(
    ("at", "letter", "may_go"),
    [
        (time(15, 59, 59), DAY + timedelta(hours=16), False),
        (time(16), DAY + timedelta(hours=16), True),
        (time(16, 0, 1), DAY + timedelta(days=1, hours=16), True),
    ],
)
def test_a_leaders_notice_goes_with_the_next_letter_of_the_day(
    at: time, letter: datetime, may_go: bool
) -> None:
    moment = datetime.combine(DAY.date(), at)
    assert (next_leader_mail(moment), is_leader_mail_hour(moment)) == (letter, may_go)


@pytest.mark.parametrize(("at", "may_go"), [(time(7, 59, 59), False), (time(8), True), (time(23), True)])
def test_what_goes_out_by_itself_goes_from_the_morning_on(at: time, may_go: bool) -> None:
    assert is_reminder_hour(datetime.combine(DAY.date(), at)) is may_go
