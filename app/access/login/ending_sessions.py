"""Ending sessions: at a new log-in of the same browser, beyond the limit of an account, or by their owner."""

from __future__ import annotations

from collections.abc import Iterable

from app.access import queries
from app.access.models import Account, LoginSession
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.settings.settings import Settings


def end_sessions_of_browser(browser_hash: str, *, address: str) -> None:
    """End the sessions of a browser that logs in again, to any account, because its cookie is replaced."""
    alive = LoginSession.ended_at.is_null() & (LoginSession.browser_hash == browser_hash)
    if browser_hash:
        for session in list(LoginSession.select(LoginSession, Account).join(Account).where(alive)):
            end_session(session, by=actor_of(session.account, address), summary="同一浏览器重新登录")


def end_surplus_sessions(account: Account, *, settings: Settings, by: Actor) -> None:
    """End the oldest sessions of an account so that one more stays within the limit."""
    most = settings.sessions_per_account
    for session in queries.live_sessions(account.id, settings=settings)[most - 1 :]:
        summary = f"同时登录超过 {most} 处，结束最早的一处（{session.address}）"
        end_session(session, by=by, summary=summary)


@transaction
def end_session(session: LoginSession, *, by: Actor, summary: str = "") -> None:
    require(by, Action.END_SESSION, session)
    mark_sessions_ended([session])
    record_event(
        Action.END_SESSION, session.account, by=by, summary=summary or f"结束在 {session.address} 的登录"
    )


@transaction
def end_other_sessions(session: LoginSession, *, settings: Settings, by: Actor) -> int:
    """End all other sessions of the account; return how many. Raises NotAllowed."""
    require(by, Action.END_SESSION, session)
    living = queries.live_sessions(session.account_id, settings=settings)
    others = [other for other in living if other.id != session.id]
    mark_sessions_ended(others)
    if others:
        record_event(Action.END_SESSION, session.account, by=by, summary=f"结束其他 {len(others)} 处登录")
    return len(others)


def mark_sessions_ended(sessions: Iterable[LoginSession]) -> None:
    ended = [session.id for session in sessions]
    LoginSession.update(ended_at=now()).where(LoginSession.id.in_(ended)).execute()


def end_every_session(account: Account) -> None:
    living = (LoginSession.account == account) & LoginSession.ended_at.is_null()
    LoginSession.update(ended_at=now()).where(living).execute()


def actor_of(account: Account, address: str) -> Actor:
    return Actor(account.id, account.person, account.seat, address)
