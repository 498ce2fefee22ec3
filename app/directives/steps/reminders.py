"""Reminders of directives that come due by themselves: before the day, on it, and as it goes by."""

from __future__ import annotations

from datetime import date
from typing import cast

from app.authority.actor import SYSTEM, Actor
from app.authority.policy import Action, require
from app.base.clock import now, today
from app.base.database import transaction
from app.directives.announcements import remind_of_due_date
from app.directives.life_cycle import NEARLY_DUE_DAYS, DirectiveState
from app.directives.models import Directive
from app.directives.operations import record_step
from app.directives.queries import directives_with_context, load_directives
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.queries import work_calendar

FIRST_HOUR = 8
LATE_EVERY = 5  # working days


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
    if now().hour < FIRST_HOUR:
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
