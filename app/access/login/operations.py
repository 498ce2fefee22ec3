"""Logging in and out: a right password opens a session of one browser."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from app.access.login.attempts import (
    PasswordAttempt,
    hash_of_token,
    settle_attempt,
    try_password,
)
from app.access.login.delays import LoginOrigin
from app.access.login.ending_sessions import (
    actor_of,
    end_session,
    end_sessions_of_browser,
    end_surplus_sessions,
    mark_sessions_ended,
)
from app.access.models import Account, LoginSession
from app.access.passwords.rules import PASSWORD_RULES
from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import DomainError
from app.base.settings.settings import Settings


class LoginRefused(DomainError):
    """The same sentence for an unknown name, a wrong password and a disabled account."""

    status = 401

    def __init__(self) -> None:
        super().__init__("用户名或密码不正确，请核对后重试。连续输错，每次要等的时间会越来越长。")


@dataclass(frozen=True)
class OpenedSession:
    """What a browser gets at a log-in: the session's token, and the secret by which it is recognised next time."""

    token: str
    browser: str


def log_in(
    username: str,
    password: str,
    *,
    origin: LoginOrigin,
    settings: Settings,
    former: LoginSession | None = None,
) -> OpenedSession:
    """Check the password and open a session; `former`, this browser's session before, ends.

    Raises LoginRefused, TooManyAttempts, HashingBusy.
    """
    attempt, verified = try_password(username, password, origin=origin, key=settings.secret_key)
    opened = admit_attempt(attempt, verified, settings=settings, former=former)
    if opened is None:
        raise LoginRefused
    return opened


@transaction
def admit_attempt(
    attempt: PasswordAttempt, verified: str | None, *, settings: Settings, former: LoginSession | None
) -> OpenedSession | None:
    """Open a session if the password was right; otherwise return None, and the attempt stays counted."""
    account = settle_attempt(attempt, verified, action=EventKind.LOG_IN_REFUSED)
    if account is None:
        return None
    if former is not None:
        end_session(former, by=actor_of(former.account, attempt.origin.address), summary="同一浏览器重新登录")
    return open_session(account, origin=attempt.origin, settings=settings, failures=attempt.failures - 1)


@transaction
def open_session(
    account: Account, *, origin: LoginOrigin, settings: Settings, failures: int = 0
) -> OpenedSession:
    """Open a session, ending those of the same browser and the oldest beyond the account's limit.

    A password that is too old must be changed first. The event says how many `failures` there were before.
    """
    opened = OpenedSession(secrets.token_urlsafe(32), origin.browser or secrets.token_urlsafe(32))
    by = actor_of(account, origin.address)
    end_sessions_of_browser(hash_of_token(origin.browser), address=origin.address)
    end_surplus_sessions(account, settings=settings, by=by)
    LoginSession.create(
        account=account,
        token_hash=hash_of_token(opened.token),
        browser_hash=hash_of_token(opened.browser),
        address=origin.address,
    )
    if PASSWORD_RULES[settings.password_rule].is_too_old(account.password_set_at, at=now()):
        Account.update(must_change_password=True).where(Account.id == account.id).execute()
    record_event(EventKind.LOG_IN, account, by=by, summary=f"此前输错 {failures} 次" if failures else "")
    return opened


@transaction
def log_out(session: LoginSession, *, by: Actor) -> None:
    require(by, Action.END_SESSION, session)
    mark_sessions_ended([session])
    record_event(EventKind.LOG_OUT, session.account, by=by)
