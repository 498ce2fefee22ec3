"""Granting roles to accounts, and revoking them."""

from __future__ import annotations

from datetime import date, timedelta

from app.access import queries
from app.access.models import Account, Grant
from app.access.rules import role_clash
from app.access.signals import grant_revoked
from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.authority.roles import DEPARTMENTAL, Role
from app.base.clock import today
from app.base.database import transaction
from app.base.days import DayRange, written_day
from app.base.errors import BadInput, NotFound, raise_field_problems
from app.base.text import REASON_LENGTH, text_problem
from app.org.models import Department, Leader

MOST_YEARS = 5  # that a grant may last: longer than anybody keeps a post


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
    """Grant a role, from today unless `since` names another day.

    Raises NotAllowed, BadInput if roles would exclude each other on any day, or if the department or leader that the
    role needs is missing or superfluous.
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
    """Return that an account holds the same role on all these days already, or ""."""
    for held in queries.grants_between(account, first, last):
        is_same = (held.role, held.department, held.leader) == (role, department, leader)
        lasts = held.valid_until is None or (last is not None and held.valid_until >= last)
        if is_same and held.valid_from <= first and lasts:
            return f"这个账号已经有同样的授权：{held.in_words}，{held.days_in_words}。"
    return ""


def roles_between(account: Account, first: date, last: date | None) -> frozenset[Role]:
    """Return the roles that one person holds on some day: of the account, of those it acts for, and of its deputies."""
    met = {account}
    for one in queries.delegations_between(account, first, last):
        met |= {one.principal, one.deputy}
    return frozenset(held.role for one in met for held in queries.grants_between(one, first, last))


@transaction
def revoke_grant(grant: Grant, *, reason: str, by: Actor, since: date | None = None) -> None:
    """End a grant, from today unless `since` names another day.

    Raises NotAllowed, NotFound if it has ended meanwhile, BadInput for one's own grant, FieldProblems for a missing
    reason or a day on which it is not valid.
    """
    require(by, Action.GRANT_ROLES)
    held = queries.find_grant_in_force(grant.id)
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
    """Return what is wrong with the department or leader a role is granted for, or ""."""
    if (role in DEPARTMENTAL) is not (department is not None):
        return f"授予“{role.label}”{'要写明部门' if department is None else '不要写部门'}。"
    if (role is Role.LEADER) is not (leader is not None):
        return f"授予“{role.label}”{'要写明是哪位领导' if leader is None else '不要写领导'}。"
    return None
