"""Operations on directives: each checks, changes and records in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import NamedTuple, cast

from app.audit.operations import record_event
from app.authority.actor import SYSTEM, Actor
from app.authority.permits import DepartmentTie
from app.authority.policy import Action, require
from app.base.clock import now, today
from app.base.database import transaction
from app.base.errors import NotAllowed, raise_field_problems
from app.base.text import text_problem
from app.directives.announcements import (
    announce_directive,
    answer_topic,
    due_topic,
    extension_topic,
    notify_authors,
    remind_of_due_date,
)
from app.directives.content import REPLY_LENGTH, DirectiveContent, DirectiveTarget, writing_problems
from app.directives.feedback import moved_to_working_day
from app.directives.life_cycle import (
    NEARLY_DUE_DAYS,
    AddresseeRole,
    DirectiveState,
    first_state,
    state_after_reply,
)
from app.directives.models import Directive, DirectiveAddressee, DirectiveReply
from app.directives.queries import directives_with_context, last_number, load_directives
from app.directives.subjects.models import DirectiveSubject
from app.notices.operations import settle_topic
from app.org.models import Department, Leader
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.queries import work_calendar
from app.plan.core import queries as plans
from app.plan.core.models import PlanItem

FIRST_HOUR_OF_REMINDERS = 8
LATE_EVERY = 5  # working days
NOON = time(12)
NO_LEAD = "这项举措还没有牵头部门，无法交办。请先由街道办公室导入责任分工。"


@transaction
def write_directive(
    target: DirectiveTarget, content: DirectiveContent, *, by: Actor, handwritten_on: date | None = None
) -> Directive:
    """Issue a leader's directive on something: one department answers for all, any others add to it.

    handwritten_on: the day on which the leader wrote it by hand, None where it was not.

    A leader speaks in person; the office enters a leader's words, or its own. A due date on a day off moves to the next
    working day. Raises NotAllowed, FieldProblems.
    """
    require(by, Action.WRITE_DIRECTIVE)
    responsible = responsible_for(target.measures)
    problems = writing_problems(content, today=today(), plan_year=target.plan_year or today().year)
    if target.measures and not responsible:
        problems["main"] = NO_LEAD
    raise_field_problems(problems)
    due_on = content.due_on and moved_to_working_day(content.due_on, work_calendar())
    moment = now()
    directive = Directive.create(
        kind=content.kind,
        state=first_state(content.kind),
        number_year=moment.year,
        number=last_number(moment.year, is_confidential=content.is_confidential) + 1,
        is_confidential=content.is_confidential,
        text=content.text.strip(),
        due_on=due_on,
        feedback=content.feedback,
        created_at=moment
        if handwritten_on in (None, moment.date())
        else datetime.combine(handwritten_on, NOON),
        is_handwritten=handwritten_on is not None,
        **author_fields(content.leader, by),
    )
    store_parts(directive, target, content, responsible)
    record_step(Action.WRITE_DIRECTIVE, directive, by=by)
    announce_directive(directive, by=by)
    return directive


def store_parts(
    directive: Directive,
    target: DirectiveTarget,
    content: DirectiveContent,
    responsible: Collection[Department],
) -> None:
    """Store what a directive is about, and whom it addresses."""
    for values in target.subjects(content.main):
        DirectiveSubject.create(directive=directive, **values)
    for department in content.addressees:
        DirectiveAddressee.create(
            directive=directive,
            department=department,
            role=AddresseeRole.MAIN if department == content.main else AddresseeRole.SUPPORT,
            is_added=bool(responsible) and department not in responsible,
        )


def responsible_for(measures: Collection[PlanItem]) -> set[Department]:
    """Return the departments that lead or support any of some measures of one plan."""
    if not measures:
        return set()
    duties = plans.responsible_by_measure(next(iter(measures)).plan)
    return {one for row in measures if row.id in duties for one in duties[row.id].lead_and_supports}


def author_fields(chosen: Leader | None, by: Actor) -> dict[str, object]:
    """Return whose words they are, and who wrote them down for somebody else."""
    if by.leader_id is not None:
        return {"leader": by.leader_id, "written_for": by.leader_id, "author": by.person}
    if chosen is not None:
        return {"leader": chosen, "written_for": chosen, "author": chosen.name, "entered_by": by.person}
    return {"author": by.seat, "entered_by": by.person}


class HandedInReply(NamedTuple):
    """What somebody handed in to be signed by the head."""

    text: str
    person: str


def reply_problem(text: str) -> str:
    """Return what is wrong with an answer, or nothing."""
    return text_problem(text.strip(), "办理回复", REPLY_LENGTH, when_empty="请写明办理情况。")


@transaction
def reply_to_directive(
    directive: Directive,
    text: str,
    *,
    department: Department,
    by: Actor,
    version: int,
    is_final: bool = True,
    handed_in: HandedInReply | None = None,
) -> None:
    """Answer a directive for one of its addressees, as the one who signs for the department.

    What is not `is_final` says how far it is. Only the final answer of 主办 answers for all.
    Raises NotAllowed, FieldProblems, IllegalTransition, StaleVersion.
    """
    require(by, Action.REPLY_TO_DIRECTIVE, directive)
    if department.id not in by.department_ids & directive.department_ids(DepartmentTie.OWNER):
        raise NotAllowed
    if department.needs_sign_off:
        require(by, Action.SIGN_REPLY, DirectiveAddressee(directive=directive, department=department))
    text = text.strip()
    raise_field_problems({"text": reply_problem(text)})
    addressee = next(one for one in directive.addressees if one.department_id == department.id)
    directive.state = state_after_reply(directive.standing, role=addressee.role, is_final=is_final)
    if directive.is_replied:
        settle_what_was_owed(directive)
    directive.save_as_next(read_at=version)
    reply = sent_reply(directive, department, text, by=by, is_final=is_final, handed_in=handed_in)
    note_answer(addressee, reply)
    record_step(Action.REPLY_TO_DIRECTIVE, directive, by=by, department=department.short_name)
    if is_final:
        settle_topic(answer_topic(directive, department))
    notify_authors(directive, reply, by=by)


def sent_reply(
    directive: Directive,
    department: Department,
    text: str,
    *,
    by: Actor,
    is_final: bool,
    handed_in: HandedInReply | None,
) -> DirectiveReply:
    """Let an answer stand with its directive, with what was handed in where the head changed it."""
    before = handed_in if handed_in and handed_in.text.strip() != text else HandedInReply("", "")
    reply: DirectiveReply = DirectiveReply.create(
        directive=directive,
        department=department,
        text=text,
        person=by.person,
        is_final=is_final,
        written_text=before.text,
        written_by=before.person,
    )
    return reply


def settle_what_was_owed(directive: Directive) -> None:
    """Drop what was asked for while an answer was owed: more time, and reminders of the day."""
    directive.extension_to = None
    settle_topic(extension_topic(directive))
    settle_topic(due_topic(directive))


def note_answer(addressee: DirectiveAddressee, reply: DirectiveReply) -> None:
    """Note that a department has answered; nobody answers what he has not received."""
    if addressee.received_at is None:
        addressee.received_at, addressee.received_by = reply.at, reply.person
    if reply.is_final:
        addressee.answered_at = reply.at
    addressee.save()


def record_step(
    action: Action, directive: Directive, *, by: Actor, reason: str = "", summary: str = "", **detail: object
) -> None:
    """Put a step into the log; of a confidential directive number and action only."""
    if directive.is_confidential:
        summary, reason, detail = directive.number_words, "", {}
    elif not summary:
        summary = f"{directive.author}{directive.kind.label}：{directive.subject_titles}"
    detail = {"state": directive.state, "version": directive.version, **detail}
    record_event(action, directive, by=by, summary=summary, reason=reason, detail=detail)


def due_stage_on(day: date, due_on: date, calendar: WorkCalendar = CHINA) -> str:
    """Return which reminder is to be out on a working day: three working days before, on the day, every five after.

    A stage lasts until the next, so that a worker that was down on the very day makes up for it.
    """
    if not calendar.works_on(day):
        return ""
    if day < due_on:
        return "ahead" if calendar.days_between(day, due_on) <= NEARLY_DUE_DAYS else ""
    if day == due_on:
        return "due"
    times = calendar.days_between(due_on, day) // LATE_EVERY
    return f"late-{times}" if times else ""


def remind_of_due_directives(*, by: Actor) -> None:
    """Remind the head of 主办, and the office, of what comes due; each account hears of a stage once."""
    require(by, Action.RUN_TASKS)
    if now().hour < FIRST_HOUR_OF_REMINDERS:
        return
    calendar = work_calendar()
    waiting = (Directive.state == DirectiveState.OPEN) & Directive.due_on.is_null(False)
    for directive in load_directives(directives_with_context().where(waiting)):
        stage = due_stage_on(today(), cast(date, directive.due_on), calendar)
        if stage:
            remind_at_due_stage(directive, stage)


@transaction
def remind_at_due_stage(directive: Directive, stage: str) -> None:
    if remind_of_due_date(directive, stage):
        record_step(Action.REMIND_ADDRESSEES, directive, by=SYSTEM, stage=stage)
