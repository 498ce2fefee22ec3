"""Deeds of the door: logging in and out, accounts, grants."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from app.access import queries
from app.access.models import Account, Grant, LoginSession, UsedPassword
from app.access.passwords import NOBODYS_HASH, hash_password, matches
from app.access.rules import DEPARTMENTAL, PASSWORDS_REMEMBERED, Role, clash, email_problem, password_problem
from app.audit.operations import record
from app.audit.rules import Actor
from app.clock import now, today
from app.db import transaction
from app.errors import BadInput, DomainError
from app.org.models import Department, Leader


class LoginRefused(DomainError):
    """The same sentence for an unknown user, a wrong password and a locked account."""

    status = 401

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"用户名或密码不正确，或账号暂时锁定。请核对后重试；连续输错会锁定 {minutes} 分钟，"
            "急需使用请联系安全管理员解锁。"
        )


def token_hash(token: str) -> str:
    """Return what of a session token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def log_in(username: str, password: str, *, address: str, lock_after: int, lock_for: timedelta) -> str:
    """Check the password and open a session; return its token.

    Raises LoginRefused. The failure has then been counted and written down.
    """
    named_so = queries.account_named(username)
    # Outside of the transaction: hashing takes as long as many a save, and those would have to wait.
    right = matches(password, named_so.password_hash if named_so else NOBODYS_HASH)
    account = check(username, right=right, address=address, lock_after=lock_after, lock_for=lock_for)
    if account is None:
        raise LoginRefused(int(lock_for.total_seconds() // 60))
    return open_session(account, address=address)


@transaction
def check(
    username: str, *, right: bool, address: str, lock_after: int, lock_for: timedelta
) -> Account | None:
    """Return the account if the password is `right` and it may log in; count and record the failure if not."""
    account = queries.account_named(username)
    moment = now()
    if account is None:
        record("log_in_refused", by=Actor(None, username[:64], "未知账号", address), summary="用户名不存在")
        return None
    locked = account.locked_until is not None and account.locked_until > moment
    if right and not locked and account.disabled_at is None:
        return account
    if not right and not locked:
        count_failure(account, lock_after=lock_after, locked_until=moment + lock_for)
    record("log_in_refused", account, by=named(account, address), summary="已锁定" if locked else "")
    return None


def count_failure(account: Account, *, lock_after: int, locked_until: object) -> None:
    """Count one wrong password; the last one allowed locks the account."""
    failures = account.failures + 1
    full = failures >= lock_after
    Account.update(
        failures=0 if full else failures, locked_until=locked_until if full else account.locked_until
    ).where(Account.id == account.id).execute()


@transaction
def open_session(account: Account, *, address: str) -> str:
    """Begin a log-in and return its secret token."""
    token = secrets.token_urlsafe(32)
    LoginSession.create(account=account, token_hash=token_hash(token), address=address)
    Account.update(failures=0, locked_until=None).where(Account.id == account.id).execute()
    record("log_in", account, by=named(account, address))
    return token


@transaction
def log_out(session: LoginSession, *, by: Actor) -> None:
    """End one log-in."""
    LoginSession.update(ended_at=now()).where(LoginSession.id == session.id).execute()
    record("log_out", session.account, by=by)


@transaction
def change_password(account: Account, *, old: str, new: str, by: Actor) -> None:
    """Set a new password and end every log-in of the account.

    Raises BadInput when the old one is wrong, the new one breaks a rule, or was used before.
    """
    if not matches(old, account.password_hash):
        raise BadInput("原密码不正确，请重新输入。")
    problem = password_problem(new, username=account.username)
    if problem:
        raise BadInput(problem)
    used = UsedPassword.select().where(UsedPassword.account == account)
    recent = used.order_by(UsedPassword.id.desc()).limit(PASSWORDS_REMEMBERED)
    if any(matches(new, past.password_hash) for past in recent):
        raise BadInput(f"新密码不能与最近用过的 {PASSWORDS_REMEMBERED} 个密码相同，请换一个。")
    store_password(account, new, must_change=False)
    LoginSession.update(ended_at=now()).where(
        (LoginSession.account == account) & LoginSession.ended_at.is_null()
    ).execute()
    record("change_password", account, by=by)


def store_password(account: Account, password: str, *, must_change: bool) -> None:
    """Write the hash of a password that has been checked, and remember it."""
    hashed = hash_password(password)
    Account.update(password_hash=hashed, password_set_at=now(), must_change_password=must_change).where(
        Account.id == account.id
    ).execute()
    UsedPassword.create(account=account, password_hash=hashed)


@transaction
def add_account(
    username: str, *, seat: str, person: str, password: str, by: Actor, must_change: bool = True
) -> Account:
    """Create a seat's account. Raises BadInput when the name is taken or the password breaks a rule."""
    username = username.strip().lower()
    if queries.account_named(username):
        raise BadInput(f"用户名“{username}”已被使用，请换一个。")
    problem = password_problem(password, username=username)
    if problem:
        raise BadInput(problem)
    account = Account.create(username=username, seat=seat, person=person, password_hash="")
    store_password(account, password, must_change=must_change)
    record("add_account", account, by=by, summary=f"{username}（{seat}，{person}）")
    return account


@transaction
def grant(
    account: Account,
    role: Role,
    *,
    by: Actor,
    department: Department | None = None,
    leader: Leader | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Grant:
    """Give a role, from today where `since` names no other day.

    Raises BadInput where roles would exclude each other on any day, or a department or leader is missing.
    """
    first = since or today()
    reason = clash(frozenset(held.role for held in queries.grants_between(account, first, until)), role)
    if reason is None and role in DEPARTMENTAL and department is None:
        reason = f"授予“{role.label}”要写明部门。"
    if reason is None and role is Role.LEADER and leader is None:
        reason = "授予“街道领导”要写明是哪位领导。"
    if reason:
        raise BadInput(reason)
    validity = {"valid_from": first, "valid_until": until}
    given = Grant.create(account=account, role=role, department=department, leader=leader, **validity)
    where = department.name if department else leader.name if leader else "全街道"
    record("grant", account, by=by, summary=f"{account.username}：{role.label}（{where}）")
    return given


@transaction
def reset_password(account: Account, *, password: str, by: Actor) -> None:
    """Give an account a first password again, to be changed at log-in; end its log-ins and any lock."""
    store_password(account, password, must_change=True)
    Account.update(failures=0, locked_until=None).where(Account.id == account.id).execute()
    LoginSession.update(ended_at=now()).where(LoginSession.account == account).execute()
    record("reset_password", account, by=by)


@transaction
def set_email(account: Account, address: str, *, by: Actor) -> None:
    """Let an account's notices also go to a mail address; an empty one ends that. Raises BadInput."""
    address = address.strip()
    problem = email_problem(address) if address else None
    if problem:
        raise BadInput(problem)
    Account.update(email=address).where(Account.id == account.id).execute()
    record("set_email", account, by=by, summary=f"{account.username}：{address or '（无）'}")


@transaction
def unlock(account: Account, *, by: Actor) -> None:
    """Let a locked account try again at once."""
    Account.update(failures=0, locked_until=None).where(Account.id == account.id).execute()
    record("unlock", account, by=by)


@transaction
def disable(account: Account, *, by: Actor) -> None:
    """Close an account and end its log-ins; its deeds stay on record."""
    Account.update(disabled_at=now()).where(Account.id == account.id).execute()
    LoginSession.update(ended_at=now()).where(LoginSession.account == account).execute()
    record("disable_account", account, by=by)


def named(account: Account, address: str) -> Actor:
    """Return how the holder of `account` is written down."""
    return Actor(account.id, account.person, account.seat, address)
