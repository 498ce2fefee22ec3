"""Whom a notice reaches, and when it stops being news."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.access.delegations import delegate_seat
from app.access.grants import revoke_grant
from app.access.models import Account, Grant
from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at, now, today
from app.base.database import database
from app.notices.models import Notice
from app.notices.operations import (
    forget_topics,
    mark_all_read,
    mark_read,
    mark_seen,
    send_notice,
    settle_topic,
)
from app.notices.queries import last_notice_times, unread_count
from app.notices.rules import (
    NoticeKind,
    NoticeMessage,
    filers_of_departments,
    heads_of_departments,
    seat_of_leader,
    seats_of_departments,
    seats_of_leaders,
    seats_of_office,
)
from tests.databases import on_both
from tests.world import World

MESSAGE = NoticeMessage(NoticeKind.URGED, "请抓紧报送。", "/filings", "topic")
MORNING = datetime(2026, 10, 9, 9, 0)


def reached() -> set[int]:
    return {notice.account_id for notice in Notice.select().where(Notice.read_at.is_null())}


def accounts(world: World, *names: str) -> set[int]:
    return {world.users[name].account_id for name in names}


def test_a_notice_to_a_department_reaches_its_filer_and_head_and_nobody_else(world: World) -> None:
    assert send_notice(MESSAGE, to=seats_of_departments(world.departments["经发办"].id)) == 2
    assert reached() == accounts(world, "filer:经发办", "head:经发办")


@on_both
@pytest.mark.parametrize(
    ("addressees", "role"), [(filers_of_departments, "filer"), (heads_of_departments, "head")]
)
def test_one_role_of_several_departments_can_be_addressed(
    world: World, addressees: object, role: str
) -> None:
    assert callable(addressees)
    send_notice(MESSAGE, to=addressees(world.departments["城管办"].id, world.departments["一居"].id))
    assert reached() == accounts(world, f"{role}:城管办", f"{role}:一居")


def test_who_holds_both_seats_hears_once_and_who_did_it_does_not(world: World) -> None:
    department = world.departments["经发办"]
    Grant.create(account=world.users["filer"].account_id, role="head", department=department)
    assert (
        send_notice(MESSAGE, to=seats_of_departments(department.id), doer=world.users["head"].account_id) == 1
    )
    assert reached() == accounts(world, "filer")


def test_who_acts_for_whom_and_whose_role_is_taken_back_gets_a_notice(world: World) -> None:
    head, filer = (Account.get_by_id(world.users[name].account_id) for name in ("head", "filer"))
    delegate_seat(head, filer, today(), today(), by=world.users["head"])
    assert {one.account_id for one in Notice.select().where(Notice.kind == NoticeKind.DELEGATION)} == {
        head.id,
        filer.id,
    }
    revoke_grant(Grant.get(Grant.account == filer), reason="调离", by=SAMPLE_LOADER)
    (notice,) = Notice.select().where(Notice.kind == NoticeKind.GRANT)
    assert (notice.account_id, notice.detail) == (filer.id, "调离")


def test_what_led_to_a_thing_that_is_no_more_is_forgotten(world: World) -> None:
    for topic in ("topic", "other"):
        send_notice(replace(MESSAGE, topic=topic), to=seats_of_office())
    forget_topics(["topic"])
    assert [one.topic for one in Notice.select()] == ["other"]


@on_both
def test_past_and_future_grants_and_disabled_accounts_are_not_addressed(world: World) -> None:
    yesterday, tomorrow = today() - timedelta(days=1), today() + timedelta(days=1)
    Grant.update(valid_until=yesterday).where(Grant.account == world.users["filer"].account_id).execute()
    Account.update(disabled_at=now()).where(Account.id == world.users["head"].account_id).execute()
    Grant.update(valid_from=tomorrow).where(Grant.account == world.users["head:城管办"].account_id).execute()
    send_notice(
        MESSAGE, to=seats_of_departments(*(department.id for department in world.departments.values()))
    )
    assert reached() == accounts(world, "filer:城管办", "filer:一居", "head:一居")


def test_each_seat_is_reached_by_its_own_address(world: World) -> None:
    leader = seat_of_leader(world.leader.id)
    for who, to in (("office", seats_of_office()), ("leader", leader), ("leader", seats_of_leaders())):
        send_notice(MESSAGE, to=to)
        assert reached() == accounts(world, who)
        Notice.delete().execute()


@on_both
def test_a_message_with_a_key_reaches_an_account_once_even_after_it_was_read(world: World) -> None:
    keyed, to = replace(MESSAGE, key="once"), seats_of_departments(world.departments["经发办"].id)
    assert send_notice(keyed, to=filers_of_departments(world.departments["经发办"].id)) == 1
    mark_all_read(by=world.users["filer"])
    assert [send_notice(keyed, to=to), send_notice(keyed, to=to)] == [1, 0]
    assert Notice.select().count() == 2


@on_both
def test_the_newest_notice_on_a_topic_takes_the_place_of_unread_ones(world: World) -> None:
    to = seats_of_departments(world.departments["经发办"].id)
    for sentence in ("第一次催办。", "第二次催办。"):
        send_notice(replace(MESSAGE, sentence=sentence), to=to)
    send_notice(replace(MESSAGE, sentence="别的事。", topic="other"), to=to)
    filer = world.users["filer"].account_id
    assert unread_count(filer) == 2
    unread = {notice.sentence for notice in Notice.select().where(Notice.account == filer)}
    assert unread == {"第二次催办。", "别的事。"}


def test_a_keyed_notice_that_is_superseded_is_remembered(world: World) -> None:
    keyed, to = replace(MESSAGE, key="once"), filers_of_departments(world.departments["经发办"].id)
    send_notice(keyed, to=to)
    send_notice(MESSAGE, to=to)
    assert unread_count(world.users["filer"].account_id) == 1
    assert send_notice(keyed, to=to) == 0


def test_a_notice_takes_the_place_of_nothing_on_another_topic(world: World) -> None:
    to = filers_of_departments(world.departments["经发办"].id)
    for topic in ("first", "second"):
        send_notice(replace(MESSAGE, topic=topic, key=topic), to=to)
    send_notice(replace(MESSAGE, topic="second", key="third"), to=to)
    unread = [notice.key for notice in Notice.select().where(Notice.read_at.is_null())]
    assert unread == ["first", "third"]


def test_the_same_message_of_one_moment_takes_not_its_own_place(world: World) -> None:
    keyed, to = replace(MESSAGE, key="once"), filers_of_departments(world.departments["经发办"].id)
    assert [send_notice(keyed, to=to), send_notice(keyed, to=to)] == [1, 0]
    assert reached() == accounts(world, "filer:经发办")


def test_a_settled_topic_is_nobodys_news_any_more(world: World) -> None:
    to = seats_of_departments(world.departments["经发办"].id)
    send_notice(MESSAGE, to=to)
    send_notice(replace(MESSAGE, topic="other"), to=to)
    settle_topic("topic")
    assert {notice.topic for notice in Notice.select().where(Notice.read_at.is_null())} == {"other"}


def test_reading_keeps_the_first_time_and_touches_only_ones_own(world: World) -> None:
    send_notice(MESSAGE, to=seats_of_departments(world.departments["经发办"].id))
    filer, head = (world.users[name] for name in ("filer", "head"))
    own = Notice.get(Notice.account == filer.account_id)
    for hours in (0, 1):
        with clock_stopped_at(MORNING + timedelta(hours=hours)):
            mark_read(own, by=filer)
    mark_seen(own.topic, by=filer)
    assert Notice.get_by_id(own.id).read_at == MORNING
    assert (unread_count(filer.account_id), unread_count(head.account_id)) == (0, 1)
    assert (mark_all_read(by=filer), mark_all_read(by=head)) == (0, 1)


def test_who_opens_a_page_has_seen_its_notices(world: World) -> None:
    to = seats_of_departments(world.departments["经发办"].id)
    for topic in ("topic", "other"):
        send_notice(replace(MESSAGE, topic=topic), to=to)
    filer, head = (world.users[name] for name in ("filer", "head"))
    mark_seen("topic", by=filer)
    unread = Notice.select().where(Notice.read_at.is_null()).order_by(Notice.id)
    assert sorted((one.account_id, one.topic) for one in unread) == sorted(
        [(head.account_id, "topic"), (head.account_id, "other"), (filer.account_id, "other")]
    )


@on_both
def test_an_operation_that_is_rolled_back_notifies_nobody(world: World) -> None:
    with pytest.raises(ZeroDivisionError), database.atomic():
        send_notice(MESSAGE, to=seats_of_departments(world.departments["经发办"].id))
        raise ZeroDivisionError
    assert Notice.select().count() == 0


def test_it_is_known_when_a_topic_was_last_noticed(world: World) -> None:
    to = filers_of_departments(world.departments["经发办"].id)
    for days in (0, 3):
        with clock_stopped_at(MORNING + timedelta(days=days)):
            send_notice(replace(MESSAGE, key=f"{days}"), to=to)
    assert last_notice_times(["topic", "never"]) == {"topic": MORNING + timedelta(days=3)}
