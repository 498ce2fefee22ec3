"""Reading the register (发文登记簿): the series of each word and year, gaps in it, and searching it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from peewee import JOIN

from app.drafting.core.models import Document
from app.issuing.models import RegisterEntry
from app.issuing.register import number_of
from reports.form_words import written_date

BRACKETS = re.compile(r"[〔〕\[\]［］【】()（）]")


@dataclass(frozen=True)
class RegisterSeries:
    """The entries of one word and year, newest number first. `missing` are numbers up to `last` that were never given;
    there should be none.
    """

    word: str
    year: int
    entries: Sequence[RegisterEntry]
    last: int
    missing: tuple[int, ...]

    @property
    def completeness(self) -> str:
        """Return in words whether all numbers up to the last are there."""
        if self.missing:
            return f"缺 {'、'.join(map(str, self.missing))} 号，请核对。"
        return f"1 号至 {self.last} 号，没有缺号。" if self.last > 1 else "1 号，没有缺号。"


def register_years() -> list[int]:
    """Return the years with entries, newest first."""
    rows = RegisterEntry.select(RegisterEntry.year).distinct().order_by(RegisterEntry.year.desc())
    return [row.year for row in rows]


def series_of_year(year: int) -> list[RegisterSeries]:
    """Return the series of a year: one query."""
    rows = sorted(entries_of_year(year), key=lambda entry: (entry.word, -entry.sequence, -entry.edition))
    grouped = ((word, tuple(own)) for word, own in groupby(rows, key=lambda entry: entry.word))
    return [RegisterSeries(word, year, own, own[0].sequence, missing_numbers(own)) for word, own in grouped]


def entries_of_year(year: int) -> list[RegisterEntry]:
    """Return the entries of a year, each with its document's state and date, if it has one."""
    columns = (Document.id, Document.kind, Document.state, Document.dated)
    query = RegisterEntry.select(RegisterEntry, *columns).join(Document, JOIN.LEFT_OUTER)
    return list(query.where(RegisterEntry.year == year))


def missing_numbers(own: Iterable[RegisterEntry]) -> tuple[int, ...]:
    """Return the missing numbers of a series; an entry without a document stands for all numbers before it."""
    given: set[int] = set()
    for entry in own:
        given.update([entry.sequence] if entry.document_id else range(1, entry.sequence + 1))
    return tuple(sorted(set(range(1, max(given))) - given))


def matching_series(found: Iterable[RegisterSeries], words: str) -> list[RegisterSeries]:
    """Return the series with only the entries that contain all words, in number, title, kind, date, note or clerk.

    A number is found with any brackets, or without.
    """
    wanted = words.split()
    narrowed = (
        replace(book, entries=[one for one in book.entries if entry_matches(one, wanted)]) for book in found
    )
    return [book for book in narrowed if book.entries]


def entry_matches(entry: RegisterEntry, wanted: Iterable[str]) -> bool:
    """Return whether an entry contains all the words."""
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
