"""Deputies (AB角): a person names somebody to act for some days; what the deputy does is recorded in both names."""

from __future__ import annotations

from datetime import date

from app.access import queries
from app.access.grants import roles_between
from app.access.models import Account, Delegation, LoginSession
from app.access.rules import LONGEST_DELEGATION, role_clash
from app.access.signals import seat_delegated
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.authority.roles import Role
from app.base.clock import now, today
from app.base.database import transaction
from app.base.days import DayRange, written_day
from app.base.errors import BadInput, raise_field_problems

BACK_FIRST = "您正在代别人办事。请先回到自己的席位，再办理委托。"


@transaction
def delegate_seat(principal: Account, deputy: Account, first: date, last: date, *, by: Actor) -> Delegation:
    """Name a deputy for the current person from one day to another. Raises NotAllowed, BadInput, FieldProblems."""
    require(by, Action.DELEGATE_SEAT, principal)
    if by.deputy_of:
        raise BadInput(BACK_FIRST)
    within = DayRange(today(), today() + LONGEST_DELEGATION)
    problems = {
        "first": within.problem_of_day(first, "开始日期"),
        "last": within.problem_of_day(last, "结束日期"),
        "deputy": deputy_problem(principal, deputy, first, last),
    }
    if last < first:
        problems["last"] = "结束日期不能早于开始日期。"
    raise_field_problems(problems)
    given = Delegation.create(principal=principal, deputy=deputy, valid_from=first, valid_until=last)
    record_event(Action.DELEGATE_SEAT, given, by=by, summary=delegation_in_words(given))
    seat_delegated.send(given, by=by)
    return given


def deputy_problem(principal: Account, deputy: Account, first: date, last: date) -> str:
    """Return why somebody cannot be the deputy on these days, or ""; a deputy cannot have a deputy."""
    if deputy.id == principal.id:
        return "不能委托自己。"
    if deputy.disabled_at is not None:
        return f"账号 {deputy.username} 已停用，请选择别的账号。"
    if any(one.principal_id == deputy.id for one in queries.delegations_between(deputy, first, last)):
        return f"{deputy.person}这几天自己也委托了别人代办，请选择别人。"
    others = queries.delegations_between(principal, first, last)
    if any(one.deputy_id == principal.id for one in others):
        return "您这几天在代别人办事，不能再委托别人。"
    if any(one.principal_id == principal.id for one in others):
        return "这几天已经委托了别人，请先取消。"
    held = roles_between(deputy, first, last)
    clashes = (role_clash(held, grant.role) for grant in queries.grants_between(principal, first, last))
    return (
        f"{deputy.person}不能代您办事：管理员之间、管理员与业务角色之间不得互相代办。" if any(clashes) else ""
    )


def possible_deputies(principal: Account) -> list[Account]:
    """Return the accounts whose roles allow them to act for an account, those of its departments first."""
    roles: dict[int, frozenset[Role]] = {}
    departments: dict[int, frozenset[int | None]] = {}
    for account_id, standing in queries.grants_in_force().items():
        held = [grant for grant in standing if grant.is_valid]
        roles[account_id] = frozenset(grant.role for grant in held)
        departments[account_id] = frozenset(grant.department_id for grant in held)
    own = roles.get(principal.id, frozenset())
    beside = departments.get(principal.id, frozenset()) - {None}
    possible = [
        one
        for one in queries.active_accounts()
        if one.id != principal.id
        and not any(role_clash(roles.get(one.id, frozenset()), role) for role in own)
    ]
    return sorted(possible, key=lambda one: not beside & departments.get(one.id, frozenset()))


@transaction
def end_delegation(delegation: Delegation, *, by: Actor) -> None:
    """End a delegation at once. Raises NotAllowed, BadInput if it is over already."""
    require(by, Action.DELEGATE_SEAT, delegation)
    if by.deputy_of:
        raise BadInput(BACK_FIRST)
    lasting = Delegation.ended_at.is_null() & (Delegation.valid_until >= today())
    if not Delegation.update(ended_at=now()).where((Delegation.id == delegation.id) & lasting).execute():
        raise BadInput("这项委托已经取消或者到期，不必再取消。")
    record_event(Action.DELEGATE_SEAT, delegation, by=by, summary=f"取消：{delegation_in_words(delegation)}")


@transaction
def act_as_deputy(session: LoginSession, delegation: Delegation, *, by: Actor) -> None:
    """Act for somebody from now on in this session. Raises NotAllowed, BadInput if the delegation is not valid now."""
    require(by, Action.ACT_AS_DEPUTY, delegation.deputy)
    current = Delegation.get_by_id(delegation.id)
    if not current.is_valid or current.principal.disabled_at:
        raise BadInput("这项委托现在没有生效，请核对日期。")
    LoginSession.update(delegation=delegation).where(LoginSession.id == session.id).execute()
    record_event(Action.ACT_AS_DEPUTY, delegation, by=by, summary=delegation_in_words(delegation))


@transaction
def return_to_own_seat(session: LoginSession, *, by: Actor) -> None:
    """Act for oneself again. Raises NotAllowed."""
    require(by, Action.ACT_AS_DEPUTY, session)
    LoginSession.update(delegation=None).where(LoginSession.id == session.id).execute()


def delegation_in_words(delegation: Delegation) -> str:
    days = f"{written_day(delegation.valid_from)}至{written_day(delegation.valid_until)}"
    return f"{delegation.deputy.person}代{delegation.principal.person}（{delegation.principal.seat}），{days}"
