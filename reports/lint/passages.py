"""The pieces of text that a document consists of, each with its place and a way to write it anew."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reports.lint.finding import Kind, Place
from reports.model import (
    Block,
    Chart,
    Heading,
    LetterMasthead,
    Masthead,
    MinutesMasthead,
    OfficialDocument,
    Paragraph,
    Sheet,
    Table,
)
from reports.numbering import chinese_number

# Writes a part (a text, a block) anew: returns the document with it.
Put = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document's text; `put` returns the document with another text in its place."""

    text: str
    kind: Kind
    part: str
    put: Put
    block: int | None = None
    annex: int | None = None
    enclosure: bool = False
    row: int | None = None
    column: int | None = None

    def place(self, start: int, end: int) -> Place:
        """The place of some of its characters."""
        return Place(self.block, self.annex, start, end, self.part, self.kind, self.enclosure)

    def holds(self, place: Place) -> bool:
        """Whether a place lies in this passage."""
        return place == self.place(place.start, place.end)


def passages(document: OfficialDocument) -> Iterator[Passage]:
    """Every piece of text of a document, in the order in which it is read."""
    yield from _head(document)
    yield from _blocks(document.body, "正文", partial(_put, document, "body"))
    yield from _closing(document)
    for index, annex in enumerate(document.annexes):
        name = f"附件{index + 1}" if len(document.annexes) > 1 else "附件"
        put = partial(_put_item, document.annexes, index, partial(_put, document, "annexes"))
        title = Passage(
            annex.title, Kind.ANNEX_TITLE, f"{name}标题", _field(annex, "title", put), annex=index
        )
        yield title
        for passage in _blocks(annex.blocks, name, _field(annex, "blocks", put)):
            yield replace(passage, annex=index)
    yield from _enclosure(document)


def _put(whole: Any, name: str, value: Any) -> Any:
    return replace(whole, **{name: value})


def _put_item(items: tuple[Any, ...], index: int, put: Put, item: Any) -> Any:
    return put((*items[:index], item, *items[index + 1 :]))


def _field(part: Any, name: str, put: Put) -> Put:
    """How a field of a part is written anew, where `put` writes the part into the whole."""
    return lambda value: put(_put(part, name, value))


def _parties(part: Any, name: str, label: str, put: Put) -> Iterator[Passage]:
    """Each name of a field that holds several."""
    names = getattr(part, name)
    for index, text in enumerate(names):
        where = f"{label}（第{index + 1}个）" if len(names) > 1 else label
        yield Passage(text, Kind.PARTY, where, partial(_put_item, names, index, _field(part, name, put)))


def _head(document: OfficialDocument) -> Iterator[Passage]:
    masthead, put = document.masthead, partial(_put, document, "masthead")
    match masthead:
        case Masthead():
            yield from _parties(masthead, "issuers", "发文机关标志", put)
            yield from _parties(masthead, "signatories", "签发人", put)
        case LetterMasthead():
            yield Passage(masthead.issuer, Kind.PARTY, "发文机关标志", _field(masthead, "issuer", put))
        case MinutesMasthead():
            yield Passage(masthead.mark, Kind.PARTY, "纪要标志", _field(masthead, "mark", put))
    yield Passage(document.title, Kind.TITLE, "标题", partial(_put, document, "title"))
    if document.addressee:
        yield Passage(document.addressee, Kind.ADDRESSEE, "主送机关", partial(_put, document, "addressee"))


def _closing(document: OfficialDocument) -> Iterator[Passage]:
    if document.signature:
        yield from _parties(
            document.signature, "issuers", "发文机关署名", partial(_put, document, "signature")
        )
    if document.note:
        yield Passage(document.note, Kind.NOTE, "附注", partial(_put, document, "note"))
    if document.imprint:
        put = partial(_put, document, "imprint")
        yield from _parties(document.imprint, "copies_to", "抄送机关", put)
        office = document.imprint.office
        yield Passage(office, Kind.PARTY, "印发机关", _field(document.imprint, "office", put))


def _enclosure(document: OfficialDocument) -> Iterator[Passage]:
    enclosure = document.enclosure
    if enclosure is None:
        return
    put = partial(_put, document, "enclosure")
    title = Passage(enclosure.title, Kind.ANNEX_TITLE, "印发件标题", _field(enclosure, "title", put))
    yield replace(title, enclosure=True)
    for passage in _blocks(enclosure.blocks, "印发件", _field(enclosure, "blocks", put)):
        yield replace(passage, enclosure=True)


