"""Accounts: passwords, grants, mail addresses, and the end of waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from app.access import queries
from app.access.login.attempts import (
    clear_address,
    end_waits,
    settle_attempt,
    try_password,
)
from app.access.login.delays import LoginOrigin
from app.access.login.sessions import end_every_session
from app.access.models import Account, Grant, UsedPassword
from app.access.passwords.hashes import hash_password, password_matches
from app.access.passwords.rules import (
    GUESSABLE_SENTENCE,
    PASSWORD_RULES,
    REMEMBERED_PASSWORDS,
    changeable_from,
)
from app.access.passwords.strength import is_guessable
from app.access.rules import account_problems, email_problem, phone_problem, role_clash
from app.access.signals import grant_revoked
from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.authority.roles import DEPARTMENTAL, Role
from app.base.clock import now, today
from app.base.database import transaction
from app.base.days import DayRange, written_day, written_moment
from app.base.errors import BadInput, FieldProblems, NotFound, raise_field_problems
from app.base.settings.settings import Settings
from app.base.text import REASON_LENGTH, text_problem
from app.org.models import Department, Leader

MOST_YEARS = 5  # that a grant may last: longer than anybody keeps a post


class ChangedRecently(BadInput):
    """The password was changed by its owner less than a day ago: going through many would bring an old one back."""

    def __init__(self, since: datetime) -> None:
        super().__init__(
            f"密码不到一天前刚改过，{written_moment(since)}以后才能再改。如果怀疑密码已经泄露，请联系安全管理员重置。"
        )


def change_password(
    account: Account, *, old: str, new: str, by: Actor, origin: LoginOrigin, settings: Settings
) -> None:
    """Set a new password and end every log-in of the account.

    Raises NotAllowed; ChangedRecently within a day of the last change; FieldProblems when the old one is wrong (which
    counts like a failed log-in) or the new one cannot be taken; TooManyAttempts after failures.
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
    """Return the hash of the password that the person at the page gave once more.

    Raises FieldProblems at `field` when it is wrong, which is counted and written down as `action`; TooManyAttempts.
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
    """Put a new hash in the place of the one that was verified, and end every log-in of the account."""
    if Account.get_by_id(account.id).password_hash != verified:
        raise FieldProblems({"old": "密码刚刚被改过，请重新登录后再改。"})
    store_password(account, hashed, is_chosen=True)
    end_every_session(account)
    record_event(Action.CHANGE_PASSWORD, account, by=by)


def store_password(account: Account, hashed: str, *, is_chosen: bool) -> None:
    """Write the hash of a password and remember it; one that its owner did not choose must be changed first."""
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
    """Create a seat's account with a generated password.

    Raises NotAllowed, FieldProblems, BadInput when the name is taken.
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


