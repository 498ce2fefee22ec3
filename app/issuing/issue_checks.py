"""What the office looks at before it issues a draft, beside its text."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.clock import today
from app.composition.deadlines import DraftCaution, deadline_problems, distance_words
from app.composition.kinds import spec_of
from app.drafting.core.duplicates import duplicate_caution
from app.drafting.core.models import Document
from app.issuing.addressing import addressees_of, in_words
from app.issuing.register import number_for
from app.periods.queries import work_calendar
from reports.model import DocumentNumber


@dataclass(frozen=True)
class IssueChecks:
    """What is to be looked at.

    number: the one that it gets; None where its kind has none.
    distance: how far its date is from today, in words, where that looks like a slip.
    goes_to: the departments that may read it then, in words; nothing where it goes to none.
    misfits: what is wrong by now with the days that its text sets, in sentences.
    duplicate: what there is about the same already.
    """

    number: DocumentNumber | None
    distance: str
    goes_to: str
    misfits: tuple[str, ...]
    duplicate: DraftCaution | None


def checks_of(document: Document) -> IssueChecks:
    """Return what is to be looked at before a draft is issued. What it corrects bore its date before."""
    is_kept = document.supersedes is not None and document.supersedes.dated == document.dated
    return IssueChecks(
        number=number_for(document) if spec_of(document.kind).is_numbered else None,
        distance="" if is_kept else distance_words(document.dated, today()),
        goes_to=in_words(addressees_of(document)),
        misfits=deadline_problems_of(document),
        duplicate=duplicate_caution(document),
    )


def deadline_problems_of(document: Document) -> tuple[str, ...]:
    """Return what is wrong with the days that a draft's text sets: calendar and quarter may be others by now."""
    days, due = document.particulars.deadlines, document.period.due_dates if document.period else None
    return tuple(deadline_problems(days, document.dated, work_calendar(), due).values()) if days else ()
