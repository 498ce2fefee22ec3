"""Trying a password. An attempt is counted before it is checked, so that simultaneous requests cannot get past the
limit.

`delays` decides how long to wait after failures. An attempt that has to wait is refused before anything is hashed; a
successful one is taken out of the count.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access import queries
from app.access.login.delays import (
    ADDRESS_DELAY,
    ADDRESS_LOCKED_AFTER,
    ADDRESS_LOCKED_FOR,
    NAME_DELAY,
    FailureCount,
    LoginOrigin,
    is_recorded,
)
from app.access.login.ending_sessions import actor_of
from app.access.models import Account, AddressLock, LoginFailure
from app.access.passwords.hashes import NOBODYS_HASH, HashingBusy, password_matches
from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import TooManyRequests
from app.base.rate_limits import address_subject, duration_text


class TooManyAttempts(TooManyRequests):
    """There were so many failures that this attempt has to wait; its password was not looked at."""

    def __init__(self, wait: timedelta) -> None:
        sentence = f"输错次数较多，请过{duration_text(wait)}再试。急需使用请联系安全管理员解除。"
        super().__init__(sentence, wait=wait)


@dataclass(frozen=True)
class PasswordAttempt:
    """An attempt that counts as a failure until it proves right.

    account: the account with this name, if there is one. row_id: the row it was counted in. failures: the count in that
    row. counted: the count over all rows that count together.
    """

    account: Account | None
    origin: LoginOrigin
    row_id: int
    failures: int
    counted: int


@dataclass(frozen=True)
class AttemptStanding:
    """What is known of a name and an address when somebody tries to log in.

    is_known: the account has logged in before from this browser or address. browser_hash: of the browser, if known.
    name: failures of the name that count for this attempt. address: failures of the address, with attempts during a
    wait. locked_until: the end of the address's lock, if it is locked.
    """

    is_known: bool
    browser_hash: str
    name: FailureCount
    address: FailureCount
    locked_until: datetime | None

    def required_wait(self, moment: datetime) -> timedelta:
        wait = NAME_DELAY.wait_at(self.name, moment)
        if self.is_known:
            return wait
        lock = (self.locked_until or moment) - moment
        return max(wait, lock, ADDRESS_DELAY.wait_at(self.address, moment))


def hash_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest() if token else ""


def digest_of_name(username: str, key: str) -> str:
    """Return the digest stored for a name that was tried; the name cannot be read from it."""
    name = f"login name\0{username.strip().lower()}"
    return hmac.new(key.encode(), name.encode(), hashlib.sha256).hexdigest()


def try_password(
    username: str, password: str, *, origin: LoginOrigin, key: str
) -> tuple[PasswordAttempt, str | None]:
    """Return the attempt, and the hash that the password matches if it is right.

    The password may be changed meanwhile, so `settle_attempt` checks the hash again. Hashing takes as long as many
    saves and therefore happens outside transactions. Raises TooManyAttempts before anything is hashed, HashingBusy if
    too many are being hashed.
    """
    attempt = begin_attempt(username, origin=origin, key=key)
    if isinstance(attempt, timedelta):
        raise TooManyAttempts(attempt)
    account = attempt.account
    stored = account.password_hash if account else NOBODYS_HASH
    try:
        is_right = password_matches(password, stored)
    except HashingBusy:
        uncount_attempt(attempt)
        raise
    return attempt, stored if is_right and account else None


@transaction
def begin_attempt(username: str, *, origin: LoginOrigin, key: str) -> PasswordAttempt | timedelta:
    """Count an attempt and return it, or return how long it has to wait."""
    account, digest, moment = queries.account_named(username), digest_of_name(username, key), now()
    standing = standing_of_attempt(account, digest, origin, moment)
    wait = standing.required_wait(moment)
    address = address_subject(origin.address)
    where = {"name_digest": digest, "address": address, "browser_hash": standing.browser_hash}
    if wait > timedelta(0):
        if standing.locked_until is None:
            count_refusal(where, moment)
            lock_guessing_address(origin, moment)
        return wait
    row = count_failure(where, moment)
    return PasswordAttempt(account, origin, row.id, row.failures, standing.name.failures + 1)


def standing_of_attempt(
    account: Account | None, digest: str, origin: LoginOrigin, moment: datetime
) -> AttemptStanding:
    """Return what is known of a name and an address: four queries, whether or not the account exists."""
    browsers, addresses = queries.known_origins(account, at=moment)
    browser, address = hash_of_token(origin.browser), address_subject(origin.address)
    known = {address_subject(each) for each in addresses}
    is_browser_known, is_address_known = browser in browsers, address in known

    def counts_together(row: LoginFailure) -> bool:
        if is_browser_known:
            return row.browser_hash == browser
        here = row.address == address if is_address_known else row.address not in known
        return here and not row.browser_hash

    recent = LoginFailure.select().where(LoginFailure.last_at > moment - NAME_DELAY.memory)
    by_name = recent.where(LoginFailure.name_digest == digest)
    lock = AddressLock.get_or_none((AddressLock.address == address) & (AddressLock.until > moment))
    return AttemptStanding(
        is_known=is_browser_known or is_address_known,
        browser_hash=browser if is_browser_known else "",
        name=sum_failures(filter(counts_together, by_name)),
        address=failures_of_address(address, moment),
        locked_until=lock.until if lock else None,
    )


def sum_failures(
    rows: Iterable[LoginFailure], count: Callable[[LoginFailure], int] = lambda row: row.failures
) -> FailureCount:
    counted = [row for row in rows if count(row)]
    last = max((row.failed_at or row.last_at for row in counted), default=None)
    return FailureCount(sum(map(count, counted)), last)


def failures_of_address(address: str, moment: datetime) -> FailureCount:
    """Return the failures of an address, including attempts during a wait."""
    recent = (LoginFailure.address == address) & (LoginFailure.last_at > moment - ADDRESS_DELAY.memory)
    return sum_failures(LoginFailure.select().where(recent), lambda row: row.failures + row.refused)


def count_failure(where: dict[str, str], moment: datetime) -> LoginFailure:
    """Count one failure, and delete those that are too old to count."""
    LoginFailure.delete().where(LoginFailure.last_at <= moment - NAME_DELAY.memory).execute()
    row, _ = LoginFailure.get_or_create(**where)
    row.failures += 1
    row.failed_at = row.last_at = moment
    row.save()
    return row


def count_refusal(where: dict[str, str], moment: datetime) -> None:
    """Count an attempt during a wait. It counts for the address only, not for the name."""
    row, _ = LoginFailure.get_or_create(**where)
    row.refused += 1
    row.last_at = moment
    row.save()


@transaction
def uncount_attempt(attempt: PasswordAttempt) -> None:
    """Take an attempt out of the count, because nothing was checked."""
    LoginFailure.update(failures=LoginFailure.failures - 1).where(
        (LoginFailure.id == attempt.row_id) & (LoginFailure.failures > 0)
    ).execute()


@transaction
def settle_attempt(
    attempt: PasswordAttempt, verified: str | None, *, action: Action | EventKind
) -> Account | None:
    """Return the account if its password was right, and take its failures at this address out of the count; else None.

    A failure stays counted and is recorded as `action`.
    """
    account = Account.get_or_none(Account.id == attempt.account.id) if attempt.account else None
    if account and verified == account.password_hash and account.disabled_at is None:
        LoginFailure.delete().where(LoginFailure.id == attempt.row_id).execute()
        return account
    record_failure(attempt, action)
    return None


def record_failure(attempt: PasswordAttempt, action: Action | EventKind) -> None:
    """Record a failed attempt as `action`, and lock the address if there were too many.

    An unknown name leaves no event, but costs a write all the same, so that the response time does not reveal it.
    """
    LoginFailure.update(last_at=now()).where(LoginFailure.id == attempt.row_id).execute()
    if attempt.account is not None:
        by = actor_of(attempt.account, attempt.origin.address)
        if is_recorded(attempt.failures):
            record_event(action, attempt.account, by=by, summary=f"第 {attempt.failures} 次")
        if NAME_DELAY.reaches_longest(attempt.counted):
            wait = duration_text(NAME_DELAY.longest)
            summary = f"{attempt.account.username}：连续输错 {attempt.counted} 次，同一来源每次须等{wait}"
            record_event(EventKind.DELAY_ACCOUNT, attempt.account, by=by, summary=summary)
    lock_guessing_address(attempt.origin, now())


def lock_guessing_address(origin: LoginOrigin, moment: datetime) -> None:
    """Lock an address after too many guesses; an event is recorded once, at the beginning of a lock."""
    address = address_subject(origin.address)
    count = failures_of_address(address, moment)
    is_locked = (AddressLock.address == address) & (AddressLock.until > moment)
    if count.failures < ADDRESS_LOCKED_AFTER or AddressLock.select().where(is_locked).exists():
        return
    AddressLock.delete().where((AddressLock.until <= moment) | (AddressLock.address == address)).execute()
    lock = AddressLock.create(address=address, until=moment + ADDRESS_LOCKED_FOR)
    lasting = duration_text(ADDRESS_LOCKED_FOR)
    by = Actor.at_login_page(origin.address)
    record_event(
        EventKind.LOCK_ADDRESS, lock, by=by, summary=f"{address}：输错 {count.failures} 次，锁定{lasting}"
    )


def end_waits(*, username: str, key: str) -> None:
    """Delete the failures of a name, and unlock the addresses at which it failed."""
    mine = LoginFailure.name_digest == digest_of_name(username, key)
    for row in list(LoginFailure.select().where(mine)):
        clear_address(row.address)


def clear_address(address: str) -> bool:
    """End the lock of an address and delete its failures; return whether there were any."""
    subject = address_subject(address)
    failures = LoginFailure.delete().where(LoginFailure.address == subject).execute()
    return bool(AddressLock.delete().where(AddressLock.address == subject).execute() or failures)
