"""What an operation changes, row by row over all tables: its own rows, and beside them those of others, which stay.

A condition turned round would change the others instead. Rows that are added are not looked at here.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from app.access import operations as accounts
from app.access.login import attempts as login_attempts
from app.access.login import ending_sessions
from app.access.login import operations as login
from app.access.login.delays import LoginOrigin
from app.access.models import Account, AddressLock, LoginFailure, LoginSession
from app.audit.models import Event
from app.authority.actor import Actor
from app.base.clock import now
from tests.changed_rows import changed_rows, ids
from tests.world import SETTINGS, World

OFFICE, HOME, ELSEWHERE = "10.0.0.1", "10.0.0.2", "10.0.0.3"
KEY = SETTINGS.secret_key


def session_of(account: Account, address: str = OFFICE, **values: Any) -> LoginSession:
    number = LoginSession.select().count()
    return LoginSession.create(account=account, token_hash=f"{number:064}", address=address, **values)


def account_of(world: World, who: str) -> Account:
    return Account.get_by_id(world.users[who].account_id)


@pytest.fixture
def logged_in(world: World) -> dict[str, LoginSession]:
    """Log-ins of the filer, two alive and one ended, and one of the head."""
    filer, head = account_of(world, "filer"), account_of(world, "head")
    return {
        "here": session_of(filer),
        "there": session_of(filer, HOME),
        "ended": session_of(filer, ended_at=datetime(2026, 1, 5)),
        "other": session_of(head),
    }


@pytest.mark.parametrize(
    "close",
    [
        lambda account: accounts.disable_account(account, by=Actor.at_command_line("root")),
        lambda account: accounts.give_password(account, "hash", by=Actor.at_command_line("root")),
        lambda account: accounts.replace_password(
            account, account.password_hash, "hash", by=Actor.at_command_line("root")
        ),
    ],
)
def test_an_account_is_closed_with_its_living_log_ins_alone(
    world: World, logged_in: dict[str, LoginSession], close: Callable[[Account], object]
) -> None:
    account = account_of(world, "filer")
    own = ids(logged_in["here"], logged_in["there"])
    assert changed_rows(lambda: close(account)) == {Account: {account.id}, LoginSession: own}


def test_one_address_for_mail_is_set(world: World) -> None:
    account = account_of(world, "filer")
    operator = Actor.at_command_line("root")
    assert changed_rows(lambda: accounts.set_email(account, "a@b.cn", by=operator)) == {Account: {account.id}}


def test_log_ins_end_one_by_one_or_all_others_of_the_account(
    world: World, logged_in: dict[str, LoginSession]
) -> None:
    filer = world.users["filer"]
    here, there = logged_in["here"], logged_in["there"]
    others = changed_rows(lambda: ending_sessions.end_other_sessions(here, settings=SETTINGS, by=filer))
    assert others == {LoginSession: ids(there)}
    assert changed_rows(lambda: login.log_out(here, by=filer)) == {LoginSession: ids(here)}


def test_a_log_in_with_a_password_too_old_has_that_account_change_it(
    world: World, logged_in: dict[str, LoginSession]
) -> None:
    Account.update(password_set_at=datetime(2020, 1, 1)).execute()
    account = account_of(world, "filer")
    LoginSession.update(browser_hash=login_attempts.hash_of_token("b")).where(
        LoginSession.id.in_([logged_in["there"].id, logged_in["ended"].id])
    ).execute()
    opened = changed_rows(
        lambda: login.open_session(account, origin=LoginOrigin(OFFICE, "b"), settings=SETTINGS)
    )
    assert opened == {Account: {account.id}, LoginSession: ids(logged_in["there"])}


@pytest.fixture
def failures(world: World) -> dict[str, LoginFailure]:
    """Failures of two names at two addresses, one long ago; two addresses are locked, one was."""
    for address, until in ((OFFICE, 1), (HOME, 1), (ELSEWHERE, -1)):
        AddressLock.create(address=address, until=now() + timedelta(hours=until))
    mine, theirs = (
        login_attempts.digest_of_name(world.users[who].username, KEY) for who in ("filer", "head")
    )
    values = {"failures": 2, "failed_at": now()}
    return {
        "mine": LoginFailure.create(name_digest=mine, address=OFFICE, **values),
        "same place": LoginFailure.create(name_digest=theirs, address=OFFICE, **values),
        "other place": LoginFailure.create(name_digest=theirs, address=HOME, **values),
        "long ago": LoginFailure.create(
            name_digest=theirs, address=ELSEWHERE, last_at=now() - timedelta(days=2), **values
        ),
    }


def lock_of(address: str) -> int:
    return int(AddressLock.get(AddressLock.address == address).id)


def test_waits_end_for_one_name_and_where_it_failed_or_for_one_address(
    world: World, failures: dict[str, LoginFailure]
) -> None:
    account, operator = account_of(world, "filer"), Actor.at_command_line("root")
    office, home = lock_of(OFFICE), lock_of(HOME)
    unlocked = changed_rows(lambda: accounts.unlock_account(account, by=operator, key=KEY))
    assert unlocked == {
        LoginFailure: ids(failures["mine"], failures["same place"]),
        AddressLock: {office},
    }
    opened = changed_rows(lambda: accounts.unlock_address(HOME, by=operator))
    assert opened == {LoginFailure: ids(failures["other place"]), AddressLock: {home}}


def test_an_attempt_changes_its_own_count_and_forgets_what_is_old(
    world: World, failures: dict[str, LoginFailure]
) -> None:
    AddressLock.delete().execute()
    mine = failures["mine"]
    attempt: Any = None

    def begin() -> None:
        nonlocal attempt
        attempt = login_attempts.begin_attempt(
            world.users["filer"].username, origin=LoginOrigin(OFFICE), key=KEY
        )

    assert changed_rows(begin) == {LoginFailure: ids(mine, failures["long ago"])}
    assert changed_rows(lambda: login_attempts.uncount_attempt(attempt)) == {LoginFailure: ids(mine)}
    failed = changed_rows(lambda: login_attempts.settle_attempt(attempt, None, action="log_in_refused"))
    assert failed == {LoginFailure: ids(mine)}
    account, admitted = account_of(world, "filer"), list[Account | None]()
    settle = partial(login_attempts.settle_attempt, attempt, account.password_hash, action="log_in_refused")
    assert changed_rows(lambda: admitted.append(settle())) == {LoginFailure: ids(mine)}
    assert admitted == [account]


def test_an_address_that_guesses_is_locked_and_locks_that_are_over_go(
    world: World, failures: dict[str, LoginFailure]
) -> None:
    guesser = LoginFailure.create(name_digest="0" * 64, address="10.0.0.9", failures=99, failed_at=now())
    office, over = lock_of(OFFICE), lock_of(ELSEWHERE)
    locked = changed_rows(lambda: login_attempts.lock_guessing_address(LoginOrigin("10.0.0.9"), now()))
    assert locked == {AddressLock: {over}}
    assert changed_rows(lambda: login_attempts.lock_guessing_address(LoginOrigin("10.0.0.9"), now())) == {}
    assert AddressLock.get_by_id(office)
    assert LoginFailure.get_by_id(guesser.id)


def test_a_log_in_and_a_browser_are_known_by_32_random_bytes(world: World) -> None:
    account = Account.get_by_id(world.users["filer"].account_id)
    opened = login.open_session(account, origin=LoginOrigin(OFFICE), settings=SETTINGS)
    assert [len(urlsafe_b64decode(f"{text}=")) for text in (opened.token, opened.browser)] == [32, 32]


def test_a_log_in_without_failures_before_says_nothing_of_any(world: World) -> None:
    account = Account.get_by_id(world.users["filer"].account_id)
    login.open_session(account, origin=LoginOrigin(OFFICE), settings=SETTINGS)
    assert Event.select().order_by(Event.id.desc()).get().summary == ""
