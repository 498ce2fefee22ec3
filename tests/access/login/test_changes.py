"""Logging in and out, right and wrong, and all that it changes: other accounts and browsers stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

import pytest

from app.access import operations
from app.access.login import ending_sessions
from app.access.login import operations as login
from app.access.login.attempts import (
    LoginFailure,
    digest_of_name,
    failures_of_address,
    hash_of_token,
    standing_of_attempt,
)
from app.access.login.delays import ADDRESS_DELAY, ADDRESS_LOCKED_AFTER, LoginOrigin
from app.access.models import Account, AddressLock, LoginSession
from app.base.clock import clock_stopped_at
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import PASSWORD, SETTINGS, World

MOMENT = datetime(2026, 9, 14, 9, 30)
HERE, THERE = LoginOrigin("10.0.0.1"), LoginOrigin("10.0.0.2")
SECOND = timedelta(seconds=1)


@dataclass
class Visitors:
    """People who log in, and the browsers that they were given."""

    world: World
    browsers: dict[str, login.OpenedSession] = field(default_factory=dict)

    def log_in(self, who: str, password: str = PASSWORD, origin: LoginOrigin = HERE) -> Callable[[], None]:
        def try_it() -> None:
            name = self.world.users[who].username if who in self.world.users else who
            self.browsers[who] = login.log_in(name, password, origin=origin, settings=SETTINGS)

        return try_it


def account_of(world: World, who: str) -> Account:
    return Account.get_by_id(world.users[who].account_id)


def last_session() -> LoginSession:
    return LoginSession.select().order_by(LoginSession.id.desc()).get()


def test_each_log_in_changes_what_it_names_and_nothing_else(world: World) -> None:
    found, visitors = changes_beside(__file__), Visitors(world)
    with clock_stopped_at(MOMENT):
        log_in_and_out(found, visitors)
        guess_names(found, visitors)
    with clock_stopped_at(MOMENT + timedelta(days=91)):
        for number in range(1, SETTINGS.sessions_per_account + 2):
            found.record(f"log in number {number}", visitors.log_in("leader", origin=THERE))
        head = account_of(world, "head")
        Account.update(disabled_at=MOMENT).where(Account.id == head.id).execute()
        found.record("log in where it was closed", visitors.log_in("head"))
        found.record(
            "end all of one account", lambda: ending_sessions.end_every_session(account_of(world, "leader"))
        )
    found.compare()


def log_in_and_out(found: RecordedChanges, visitors: Visitors) -> None:
    world = visitors.world
    office, by = world.users["office"], world.users["security_admin"]
    found.record("log in", visitors.log_in("office"))
    found.record("log in elsewhere", visitors.log_in("office", origin=THERE))
    found.record("log in as head", visitors.log_in("head"))
    for number in range(1, 6):
        found.record(f"fail {number}", visitors.log_in("head", "wrong", origin=THERE))
    found.record("fail as nobody", visitors.log_in("nobody", "wrong", origin=THERE))
    found.record("log in here all the same", visitors.log_in("head"))
    head = account_of(world, "head")
    found.record("end waits", lambda: operations.unlock_account(head, by=by, key=SETTINGS.secret_key))
    again = LoginOrigin(HERE.address, visitors.browsers["office"].browser)
    found.record("log in with the same browser", visitors.log_in("office", origin=again))
    former = last_session()

    def log_in_over_former() -> None:
        origin = LoginOrigin(HERE.address)
        name = world.users["filer"].username
        login.log_in(name, PASSWORD, origin=origin, settings=SETTINGS, former=former)

    found.record("log in over another's log-in", log_in_over_former)
    found.record("log in once more", visitors.log_in("office"))
    last = last_session()
    found.record(
        "end the others", lambda: ending_sessions.end_other_sessions(last, settings=SETTINGS, by=office)
    )
    found.record(
        "end no others", lambda: ending_sessions.end_other_sessions(last, settings=SETTINGS, by=office)
    )
    found.record("end another's", lambda: ending_sessions.end_session(last, by=world.users["filer"]))
    found.record("log out for another", lambda: login.log_out(last, by=world.users["filer"]))
    found.record("log out", lambda: login.log_out(last, by=office))
    found.record("log in afterwards", visitors.log_in("office"))
    found.record("end it by hand", lambda: ending_sessions.end_session(last_session(), by=office))


def guess_names(found: RecordedChanges, visitors: Visitors) -> None:
    """One failure at an address is the last before its lock; another address has failures of its own."""
    values = {"address": "10.0.0.9", "failed_at": MOMENT - 61 * SECOND, "last_at": MOMENT - 61 * SECOND}
    for number in range(ADDRESS_LOCKED_AFTER - 2):
        LoginFailure.create(name_digest=str(number), failures=1, **values)
    LoginFailure.create(name_digest="old", failures=1, **values | {"last_at": MOMENT - timedelta(days=1)})
    AddressLock.create(address="10.0.0.7", until=MOMENT)
    AddressLock.create(address="10.0.0.8", until=MOMENT + timedelta(hours=1))
    guess = LoginOrigin("10.0.0.9")
    found.record("guess without waiting", visitors.log_in("first", "wrong", origin=guess))
    with clock_stopped_at(MOMENT + timedelta(minutes=8)):
        found.record("guess and have it locked", visitors.log_in("first", "wrong", origin=guess))
    with clock_stopped_at(MOMENT + timedelta(minutes=24)):
        found.record("guess while it is locked", visitors.log_in("third", "wrong", origin=guess))
        clear = visitors.world.users["security_admin"]
        found.record("unlock the address", lambda: operations.unlock_address(guess.address, by=clear))


# Where the account logged in before, where it is tried from, and which failures of its name then count together:
# those of a known browser; those of a known address, without a known browser; or those of the rest of the world.
OWN_BROWSER, OTHER_BROWSER = "own-browser", "other-browser"
KNOWN, ALSO_KNOWN, UNKNOWN, FURTHER = "10.0.0.1", "10.0.0.2", "203.0.113.9", "203.0.113.10"
COUNTED = {
    (OWN_BROWSER, KNOWN): (True, {(OWN_BROWSER, KNOWN), (OWN_BROWSER, UNKNOWN)}),
    (OWN_BROWSER, UNKNOWN): (True, {(OWN_BROWSER, KNOWN), (OWN_BROWSER, UNKNOWN)}),
    (OTHER_BROWSER, KNOWN): (True, {("", KNOWN)}),
    ("", KNOWN): (True, {("", KNOWN)}),
    ("", ALSO_KNOWN): (True, {("", ALSO_KNOWN)}),
    (OTHER_BROWSER, UNKNOWN): (False, {("", UNKNOWN), ("", FURTHER)}),
    ("", UNKNOWN): (False, {("", UNKNOWN), ("", FURTHER)}),
    ("", FURTHER): (False, {("", UNKNOWN), ("", FURTHER)}),
}


@pytest.mark.parametrize(("browser", "address"), COUNTED)
def test_failures_count_together_by_where_they_come_from(world: World, browser: str, address: str) -> None:
    account = account_of(world, "filer")
    for known_at in (KNOWN, ALSO_KNOWN):
        LoginSession.create(
            account=account,
            token_hash=known_at,
            browser_hash=hash_of_token(OWN_BROWSER),
            address=known_at,
            created_at=MOMENT,
        )
    digest = digest_of_name(account.username, SETTINGS.secret_key)
    places = [*product(("", OWN_BROWSER), (KNOWN, UNKNOWN)), ("", ALSO_KNOWN), ("", FURTHER)]
    weights = {place: 2**power for power, place in enumerate(places)}
    for (failed_in, failed_at), failures in weights.items():
        where = {"browser_hash": hash_of_token(failed_in), "address": failed_at}
        times = {"failed_at": MOMENT - failures * SECOND, "last_at": MOMENT}
        LoginFailure.create(name_digest=digest, failures=failures, **where, **times)
        LoginFailure.create(name_digest="another's", failures=1000, **where, **times)
    is_known, counted = COUNTED[browser, address]
    standing = standing_of_attempt(account, digest, LoginOrigin(address, browser), MOMENT)
    assert standing.is_known is is_known
    assert standing.browser_hash == (hash_of_token(OWN_BROWSER) if browser == OWN_BROWSER else "")
    assert standing.name.failures == sum(weights[place] for place in counted)
    assert standing.name.last_at == MOMENT - min(weights[place] for place in counted) * SECOND
    assert standing.locked_until is None


@pytest.mark.parametrize(
    ("locked", "left", "is_locked"),
    [(UNKNOWN, SECOND, True), (UNKNOWN, 0 * SECOND, False), (FURTHER, SECOND, False)],
)
def test_an_address_is_locked_until_its_lock_ends(
    world: World, locked: str, left: timedelta, is_locked: bool
) -> None:
    AddressLock.create(address=locked, until=MOMENT + left)
    standing = standing_of_attempt(None, "digest", LoginOrigin(UNKNOWN), MOMENT)
    assert standing.locked_until == (MOMENT + left if is_locked else None)
    assert standing.required_wait(MOMENT) == (left if is_locked else timedelta(0))


@pytest.mark.parametrize(("age", "counted"), [(ADDRESS_DELAY.memory - SECOND, 5), (ADDRESS_DELAY.memory, 0)])
def test_an_address_pays_for_its_failures_and_for_not_waiting(
    world: World, age: timedelta, counted: int
) -> None:
    row = {"last_at": MOMENT - age, "failed_at": None}
    LoginFailure.create(name_digest="a", address=UNKNOWN, failures=2, refused=3, **row)
    LoginFailure.create(name_digest="b", address=FURTHER, failures=7, refused=7, **row)
    count = failures_of_address(UNKNOWN, MOMENT)
    assert (count.failures, count.last_at) == (counted, MOMENT - age if counted else None)


def test_no_browser_has_no_hash() -> None:
    assert hash_of_token("") == ""
    assert len({hash_of_token(OWN_BROWSER), hash_of_token(OTHER_BROWSER), ""}) == 3
