"""Wrong passwords: how long they make one wait, whom they keep out, and what of them is written down."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app.access.login import attempts
from app.access.login.attempts import (
    PasswordAttempt,
    TooManyAttempts,
    begin_attempt,
    clear_address,
    digest_of_name,
    settle_attempt,
    standing_of_attempt,
    uncount_attempt,
)
from app.access.login.delays import (
    ADDRESS_DELAY,
    ADDRESS_LOCKED_AFTER,
    ADDRESS_LOCKED_FOR,
    NAME_DELAY,
    DelayRule,
    FailureCount,
    LoginOrigin,
)
from app.access.login.operations import LoginRefused, log_in
from app.access.models import (
    Account,
    AddressLock,
    LoginFailure,
    LoginSession,
)
from app.access.passwords import hashes as password_hashes
from app.audit.models import Event
from app.authority.policy import Action
from app.base.clock import clock_stopped_at, now
from app.base.database import database
from tests.clients import Browser, browser
from tests.databases import on_both
from tests.world import PASSWORD, World

RULES = (NAME_DELAY, ADDRESS_DELAY)
OFFICE, HOME, ATTACKER = "10.0.0.5", "10.0.7.7", "203.0.113.9"
MORNING = datetime(2026, 10, 9, 8, 30)
SECOND = timedelta(seconds=1)


def browser_at(app: Flask, address: str) -> Browser:
    """Return a browser at an address, with the log-in page open."""
    client = browser(app)
    client.environ_base["REMOTE_ADDR"] = address
    client.get("/login")
    return client


def enter(client: Browser, username: str, password: str = "wrong") -> TestResponse:
    return client.post("/login", data={"username": username, "password": password})


def let_in(client: Browser, username: str) -> bool:
    """Return whether the right password opens; leave again."""
    answer = enter(client, username, PASSWORD)
    if answer.status_code == 303:
        client.get("/password")
        client.post("/logout")
        client.get("/login")
    return answer.status_code == 303


def guess(client: Browser, username: str, times: int, *, since: datetime = MORNING) -> datetime:
    """Guess wrong so often, each time after the wait; return when the last guess was made."""
    moment = since
    for _ in range(times):
        with clock_stopped_at(moment):
            answer = enter(client, username)
        if answer.status_code == 429:
            moment += timedelta(seconds=int(answer.headers["Retry-After"]))
            with clock_stopped_at(moment):
                answer = enter(client, username)
        assert answer.status_code == 401
    return moment


def guess_many_names(app: Flask, address: str) -> datetime:
    """Guess for forty names that nobody has, one a second whatever is answered; return when the last guess was made."""
    for number in range(40):
        with clock_stopped_at(MORNING + number * SECOND), pytest.raises((LoginRefused, TooManyAttempts)):
            log_in(f"nobody-{number}", "wrong", origin=LoginOrigin(address), settings=app.config["SETTINGS"])
    return MORNING + 39 * SECOND


def actions(*names: str) -> list[str]:
    rows = Event.select().where(Event.action.in_(names)).order_by(Event.id)
    return [row.summary for row in rows]


# The rule


@pytest.mark.parametrize("rule", RULES)
def test_some_failures_are_free_and_then_the_wait_doubles_up_to_the_longest(rule: DelayRule) -> None:
    waits = [rule.wait_after(failures) for failures in range(rule.free + 40)]
    assert waits[: rule.free + 1] == [timedelta(0)] * (rule.free + 1)
    assert waits[rule.free + 1] == SECOND
    assert all(later in (2 * before, rule.longest) for before, later in pairwise(waits[rule.free + 1 :]))
    assert waits[-1] == rule.longest == timedelta(minutes=15)
    assert [rule.reaches_longest(failures) for failures in range(rule.free + 40)].count(True) == 1


@given(st.sampled_from(RULES), st.integers(0, 10**6), st.timedeltas(timedelta(0), timedelta(days=2)))
def test_a_wait_ends_when_it_was_announced_to_end(rule: DelayRule, failures: int, after: timedelta) -> None:
    count = FailureCount(failures, MORNING)
    left = rule.wait_at(count, MORNING + after)
    assert timedelta(0) <= left <= rule.longest
    assert rule.wait_at(count, MORNING + after + left) == timedelta(0)
    if after < rule.memory:
        assert left == max(timedelta(0), rule.wait_after(failures) - after)


def test_who_guesses_a_name_day_and_night_gets_a_hundred_guesses_a_day() -> None:
    moment, count, guesses = MORNING, FailureCount(), 0
    while moment < MORNING + timedelta(days=1):
        moment += NAME_DELAY.wait_at(count, moment)
        count, guesses = FailureCount(count.failures + 1, moment), guesses + 1
    assert guesses <= 3 + 10 + 4 * 24 + 1


# Who is kept out


def test_nobody_is_locked_out_from_elsewhere(app: Flask, world: World) -> None:
    name = world.users["filer"].username
    with clock_stopped_at(MORNING - timedelta(days=1)):
        assert let_in(browser_at(app, OFFICE), name)
    attacker = browser_at(app, ATTACKER)
    last = guess(attacker, name, 20)
    with clock_stopped_at(last):
        assert let_in(browser_at(app, OFFICE), name)
        assert enter(attacker, name, PASSWORD).status_code == 429
        elsewhere = enter(browser_at(app, HOME), name, PASSWORD)
    assert (elsewhere.status_code, elsewhere.headers["Retry-After"]) == (429, "900")
    assert "请过 15 分钟再试" in elsewhere.text
    with clock_stopped_at(last + timedelta(minutes=15)):
        assert let_in(browser_at(app, HOME), name)


def test_a_known_browser_gets_in_while_a_colleague_at_the_same_address_guesses(
    app: Flask, world: World
) -> None:
    name = world.users["filer"].username
    own = browser_at(app, OFFICE)
    with clock_stopped_at(MORNING - timedelta(hours=1)):
        assert let_in(own, name)
    last = guess(browser_at(app, OFFICE), name, 14)
    with clock_stopped_at(last):
        assert enter(browser_at(app, OFFICE), name, PASSWORD).status_code == 429
        assert let_in(own, name)


@pytest.mark.parametrize("address", [OFFICE, "2001:db8:1:2::7"])
def test_an_address_that_guesses_is_locked_for_half_an_hour_and_the_log_says_so_once(
    app: Flask, world: World, address: str
) -> None:
    name = world.users["filer"].username
    client = browser_at(app, address)
    guess_many_names(app, address)
    assert [f"输错 {ADDRESS_LOCKED_AFTER} 次" in summary for summary in actions("lock_address")] == [True]
    assert LoginFailure.select().count() == ADDRESS_LOCKED_AFTER
    until = AddressLock.get().until
    with clock_stopped_at(until - SECOND):
        assert enter(client, name, PASSWORD).headers["Retry-After"] == "1"
        assert let_in(browser_at(app, ATTACKER), name)
    with clock_stopped_at(until):
        assert let_in(client, name)
    assert until - MORNING < ADDRESS_LOCKED_FOR + timedelta(minutes=1)


def test_a_lock_is_neither_drawn_out_nor_the_last_one(world: World) -> None:
    """Who goes on while it lasts waits no longer; who goes on after it is locked again."""
    origin = LoginOrigin(ATTACKER, "")
    for number in range(ADDRESS_LOCKED_AFTER):
        LoginFailure.create(address=ATTACKER, name_digest=str(number), failures=1)
    for seconds, until in ((0, 0), (1, 0), (1800, 1800)):
        moment = MORNING + seconds * SECOND
        LoginFailure.update(failed_at=moment, last_at=moment).execute()
        attempts.lock_guessing_address(origin, moment)
        assert AddressLock.get().until == MORNING + until * SECOND + ADDRESS_LOCKED_FOR
    assert AddressLock.select().count() == 1


def test_an_account_that_logged_in_there_before_is_not_locked_out_with_the_address(
    app: Flask, world: World
) -> None:
    name, new = world.users["filer"].username, world.users["head"].username
    with clock_stopped_at(MORNING - timedelta(days=80)):
        assert let_in(browser_at(app, OFFICE), name)
    last = guess_many_names(app, OFFICE)
    with clock_stopped_at(last):
        assert let_in(browser_at(app, OFFICE), name)
        assert not let_in(browser_at(app, OFFICE), new)


def test_fifty_colleagues_behind_one_address_have_their_typos_on_the_first_morning(
    app: Flask, world: World
) -> None:
    chance, moment = Random(7), MORNING
    names = [f"colleague-{number}" for number in range(50)]
    known = Account.get_by_id(world.users["head"].account_id)
    row = {"password_hash": known.password_hash, "seat": "填报员", "person": "某人"}
    Account.insert_many([row | {"username": name} for name in names]).execute()
    origin, settings = LoginOrigin(OFFICE), app.config["SETTINGS"]
    for name in names:
        moment += timedelta(seconds=chance.randint(10, 100))
        typed = [name] * chance.choice([0, 0, 0, 1, 2, 3]) + [f"{name}-mistyped"] * (chance.random() < 0.1)
        with clock_stopped_at(moment):
            for mistaken in typed:
                with pytest.raises(LoginRefused):
                    log_in(mistaken, "wrong", origin=origin, settings=settings)
            assert log_in(name, PASSWORD, origin=origin, settings=settings).token
    assert actions("lock_address", "delay_account") == []


@on_both
def test_forty_guesses_at_once_are_no_more_than_four(app: Flask, world: World) -> None:
    name, checked = world.users["filer"].username, list[str]()
    verify = password_hashes.password_matches

    def counting(password: str, password_hash: str) -> bool:
        checked.append(password)
        return verify(password, password_hash)

    def send(number: int) -> int:
        with clock_stopped_at(MORNING):
            return enter(browser_at(app, ATTACKER), name, f"guess-{number}").status_code

    with pytest.MonkeyPatch.context() as patched, ThreadPoolExecutor(8) as threads:
        patched.setattr("app.access.login.attempts.password_matches", counting)
        answers = list(threads.map(send, range(40)))
    assert set(answers) == {401, 429}
    assert len(checked) == answers.count(401) == NAME_DELAY.free + 1


def test_where_too_many_passwords_are_being_hashed_one_hears_so_and_nothing_is_counted(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(password_hashes, "LONGEST_QUEUE", timedelta(0))
    client, name = browser_at(app, OFFICE), world.users["filer"].username
    for _ in range(password_hashes.HASHED_AT_ONCE):
        password_hashes.turns.acquire()
    try:
        answers = [enter(client, name, PASSWORD) for _ in range(6)]
    finally:
        password_hashes.turns.release(password_hashes.HASHED_AT_ONCE)
    assert {answer.status_code for answer in answers} == {429}
    assert all("登录的人较多" in answer.text for answer in answers)
    assert let_in(client, name)


# What is written down


def test_failures_of_a_known_name_are_counted_in_few_rows_of_the_log(app: Flask, world: World) -> None:
    client, name = browser_at(app, ATTACKER), world.users["filer"].username
    last = guess(client, name, 13)
    assert actions("delay_account") == []
    last = guess(client, name, 1, since=last)
    assert len(actions("delay_account")) == 1
    guess(client, name, 2, since=last)
    recorded = [f"第 {failures} 次" for failures in (1, 2, 4, 8, 16)]
    assert actions("log_in_refused") == recorded
    assert [summary.split("：")[1] for summary in actions("delay_account")] == [
        "连续输错 14 次，同一来源每次须等 15 分钟"
    ]


def test_a_log_in_says_how_often_it_failed_before(app: Flask, world: World) -> None:
    name, client = world.users["filer"].username, browser_at(app, HOME)
    guess(client, name, 3)
    with clock_stopped_at(MORNING):
        assert [let_in(client, name) for _ in range(2)] == [True, True]
    assert actions("log_in") == ["此前输错 3 次", ""]


def test_what_was_typed_as_the_name_is_kept_nowhere(app: Flask, world: World) -> None:
    client, typed = browser_at(app, ATTACKER), "My-Own-Secret-42"
    for _ in range(6):
        enter(client, typed)
    assert LoginFailure.get().failures == NAME_DELAY.free + 1
    assert Event.select().where(Event.address == ATTACKER).count() == 0
    with closing(sqlite3.connect(database.obj.database)) as connection:
        dump = "\n".join(connection.iterdump()).lower()
    assert typed.lower() not in dump


def test_failures_are_forgotten_after_a_day(app: Flask, world: World) -> None:
    client = browser_at(app, ATTACKER)
    for number in range(20):
        with clock_stopped_at(MORNING):
            enter(client, f"nobody-{number}")
    with clock_stopped_at(MORNING + NAME_DELAY.memory):
        enter(client, "somebody-else")
    assert LoginFailure.select().count() == 1


@pytest.mark.parametrize("names_address", [False, True])
def test_the_security_administrator_ends_every_wait(app: Flask, world: World, names_address: bool) -> None:
    name, client = world.users["filer"].username, browser_at(app, ATTACKER)
    for _ in range(50):
        enter(client, name)
    assert AddressLock.get().until > now()
    command = ["--address", ATTACKER] if names_address else [name]
    answer = app.test_cli_runner().invoke(args=["user", "unlock", *command])
    assert (answer.exit_code, "已解除锁定" in answer.output) == (0, True)
    assert let_in(client, name)
    assert Event.select().where(Event.action == Action.UNLOCK_LOGIN).count() == 1
    assert app.test_cli_runner().invoke(args=["user", "unlock", "--address", "10.9.9.9"]).exit_code == 1
    assert app.test_cli_runner().invoke(args=["user", "unlock"]).exit_code == 1


@pytest.mark.parametrize(
    ("fails", "is_locked", "cleared"), [(1, False, True), (0, True, True), (0, False, False)]
)
def test_an_address_is_cleared_of_its_lock_and_of_its_failures(
    world: World, fails: int, is_locked: bool, cleared: bool
) -> None:
    if fails:
        LoginFailure.create(
            name_digest="a", address=ATTACKER, failures=fails, failed_at=MORNING, last_at=MORNING
        )
    if is_locked:
        AddressLock.create(address=ATTACKER, until=MORNING)
    assert clear_address(ATTACKER) is cleared
    assert (LoginFailure.select().count(), AddressLock.select().count()) == (0, 0)


def test_the_address_of_a_log_in_is_known_for_as_long_as_the_rule_says(app: Flask, world: World) -> None:
    name = world.users["filer"].username
    with clock_stopped_at(MORNING - timedelta(days=91)):
        assert let_in(browser_at(app, OFFICE), name)
    assert LoginSession.select().count() == 1
    last = guess(browser_at(app, ATTACKER), name, 5)
    with clock_stopped_at(last):
        assert not let_in(browser_at(app, OFFICE), name)


@pytest.mark.parametrize(("age", "counted"), [(NAME_DELAY.memory, 0), (NAME_DELAY.memory - SECOND, 3)])
def test_failures_of_a_day_ago_count_no_more(world: World, age: timedelta, counted: int) -> None:
    account = Account.get_by_id(world.users["office"].account_id)
    digest, failed_at = digest_of_name(account.username, "key"), MORNING - age
    LoginFailure.create(
        name_digest=digest, address=OFFICE, failures=3, failed_at=failed_at, last_at=failed_at
    )
    standing = standing_of_attempt(account, digest, LoginOrigin(ATTACKER), MORNING)
    assert standing.name.failures == counted


def test_a_failure_counts_from_the_moment_when_it_was_found(world: World) -> None:
    with clock_stopped_at(MORNING):
        attempt = begin_attempt("nobody", origin=LoginOrigin(OFFICE), key="key")
    assert isinstance(attempt, PasswordAttempt)
    with clock_stopped_at(MORNING + SECOND):
        settle_attempt(attempt, None, action="log_in_refused")
    assert LoginFailure.get().last_at == MORNING + SECOND


def test_where_nothing_could_be_checked_only_that_attempt_is_not_counted(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = browser_at(app, HOME)
    enter(others, world.users["office"].username)

    def refuse_to_hash(password: str, stored: str) -> bool:
        raise password_hashes.HashingBusy

    monkeypatch.setattr(attempts, "password_matches", refuse_to_hash)
    enter(browser_at(app, OFFICE), world.users["filer"].username)
    assert sorted(row.failures for row in LoginFailure.select()) == [0, 1]


def test_an_attempt_that_was_taken_back_already_is_not_taken_back_twice(world: World) -> None:
    row = LoginFailure.create(
        name_digest="0" * 64, address=OFFICE, failed_at=now(), last_at=now(), failures=1
    )
    left = []
    for _ in range(2):
        uncount_attempt(PasswordAttempt(None, LoginOrigin(OFFICE), row.id, failures=1, counted=1))
        left.append(LoginFailure.get_by_id(row.id).failures)
    assert left == [0, 0]
