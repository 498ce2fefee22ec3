"""Reminders of a quarter's filings: automatic ones before and after the due date, and those sent by the
office (催办).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.access.queries import role_holders
from app.audit.operations import record_event
from app.authority.actor import SYSTEM, Actor
from app.authority.policy import Action, require
from app.authority.roles import DEPARTMENTAL
from app.base.clock import now, today
from app.base.database import transaction
from app.base.days import day_with_weekday
from app.base.errors import BadInput, raise_field_problems
from app.base.text import text_problem
from app.filing.contributions.queries import contribution_states, states_by
from app.filing.contributions.rules import ContributionState
from app.filing.core.announcements import contributions_topic, reminder_topic
from app.filing.review.outstanding import OutstandingFilings, outstanding_by_department
from app.notices.operations import send_notice
from app.notices.rules import NoticeKind, NoticeMessage, is_reminder_hour, seats_of_departments
from app.org.models import Department
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.due_dates import DueDates, ReminderStage, due_in_words, reminder_stage
from app.periods.models import Period
from app.periods.queries import work_calendar

DAYS_AHEAD = 5  # working days
REMINDER_LENGTH = 500


def filing_stage_on(day: date, dates: DueDates, calendar: WorkCalendar = CHINA) -> ReminderStage | None:
    """Return which automatic reminder is due on `day`; it is late once the grace is over."""
    if day < dates.opens_on:
        return None
    late_from = dates.grace_days + 1
    return reminder_stage(
        day, dates.department_due, days_ahead=DAYS_AHEAD, late_from=late_from, calendar=calendar
    )


def remind_due(*, by: Actor) -> None:
    """Send the automatic reminders of all open quarters that are due now. Safe to be called often."""
    require(by, Action.RUN_TASKS)
    if not is_reminder_hour(now()):
        return
    working_days = work_calendar()
    for period in Period.select().where(Period.closed_at.is_null()):
        stage = filing_stage_on(today(), period.due_dates, working_days)
        if stage is not None:
            remind_at_stage(period, stage)


@transaction
def remind_at_stage(period: Period, stage: ReminderStage) -> None:
    """Remind the departments that have not submitted everything; each account gets a stage's reminder once."""
    remind_of_contributions(period, stage)
    reminded = [
        owed.department
        for owed in outstanding_by_department(period)
        if owed.missing
        and send_notice(stage_message(stage, period, owed), to=seats_of_departments(owed.department_id))
    ]
    if reminded:
        summary = f"{period.quarter.words}：{stage.label}自动提醒 {len(reminded)} 个部门"
        record_event(
            Action.REMIND_DEPARTMENTS, period, by=SYSTEM, summary=summary, detail={"departments": reminded}
        )


def remind_of_contributions(period: Period, stage: ReminderStage) -> None:
    """Tell the supporting departments what they may write, at the start of filing and before its due date.

    There is no reminder after that, since contributions hold nobody up.
    """
    if stage not in (ReminderStage.OPENED, ReminderStage.AHEAD):
        return
    owed = states_by(contribution_states(period), lambda one: one.department_id)
    counts = {key: sum(state is ContributionState.OWED for state in states) for key, states in owed.items()}
    named = {
        row.id: row.named_on(period.last_day)
        for row in Department.select().where(Department.id.in_(list(counts)))
    }
    for department_id, count in counts.items():
        if count:
            message = contribution_reminder(
                stage, period, named[department_id].short_name, department_id, count
            )
            send_notice(message, to=seats_of_departments(department_id))


def contribution_reminder(
    stage: ReminderStage, period: Period, name: str, department_id: int, count: int
) -> NoticeMessage:
    topic = contributions_topic(period.id, department_id)
    return NoticeMessage(
        kind=NoticeKind.CONTRIBUTION,
        sentence=f"{period.quarter.words}{name}有 {count} 项举措可写配合情况，没有的一次就能记为“本季无需配合”。",
        path=f"/contributions?period={period.quarter.code}",
        topic=topic,
        key=f"{topic}:{stage}",
    )


