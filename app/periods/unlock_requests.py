"""Requests of departments to unlock a closed quarter (申请解锁), and the office's answers."""

from __future__ import annotations

from datetime import date, datetime

from app.access.models import Account
from app.access.queries import contacts_of
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.authority.roles import Role
from app.base.clock import now, today
from app.base.database import transaction
from app.base.days import day_with_weekday, moment_with_weekday
from app.base.errors import BadInput, raise_field_problems
from app.base.text import REASON_LENGTH, text_problem
from app.notices.operations import send_notice
from app.notices.rules import NoticeAddressees, NoticeKind, NoticeMessage, seats_of_departments
from app.org.models import Department
from app.periods import queries
from app.periods.locks import NO_REFUSAL_REASON, next_request_state, request_problems
from app.periods.models import Period, Unlock, UnlockRequest
from app.periods.operations import decide_unlock_request, unlock_department, unlock_request_topic


def office_contacts() -> list[Account]:
    """Return whom a department can ask in the office, those with a telephone number first."""
    return contacts_of(frozenset({Role.OFFICE}))


@transaction
def request_unlock(
    period: Period, department: Department, *, addressee: Account, until: date, reason: str, by: Actor
) -> UnlockRequest:
    """Ask the office to unlock a closed quarter for a department until a day.

    Raises NotAllowed, BadInput if nothing is locked or a request is waiting already, FieldProblems.
    """
    reason = reason.strip()
    request = UnlockRequest(
        period=period,
        department=department,
        addressee=addressee,
        until=until,
        reason=reason,
        person=by.person,
        seat=by.seat,
    )
    require(by, Action.REQUEST_UNLOCK, request)
    if problem := request_obstacle(period, department):
        raise BadInput(problem)
    problems = request_problems(until, reason, on=today())
    if addressee not in office_contacts():
        problems["addressee"] = "请选择街道办公室现任的人。"
    raise_field_problems(problems)
    request.save()
    summary = f"{period.quarter.words}：{department.short_name}"
    detail = {"department": department.id, "until": str(until), "addressee": addressee.username}
    record_event(Action.REQUEST_UNLOCK, period, by=by, summary=summary, reason=reason, detail=detail)
    notify_addressee(request, by=by)
    return request


def request_obstacle(period: Period, department: Department) -> str:
    """Return why a department cannot ask for an unlock, or ""."""
    lock = queries.lock_on(period)
    if not lock.is_closed or not lock.is_locked_for(department.id, at=now()):
        return f"{period.quarter.words}现在没有对{department.short_name}锁定，不需要申请解锁。"
    waiting = next((one for one in queries.unlock_requests_of(period, [department.id]) if one.is_open), None)
    if waiting is None:
        return ""
    asked = f"{waiting.person}已于{moment_with_weekday(waiting.created_at)}向{waiting.addressee.person}申请"
    return f"{department.short_name}{asked}，正在等待答复，不用再申请。"


@transaction
def grant_unlock_request(request: UnlockRequest, *, until: datetime, by: Actor) -> Unlock:
    """Grant a request until a moment. Raises NotAllowed, IllegalTransition, BadInput, FieldProblems."""
    require(by, Action.UNLOCK_DEPARTMENT)
    current = UnlockRequest.get_by_id(request.id)
    next_request_state(Action.UNLOCK_DEPARTMENT, current.state, decided_by=current.decided_by)
    return unlock_department(request.period, request.department, until=until, reason=request.reason, by=by)


@transaction
def refuse_unlock_request(request: UnlockRequest, *, reason: str, by: Actor) -> None:
    """Refuse a request with a reason. Raises NotAllowed, IllegalTransition, FieldProblems."""
    require(by, Action.REFUSE_UNLOCK)
    reason = reason.strip()
    problem = text_problem(reason, "理由", REASON_LENGTH, when_empty=NO_REFUSAL_REASON)
    raise_field_problems({"reason": problem})
    decide_unlock_request(request, Action.REFUSE_UNLOCK, by=by, answer=reason)
    quarter, department = request.period.quarter, request.department
    summary = f"{quarter.words}：{department.short_name}"
    record_event(Action.REFUSE_UNLOCK, request.period, by=by, summary=summary, reason=reason)
    message = NoticeMessage(
        NoticeKind.UNLOCK_REQUEST,
        f"街道办公室没有同意{department.short_name}解锁{quarter.words}的申请。",
        f"/periods/{request.period_id}/unlock-request",
        f"unlock:{request.period_id}:{request.department_id}",
        f"理由：{reason}",
    )
    send_notice(message, to=seats_of_departments(department.id), doer=by.account_id)


def notify_addressee(request: UnlockRequest, *, by: Actor) -> None:
    department, quarter = request.department, request.period.quarter
    until = day_with_weekday(request.until)
    message = NoticeMessage(
        NoticeKind.UNLOCK_REQUEST,
        f"{department.short_name}{by.person}申请解锁{quarter.words}的填报，到{until}，请答复。",
        f"/periods/unlock-requests/{request.id}",
        unlock_request_topic(request),
        f"理由：{request.reason}",
    )
    to = NoticeAddressees(account_ids=frozenset({request.addressee_id}))
    send_notice(message, to=to, doer=by.account_id)
