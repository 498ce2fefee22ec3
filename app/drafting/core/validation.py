"""Whether what the office decides around a text fits together: date, days, number's word."""

from __future__ import annotations

from app.base.clock import today
from app.base.errors import FieldProblems
from app.composition.deadlines import (
    date_problem,
    deadline_problems,
    late_notice_problem,
    passed_problem,
)
from app.composition.particulars import Particulars
from app.composition.rules import TRAITS, DocumentKind
from app.composition.scope import Scope
from app.drafting.core.models import Document
from app.org.queries import issuing_words
from app.periods.models import Period
from app.periods.queries import calendar


def require_sound(kind: DocumentKind, scope: Scope, period: Period | None, particulars: Particulars) -> None:
    """Raise FieldProblems where what the office decided does not fit together: the number's word, the days."""
    problems = frame_problems(kind, scope, period, particulars)
    if particulars.deadlines:
        due = period.due if period else None
        problems |= deadline_problems(particulars.deadlines, particulars.dated, calendar(), due)
    refuse_any(problems)


def require_sound_change(document: Document, particulars: Particulars) -> None:
    """Raise FieldProblems where what is decided anew around a draft's text does not fit.

    The days that its text sets are not decided anew. They count against a date that is moved behind them, and nothing
    else is refused for them: that the quarter was prolonged since must not keep anybody from correcting a title.
    """
    problems = frame_problems(document.kind, document.scope, document.period, particulars)
    if particulars.deadlines and particulars.dated != document.dated and not problems["dated"]:
        problems["dated"] = passed_problem(particulars.dated, particulars.deadlines)
    refuse_any(problems)


def frame_problems(
    kind: DocumentKind, scope: Scope, period: Period | None, particulars: Particulars
) -> dict[str, str]:
    """Return, by field, what is wrong with date and number's word; a field without fault says nothing."""
    problems = {"dated": date_problem(particulars.dated, kind, scope, today())}
    if TRAITS[kind].is_numbered:
        problems["word"] = particulars.word_problem(issuing_words())
    if period and kind is DocumentKind.OPENING and not problems["dated"]:
        problems["dated"] = late_notice_problem(particulars.dated, period.quarter, period.due)
    return problems


def refuse_any(problems: dict[str, str]) -> None:
    """Raise FieldProblems where a field has any."""
    found = {name: problem for name, problem in problems.items() if problem}
    if found:
        raise FieldProblems(found)
