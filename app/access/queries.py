from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from peewee import ModelSelect

from app.access.models import Account, Delegation, Grant, LoginSession
from app.access.rules import KNOWN_FOR
from app.authority.actor import Actor, HeldGrant
from app.authority.roles import Role
from app.base.clock import now, today
from app.base.settings.settings import Settings
from app.base.statements import prepared
from app.org.models import Department, Leader
from app.org.queries import active_departments, active_leaders, issuer_names


def account_named(username: str) -> Account | None:
    return Account.get_or_none(Account.username == username.strip().lower())


def active_accounts() -> list[Account]:
    """Return all enabled accounts, by user name."""
    return list(Account.select().where(Account.disabled_at.is_null()).order_by(Account.username))


def all_accounts() -> list[Account]:
    """Return all accounts by user name, disabled ones last."""
    return list(Account.select().order_by(Account.disabled_at.is_null(False), Account.username))


def find_account(account_id: int) -> Account | None:
    return Account.get_or_none(Account.id == account_id)


def grants_of_everybody() -> list[Grant]:
    """Return all grants that have begun, also ended ones, with account, department and leader, the latest first."""
    query = Grant.select(Grant, Account, Department, Leader).join(Account).switch(Grant)
    query = query.left_outer_join(Department).switch(Grant).left_outer_join(Leader)
    return list(query.where(Grant.valid_from <= today()).order_by(Grant.valid_from.desc(), Grant.id.desc()))


def grants_in_force() -> dict[int, list[Grant]]:
    """Return the grants that are valid now or later, with department and leader, by account id."""
    found: dict[int, list[Grant]] = {}
    for grant in select_grants_in_force().order_by(Grant.valid_from, Grant.id):
        found.setdefault(grant.account_id, []).append(grant)
    return found


def find_grant_in_force(grant_id: int) -> Grant | None:
    """Return a grant that is valid now or later."""
    return select_grants_in_force().where(Grant.id == grant_id).get_or_none()


def select_grants_in_force() -> ModelSelect[Grant]:
    query = Grant.select(Grant, Department, Leader).left_outer_join(Department).switch(Grant)
    return query.left_outer_join(Leader).where(Grant.valid_until.is_null() | (Grant.valid_until >= today()))


def has_successor(grant: Grant, day: date) -> bool:
    """Return whether another enabled account holds the same grant on a day."""
    same = (Grant.role == grant.role) & (Grant.account != grant.account_id)
    for field, value in ((Grant.department, grant.department_id), (Grant.leader, grant.leader_id)):
        same &= field.is_null() if value is None else field == value
    others = Grant.select().join(Account).where(same & holds_on(day) & Account.disabled_at.is_null())
    return bool(others.exists())


def sample_accounts() -> list[Account]:
    """Return the accounts of the sample, also disabled ones; a real system has none."""
    return list(Account.select().where(Account.is_sample).order_by(Account.username))


def valid_grants(account: Account) -> list[Grant]:
    return grants_on(account.id, today())


@prepared
def grants_on(account_id: int, day: date) -> ModelSelect[Grant]:
    return Grant.select().where((Grant.account == account_id) & holds_on(day)).order_by(Grant.id)


def holds_on(day: date) -> Any:
    return (Grant.valid_from <= day) & (Grant.valid_until.is_null() | (Grant.valid_until >= day))


def grants_between(account: Account, first: date, last: date | None) -> list[Grant]:
    """Return the grants of `account` valid on some day from `first` to `last`; None for no end."""
    meeting = Grant.valid_until.is_null() | (Grant.valid_until >= first)
    if last is not None:
        meeting &= Grant.valid_from <= last
    return list(Grant.select().where((Grant.account == account) & meeting).order_by(Grant.id))


def role_holders(
    roles: frozenset[Role],
    department_ids: frozenset[int] | None = None,
    leader_ids: frozenset[int] | None = None,
) -> list[Grant]:
    """Return the grants valid today of any of these roles, for any of the departments and leaders, None for all, with
    their accounts; disabled ones are left out.
    """
    departments = None if department_ids is None else sorted(department_ids)
    leaders = None if leader_ids is None else sorted(leader_ids)
    return grants_of_roles(sorted(roles), departments, leaders, today())


@prepared
def grants_of_roles(
    roles: Sequence[Role], department_ids: Sequence[int] | None, leader_ids: Sequence[int] | None, day: date
) -> ModelSelect[Grant]:
    asked = Grant.role.in_(roles)
    if department_ids is not None:
        asked &= Grant.department.in_(department_ids)
    if leader_ids is not None:
        asked &= Grant.leader.in_(leader_ids)
    holders = Grant.select(Grant, Account).join(Account)
    held = holders.where(asked & holds_on(day) & Account.disabled_at.is_null())
    return held.order_by(Grant.department, Grant.role, Account.id)


def contacts_of(roles: frozenset[Role], department_ids: frozenset[int] | None = None) -> list[Account]:
    """Return the holders of any of these roles as contacts, those with a telephone number first: one query."""
    found = {held.account_id: held.account for held in role_holders(roles, department_ids)}
    return sorted(found.values(), key=lambda account: (not account.phone, account.id))


