"""Deeds of the door: logging in and out, accounts, grants."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date
from typing import Any

from app.access import queries
from app.access.models import Account, Grant, LoginSession, UsedPassword
from app.access.password_rules import REMEMBERED, in_force
from app.access.passwords import NOBODYS_HASH, hash_password, matches
from app.access.rules import DEPARTMENTAL, Lockout, Role, clash, email_problem
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


def log_in(username: str, password: str, *, address: str, lockout: Lockout) -> str:
    """Check the password and open a session; return its token.

    Raises LoginRefused. The failure has then been counted and written down.
    """
    verified = verified_hash(queries.account_named(username), password)
    token = admit(username, verified, address=address, lockout=lockout)
    if token is None:
        raise LoginRefused(int(lockout.lasting.total_seconds() // 60))
    return token


def verified_hash(account: Account | None, password: str) -> str | None:
    """Return the hash that the password belongs to, if it is the account's.

    Called outside of transactions: hashing takes as long as many a save, and those would have to wait.
    """
    stored = account.password_hash if account else NOBODYS_HASH
    return stored if matches(password, stored) and account else None


@transaction
def admit(username: str, verified: str | None, *, address: str, lockout: Lockout) -> str | None:
    """Open a session for whoever knew the password; None, counted and recorded, for everybody else."""
    account = queries.account_named(username)
    if account is None:
        record("log_in_refused", by=Actor(None, username[:64], "未知账号", address), summary="用户名不存在")
        return None
    by = named(account, address)
    if not is_accepted(account, verified, lockout=lockout, otherwise="log_in_refused", by=by):
        return None
    return open_session(account, address=address)


def is_accepted(
    account: Account, verified: str | None, *, lockout: Lockout, otherwise: str, by: Actor
) -> bool:
    """Return whether a password that was verified opens anything; count it if not, and record it as `otherwise`.

    It may have been changed since it was verified: right is only the one that the account has now.
    """
    is_right = verified == account.password_hash
    is_locked = account.locked_until is not None and account.locked_until > now()
    if is_right and not is_locked and account.disabled_at is None:
        return True
    if not is_right and not is_locked:
        count_failure(account, lockout)
    record(otherwise, account, by=by, summary="已锁定" if is_locked else "")
    return False


def count_failure(account: Account, lockout: Lockout) -> None:
    """Count one wrong password; the last one allowed locks the account."""
    failures = account.failures + 1
    full = failures >= lockout.after
    Account.update(
        failures=0 if full else failures,
        locked_until=now() + lockout.lasting if full else account.locked_until,
    ).where(Account.id == account.id).execute()


@transaction
def open_session(account: Account, *, address: str) -> str:
    """Begin a log-in and return its secret token. A password that is worn out must be changed first."""
    token = secrets.token_urlsafe(32)
    LoginSession.create(account=account, token_hash=token_hash(token), address=address)
    is_worn_out = in_force.rule.is_worn_out(account.password_set_at, at=now())
    Account.update(
        failures=0, locked_until=None, must_change_password=account.must_change_password or is_worn_out
    ).where(Account.id == account.id).execute()
    record("log_in", account, by=named(account, address))
    return token


@transaction
def log_out(session: LoginSession, *, by: Actor) -> None:
    """End one log-in."""
    LoginSession.update(ended_at=now()).where(LoginSession.id == session.id).execute()
    record("log_out", session.account, by=by)


def change_password(
    account: Account, *, old: str, new: str, by: Actor, lockout: Lockout | None = None
) -> None:
    """Set a new password and end every log-in of the account.

    Raises BadInput when the old one is wrong (which counts as at the door), the new one breaks the rule, or was used
    before.
    """
    verified = verified_hash(account, old)
    if not knows_old(account, verified, lockout=lockout or Lockout(), by=by):
        raise BadInput("原密码不正确，请重新输入；连续输错会暂时锁定账号。")
    problem = in_force.rule.problem(new, username=account.username) or reuse_problem(account, new)
    if problem:
        raise BadInput(problem)
    replace_password(account, verified, hash_password(new), by=by)


@transaction
def knows_old(account: Account, verified: str | None, *, lockout: Lockout, by: Actor) -> bool:
    """Return whether the old password was right; count and record it if not."""
    current = Account.get_by_id(account.id)
    return is_accepted(current, verified, lockout=lockout, otherwise="change_password_refused", by=by)


def reuse_problem(account: Account, new: str) -> str | None:
    """Return that a new password is one of the last, or None."""
    used = UsedPassword.select().where(UsedPassword.account == account)
    recent = used.order_by(UsedPassword.id.desc()).limit(REMEMBERED)
    if any(matches(new, past.password_hash) for past in recent):
        return f"新密码不能与最近用过的 {REMEMBERED} 个密码相同，请换一个。"
    return None


@transaction
def replace_password(account: Account, verified: str | None, hashed: str, *, by: Actor) -> None:
    """Put a new hash in the place of the one that was verified, and end every log-in of the account."""
    if Account.get_by_id(account.id).password_hash != verified:
        raise BadInput("原密码刚刚被改过，请重新登录后再改。")
    store_password(account, hashed, must_change=False)
    end_sessions(account)
    record("change_password", account, by=by)


def store_password(account: Account, hashed: str, *, must_change: bool) -> None:
    """Write the hash of a password that has been checked, and remember it."""
    Account.update(password_hash=hashed, password_set_at=now(), must_change_password=must_change).where(
        Account.id == account.id
    ).execute()
    UsedPassword.create(account=account, password_hash=hashed)


def end_sessions(account: Account) -> None:
    """End every log-in of an account."""
    living = (LoginSession.account == account) & LoginSession.ended_at.is_null()
    LoginSession.update(ended_at=now()).where(living).execute()


def add_account(
    username: str,
    *,
    seat: str,
    person: str,
    password: str,
    by: Actor,
    must_change: bool = True,
    is_sample: bool = False,
) -> Account:
    """Create a seat's account. Raises BadInput when the name is taken or the password breaks the rule."""
    username = username.strip().lower()
    problem = in_force.rule.problem(password, username=username)
    if problem:
        raise BadInput(problem)
    values = {
        "username": username,
        "seat": seat,
        "person": person,
        "must_change_password": must_change,
        "is_sample": is_sample,
    }
    return create_account(values, hash_password(password), by=by)


@transaction
def create_account(values: dict[str, Any], hashed: str, *, by: Actor) -> Account:
    """Write down an account with its first password."""
    username = values["username"]
    if queries.account_named(username):
        raise BadInput(f"用户名“{username}”已被使用，请换一个。")
    account = Account.create(**values, password_hash=hashed)
    UsedPassword.create(account=account, password_hash=hashed)
    summary = f"{username}（{account.seat}，{account.person}）"
    record("add_account", account, by=by, summary=summary)
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


def reset_password(account: Account, *, password: str, by: Actor) -> None:
    """Give an account a first password again, to be changed at log-in; end its log-ins and any lock."""
    give_password(account, hash_password(password), by=by)


@transaction
def give_password(account: Account, hashed: str, *, by: Actor) -> None:
    """Put a first password in the place of whatever an account had."""
    store_password(account, hashed, must_change=True)
    Account.update(failures=0, locked_until=None).where(Account.id == account.id).execute()
    end_sessions(account)
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
    end_sessions(account)
    record("disable_account", account, by=by)


def named(account: Account, address: str) -> Actor:
    """Return how the holder of `account` is written down."""
    return Actor(account.id, account.person, account.seat, address)
