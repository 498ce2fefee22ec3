"""Operations on accounts: password, mail address, telephone, unlocking, disabling."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.access import queries
from app.access.login.attempts import (
    clear_address,
    end_waits,
    settle_attempt,
    try_password,
)
from app.access.login.delays import LoginOrigin
from app.access.login.ending_sessions import end_every_session
from app.access.models import Account, UsedPassword
from app.access.passwords.hashes import hash_password, password_matches
from app.access.passwords.rules import (
    GUESSABLE_SENTENCE,
    PASSWORD_RULES,
    REMEMBERED_PASSWORDS,
    changeable_from,
)
from app.access.passwords.strength import is_guessable
from app.access.rules import account_problems, email_problem, phone_problem
from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.days import written_moment
from app.base.errors import BadInput, FieldProblems, raise_field_problems
from app.base.settings.settings import Settings


class ChangedRecently(BadInput):
    """The owner changed the password less than a day ago; quick changes would bring an old one back."""

    def __init__(self, since: datetime) -> None:
        super().__init__(
            f"密码不到一天前刚改过，{written_moment(since)}以后才能再改。如果怀疑密码已经泄露，请联系安全管理员重置。"
        )


def change_password(
    account: Account, *, old: str, new: str, by: Actor, origin: LoginOrigin, settings: Settings
) -> None:
    """Set a new password and end every session of the account.

    Raises NotAllowed; ChangedRecently within a day of the last change; FieldProblems if the old one is wrong, which
    counts as a failed log-in, or the new one is not accepted; TooManyAttempts.
    """
    require(by, Action.CHANGE_PASSWORD, account)
    since = changeable_from(account.password_chosen_at, at=now())
    if since is not None:
        raise ChangedRecently(since)
    verified = confirm_password(
        account, old, field="old", action=EventKind.CHANGE_PASSWORD_REFUSED, origin=origin, settings=settings
    )
    problem = (
        PASSWORD_RULES[settings.password_rule].problem_of(new)
        or reuse_problem(account, new)
        or (GUESSABLE_SENTENCE if is_guessable(new, names=queries.names_here(settings)) else None)
    )
    if problem:
        raise FieldProblems({"new": problem})
    replace_password(account, verified, hash_password(new), by=by)


def confirm_password(
    account: Account,
    password: str,
    *,
    field: str,
    action: Action | EventKind,
    origin: LoginOrigin,
    settings: Settings,
) -> str:
    """Return the hash that the password of the current person matches.

    Raises FieldProblems at `field` if it is wrong, which is counted and recorded as `action`; TooManyAttempts.
    """
    attempt, verified = try_password(account.username, password, origin=origin, key=settings.secret_key)
    if settle_attempt(attempt, verified, action=action) is None or verified is None:
        raise FieldProblems({field: "密码不正确，请重新输入。连续输错，每次要等的时间会越来越长。"})
    return verified


def reuse_problem(account: Account, new: str) -> str | None:
    used = UsedPassword.select().where(UsedPassword.account == account)
    recent = used.order_by(UsedPassword.id.desc()).limit(REMEMBERED_PASSWORDS)
    if any(password_matches(new, past.password_hash) for past in recent):
        return f"新密码不能与最近用过的 {REMEMBERED_PASSWORDS} 个密码相同，请换一个。"
    return None


@transaction
def replace_password(account: Account, verified: str, hashed: str, *, by: Actor) -> None:
    """Replace the hash that was verified by a new one, and end every session of the account."""
    if Account.get_by_id(account.id).password_hash != verified:
        raise FieldProblems({"old": "密码刚刚被改过，请重新登录后再改。"})
    store_password(account, hashed, is_chosen=True)
    end_every_session(account)
    record_event(Action.CHANGE_PASSWORD, account, by=by)


def store_password(account: Account, hashed: str, *, is_chosen: bool) -> None:
    """Store a password hash and remember it; a password that its owner did not choose must be changed at log-in."""
    moment = now()
    Account.update(
        password_hash=hashed,
        password_set_at=moment,
        password_chosen_at=moment if is_chosen else None,
        must_change_password=not is_chosen,
    ).where(Account.id == account.id).execute()
    UsedPassword.create(account=account, password_hash=hashed)


def add_account(
    username: str,
    *,
    seat: str,
    person: str,
    password: str,
    by: Actor,
    phone: str = "",
    must_change: bool = True,
    is_sample: bool = False,
) -> Account:
    """Create the account of a seat with a generated password. Raises NotAllowed, FieldProblems, BadInput if the name is
    taken.
    """
    require(by, Action.MANAGE_ACCOUNTS)
    username = username.strip().lower()
    problems = account_problems(username, seat.strip(), person.strip())
    raise_field_problems({**problems, "phone": phone_problem(phone.strip()) or ""})
    values = {
        "username": username,
        "seat": seat.strip(),
        "person": person.strip(),
        "phone": phone.strip(),
        "must_change_password": must_change,
        "is_sample": is_sample,
    }
    return create_account(values, hash_password(password), by=by)


@transaction
def create_account(values: dict[str, Any], hashed: str, *, by: Actor) -> Account:
    username = values["username"]
    if queries.account_named(username):
        raise BadInput(f"用户名“{username}”已被使用，请换一个。")
    account = Account.create(**values, password_hash=hashed)
    UsedPassword.create(account=account, password_hash=hashed)
    summary = f"{username}（{account.seat}，{account.person}）"
    record_event(EventKind.ADD_ACCOUNT, account, by=by, summary=summary)
    return account


def reset_password(account: Account, *, password: str, by: Actor) -> None:
    """Give an account a generated password, to be changed at log-in, and end its sessions.

    Raises NotAllowed, BadInput for one's own account.
    """
    require(by, Action.RESET_PASSWORD)
    if account.id == by.account_id:
        raise BadInput("自己的密码请在“修改密码”里改；忘记了的，请另一位安全管理员重置。")
    give_password(account, hash_password(password), by=by)


@transaction
def give_password(account: Account, hashed: str, *, by: Actor) -> None:
    store_password(account, hashed, is_chosen=False)
    end_every_session(account)
    record_event(Action.RESET_PASSWORD, account, by=by)


def change_email(
    account: Account, address: str, *, password: str, by: Actor, origin: LoginOrigin, settings: Settings
) -> None:
    """Set one's own mail address, confirmed by the password.

    Raises NotAllowed, FieldProblems at `email` or `password`, TooManyAttempts.
    """
    require(by, Action.SET_EMAIL, account)
    action = EventKind.CHANGE_EMAIL_REFUSED
    confirm_password(account, password, field="password", action=action, origin=origin, settings=settings)
    set_email(account, address, by=by)


@transaction
def set_email(account: Account, address: str, *, by: Actor) -> None:
    """Set the mail address for an account's notices; an empty one ends the mail. Raises NotAllowed, FieldProblems."""
    require(by, Action.SET_EMAIL, account)
    address = address.strip()
    raise_field_problems({"email": (address and email_problem(address)) or ""})
    Account.update(email=address).where(Account.id == account.id).execute()
    record_event(Action.SET_EMAIL, account, by=by, summary=f"{account.username}：{address or '（无）'}")


