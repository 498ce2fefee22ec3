"""Passing work on, at once or on a day, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from app.access.models import Account, Grant
from app.access.rules import LONGEST_DELEGATION
from app.administration.hand_over.operations import order_hand_over, run_due_hand_overs
from app.administration.seats import find_seat
from app.authority.actor import SYSTEM, Actor
from app.authority.roles import Role
from app.base.clock import clock_stopped_at
from app.directives.steps import operations as steps
from app.notices.models import Notice
from app.org.models import Leader
from tests.directives.writing import replied_directive, written_directive
from tests.drafting.drafts import drafted
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import World, add_user

pytestmark = pytest.mark.usefixtures("in_app")

MOMENT = datetime(2026, 9, 14, 9, 30)
TODAY = MOMENT.date()


def test_work_passes_with_everything_that_is_open_and_nothing_else(reported: World) -> None:
    users = reported.users
    with clock_stopped_at(MOMENT):
        second = add_user("office-2", Role.OFFICE)
        third = add_user("filer-9", Role.FILER, department=reported.departments["经发办"])
        follower = Leader.create(name="吴示例", post="副主任", position=2)
        leader = add_user("leader-2", Role.LEADER, leader=follower)
        drafted(reported)
        fill_hands(reported, users["office"], second)
        closed = replied_directive(reported)
        steps.close_directive(closed, by=users["leader"], version=closed.version)
        for word in ("第一件。", "第二件。"):
            written_directive(reported, text=word)
    found = changes_beside(__file__, MOMENT)
    refuse(found, users, second)
    found.record("leader", passing(users["leader"], leader, by=users["office"]))
    found.record("leader without any work", passing(users["leader"], leader, by=users["office"]))
    found.record("filer by head", passing(users["filer"], third, by=users["head"]))
    found.record("office", passing(users["office"], second, by=users["office"]))
    found.record(
        "office on the last day", passing(second, users["office"], TODAY + LONGEST_DELEGATION, by=second)
    )
    found.record(
        "filer in three days", passing(third, users["filer"], TODAY + timedelta(3), by=users["head"])
    )
    run_days(found, users, third)
    account = Account.get_by_id(leader.account_id)
    Grant.create(account=account, role=Role.OFFICE, valid_from=TODAY)
    found.record(
        "leader who sits in the office too", passing(leader, users["office"], TODAY + timedelta(3), by=second)
    )
    found.compare()


def passing(giver: Actor, receiver: Actor, day: date = TODAY, *, by: Actor) -> Callable[[], object]:
    def pass_on() -> object:
        seats = [find_seat(one.account_id or 0) for one in (giver, receiver)]
        assert seats[0] and seats[1]
        return order_hand_over(seats[0], seats[1], day, by=by)

    return pass_on


def fill_hands(world: World, giver: Actor, receiver: Actor) -> None:
    """Let both have notices: read, unread with and without a key, and one that the other has too."""
    for account, key, read in (
        (giver, None, None),
        (giver, "own", None),
        (giver, "both", None),
        (giver, "read", MOMENT),
        (receiver, "both", None),
        (world.users["filer"], "theirs", None),
    ):
        values = {"kind": "reminder", "sentence": "请办。", "path": "/", "topic": "t", "mail_at": MOMENT}
        Notice.create(account=account.account_id, key=key, read_at=read, **values)


def refuse(found: RecordedChanges, users: dict[str, Actor], second: Actor) -> None:
    office = users["office"]
    found.record("to oneself", passing(office, office, by=office))
    found.record("to another role", passing(office, users["leader"], by=office))
    found.record("yesterday", passing(office, second, TODAY - timedelta(1), by=office))
    found.record("far away", passing(office, second, TODAY + LONGEST_DELEGATION + timedelta(1), by=office))
    found.record("as head of another", passing(users["filer"], users["head"], by=users["head:一居"]))
    Account.update(disabled_at=MOMENT).where(Account.id == second.account_id).execute()
    found.record("to a closed account", passing(office, second, by=office))
    Account.update(disabled_at=None).where(Account.id == second.account_id).execute()
    grant = Grant.get(Grant.account == second.account_id)
    grant.valid_from = grant.valid_until = TODAY - timedelta(1)
    grant.save()
    found.record("to whose grant has ended", passing(office, second, by=office))
    grant.valid_until = None
    grant.save()


def run_days(found: RecordedChanges, users: dict[str, Actor], third: Actor) -> None:
    found.record("run too early", lambda: run_due_hand_overs(by=SYSTEM))
    found.record("run as office", lambda: run_due_hand_overs(by=users["office"]))
    found.begin = MOMENT + timedelta(3)
    filer = Account.id == users["filer"].account_id
    Account.update(disabled_at=MOMENT).where(filer).execute()
    found.record("run where the receiver was closed", lambda: run_due_hand_overs(by=SYSTEM))
    Account.update(disabled_at=None).where(filer).execute()
    values = {"kind": "reminder", "sentence": "请填。", "path": "/", "topic": "t"}
    Notice.create(account=third.account_id, **values)
    found.record("run on the day", lambda: run_due_hand_overs(by=SYSTEM))
    found.record("run once more", lambda: run_due_hand_overs(by=SYSTEM))
