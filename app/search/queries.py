"""Searching texts: two or three queries for each kind, over what the reader may read.

Most words have two characters, for which SQLite's trigram index finds nothing. Ten years of texts are few enough to be
read at each search (docs/decisions/search-reads-every-text.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from peewee import JOIN, SQL, ModelSelect, NodeList, PostgresqlDatabase, fn

from app.authority.actor import Actor
from app.base.database import database
from app.base.labels import LabelledEnum
from app.base.paging import PAGE_LENGTH
from app.directives.core import queries as directives
from app.directives.core.models import Directive, DirectiveReply
from app.directives.core.related_rows import load_directives
from app.drafting.core import queries as documents
from app.drafting.core.models import Document, DocumentBlock
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.org.models import Department
from app.periods.models import Period
from app.plan.core.models import Plan, PlanItem
from app.plan.core.rules import ItemKind
from app.search.rules import (
    Excerpt,
    LabelledText,
    MarkedPiece,
    excerpt_of_texts,
    pieces_of_text,
    words_marked_in_texts,
)

FIRST_FOUND = 5
LAST_PAGE = 10_000
LETTER = re.compile("[A-Za-z]")
# What a paragraph or heading of a document says; both databases have this operator, SQLite an index of it.
BLOCK_TEXT = NodeList((DocumentBlock.content, SQL("->> 'text'")), parens=True)


class SearchKind(LabelledEnum):
    """The kinds of subjects that are searched, in the order in which they are shown."""

    PLAN_ITEM = "plan", "工作计划"
    FILING = "filing", "填报"
    DIRECTIVE = "directive", "批示"
    DOCUMENT = "document", "公文"


class FoundRow(NamedTuple):
    """A row that was found: its address, its title, its searched texts."""

    path: str
    title: str
    texts: tuple[LabelledText, ...]


@dataclass(frozen=True)
class SearchHit:
    path: str
    title: tuple[MarkedPiece, ...]
    excerpt: Excerpt | None


@dataclass(frozen=True)
class SearchGroup:
    """The rows found of one kind: `count` in all, `hits` on page `number` of `last`."""

    kind: SearchKind
    count: int
    hits: list[SearchHit]
    number: int = 1
    last: int = 1


@dataclass(frozen=True)
class SearchSource:
    """How one kind is searched: an ordered query over what the reader may read, the columns searched for words of one
    and of more characters, and how rows are loaded by id.
    """

    readable: Callable[[Actor], ModelSelect[Any]]
    has_character: Callable[[str], Any]
    has_word: Callable[[str], Any]
    rows: Callable[[Sequence[int], Sequence[str]], dict[int, FoundRow]]

    def matching(self, words: Sequence[str], reader: Actor) -> ModelSelect[Any]:
        """Return the ids of the rows that contain all words, each with their number (`total`)."""
        found = self.readable(reader)
        for word in words:
            found = found.where(self.has_character(word) if len(word) == 1 else self.has_word(word))
        return found.select_extend(fn.COUNT(SQL("1")).over().alias("total"))


def first_found_of_kind(kind: SearchKind, words: Sequence[str], *, reader: Actor) -> SearchGroup:
    return found_of_kind(kind, words, reader=reader, number=1, length=FIRST_FOUND)


def found_page_of_kind(kind: SearchKind, words: Sequence[str], *, reader: Actor, number: int) -> SearchGroup:
    """Return a page of the rows found; a number beyond the last page leads to the first."""
    wanted = min(max(1, number), LAST_PAGE)
    found = found_of_kind(kind, words, reader=reader, number=wanted, length=PAGE_LENGTH)
    if found.hits or wanted == 1:
        return found
    return found_of_kind(kind, words, reader=reader, number=1, length=PAGE_LENGTH)


def found_of_kind(
    kind: SearchKind, words: Sequence[str], *, reader: Actor, number: int, length: int
) -> SearchGroup:
    source = SOURCES[kind]
    found = list(source.matching(words, reader).paginate(number, length).dicts())
    rows = source.rows([row["id"] for row in found], words) if found else {}
    hits = [
        SearchHit(row.path, pieces_of_text(row.title, words), excerpt_of_texts(row.texts, words))
        for row in (rows[one["id"]] for one in found)
    ]
    count = found[0]["total"] if found else 0
    return SearchGroup(kind, count, hits, number, max(1, -(-count // length)))


def has_word(column: Any, word: str) -> Any:
    """Return the condition that a text contains a word, ignoring the case of A to Z.

    Both databases find a substring faster than a pattern.
    """
    is_postgres = isinstance(database.obj, PostgresqlDatabase)
    if LETTER.search(word):
        column = fn.LOWER(column.collate('"C"') if is_postgres else column)
        word = LETTER.sub(lambda letter: letter[0].lower(), word)
    return (fn.STRPOS if is_postgres else fn.INSTR)(column, word) > 0


def readable_items(_reader: Actor) -> ModelSelect[PlanItem]:
    """Return a query over the plan's items, which everybody with a business role may read.

    The commitments of the published text are in the measure's text; those of a revision are not.
    """
    is_own_text = (PlanItem.kind != ItemKind.COMMITMENT) | PlanItem.in_force_from.is_null(False)
    query = PlanItem.select(PlanItem.id).join(Plan).where(is_own_text)
    return query.order_by(Plan.year.desc(), PlanItem.sequence)


def word_in_item(word: str) -> Any:
    return (
        has_word(PlanItem.title, word)
        | has_word(PlanItem.text, word)
        | has_word(PlanItem.yearly_target, word)
    )


def found_items(ids: Sequence[int], _words: Sequence[str]) -> dict[int, FoundRow]:
    above = PlanItem.alias()
    query = PlanItem.select(PlanItem, Plan, above).join(Plan).switch(PlanItem)
    query = query.join(above, JOIN.LEFT_OUTER, on=(PlanItem.parent == above.id), attr="parent")
    return {item.id: found_item(item) for item in query.where(PlanItem.id.in_(ids))}


def found_item(item: PlanItem) -> FoundRow:
    """Return a part or section with its place in the plan, a commitment with the page of its measure."""
    measure = item.parent if item.kind is ItemKind.COMMITMENT else item
    if measure is None or not measure.is_measure:
        return FoundRow(
            f"/plan?year={item.plan.year}#item-{item.id}", f"{item.plan.year}年 {item.heading}", ()
        )
    texts = (
        LabelledText(item.kind.label, f"{item.title}{item.text}" if measure is not item else item.text),
        LabelledText("年度目标", item.yearly_target),
    )
    return FoundRow(
        f"/measures/{measure.id}", f"{item.plan.year}年第 {measure.position} 项 {measure.title}", texts
    )


def readable_filings(reader: Actor) -> ModelSelect[Filing]:
    query = Filing.select(Filing.id).join(PlanItem).switch(Filing).join(Period).switch(Filing)
    query = query.join(Department, on=(Filing.department == Department.id))
    newest = (Period.year.desc(), Period.number.desc(), PlanItem.sequence)
    return query.where(filings.is_readable_by(reader)).order_by(*newest, Department.position, Filing.id)


def word_in_filing(word: str) -> Any:
    return (
        has_word(Filing.progress, word) | has_word(Filing.problems, word) | has_word(Filing.next_steps, word)
    )


def found_filings(ids: Sequence[int], _words: Sequence[str]) -> dict[int, FoundRow]:
    return {
        filing.id: FoundRow(
            f"/filings/{filing.id}",
            f"{filing.period.quarter.words} {filing.department.short_name}："
            f"第 {filing.measure.position} 项 {filing.measure.title}",
            tuple(LabelledText(*pair) for pair in filing.labelled_texts.items()),
        )
        for filing in filings.filings_among(ids)
    }


def directives_to_search(reader: Actor) -> ModelSelect[Directive]:
    return Directive.select(Directive.id).where(directives.readable_by(reader)).order_by(Directive.id.desc())


def word_in_directive(word: str) -> Any:
    replies = DirectiveReply.select(DirectiveReply.directive).where(has_word(DirectiveReply.text, word))
    return has_word(Directive.text, word) | has_word(Directive.author, word) | Directive.id.in_(replies)


def found_directives(ids: Sequence[int], _words: Sequence[str]) -> dict[int, FoundRow]:
    query = directives.directives_with_context().where(Directive.id.in_(ids))
    return {row.id: found_directive(row) for row in load_directives(query)}


def found_directive(row: Directive) -> FoundRow:
    about = f"：{row.subject_words}" if row.subjects else ""
    replies = tuple(LabelledText(reply.title, reply.text) for reply in row.replies)
    title = f"{row.number_words} {row.author}{row.kind.label}{about}".strip()
    return FoundRow(row.path, title, (LabelledText(row.kind.label, row.text), *replies))


def documents_to_search(reader: Actor) -> ModelSelect[Document]:
    return Document.select(Document.id).where(documents.is_readable_by(reader)).order_by(Document.id.desc())


def word_in_document(word: str) -> Any:
    holds = has_word(BLOCK_TEXT, word) & ~DocumentBlock.is_dropped
    blocks = DocumentBlock.select(SQL("1")).where((DocumentBlock.document == Document.id) & holds)
    return has_word(Document.title, word) | has_word(Document.number, word) | fn.EXISTS(blocks)


def found_documents(ids: Sequence[int], words: Sequence[str]) -> dict[int, FoundRow]:
    texts = first_marked_texts(ids, words)
    columns = Document.id, Document.title, Document.number
    return {
        row.id: FoundRow(
            documents.document_path(row),
            f"{row.title} {row.number or ''}".strip(),
            (LabelledText("正文", texts[row.id]),) if row.id in texts else (),
        )
        for row in Document.select(*columns).where(Document.id.in_(ids))
    }


def first_marked_texts(ids: Sequence[int], words: Sequence[str]) -> dict[int, str]:
    """Return the first paragraph that contains a word, by document id: one query."""
    holds = reduce(or_, (has_word(BLOCK_TEXT, word) for word in words_marked_in_texts(words)))
    place = fn.ROW_NUMBER().over(partition_by=[DocumentBlock.document], order_by=[DocumentBlock.position])
    found = DocumentBlock.select(DocumentBlock.document, BLOCK_TEXT.alias("text"), place.alias("place"))
    found = found.where(~DocumentBlock.is_dropped & DocumentBlock.document.in_(ids) & holds)
    first = DocumentBlock.select(found.c.document_id, found.c.text).from_(found).where(found.c.place == 1)
    rows: Any = first.dicts()
    return {row["document_id"]: row["text"] for row in rows}


SOURCES = {
    SearchKind.PLAN_ITEM: SearchSource(readable_items, PlanItem.title.contains, word_in_item, found_items),
    SearchKind.FILING: SearchSource(readable_filings, PlanItem.title.contains, word_in_filing, found_filings),
    SearchKind.DIRECTIVE: SearchSource(
        directives_to_search, Directive.author.contains, word_in_directive, found_directives
    ),
    SearchKind.DOCUMENT: SearchSource(
        documents_to_search, Document.title.contains, word_in_document, found_documents
    ),
}
