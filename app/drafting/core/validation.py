"""Whether what the office decides around a text fits together: date, days, number's word."""

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
    """Raise FieldProblems where what the office decided does not fit together: the number's word, the days."""
    problems = frame_problems(kind, scope, period, particulars)
    if particulars.deadlines:
        due = period.due_dates if period else None
        problems |= deadline_problems(particulars.deadlines, particulars.dated, work_calendar(), due)
    raise_field_problems(problems)


def require_valid_change(document: Document, particulars: Particulars) -> None:
    """Raise FieldProblems where what is decided again around a draft's text does not fit.

    The days that its text sets are not decided again. They count against a date that is moved behind them, and nothing
    else is refused for them: that the quarter was prolonged since must not keep anybody from correcting a title.
    """
    problems = frame_problems(document.kind, document.scope, document.period, particulars)
    if particulars.deadlines and particulars.dated != document.dated and not problems["dated"]:
        problems["dated"] = passed_problem(particulars.dated, particulars.deadlines)
    raise_field_problems(problems)


def frame_problems(
    kind: DocumentKind, scope: DocumentScope, period: Period | None, particulars: Particulars
) -> dict[str, str]:
    """Return, by field, what is wrong with date and number's word; a field without fault says nothing."""
    spec = spec_of(kind)
    problems = {"dated": date_problem(particulars.dated, spec, scope, today())}
    if spec.is_numbered:
        problems["word"] = particulars.word_problem(issuing_words())
    if period and spec.opens_filing and not problems["dated"]:
        problems["dated"] = late_notice_problem(particulars.dated, period.quarter, period.due_dates)
    return problems
