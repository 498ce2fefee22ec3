"""Reminders of a quarter's filings: by themselves as the due date comes near, and by the office's hand (催办)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.access.policy import Action, require
from app.access.queries import holders
from app.access.rules import DEPARTMENTAL
from app.access.user import User
from app.audit.operations import record
from app.audit.rules import SYSTEM
from app.base.clock import now, today
from app.base.database import transaction
from app.base.errors import BadInput, FieldProblems
from app.base.labels import Labelled
from app.filing.core.topics import reminder_topic
from app.filing.review.outstanding import Outstanding, outstanding
from app.notices.operations import notify
from app.notices.rules import Message, NoticeKind, seats_of
from app.periods.calendar import CHINA, Calendar
from app.periods.models import Period
from app.periods.queries import calendar
from app.periods.rules import DueDates, day_in_words, due_in_words

WORKING_DAYS_AHEAD = 5
FIRST_HOUR = 8
TEXT_LENGTH = 500


class Stage(Labelled):
    """When a reminder goes out by itself: once each."""

    OPENED = "opened", "开始填报"
    AHEAD = "ahead", "临近截止"
    DUE = "due", "截止当日"
    LATE = "late", "逾期"


def stage_on(day: date, dates: DueDates, calendar: Calendar = CHINA) -> Stage | None:
    """Return which reminder is to be out on `day`; None on days off, and on working days that ask for none.

    A stage lasts until the next, so that a worker that stood still on the very day makes up for it.
    """
    if not calendar.works_on(day) or day < dates.opens_on:
        return None
    if day > dates.grace_ends_on(calendar):
        return Stage.LATE
    if day >= dates.department_due:
        return Stage.DUE if day == dates.department_due else None
    is_near = calendar.days_between(day, dates.department_due) <= WORKING_DAYS_AHEAD
    return Stage.AHEAD if is_near else None


def remind_due() -> None:
    """Send what is to be out today for every open quarter, from eight in the morning on. Safe to be called often."""
    if now().hour < FIRST_HOUR:
        return
    working_days = calendar()
    for period in Period.select().where(Period.closed_at.is_null()):
        stage = stage_on(today(), period.due, working_days)
        if stage is not None:
            remind(period, stage)


@transaction
def remind(period: Period, stage: Stage) -> None:
    """Remind the departments that have not handed everything in; each account hears of a stage once."""
    told = [
        owed.department
        for owed in outstanding(period)
        if owed.missing and notify(message_at(stage, period, owed), to=seats_of(owed.department_id))
    ]
    if told:
        summary = f"{period.quarter.words}：{stage.label}自动提醒 {len(told)} 个部门"
        record(Action.REMIND, period, by=SYSTEM, summary=summary, detail={"departments": told})


def message_at(stage: Stage, period: Period, owed: Outstanding) -> Message:
    """Return what a department is told by itself."""
    count, due = len(owed.missing), day_in_words(period.department_due)
    if stage is Stage.OPENED:
        sentence = f"{period.quarter.words}填报已开始，{owed.department}共 {count} 项，请于{due}前提交。"
    else:
        how_far = due_in_words(period.department_due, today(), calendar())
        sentence = f"{owed.department}{period.quarter.words}还有 {count} 项未提交，截止日为{due}，{how_far}。"
    return message(NoticeKind.REMINDER, sentence, period, owed, key=f"{stage}")


def message(
    kind: NoticeKind, sentence: str, period: Period, owed: Outstanding, *, key: str, text: str = ""
) -> Message:
    """Return a message that leads to the list of the quarter and names what a department owes there."""
    topic = reminder_topic(period.id, owed.department_id)
    return Message(
        kind=kind,
        sentence=sentence,
        path=f"/filings?period={period.quarter.code}",
        topic=topic,
        detail="\n".join(filter(None, (text, owed.in_words))),
        key=f"{topic}:{key}",
    )


@dataclass(frozen=True)
class Urged:
    """What came of a reminder by hand: the departments that were told, and those where nobody is there to tell."""

    told: tuple[str, ...]
    unmanned: tuple[str, ...]


@transaction
def urge(period: Period, text: str, *, department_ids: Collection[int], key: str, by: User) -> Urged:
    """Remind departments by the office's hand, each with its own list of what it still owes.

    Departments that owe nothing any more are left out. A `key` stands for one press of the button: sent again, it
    reaches nobody twice. Raises NotAllowed, FieldProblems, BadInput.
    """
    require(by, Action.REMIND)
    refuse_urging(period, text, department_ids)
    chosen = [owed for owed in outstanding(period) if owed.department_id in department_ids]
    if not chosen:
        raise BadInput("所选部门都已报齐，不必催办。")
    manned = {grant.department_id for grant in holders(DEPARTMENTAL, frozenset(department_ids))}
    told = [owed.department for owed in chosen if tell(period, owed, text.strip(), key=key)]
    if told:
        summary = f"{period.quarter.words}：催办 {len(told)} 个部门"
        detail = {"departments": told}
        record(Action.REMIND, period, by=by.actor, summary=summary, reason=text.strip(), detail=detail)
    unmanned = (owed.department for owed in chosen if owed.department_id not in manned)
    return Urged(tuple(told), tuple(unmanned))


def refuse_urging(period: Period, text: str, department_ids: Collection[int]) -> None:
    """Raise BadInput when the quarter is closed, FieldProblems for what is wrong with text and choice."""
    if period.is_closed:
        raise BadInput(f"{period.quarter.words}的填报已经关闭，不能再催办。")
    problems = {}
    if not department_ids:
        problems["departments"] = "请至少勾选一个部门。"
    if not text.strip():
        problems["text"] = "请写明催办内容。"
    elif len(text.strip()) > TEXT_LENGTH:
        problems["text"] = f"催办内容共 {len(text.strip())} 字，请控制在 {TEXT_LENGTH} 字以内。"
    if problems:
        raise FieldProblems(problems)


def tell(period: Period, owed: Outstanding, text: str, *, key: str) -> int:
    """Urge one department; return how many accounts heard of it."""
    counted = len(owed.missing) + len(owed.unsigned)
    sentence = f"街道办公室催办：{owed.department}{period.quarter.words}还有 {counted} 项未报送。"
    urged = message(NoticeKind.URGED, sentence, period, owed, key=key, text=text)
    return notify(urged, to=seats_of(owed.department_id))


def usual_text(period: Period) -> str:
    """Return what the office usually says, for the form."""
    due, how_far = (
        day_in_words(period.department_due),
        due_in_words(period.department_due, today(), calendar()),
    )
    return f"请抓紧填写并报送{period.quarter.words}工作进展，截止日为{due}，{how_far}。"