@transaction
def grant_role(
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

    Raises NotAllowed, BadInput where roles would exclude each other on any day, or a department or leader is missing or
    one too many.
    """
    require(by, Action.GRANT_ROLES)
    first = since or today()
    if until and (
        problem := DayRange(first, date(first.year + MOST_YEARS, 12, 31)).problem_of_day(until, "授权截止日")
    ):
        raise BadInput(problem)
    reason = role_clash(roles_between(account, first, until), role)
    reason = reason or holder_problem(role, department, leader)
    if reason := reason or repeat_problem(account, role, department, leader, first, until):
        raise BadInput(reason)
    validity = {"valid_from": first, "valid_until": until}
    given = Grant.create(account=account, role=role, department=department, leader=leader, **validity)
    days = "" if since is None and until is None else f"，{given.days_in_words}"
    where = grant_place(department, leader)
    record_event(
        EventKind.GRANT_ROLE, account, by=by, summary=f"{account.username}：{role.label}（{where}）{days}"
    )
    return given


def repeat_problem(
    account: Account,
    role: Role,
    department: Department | None,
    leader: Leader | None,
    first: date,
    last: date | None,
) -> str:
    """Return that an account holds the same on all these days already, or nothing."""
    for held in queries.grants_between(account, first, last):
        is_same = (held.role, held.department, held.leader) == (role, department, leader)
        lasts = held.valid_until is None or (last is not None and held.valid_until >= last)
        if is_same and held.valid_from <= first and lasts:
            return f"这个账号已经有同样的授权：{held.in_words}，{held.days_in_words}。"
    return ""


def roles_between(account: Account, first: date, last: date | None) -> frozenset[Role]:
    """Return the roles that meet in one hand on some day: of the account, of whom it acts for, and of its deputies."""
    met = {account}
    for one in queries.delegations_between(account, first, last):
        met |= {one.principal, one.deputy}
    return frozenset(held.role for one in met for held in queries.grants_between(one, first, last))


@transaction
def revoke_grant(grant: Grant, *, reason: str, by: Actor, since: date | None = None) -> None:
    """End a grant from a day on, today where `since` names no other: it held until the day before, or never.

    Raises NotAllowed, NotFound where it has ended meanwhile, BadInput for somebody's own grant, FieldProblems for a day
    on which it does not hold any more, or without a reason.
    """
    require(by, Action.GRANT_ROLES)
    held = queries.find_standing_grant(grant.id)
    if held is None:
        raise NotFound(f"{grant.account.person}的这项授权已经收回或者到期，请返回授权页核对。")
    if held.account_id == by.account_id:
        raise BadInput("不能收回自己的授权，请由另一位安全管理员收回。")
    day = since or today()
    holding = DayRange(today(), held.valid_until or date(today().year + MOST_YEARS, 12, 31))
    raise_field_problems(
        {
            "since": holding.problem_of_day(day, "收回日期"),
            "reason": text_problem(reason, "收回的理由", REASON_LENGTH, when_empty="请写明收回的理由。"),
        }
    )
    if held.valid_from >= day:
        held.delete_instance()
    else:
        held.valid_until = day - timedelta(days=1)
        held.save()
    where = grant_place(held.department, held.leader)
    summary = f"{held.account.username}：{held.role.label}（{where}），自{written_day(day)}起"
    record_event(EventKind.REVOKE_ROLE, held.account, by=by, summary=summary, reason=reason)
    grant_revoked.send(held, by=by, since=day, reason=reason)


def grant_place(department: Department | None, leader: Leader | None) -> str:
    return str(department.name if department else leader.name if leader else "全街道")


def holder_problem(role: Role, department: Department | None, leader: Leader | None) -> str | None:
    """Return what is wrong with whom a role is given for: a department's role for one, a leader's for a leader."""
    if (role in DEPARTMENTAL) is not (department is not None):
        return f"授予“{role.label}”{'要写明部门' if department is None else '不要写部门'}。"
    if (role is Role.LEADER) is not (leader is not None):
        return f"授予“{role.label}”{'要写明是哪位领导' if leader is None else '不要写领导'}。"
    return None


def reset_password(account: Account, *, password: str, by: Actor) -> None:
    """Give an account a first password again, to be changed at log-in; end its log-ins.

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
    """Set the mail address of the person at the page, who gives the password once more.

    Raises NotAllowed, FieldProblems at `email` or `password`, TooManyAttempts.
    """
    require(by, Action.SET_EMAIL, account)
    action = EventKind.CHANGE_EMAIL_REFUSED
    confirm_password(account, password, field="password", action=action, origin=origin, settings=settings)
    set_email(account, address, by=by)


@transaction
def set_email(account: Account, address: str, *, by: Actor) -> None:
    """Let an account's notices also go to a mail address; an empty one ends that. Raises NotAllowed, FieldProblems."""
    require(by, Action.SET_EMAIL, account)
    address = address.strip()
    raise_field_problems({"email": (address and email_problem(address)) or ""})
    Account.update(email=address).where(Account.id == account.id).execute()
    record_event(Action.SET_EMAIL, account, by=by, summary=f"{account.username}：{address or '（无）'}")


@transaction
def set_own_phone(account: Account, phone: str, *, by: Actor) -> None:
    """Set under which number one is asked; an empty one takes it away. Raises NotAllowed, FieldProblems."""
    require(by, Action.SET_PHONE, account)
    write_phone(account, phone, by=by)


@transaction
def set_phone_of_seat(account: Account, phone: str, *, by: Actor) -> None:
    """Set under which number the person in a seat is asked. Raises NotAllowed, FieldProblems."""
    require(by, Action.MANAGE_ACCOUNTS)
    write_phone(account, phone, by=by)


def write_phone(account: Account, phone: str, *, by: Actor) -> None:
    phone = phone.strip()
    raise_field_problems({"phone": phone_problem(phone) or ""})
    Account.update(phone=phone).where(Account.id == account.id).execute()
    record_event(Action.SET_PHONE, account, by=by, summary=f"{account.username}：{phone or '（无）'}")


@transaction
def unlock_account(account: Account, *, by: Actor, key: str) -> None:
    """Let an account try again at once, also from the addresses that were locked over it. Raises NotAllowed."""
    require(by, Action.UNLOCK_LOGIN)
    end_waits(username=account.username, key=key)
    record_event(Action.UNLOCK_LOGIN, account, by=by)


@transaction
def unlock_address(address: str, *, by: Actor) -> None:
    """Let an address try again at once. Raises NotAllowed, BadInput where nothing is held against it."""
    require(by, Action.UNLOCK_LOGIN)
    if not clear_address(address):
        raise BadInput(f"地址“{address}”没有被锁定，也没有登录失败的记录，请核对。")
    record_event(Action.UNLOCK_LOGIN, by=by, summary=f"地址 {address}")


@transaction
def disable_account(account: Account, *, by: Actor) -> None:
    """Close an account and end its log-ins; what it did stays on record. Raises NotAllowed."""
    require(by, Action.MANAGE_ACCOUNTS)
    Account.update(disabled_at=now()).where(Account.id == account.id).execute()
    end_every_session(account)
    record_event(EventKind.DISABLE_ACCOUNT, account, by=by)


@transaction
def enable_account(account: Account, *, by: Actor) -> None:
    """Open an account again that was disabled, with the grants that still hold. Raises NotAllowed."""
    require(by, Action.MANAGE_ACCOUNTS)
    Account.update(disabled_at=None).where(Account.id == account.id).execute()
    record_event(EventKind.ENABLE_ACCOUNT, account, by=by)
