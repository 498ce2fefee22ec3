"""What is proposed to the office for a new document, from the organisation, the quarters and the calendar."""

from __future__ import annotations

from app.base.clock import today
from app.composition.deadlines import Caution, early_document_caution, late_notice_caution
from app.composition.particulars import House, Particulars, usual_particulars
from app.composition.rules import TRAITS, DocumentKind, Subject
from app.drafting.core.duplicates import twin_caution
from app.drafting.core.models import Document
from app.drafting.jobs.gathering import plan_facts
from app.org.queries import issuing_words, leaders
from app.periods.models import Period
from app.periods.queries import calendar, periods
from app.plan.models import Plan


def proposed(kind: DocumentKind, plan: Plan, house: House, *, period: Period | None = None) -> Particulars:
    """Return what is proposed for a document of a kind made today.

    period: the quarter that it is about, where that is known; otherwise the newest one that was opened.
    """
    about = period or newest(plan)
    return usual_particulars(
        house,
        today(),
        kind,
        plan=plan_facts(plan, whole=TRAITS[kind].encloses_plan),
        due=about.due if about else None,
    )


def cautions(kind: DocumentKind, plan: Plan) -> list[Caution]:
    """Return what the office should know before it fills in the form for a document of a kind."""
    period = newest(plan)
    found = (timely_caution(kind, period) if period else None, known_twin(kind, plan, period))
    return [caution for caution in found if caution]


def known_twin(kind: DocumentKind, plan: Plan, period: Period | None) -> Caution | None:
    """Return what there is about what the form first proposes; nothing where it asks whom a document is about."""
    traits = TRAITS[kind]
    if traits.subject is not Subject.ALL:
        return None
    about = None if traits.is_yearly else period
    return twin_caution(Document(kind=kind, plan=plan, period=about, span=traits.spans[0]))


def timely_caution(kind: DocumentKind, period: Period) -> Caution | None:
    """Return what to know of today's place among the days of a quarter, or nothing."""
    if kind is DocumentKind.OPENING:
        return late_notice_caution(today(), period.quarter, period.due)
    if TRAITS[kind].rests_on_filings:
        return early_document_caution(today(), period.quarter, period.due, calendar())
    return None


def house_of(name: str, superior: str) -> House:
    """Return the sub-district of a name as it issues documents; its reports go up to `superior`."""
    return House(name, superior, tuple(leaders()), issuing_words(), calendar())


def newest(plan: Plan) -> Period | None:
    """Return the newest quarter of a plan that was opened; None where none was."""
    opened = periods(plan)
    return opened[-1] if opened else None
