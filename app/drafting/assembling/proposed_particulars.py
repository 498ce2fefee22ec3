"""The particulars proposed for a new document, from the organisation, the quarters and the calendar."""

from __future__ import annotations

from app.base.clock import today
from app.composition.deadlines import (
    DraftCaution,
    early_document_caution,
    late_notice_caution,
    unopened_year_caution,
)
from app.composition.kinds import spec_of
from app.composition.particulars import IssuingOrganisation, Particulars, read_names, usual_particulars
from app.composition.rules import DocumentKind, DocumentSubject
from app.composition.scope import ScopeSpan
from app.drafting.core.duplicates import duplicate_caution
from app.drafting.core.models import Document
from app.drafting.jobs.gathering import plan_facts
from app.org.queries import active_leaders, default_issuer, issuing_words
from app.periods.models import Period
from app.periods.queries import current_period, periods_of_plan, work_calendar
from app.plan.core.models import Plan


def proposed_particulars(
    kind: DocumentKind, plan: Plan, organisation: IssuingOrganisation, *, period: Period | None = None
) -> Particulars:
    """Return the particulars proposed for a document of a kind made today.

    period: its quarter; if None, the proposed one.
    """
    about, spec = period or proposed_period(kind, plan), spec_of(kind)
    return usual_particulars(
        organisation,
        today(),
        spec,
        plan=plan_facts(plan, whole=spec.encloses_plan),
        due=about.due_dates if about else None,
    )


def assembly_cautions(
    kind: DocumentKind, plan: Plan, period: Period | None, span: ScopeSpan | None
) -> list[DraftCaution]:
    """Return the warnings shown before a document about a quarter, or a longer span, is assembled."""
    found = (timely_caution(kind, plan, period), known_duplicate(kind, plan, period, span))
    return [caution for caution in found if caution]


def known_duplicate(
    kind: DocumentKind, plan: Plan, period: Period | None, span: ScopeSpan | None
) -> DraftCaution | None:
    """Return a warning about an existing document about the same period; None if the form asks whom it is about."""
    spec = spec_of(kind)
    if spec.subject is not DocumentSubject.ALL:
        return None
    about = period if spec.needs_period else None
    return duplicate_caution(Document(kind=kind, plan=plan, period=about, span=span or spec.spans[0]))


def timely_caution(kind: DocumentKind, plan: Plan, period: Period | None) -> DraftCaution | None:
    """Return a warning if today is too early or too late in the quarter; None otherwise."""
    spec = spec_of(kind)
    if period is None:
        return unopened_year_caution(plan.year) if spec.is_yearly and spec.needs_period else None
    if spec.opens_filing:
        return late_notice_caution(today(), period.quarter, period.due_dates)
    if spec.rests_on_filings:
        return early_document_caution(today(), period.quarter, period.due_dates, work_calendar())
    return None


def issuing_organisation() -> IssuingOrganisation:
    """Return the sub-district as an issuer of documents. Raises BadInput if no issuing body is registered."""
    issuer = default_issuer()
    return IssuingOrganisation(
        issuer.name,
        issuer.superior,
        read_names(issuer.copies_to),
        tuple(active_leaders()),
        issuing_words(),
        work_calendar(),
    )


def proposed_period(kind: DocumentKind, plan: Plan) -> Period | None:
    """Return the quarter proposed for a document; None if no quarter was opened.

    For an opening notice, the first quarter that can still be filed in time; for a yearly report, the last one. For
    any other document, the newest quarter already due, or the current one if that is newer.
    """
    spec, periods = spec_of(kind), periods_of_plan(plan)
    if spec.opens_filing:
        for period in periods:
            if not period.is_closed and today() <= period.department_due:
                return period
    if spec.is_yearly:
        return next((period for period in periods if period.quarter.ends_the_year), None)
    due = [period for period in periods if period.department_due <= today()]
    known = filter(None, (*due[-1:], current_period(plan)))
    return max(known, key=lambda period: period.quarter, default=None)
