"""Giving document numbers (发文登记): for each word and year in turn, without gaps. `DocumentNumber` writes them."""

from __future__ import annotations

from peewee import fn

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import transaction
from app.base.errors import FieldProblems
from app.drafting.core.models import Document
from app.issuing.models import RegisterEntry
from reports.model import DocumentNumber

CARRIED_OVER = "启用本登记簿以前已编发的文号"


def next_number(word: str, year: int) -> DocumentNumber:
    """Return the number of the next document of a word (发文机关代字) and year."""
    given = RegisterEntry.select(fn.MAX(RegisterEntry.sequence)).where(
        (RegisterEntry.word == word) & (RegisterEntry.year == year)
    )
    return DocumentNumber(word, year, (given.scalar() or 0) + 1)


def number_for(document: Document) -> DocumentNumber:
    """Return the number that a document gets when issued: the next one, or that of the document it corrects."""
    if document.supersedes is None:
        return next_number(document.word, document.dated.year)
    return number_of(RegisterEntry.get(RegisterEntry.document == document.supersedes))


def number_of(entry: RegisterEntry) -> DocumentNumber:
    return DocumentNumber(entry.word, entry.year, entry.sequence)


def enter_document(document: Document, *, person: str) -> DocumentNumber:
    """Give a document its number and enter it in the register.

    Call it within the transaction that issues the document, so that no number is lost.
    """
    number = number_for(document)
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


@transaction
def start_register(word: str, year: int, first: int, *, by: Actor) -> RegisterEntry:
    """Enter the numbers used before this register was introduced, so that its own start with `first`.

    They become one entry without a document. Raises NotAllowed, FieldProblems if the register has started already or
    there is nothing to enter.
    """
    require(by, Action.START_REGISTER)
    if first < 2:
        raise FieldProblems({"first": "下一个文号请填 2 以上的数；从 1 号编起的，不用登记。"})
    if year > today().year:
        raise FieldProblems({"year": f"现在还不到{year}年，请核对年份。"})
    if RegisterEntry.select().where((RegisterEntry.word == word) & (RegisterEntry.year == year)).exists():
        following = next_number(word, year)
        raise FieldProblems({"first": f"{year}年的登记簿已经开始，下一份是{following}，不能另起。"})
    entry = RegisterEntry.create(
        word=word,
        year=year,
        sequence=first - 1,
        title=CARRIED_OVER,
        note=f"1 号至 {first - 1} 号" if first > 2 else "1 号",
        entered_by=by.person,
    )
    record_event(Action.START_REGISTER, entry, by=by, summary=f"{DocumentNumber(word, year, first)}起")
    return entry