def _blocks(blocks: tuple[Block, ...], where: str, put: Put) -> Iterator[Passage]:
    """The passages of blocks; `where` begins the words that say where they stand."""
    counts: Counter[type[Block]] = Counter()
    for index, block in enumerate(blocks):
        counts[type(block)] += 1
        name = f"{where}{_name(block, counts[type(block)])}"
        for passage in _texts(block, partial(_put_item, blocks, index, put)):
            yield replace(passage, part=f"{name}{passage.part}", block=index)


def _name(block: Block, count: int) -> str:
    """What a block is called, the how manyth of its kind it is."""
    match block:
        case Heading():
            return f"{chinese_number(block.level)}级标题“{block.text}”"
        case Paragraph():
            return f"第{count}段"
        case Table():
            return "表" if count == 1 else f"第{count}个表"
        case Chart():
            return "图" if count == 1 else f"第{count}个图"
        case Sheet():
            return "表单"


def _texts(block: Block, put: Put) -> Iterator[Passage]:
    """The passages of a block; `part` says where in the block they stand, `put` writes the block into the document."""
    match block:
        case Heading():
            yield Passage(block.text, Kind.HEADING, "", _field(block, "text", put))
        case Paragraph():
            if block.head:
                put_head = _field(block.head, "text", _field(block, "head", put))
                yield Passage(block.head.text, Kind.HEAD, "段首标题", put_head)
            yield Passage(block.text, Kind.TEXT, "", _field(block, "text", put))
        case Table():
            yield from _texts_of_table(block, put)
        case Chart():
            yield from _texts_of_chart(block, put)
        case Sheet():
            yield from _texts_of_sheet(block, put)


def _named(title: str) -> str:
    """What a column or field is called, behind its number."""
    name = "".join(title.split())
    return f"（{name}）" if name else ""


def _texts_of_table(table: Table, put: Put) -> Iterator[Passage]:
    yield Passage(table.caption, Kind.CAPTION, "题", _field(table, "caption", put))
    for index, column in enumerate(table.columns):
        put_column = partial(_put_item, table.columns, index, _field(table, "columns", put))
        yield Passage(column.title, Kind.LABEL, f"头第{index + 1}列", _field(column, "title", put_column))
    for number, row in enumerate(table.rows):
        put_row = partial(_put_item, table.rows, number, _field(table, "rows", put))
        for index, cell in enumerate(row):
            where = f"第{number + 1}行第{index + 1}列{_named(table.columns[index].title)}"
            put_cell = partial(_put_item, row, index, put_row)
            yield Passage(cell, Kind.CELL, where, put_cell, row=number, column=index)
    yield Passage(table.note, Kind.NOTE, "注", _field(table, "note", put))


def _texts_of_chart(chart: Chart, put: Put) -> Iterator[Passage]:
    yield Passage(chart.caption, Kind.CAPTION, "题", _field(chart, "caption", put))
    put_series = _field(chart, "series", put)
    for index, name in enumerate(chart.series):
        yield Passage(
            name, Kind.LABEL, f"图例第{index + 1}项", partial(_put_item, chart.series, index, put_series)
        )
    for number, row in enumerate(chart.rows):
        put_row = partial(_put_item, chart.rows, number, _field(chart, "rows", put))
        yield Passage(row.label, Kind.LABEL, f"第{number + 1}行", _field(row, "label", put_row))


def _texts_of_sheet(sheet: Sheet, put: Put) -> Iterator[Passage]:
    for number, row in enumerate(sheet.rows):
        put_row = partial(_put_item, sheet.rows, number, _field(sheet, "rows", put))
        for index, field in enumerate(row.fields):
            put_item = partial(_put_item, row.fields, index, _field(row, "fields", put_row))
            where = f"第{number + 1}行第{index + 1}栏"
            yield Passage(field.label, Kind.LABEL, f"{where}名称", _field(field, "label", put_item))
            yield Passage(
                field.text, Kind.CELL, f"{where}{_named(field.label)}", _field(field, "text", put_item)
            )
