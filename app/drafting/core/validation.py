"""Checking the particulars of a document against each other: date, deadlines and 代字."""

from __future__ import annotations

from app.base.clock import today
from app.base.errors import raise_field_problems
from app.composition.deadlines import (
    date_problem,
    deadline_problems,
    late_notice_problem,
    passed_problem,
)
from app.composition.kinds import spec_of
from app.composition.particulars import Particulars
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope
from app.drafting.core.models import Document
from app.org.queries import issuing_words
from app.periods.models import Period
from app.periods.queries import work_calendar


def require_valid_particulars(
    kind: DocumentKind, scope: DocumentScope, period: Period | None, particulars: Particulars
) -> None:
    """Raise FieldProblems if the particulars contradict each other or the document's period."""
    problems = frame_problems(kind, scope, period, particulars)
    if particulars.deadlines:
        due = period.due_dates if period else None
        problems |= deadline_problems(particulars.deadlines, particulars.dated, work_calendar(), due)
    raise_field_problems(problems)


def require_valid_change(document: Document, particulars: Particulars) -> None:
    """Raise FieldProblems if the changed particulars of a draft do not fit.

    The deadlines in the text cannot be changed here. They only count against a date moved past them; otherwise a
    quarter prolonged since then would prevent even the correction of a title.
    """
    problems = frame_problems(document.kind, document.scope, document.period, particulars)
    if particulars.deadlines and particulars.dated != document.dated and not problems["dated"]:
        problems["dated"] = passed_problem(particulars.dated, particulars.deadlines)
    raise_field_problems(problems)


def frame_problems(
    kind: DocumentKind, scope: DocumentScope, period: Period | None, particulars: Particulars
) -> dict[str, str]:
    """Return what is wrong with date and 代字, by field; the sentence is empty if nothing is."""
    spec = spec_of(kind)
    problems = {"dated": date_problem(particulars.dated, spec, scope, today())}
    if spec.is_numbered:
        problems["word"] = particulars.word_problem(issuing_words())
    if period and spec.opens_filing and not problems["dated"]:
        problems["dated"] = late_notice_problem(particulars.dated, period.quarter, period.due_dates)
    return problems
