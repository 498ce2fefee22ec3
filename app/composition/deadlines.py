"""The dates of a document: its own, the deadlines that it sets, and whether it can still be sent out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.base.days import DayRange, day_with_weekday
from app.base.errors import RefusalWay
from app.composition.rules import KindSpec
from app.composition.scope import DocumentScope
from app.periods.calendar import WorkCalendar
from app.periods.due_dates import DueDates, day_off_problem
from app.periods.rules import Quarter

# Working days usually given to the readers.
FILING_DAYS = 3
CORRECTION_DAYS = 10
LABELS = {"file_by": "补报时限", "mend_by": "整改时限"}
# Calendar days by which a date may differ from today before it looks like a typing error.
USUAL_DISTANCE = 30


@dataclass(frozen=True)
class DocumentDeadlines:
    """The deadlines: for missing filings (补报时限) and for correcting what is behind (整改时限)."""

    file_by: date
    mend_by: date


def date_problem(dated: date, spec: KindSpec, scope: DocumentScope, today: date) -> str:
    """Return what is wrong with the date of a document (成文日期); empty if nothing.

    A document may be dated before its quarter ends but not before it begins; a notice, from the year before on.
    Nothing is dated later than the year after. Today is always accepted.
    """
    year, quarter = scope.quarter.year, scope.quarter
    first = quarter.first_day if spec.rests_on_filings else date(year - 1, 1, 1)
    last = date(year + 1, 12, 31)
    if dated == today or first <= dated <= last:
        return ""
    return (
        f"成文日期写的是{day_with_weekday(dated)}。{scope.words}的公文，"
        f"成文日期应在{day_with_weekday(first)}至{day_with_weekday(last)}之间，请核对年份和月份。"
    )


def distance_words(dated: date, today: date) -> str:
    """Return how far a date is from today (比今天早48天); empty if that is not unusual."""
    days = (today - dated).days
    if abs(days) <= USUAL_DISTANCE:
        return ""
    return f"比今天{'早' if days > 0 else '晚'}{abs(days)}天"


def usual_deadlines(day: date, calendar: WorkCalendar, due: DueDates | None = None) -> DocumentDeadlines:
    """Return the deadlines proposed on a day; filings that still have time keep that time."""
    file_by = calendar.working_day_after(day, FILING_DAYS)
    if due is not None:
        file_by = max(file_by, due.grace_ends_on(calendar))
    return DocumentDeadlines(file_by, max(calendar.working_day_after(day, CORRECTION_DAYS), file_by))


def usual_notice_day(day: date, due: DueDates) -> date:
    """Return the date proposed for an opening notice: the day itself, or when filing began if that is too late."""
    return day if is_in_time(day, due) else due.opens_on


def is_in_time(day: date, due: DueDates) -> bool:
    """Return whether a notice of that day leaves departments at least one day to file."""
    return day <= due.department_due


def late_notice_problem(day: date, quarter: Quarter, due: DueDates) -> str:
    """Return what is wrong with the date of an opening notice; empty if nothing."""
    if is_in_time(day, due):
        return ""
    return (
        f"{quarter.words}部门报送截止日（{day_with_weekday(due.department_due)}）早于成文日期（{day_with_weekday(day)}），"
        "部门收到通知时已经无法按时填报。请改填截止日以前的成文日期；需要延期的，请先在“季度”中调整截止日。"
    )


def passed_problem(dated: date, deadlines: DocumentDeadlines) -> str:
    """Return what is wrong with a date that is not before the deadlines set in the text; empty if nothing."""
    days = {label: getattr(deadlines, name) for name, label in LABELS.items()}
    passed = "、".join(f"{label}（{day_with_weekday(day)}）" for label, day in days.items() if day <= dated)
    return f"成文日期应早于正文所定的{passed}；需要另定时限的，请重新汇编。" if passed else ""


@dataclass(frozen=True)
class DraftCaution:
    """A warning shown before the office continues, and a link to where the matter can be seen."""

    title: str
    text: str
    way: RefusalWay | None = None


def late_notice_caution(day: date, quarter: Quarter, due: DueDates) -> DraftCaution | None:
    """Return a warning if an opening notice dated on this day is too late; None otherwise."""
    if is_in_time(day, due):
        return None
    return DraftCaution(
        "截止日已过",
        f"{quarter.words}部门报送截止日是{day_with_weekday(due.department_due)}。布置以后季度的填报，请先在“季度”中开启；"
        "补发这个季度的通知，成文日期须在截止日以前。",
    )


def early_document_caution(
    day: date, quarter: Quarter, due: DueDates, calendar: WorkCalendar
) -> DraftCaution | None:
    """Return a warning if filings may still come in on the day of the document; None otherwise."""
    last = due.grace_ends_on(calendar)
    if day > last:
        return None
    return DraftCaution(
        "填报还没有截止",
        f"{quarter.words}填报截至{day_with_weekday(last)}。现在汇编，还没有报送的举措会写作“未报送”；"
        "以后采用的填报，须重新汇编才会计入。",
    )


def unopened_year_caution(year: int) -> DraftCaution:
    """Return a warning that the last quarter of the year is not open for filing yet."""
    return DraftCaution(
        "第四季度还没有开启填报",
        f"{year}年全年的公文以第四季度的填报为准。第四季度的填报采用以后，才能汇编。",
    )


def deadline_problems(
    deadlines: DocumentDeadlines, dated: date, calendar: WorkCalendar, due: DueDates | None
) -> dict[str, str]:
    """Return what is wrong with the deadlines of a document, by field."""
    return dict(found_problems(deadlines, dated, calendar, due))


def found_problems(
    deadlines: DocumentDeadlines, dated: date, calendar: WorkCalendar, due: DueDates | None
) -> Iterator[tuple[str, str]]:
    """Yield fields with what is wrong; if a field comes several times, the last one counts."""
    for name, label in LABELS.items():
        day = getattr(deadlines, name)
        if problem := day_off_problem(day, calendar):
            yield name, problem
        if problem := DayRange.of_years(dated.year, dated.year + 1).problem_of_day(day, label):
            yield name, problem
        if day <= dated:
            yield name, f"{label}应晚于成文日期（{day_with_weekday(dated)}）。"
    if due is not None and deadlines.file_by < due.grace_ends_on(calendar):
        last = day_with_weekday(due.grace_ends_on(calendar))
        yield "file_by", f"补报时限不能早于本季度的填报截止日（{last}）。"
