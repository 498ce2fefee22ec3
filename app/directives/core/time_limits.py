"""Due dates of directives and how often to report on them: pure functions."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.base.labels import LabelledEnum
from app.periods.calendar import CHINA, WorkCalendar

# Calendar days from the day of writing.
URGENT_DAYS, USUAL_DAYS, HARD_DAYS = 5, 15, 30


class FeedbackRhythm(LabelledEnum):
    """How often 主办 reports progress until the matter is done."""

    ONCE = "once", "办结时一次"
    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "随季度填报"


class DirectiveUrgency(LabelledEnum):
    """How the due date is set: a number of calendar days, the next filing, or a chosen day."""

    URGENT = "urgent", f"急件（{URGENT_DAYS} 天）"
    USUAL = "usual", f"一般（{USUAL_DAYS} 天）"
    HARD = "hard", f"较难（{HARD_DAYS} 天）"
    WITH_FILING = "with_filing", "随下季填报"
    DAY = "day", "指定日期"


CALENDAR_DAYS: Mapping[DirectiveUrgency, int] = {
    DirectiveUrgency.URGENT: URGENT_DAYS,
    DirectiveUrgency.USUAL: USUAL_DAYS,
    DirectiveUrgency.HARD: HARD_DAYS,
}


def moved_to_working_day(day: date, calendar: WorkCalendar = CHINA) -> date:
    """Return the due date, moved from a day off to the next working day."""
    return calendar.working_day_from(day)


def due_date_of(
    urgency: DirectiveUrgency,
    today: date,
    *,
    chosen: date | None = None,
    next_filing_due: date | None = None,
    calendar: WorkCalendar = CHINA,
) -> date | None:
    """Return the due date for an urgency, or None if it needs a chosen day and none is given."""
    if urgency in CALENDAR_DAYS:
        day: date | None = today + timedelta(days=CALENDAR_DAYS[urgency])
    else:
        day = next_filing_due if urgency is DirectiveUrgency.WITH_FILING else chosen
    return moved_to_working_day(day, calendar) if day else None


@dataclass(frozen=True)
class FeedbackDays:
    """The day of the last feedback, and when the quarter's filing is due."""

    last_on: date
    next_filing_due: date | None = None


def next_feedback_on(
    rhythm: FeedbackRhythm, days: FeedbackDays, due_on: date | None, calendar: WorkCalendar = CHINA
) -> date | None:
    """Return when the next feedback is due: never later than the directive itself."""
    following = {
        FeedbackRhythm.ONCE: due_on,
        FeedbackRhythm.WEEKLY: calendar.working_day_from(days.last_on + timedelta(days=7)),
        FeedbackRhythm.MONTHLY: calendar.working_day_from(month_later(days.last_on)),
        FeedbackRhythm.QUARTERLY: days.next_filing_due,
    }[rhythm]
    known = [day for day in (following, due_on) if day is not None]
    return min(known) if known else None


def month_later(day: date) -> date:
    """Return the same day of the next month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