@transaction
def set_own_phone(account: Account, phone: str, *, by: Actor) -> None:
    """Set one's own telephone number; an empty one removes it. Raises NotAllowed, FieldProblems."""
    require(by, Action.SET_PHONE, account)
    write_phone(account, phone, by=by)


@transaction
def set_phone_of_seat(account: Account, phone: str, *, by: Actor) -> None:
    """Set the telephone number of a seat. Raises NotAllowed, FieldProblems."""
    require(by, Action.MANAGE_ACCOUNTS)
    write_phone(account, phone, by=by)


def write_phone(account: Account, phone: str, *, by: Actor) -> None:
    phone = phone.strip()
    raise_field_problems({"phone": phone_problem(phone) or ""})
    Account.update(phone=phone).where(Account.id == account.id).execute()
    record_event(Action.SET_PHONE, account, by=by, summary=f"{account.username}：{phone or '（无）'}")


@transaction
def unlock_account(account: Account, *, by: Actor, key: str) -> None:
    """Let an account log in again at once, also from addresses locked because of it. Raises NotAllowed."""
    require(by, Action.UNLOCK_LOGIN)
    end_waits(username=account.username, key=key)
    record_event(Action.UNLOCK_LOGIN, account, by=by)


@transaction
def unlock_address(address: str, *, by: Actor) -> None:
    """Let an address log in again at once. Raises NotAllowed, BadInput if it is not locked."""
    require(by, Action.UNLOCK_LOGIN)
    if not clear_address(address):
        raise BadInput(f"地址“{address}”没有被锁定，也没有登录失败的记录，请核对。")
    record_event(Action.UNLOCK_LOGIN, by=by, summary=f"地址 {address}")


@transaction
def disable_account(account: Account, *, by: Actor) -> None:
    """Disable an account and end its sessions; its record stays. Raises NotAllowed."""
    require(by, Action.MANAGE_ACCOUNTS)
    Account.update(disabled_at=now()).where(Account.id == account.id).execute()
    end_every_session(account)
    record_event(EventKind.DISABLE_ACCOUNT, account, by=by)


@transaction
def enable_account(account: Account, *, by: Actor) -> None:
    """Enable a disabled account, with the grants that are still valid. Raises NotAllowed."""
    require(by, Action.MANAGE_ACCOUNTS)
    Account.update(disabled_at=None).where(Account.id == account.id).execute()
    record_event(EventKind.ENABLE_ACCOUNT, account, by=by)