def stage_message(stage: ReminderStage, period: Period, owed: OutstandingFilings) -> NoticeMessage:
    """Return the automatic reminder of a department."""
    count, due = len(owed.missing), day_with_weekday(period.department_due)
    if stage is ReminderStage.OPENED:
        begun = "已开始" if period.has_begun else f"从{day_with_weekday(period.opens_on)}开始"
        sentence = f"{period.quarter.words}填报{begun}，{owed.department}共 {count} 项，{due}截止，含当日。"
    else:
        how_far = due_in_words(period.department_due, today(), work_calendar())
        sentence = f"{owed.department}{period.quarter.words}还有 {count} 项未提交，截止日为{due}，{how_far}。"
    return reminder_message(NoticeKind.REMINDER, sentence, period, owed, key=f"{stage}")


def reminder_message(
    kind: NoticeKind, sentence: str, period: Period, owed: OutstandingFilings, *, key: str, text: str = ""
) -> NoticeMessage:
    """Return a notice with what a department owes, leading to the list of the quarter."""
    topic = reminder_topic(period.id, owed.department_id)
    return NoticeMessage(
        kind=kind,
        sentence=sentence,
        path=f"/filings?period={period.quarter.code}",
        topic=topic,
        detail="\n".join(filter(None, (text, owed.summary_words))),
        key=f"{topic}:{key}",
    )


@dataclass(frozen=True)
class ReminderOutcome:
    """The result of a reminder by the office: the departments reminded, and those without any account."""

    reminded: tuple[str, ...]
    without_account: tuple[str, ...]


@transaction
def remind_departments(
    period: Period, text: str, *, department_ids: Collection[int], key: str, by: Actor
) -> ReminderOutcome:
    """Remind departments on behalf of the office, each with the list of what it owes.

    Departments that owe nothing any more are left out. `key` stands for one click of the button, so that a repeated
    request reaches nobody twice. Raises NotAllowed, FieldProblems, BadInput.
    """
    require(by, Action.REMIND_DEPARTMENTS)
    refuse_reminder(period, text, department_ids)
    chosen = [owed for owed in outstanding_by_department(period) if owed.department_id in department_ids]
    if not chosen:
        raise BadInput("所选部门都已报齐，不必催办。")
    with_account = {grant.department_id for grant in role_holders(DEPARTMENTAL, frozenset(department_ids))}
    reminded = [owed.department for owed in chosen if remind_department(period, owed, text.strip(), key=key)]
    if reminded:
        summary = f"{period.quarter.words}：催办 {len(reminded)} 个部门"
        detail = {"departments": reminded}
        record_event(
            Action.REMIND_DEPARTMENTS, period, by=by, summary=summary, reason=text.strip(), detail=detail
        )
    without_account = (owed.department for owed in chosen if owed.department_id not in with_account)
    return ReminderOutcome(tuple(reminded), tuple(without_account))


def refuse_reminder(period: Period, text: str, department_ids: Collection[int]) -> None:
    """Raise BadInput if the quarter is closed, FieldProblems for a wrong text or choice."""
    if period.is_closed:
        raise BadInput(f"{period.quarter.words}的填报已经关闭，不能再催办。")
    raise_field_problems(
        {
            "departments": "" if department_ids else "请至少勾选一个部门。",
            "text": text_problem(text.strip(), "催办内容", REMINDER_LENGTH, when_empty="请写明催办内容。"),
        }
    )


def remind_department(period: Period, owed: OutstandingFilings, text: str, *, key: str) -> int:
    """Return how many accounts were notified."""
    counted = len(owed.missing) + len(owed.unsigned)
    sentence = f"街道办公室催办：{owed.department}{period.quarter.words}还有 {counted} 项未报送。"
    urged = reminder_message(NoticeKind.URGED, sentence, period, owed, key=key, text=text)
    return send_notice(urged, to=seats_of_departments(owed.department_id))


def usual_reminder_text(period: Period) -> str:
    """Return the default text of the form."""
    due, how_far = (
        day_with_weekday(period.department_due),
        due_in_words(period.department_due, today(), work_calendar()),
    )
    return f"请抓紧填写并报送{period.quarter.words}工作进展，截止日为{due}，{how_far}。"
