"""Opening, rescheduling, closing, reopening and unlocking quarters."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.days import moment_with_weekday
from app.base.errors import BadInput, NotFound, raise_field_problems
from app.base.text import REASON_LENGTH, text_problem
from app.notices.operations import forget_topics, send_notice, settle_topic
from app.notices.rules import (
    NoticeKind,
    NoticeMessage,
    seats_of_departments,
    seats_of_leaders,
    seats_of_office,
)
from app.org.models import Department
from app.periods import queries
from app.periods.due_dates import DueDates, changed_words, schedule_problems, usual_due_dates
from app.periods.locks import NO_REOPENING_REASON, next_request_state, unlock_problems
from app.periods.models import Period, Unlock, UnlockRequest
from app.periods.rules import Quarter
from app.periods.signals import period_opened, period_withdrawn
from app.plan.core.models import Plan
from app.plan.core.rules import kept_words


@transaction
def open_period(plan: Plan, quarter: Quarter, *, by: Actor, dates: DueDates | None = None) -> Period:
    """Open a quarter for filing; listeners create its filings. `dates` replace the usual due dates.

    Raises NotAllowed, BadInput if it is open already or not a quarter of the plan's year, FieldProblems for dates out
    of order or on days off.
    """
    require(by, Action.OPEN_PERIOD)
    if quarter.year != plan.year:
        raise BadInput(f"《{plan.title}》是 {plan.year} 年的计划，不能开启{quarter.words}的填报。")
    if Period.get_or_none((Period.plan == plan) & (Period.number == quarter.number)):
        raise BadInput(f"{quarter.words}的填报已经开启。")
    calendar = queries.work_calendar()
    due = dates or usual_due_dates(quarter, calendar)
    if dates:
        raise_field_problems(schedule_problems(dates, quarter, calendar))
    period = Period.create(plan=plan, year=quarter.year, number=quarter.number, **asdict(due))
    record_event(Action.OPEN_PERIOD, period, by=by, summary=quarter.words)
    period_opened.send(period, by=by)
    return period


def reread_period(period: Period) -> None:
    """Reload a row that has no version and may have changed since it was read."""
    current = queries.period_by_id(period.id)
    if current is None:
        raise NotFound(f"{period.quarter.words}的开启已经撤销，请返回季度列表核对。")
    period.__data__ = current.__data__


@transaction
def undo_opening(period: Period, *, by: Actor) -> None:
    """Undo the opening of a quarter in which nothing was saved yet, deleting its blank filings.

    Raises NotAllowed, BadInput naming what prevents it, or if it is closed.
    """
    require(by, Action.UNDO_OPENING)
    reread_period(period)
    quarter = period.quarter
    if period.is_closed:
        raise BadInput(f"{quarter.words}的填报已经关闭，不能撤销开启。")
    if kept := kept_words(queries.dependents_of_period(period)):
        raise BadInput(f"{quarter.words}已有 {kept}，不能撤销开启。")
    record_event(Action.UNDO_OPENING, period, by=by, summary=quarter.words)
    departments = queries.departments_of_plan(period.plan)
    period_withdrawn.send(period, by=by)
    forget_topics([dates_topic(period)])
    period.delete_instance()
    message = NoticeMessage(
        NoticeKind.PERIOD,
        f"{quarter.words}的填报已撤销开启，暂不用填写。",
        "/filings",
        f"opening:{quarter.code}",
    )
    send_notice(message, to=seats_of_departments(*(one.id for one in departments)), doer=by.account_id)


@transaction
def reschedule_period(period: Period, dates: DueDates, *, by: Actor) -> None:
    """Change the dates of an open quarter.

    Raises NotAllowed, FieldProblems for dates out of order or on days off, BadInput if it is closed.
    """
    require(by, Action.RESCHEDULE_PERIOD)
    reread_period(period)
    if period.is_closed:
        raise BadInput(f"{period.quarter.words}的填报已经关闭，日期不能再改。")
    raise_field_problems(schedule_problems(dates, period.quarter, queries.work_calendar()))
    before = period.due_dates
    for name, value in asdict(dates).items():
        setattr(period, name, value)
    period.save()
    record_event(
        Action.RESCHEDULE_PERIOD,
        period,
        by=by,
        summary=period.quarter.words,
        detail={"before": plain_dates(before), "after": plain_dates(dates)},
    )
    notify_of_dates(period, before, by=by)


def notify_of_dates(period: Period, before: DueDates, *, by: Actor) -> None:
    """Notify departments, office and leaders of the changed dates that concern them."""
    departments = seats_of_departments(*(one.id for one in queries.departments_of_plan(period.plan)))
    concerned = (
        (departments, ("opens_on", "department_due", "grace_days"), "/filings"),
        (seats_of_office(), ("department_due", "office_due"), "/review"),
        (seats_of_leaders(), ("leader_due",), "/overview"),
    )
    for seats, names, path in concerned:
        if changed := changed_words(before, period.due_dates, names):
            sentence = f"{period.quarter.words}的填报日期有变：{changed}。"
            place = f"{path}?period={period.quarter.code}"
            message = NoticeMessage(NoticeKind.PERIOD, sentence, place, dates_topic(period))
            send_notice(message, to=seats, doer=by.account_id)


def dates_topic(period: Period) -> str:
    return f"dates:{period.id}"


def plain_dates(dates: DueDates) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(dates).items()}


@transaction
def close_period(period: Period, *, by: Actor) -> None:
    """Close a quarter. Raises NotAllowed, BadInput if it is closed already."""
    require(by, Action.CLOSE_PERIOD)
    reread_period(period)
    if period.is_closed:
        raise BadInput(f"{period.quarter.words}的填报已经关闭。")
    period.closed_at = now()
    period.save()
    record_event(Action.CLOSE_PERIOD, period, by=by, summary=period.quarter.words)


@transaction
def reopen_period(period: Period, *, reason: str, by: Actor) -> None:
    """Reopen a closed quarter for all departments; single unlocks end.

    Raises NotAllowed, BadInput if it is not closed, FieldProblems.
    """
    require(by, Action.REOPEN_PERIOD)
    reread_period(period)
    if not period.is_closed:
        raise BadInput(f"{period.quarter.words}的填报没有关闭，不需要重新开启。")
    reason = reason.strip()
    raise_field_problems(
        {"reason": text_problem(reason, "理由", REASON_LENGTH, when_empty=NO_REOPENING_REASON)}
    )
    end_unlocks(Unlock.period == period)
    settle_unlock_requests(Action.REOPEN_PERIOD, period, by=by)
    period.closed_at = None
    period.save()
    record_event(Action.REOPEN_PERIOD, period, by=by, summary=period.quarter.words, reason=reason)
    sentence = f"{period.quarter.words}的填报已重新开启，可以继续填写、提交和审签。"
    path, departments = f"/filings?period={period.quarter.code}", queries.departments_of_plan(period.plan)
    message = NoticeMessage(NoticeKind.PERIOD, sentence, path, dates_topic(period), f"理由：{reason}")
    send_notice(message, to=seats_of_departments(*(one.id for one in departments)), doer=by.account_id)


@transaction
def unlock_department(
    period: Period, department: Department, *, until: datetime, reason: str, by: Actor
) -> Unlock:
    """Unlock a closed quarter for a department, replacing an earlier unlock.

    until: the moment from which the lock applies again. Raises NotAllowed, BadInput if the quarter is not closed,
    FieldProblems.
    """
    require(by, Action.UNLOCK_DEPARTMENT)
    reread_period(period)
    if not period.is_closed:
        raise BadInput(f"{period.quarter.words}的填报还没有关闭，不需要解锁。")
    reason = reason.strip()
    raise_field_problems(unlock_problems(until, reason, at=now()))
    end_unlocks(Unlock.period == period, Unlock.department == department)
    given = Unlock.create(period=period, department=department, until=until, reason=reason, person=by.person)
    record_event(
        Action.UNLOCK_DEPARTMENT,
        period,
        by=by,
        summary=unlock_summary(given),
        reason=reason,
        detail=unlock_detail(given),
    )
    settle_unlock_requests(Action.UNLOCK_DEPARTMENT, period, department, by=by)
    notify_unlocked_department(given, by=by)
    return given


@transaction
def lock_department_again(unlock: Unlock, *, by: Actor) -> None:
    """End an unlock early. Raises NotAllowed, BadInput if it is no longer in force."""
    require(by, Action.LOCK_DEPARTMENT_AGAIN)
    if not end_unlocks(Unlock.id == unlock.id):
        raise BadInput(f"{unlock.department.short_name}的解锁已经结束，不需要再锁定。")
    record_event(
        Action.LOCK_DEPARTMENT_AGAIN,
        unlock.period,
        by=by,
        summary=unlock_summary(unlock),
        detail=unlock_detail(unlock),
    )


def end_unlocks(*which: Any) -> int:
    """End the unlocks in force that meet all conditions; return how many."""
    in_force = Unlock.locked_again_at.is_null() & (Unlock.until > now())
    count: int = Unlock.update(locked_again_at=now()).where(in_force, *which).execute()
    return count


def settle_unlock_requests(
    action: Action, period: Period, department: Department | None = None, *, by: Actor
) -> None:
    """Grant the open requests of a quarter, or of one department in it, because it is open to them now."""
    for request in queries.open_unlock_requests(period.plan):
        if request.period_id == period.id and department in (None, request.department):
            decide_unlock_request(request, action, by=by)


def decide_unlock_request(request: UnlockRequest, action: Action, *, by: Actor, answer: str = "") -> None:
    """Store the decision on a request. Raises IllegalTransition if it was decided before."""
    current = UnlockRequest.get_by_id(request.id)
    request.state = next_request_state(action, current.state, decided_by=current.decided_by)
    request.decided_at, request.decided_by, request.answer = now(), by.person, answer
    request.save()
    settle_topic(unlock_request_topic(request))


def unlock_request_topic(request: UnlockRequest) -> str:
    return f"unlock-request:{request.period_id}:{request.department_id}"


def notify_unlocked_department(unlock: Unlock, *, by: Actor) -> None:
    """Notify filers and head until when they can file."""
    quarter, department = unlock.period.quarter, unlock.department
    until = moment_with_weekday(unlock.until)
    sentence = f"{quarter.words}的填报已为{department.short_name}解锁，可以修改、提交和审签到{until}。"
    path, topic = f"/filings?period={quarter.code}", f"unlock:{unlock.period_id}:{unlock.department_id}"
    message = NoticeMessage(NoticeKind.UNLOCKED, sentence, path, topic, f"理由：{unlock.reason}")
    send_notice(message, to=seats_of_departments(department.id), doer=by.account_id)


def unlock_summary(unlock: Unlock) -> str:
    """Return an unlock in words for the event log."""
    return f"{unlock.period.quarter.words}：{unlock.department.short_name}"


def unlock_detail(unlock: Unlock) -> dict[str, str | int]:
    return {"department": unlock.department_id, "until": unlock.until.isoformat(" ", "minutes")}
