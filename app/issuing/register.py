"""The register of document numbers (发文登记): of each word and year they are given in turn, without gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from peewee import JOIN, fn

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import transaction
from app.base.errors import FieldProblems
from app.drafting.core.models import Document
from app.issuing.models import RegisterEntry
from reports.form_words import written_date
from reports.model import DocumentNumber

BRACKETS = re.compile(r"[〔〕\[\]［］【】()（）]")
CARRIED_OVER = "启用本登记簿以前已编发的文号"


@dataclass(frozen=True)
class RegisterSeries:
    """What was entered of one word and year, the newest number first.

    `missing_numbers` are the numbers up to the `last` that were never given; there should be none.
    """

    word: str
    year: int
    entries: Sequence[RegisterEntry]
    last: int
    missing: tuple[int, ...]

    @property
    def completeness(self) -> str:
        """Return in words whether every number up to the last was given."""
        if self.missing:
            return f"缺 {'、'.join(map(str, self.missing))} 号，请核对。"
        return f"1 号至 {self.last} 号，没有缺号。" if self.last > 1 else "1 号，没有缺号。"


def next_number(word: str, year: int) -> DocumentNumber:
    """Return the number that the next document of a word (发文机关代字) and year gets."""
    given = RegisterEntry.select(fn.MAX(RegisterEntry.sequence)).where(
        (RegisterEntry.word == word) & (RegisterEntry.year == year)
    )
    return DocumentNumber(word, year, (given.scalar() or 0) + 1)


def number_for(document: Document) -> DocumentNumber:
    """Return the number that a document gets when it is issued: the next one, or that of the one it corrects."""
    if document.supersedes is None:
        return next_number(document.word, document.dated.year)
    return number_of(RegisterEntry.get(RegisterEntry.document == document.supersedes))


def number_of(entry: RegisterEntry) -> DocumentNumber:
    return DocumentNumber(entry.word, entry.year, entry.sequence)


def enter_document(document: Document, *, person: str) -> DocumentNumber:
    """Give a document its number and enter it.

    To be called within the transaction that issues the document, so that no number is lost.
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
    """Enter the numbers that were used before this register began, so that its own begin with `first`.

    They make one entry without a document. Raises NotAllowed, FieldProblems where the register has begun already, or
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


def register_years() -> list[int]:
    """Return the years of which anything was entered, the newest first."""
    rows = RegisterEntry.select(RegisterEntry.year).distinct().order_by(RegisterEntry.year.desc())
    return [row.year for row in rows]


def series_of_year(year: int) -> list[RegisterSeries]:
    """Return what was entered of a year, each word's book for itself: one query."""
    rows = sorted(entries_of_year(year), key=lambda entry: (entry.word, -entry.sequence, -entry.edition))
    grouped = ((word, tuple(own)) for word, own in groupby(rows, key=lambda entry: entry.word))
    return [RegisterSeries(word, year, own, own[0].sequence, missing_numbers(own)) for word, own in grouped]


def entries_of_year(year: int) -> list[RegisterEntry]:
    """Return the entries of a year, each with its document's state and date, if it has a document."""
    columns = (Document.id, Document.kind, Document.state, Document.dated)
    query = RegisterEntry.select(RegisterEntry, *columns).join(Document, JOIN.LEFT_OUTER)
    return list(query.where(RegisterEntry.year == year))


def missing_numbers(own: Iterable[RegisterEntry]) -> tuple[int, ...]:
    """Return the numbers of one word and year that were left out; one without a document stands for all before it."""
    given: set[int] = set()
    for entry in own:
        given.update([entry.sequence] if entry.document_id else range(1, entry.sequence + 1))
    return tuple(sorted(set(range(1, max(given))) - given))


def matching_series(found: Iterable[RegisterSeries], words: str) -> list[RegisterSeries]:
    """Return of each book what holds all the words: in number, title, kind, day, note or the name of who entered it.

    A number is found with any brackets, or none.
    """
    wanted = words.split()
    narrowed = (
        replace(book, entries=[one for one in book.entries if entry_matches(one, wanted)]) for book in found
    )
    return [book for book in narrowed if book.entries]


def entry_matches(entry: RegisterEntry, wanted: Iterable[str]) -> bool:
    """Return whether an entry holds all the words."""
    document = entry.document
    days = [entry.entered_at.date()] + ([document.dated] if document else [])
    number = str(number_of(entry))
    fields = (
        number,
        BRACKETS.sub("", number),
        document.kind.label if document else "",
        entry.title,
        entry.note,
        entry.entered_by,
        *map(str, days),
        *map(written_date, days),
    )
    sought = ((word, BRACKETS.sub("", word)) for word in wanted)
    return all(any(word in one or (bare and bare in one) for one in fields) for word, bare in sought)
