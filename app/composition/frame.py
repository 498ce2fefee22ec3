"""The frame of every text: red head, addressee, signature and imprint, from the particulars."""

from __future__ import annotations

from app.base.days import written_day
from app.composition.facts import DocumentFacts
from app.composition.particulars import Particulars
from app.composition.rules import DocumentForm, KindSpec
from reports.model import (
    Annex,
    AnyMasthead,
    Block,
    Direction,
    DocumentError,
    Enclosure,
    Imprint,
    LetterMasthead,
    Marking,
    Masthead,
    OfficialDocument,
    Signature,
)
from reports.numbering import number_headings


def official_document(
    spec: KindSpec,
    title: tuple[str, ...],
    body: tuple[Block, ...],
    particulars: Particulars,
    *,
    annexes: tuple[Annex, ...] = (),
    enclosure: Enclosure | None = None,
) -> OfficialDocument:
    """Return a document under a red head; an internal paper, without one.

    title: its lines, broken by meaning.
    """
    dated, direction = particulars.dated, spec.direction
    return OfficialDocument(
        title="\n".join(title),
        masthead=masthead_of(particulars, direction) if direction else None,
        addressee=particulars.recipient,
        body=number_headings(body),
        signature=Signature(particulars.issuers, dated, particulars.sealed and spec.is_numbered),
        note=particulars.note,
        annexes=annexes,
        enclosure=enclosure,
        imprint=Imprint(particulars.office, dated, particulars.copies_to) if direction else None,
    )


def masthead_of(particulars: Particulars, direction: Direction) -> AnyMasthead:
    """Return the red head in the form that the office chose; a report to superiors has only one form."""
    marking = Marking(particulars.copy_number, particulars.secrecy, particulars.urgency)
    if particulars.form is DocumentForm.LETTER and direction is not Direction.UPWARD:
        return LetterMasthead(particulars.issuers[0], particulars.printed_number, marking)
    signatories = particulars.signers if direction is Direction.UPWARD else ()
    return Masthead(particulars.issuers, particulars.printed_number, direction, signatories, marking=marking)


def require_reports(facts: DocumentFacts) -> None:
    """Raise DocumentError if no filing of the scope's last quarter was accepted: all figures are based on these."""
    if not facts.reported:
        raise DocumentError(
            f"{facts.scope.quarter.words}还没有已采用的填报，无法汇编公文。请先在“审核”中采用填报。"
        )


def as_of(facts: DocumentFacts, particulars: Particulars) -> str:
    """Return the day that the text describes: the scope's last day, or the document's date if that is earlier."""
    return written_day(min(facts.scope.last_day, particulars.dated))