def user_of(account: Account, *, address: str = "") -> Actor:
    """Return the person at the seat, with the grants valid today."""
    grants = tuple(
        HeldGrant(grant.role, grant.department_id, grant.leader_id) for grant in valid_grants(account)
    )
    return Actor(account.id, account.person, account.seat, address, grants, account.username)


def actor_of_session(session: LoginSession, *, address: str = "") -> Actor:
    """Return who acts in a session: the person at the seat or, while the delegation is valid, a deputy."""
    own, delegation = user_of(session.account, address=address), session.delegation
    if delegation is None or not delegation.is_valid or delegation.principal.disabled_at:
        return own
    principal = user_of(delegation.principal)
    return own.acting_for(principal.person, principal.seat, principal.grants)


def delegations_of(account_id: int) -> list[Delegation]:
    """Return the delegations from and to an account that have not ended, with both accounts."""
    principal, deputy = Account.alias(), Account.alias()
    query = Delegation.select(Delegation, principal, deputy)
    query = query.join(principal, on=(Delegation.principal == principal.id)).switch(Delegation)
    query = query.join(deputy, on=(Delegation.deputy == deputy.id))
    own = (Delegation.principal == account_id) | (Delegation.deputy == account_id)
    lasting = Delegation.ended_at.is_null() & (Delegation.valid_until >= today())
    return list(query.where(own & lasting).order_by(Delegation.valid_from, Delegation.id))


def find_delegation(delegation_id: int) -> Delegation | None:
    return Delegation.get_or_none(Delegation.id == delegation_id)


def delegations_between(account: Account, first: date, last: date | None) -> list[Delegation]:
    """Return the delegations from and to an account valid on some day from `first` to `last`; None for no end."""
    meeting = Delegation.ended_at.is_null() & (Delegation.valid_until >= first)
    if last is not None:
        meeting &= Delegation.valid_from <= last
    own = (Delegation.principal == account) | (Delegation.deputy == account)
    return list(Delegation.select().where(own & meeting).order_by(Delegation.id))


def deputies_of(account_ids: Iterable[int]) -> list[Account]:
    """Return the enabled accounts that may act today for these accounts."""
    day = today()
    holds = Delegation.ended_at.is_null() & (Delegation.valid_from <= day) & (Delegation.valid_until >= day)
    query = Account.select().join(Delegation, on=(Delegation.deputy == Account.id))
    given = Delegation.principal.in_(list(account_ids)) & Account.disabled_at.is_null()
    return list(query.where(holds & given).order_by(Account.id))


def is_alive(seen_after: datetime, started_after: datetime) -> Any:
    """Return the condition that a session has neither ended nor grown too idle or too old."""
    return (
        LoginSession.ended_at.is_null()
        & (LoginSession.seen_at > seen_after)
        & (LoginSession.started_at > started_after)
    )


def live_session_of_token(token_hash: str, *, settings: Settings, at: datetime) -> LoginSession | None:
    """Return the live session with that token and its account, if the account is enabled."""
    found = sessions_of_token(token_hash, at - settings.session_idle, at - settings.session_lifetime)
    return next(iter(found), None)


@prepared
def sessions_of_token(
    token_hash: str, seen_after: datetime, started_after: datetime
) -> ModelSelect[LoginSession]:
    is_own = (LoginSession.token_hash == token_hash) & Account.disabled_at.is_null()
    query = LoginSession.select(LoginSession, Account).join(Account)
    return query.where(is_own & is_alive(seen_after, started_after))


def live_sessions(account_id: int, *, settings: Settings) -> list[LoginSession]:
    """Return the live sessions of an account, newest first."""
    moment = now()
    alive = is_alive(moment - settings.session_idle, moment - settings.session_lifetime)
    own = (LoginSession.account == account_id) & alive
    return list(
        LoginSession.select().where(own).order_by(LoginSession.started_at.desc(), LoginSession.id.desc())
    )


def own_session(account_id: int, session_id: int) -> LoginSession | None:
    """Return a session that has not ended, if it belongs to the account."""
    own = (LoginSession.account == account_id) & LoginSession.ended_at.is_null()
    return LoginSession.get_or_none(own & (LoginSession.id == session_id))


def known_origins(account: Account | None, *, at: datetime) -> tuple[set[str], set[str]]:
    """Return the hashes of the browsers and the addresses from which an account logged in recently."""
    account_id = account.id if account else None
    recent = (LoginSession.account == account_id) & (LoginSession.started_at > at - KNOWN_FOR)
    rows = list(LoginSession.select(LoginSession.browser_hash, LoginSession.address).where(recent).distinct())
    return {row.browser_hash for row in rows} - {""}, {row.address for row in rows}


def names_here(settings: Settings) -> set[str]:
    """Return the names known to everybody here: of the office, departments, people and accounts."""
    people = list(Account.select(Account.username, Account.person, Account.seat))
    named = {name for row in people for name in (row.username, row.person, row.seat)}
    parts = {name for row in active_departments() for name in (row.name, row.short_name)}
    leaders = {row.name for row in active_leaders()}
    return {settings.site_name, *issuer_names(), *named, *parts, *leaders} - {""}
