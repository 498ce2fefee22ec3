"""Writing directives and reminding of their due dates."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import date, datetime, time
from typing import cast

from app.audit.operations import record_event
from app.authority.actor import SYSTEM, Actor
from app.authority.policy import Action, require
from app.base.clock import now, today
from app.base.database import transaction
from app.base.errors import raise_field_problems
from app.directives.core.announcements import (
    announce_directive,
    remind_of_due_date,
)
from app.directives.core.content import DirectiveContent, DirectiveTarget, writing_problems
from app.directives.core.life_cycle import (
    NEARLY_DUE_DAYS,
    AddresseeRole,
    DirectiveState,
    first_state,
)
from app.directives.core.models import Directive, DirectiveAddressee
from app.directives.core.queries import directives_with_context, last_number
from app.directives.core.related_rows import load_directives
from app.directives.core.subjects import DirectiveSubject
from app.directives.core.time_limits import moved_to_working_day
from app.notices.rules import is_reminder_hour
from app.org.models import Department, Leader
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.due_dates import ReminderStage, reminder_stage
from app.periods.queries import work_calendar
from app.plan.core import queries as plans
from app.plan.core.models import PlanItem

logger = logging.getLogger(__name__)

LATE_EVERY = 5  # working days
NOON = time(12)
NO_LEAD = "这项举措还没有牵头部门，无法交办。请先由街道办公室导入责任分工。"


@transaction
def write_directive(
    target: DirectiveTarget, content: DirectiveContent, *, by: Actor, handwritten_on: date | None = None
) -> Directive:
    """Issue a directive: one department answers for it (主办), any others contribute (协办).

    A leader writes his own; the office enters a leader's or writes its own. handwritten_on: the day on which the leader
    wrote it by hand, None if he did not. A due date on a day off moves to the next working day. Raises NotAllowed,
    FieldProblems.
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
    """Store the subjects and the addressees of a new directive."""
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
    """Return the departments that lead or support any of these measures of one plan."""
    plan = next((one.plan for one in measures), None)
    duties = plans.responsible_by_measure(plan) if plan else {}
    return {one for row in measures if row.id in duties for one in duties[row.id].lead_and_supports}


def author_fields(chosen: Leader | None, by: Actor) -> dict[str, object]:
    """Return the fields that say whose directive it is and who entered it."""
    if by.leader_id is not None:
        return {"leader": by.leader_id, "written_for": by.leader_id, "author": by.person}
    if chosen is not None:
        return {"leader": chosen, "written_for": chosen, "author": chosen.name, "entered_by": by.person}
    return {"author": by.seat, "entered_by": by.person}


def record_step(
    action: Action, directive: Directive, *, by: Actor, reason: str = "", summary: str = "", **detail: object
) -> None:
    """Write a step into the event log; for a confidential directive only its number and the action."""
    if directive.is_confidential:
        summary, reason, detail = directive.number_words, "", {}
    elif not summary:
        summary = f"{directive.author}{directive.kind.label}：{directive.subject_titles}"
    detail = {"state": directive.state, "version": directive.version, **detail}
    record_event(action, directive, by=by, summary=summary, reason=reason, detail=detail)


def due_stage_on(day: date, due_on: date, calendar: WorkCalendar = CHINA) -> str:
    """Return which reminder of a directive is due on `day`: once it is overdue, another one every LATE_EVERY days."""
    stage = reminder_stage(day, due_on, days_ahead=NEARLY_DUE_DAYS, late_from=LATE_EVERY, calendar=calendar)
    if stage is ReminderStage.LATE:
        return f"{stage}-{calendar.days_between(due_on, day) // LATE_EVERY}"
    return stage or ""


def remind_of_due_directives(*, by: Actor) -> None:
    """Remind the heads of 主办 and the office of due dates; each account gets a stage's reminder once.

    A directive whose reminder fails does not hold up the others.
    """
    require(by, Action.RUN_TASKS)
    if not is_reminder_hour(now()):
        return
    calendar = work_calendar()
    waiting = (Directive.state == DirectiveState.OPEN) & Directive.due_on.is_null(False)
    for directive in load_directives(directives_with_context().where(waiting)):
        stage = due_stage_on(today(), cast(date, directive.due_on), calendar)
        if not stage:
            continue
        try:
            remind_at_due_stage(directive, stage)
        except Exception:
            logger.exception("directive %s: no reminder of its day", directive.id)


@transaction
def remind_at_due_stage(directive: Directive, stage: str) -> None:
    """Send a reminder unless the directive has changed since it was read; the next run looks at it again."""
    as_read = (Directive.id == directive.id) & (Directive.version == directive.version)
    if Directive.select().where(as_read).exists() and remind_of_due_date(directive, stage):
        record_step(Action.REMIND_ADDRESSEES, directive, by=SYSTEM, stage=stage)
