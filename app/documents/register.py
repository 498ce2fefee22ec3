"""The register of document numbers (发文登记): of each word and year they are given in turn, without gaps."""

from __future__ import annotations

from peewee import fn

from app.documents.models import Document, RegisterEntry
from reports.model import DocumentNumber


def next_number(word: str, year: int) -> DocumentNumber:
    """Return the number that the next document of a word (发文机关代字) and year gets."""
    given = RegisterEntry.select(fn.MAX(RegisterEntry.sequence)).where(
        (RegisterEntry.word == word) & (RegisterEntry.year == year)
    )
    return DocumentNumber(word, year, (given.scalar() or 0) + 1)


def enter(document: Document, *, person: str) -> DocumentNumber:
    """Give a document its number and enter it: the next one, or that of the document which it corrects.

    To be called within the transaction that issues the document, so that no number is lost.
    """
    number = next_number(document.word, document.dated.year)
    if document.supersedes is not None:
        corrected = RegisterEntry.get(RegisterEntry.document == document.supersedes)
        number = DocumentNumber(corrected.word, corrected.year, corrected.sequence)
    RegisterEntry.create(
        word=number.agency,
        year=number.year,
        sequence=number.sequence,
        edition=document.edition,
        document=document,
        title=document.title,
        note=document.correction,
        entered_by=person,
    )
    return number


def entries() -> list[RegisterEntry]:
    """Return the register, the newest number first, each with its document."""
    columns = (Document.id, Document.kind, Document.state, Document.dated)
    return list(
        RegisterEntry.select(RegisterEntry, *columns)
        .join(Document)
        .order_by(
            RegisterEntry.year.desc(),
            RegisterEntry.word,
            RegisterEntry.sequence.desc(),
            RegisterEntry.edition.desc(),
        )
    )
