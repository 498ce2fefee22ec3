"""The texts of a document one by one, each with its place and a function that replaces it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reports.lint.finding import FindingPlace, PassageKind
from reports.model import (
    Block,
    Chart,
    DocumentPart,
    Heading,
    OfficialDocument,
    Paragraph,
    Sheet,
    Table,
)

# Replaces a part (a text, a block): returns the document with it.
Put = Callable[[Any], Any]
LOOKED_BACK = 40


@dataclass(frozen=True, slots=True)
class TextPassage:
    """One text of a document with its place; `put` returns the document with another text there."""

    text: str
    place: FindingPlace
    put: Put

    @property
    def part(self) -> DocumentPart:
        return self.place.part

    @property
    def kind(self) -> PassageKind:
        return self.place.kind

    def finding_place(self, start: int, end: int) -> FindingPlace:
        return replace(self.place, start=start, end=end)

    def contains_place(self, place: FindingPlace) -> bool:
        return place == self.finding_place(place.start, place.end)


def text_before(text: str, place: int, length: int = LOOKED_BACK) -> str:
    """The text before a place, at most `length` characters."""
    return text[max(0, place - length) : place]


def sentence_start(text: str, place: int) -> int:
    return text.rfind("。", 0, place) + 1


def passages_of_document(document: OfficialDocument) -> Iterator[TextPassage]:
    """Yield every text of a document in reading order."""
    yield from _head_passages(document)
    yield from _block_passages(DocumentPart.BODY, document.body, partial(_put_field, document, "body"))
    yield from _closing_passages(document)
    for index, annex in enumerate(document.annexes):
        put = partial(_put_item, document.annexes, index, partial(_put_field, document, "annexes"))
        place = FindingPlace(DocumentPart.ANNEX, PassageKind.ANNEX_TITLE, annex=index)
        yield TextPassage(annex.title, place, _field_writer(annex, "title", put))
        put_blocks = _field_writer(annex, "blocks", put)
        for passage in _block_passages(DocumentPart.ANNEX, annex.blocks, put_blocks):
            yield replace(passage, place=replace(passage.place, annex=index))
    yield from _enclosure_passages(document)


def _put_field(whole: Any, name: str, value: Any) -> Any:
    return replace(whole, **{name: value})


def _put_item(items: tuple[Any, ...], index: int, put: Put, item: Any) -> Any:
    return put((*items[:index], item, *items[index + 1 :]))


def _field_writer(part: Any, name: str, put: Put) -> Put:
    """Return a function that replaces a field of a part; `put` writes the part into the whole."""
    return lambda value: put(_put_field(part, name, value))


def _party_passages(whole: Any, name: str, part: DocumentPart, put: Put) -> Iterator[TextPassage]:
    """The name in a field, or each of several names."""
    names, put_names = getattr(whole, name), _field_writer(whole, name, put)
    if isinstance(names, str):
        yield TextPassage(names, FindingPlace(part, PassageKind.PARTY), put_names)
        return
    for index, text in enumerate(names):
        place = FindingPlace(part, PassageKind.PARTY, item=index if len(names) > 1 else None)
        yield TextPassage(text, place, partial(_put_item, names, index, put_names))


def _head_passages(document: OfficialDocument) -> Iterator[TextPassage]:
    masthead, put = document.masthead, partial(_put_field, document, "masthead")
    for name, part in masthead.named_fields.items() if masthead else ():
        yield from _party_passages(masthead, name, part, put)
    place = FindingPlace(DocumentPart.TITLE, PassageKind.TITLE)
    yield TextPassage(document.title, place, partial(_put_field, document, "title"))
    if document.addressee:
        place = FindingPlace(DocumentPart.ADDRESSEE, PassageKind.ADDRESSEE)
        yield TextPassage(document.addressee, place, partial(_put_field, document, "addressee"))


def _closing_passages(document: OfficialDocument) -> Iterator[TextPassage]:
    if document.signature:
        put = partial(_put_field, document, "signature")
        yield from _party_passages(document.signature, "issuers", DocumentPart.SIGNATURE, put)
    if document.note:
        place = FindingPlace(DocumentPart.NOTE, PassageKind.NOTE)
        yield TextPassage(document.note, place, partial(_put_field, document, "note"))
    if document.imprint:
        put = partial(_put_field, document, "imprint")
        yield from _party_passages(document.imprint, "copies_to", DocumentPart.COPIES_TO, put)
        yield from _party_passages(document.imprint, "office", DocumentPart.PRINTING_OFFICE, put)


def _enclosure_passages(document: OfficialDocument) -> Iterator[TextPassage]:
    enclosure = document.enclosure
    if enclosure is None:
        return
    put = partial(_put_field, document, "enclosure")
    place = FindingPlace(DocumentPart.ENCLOSURE, PassageKind.ANNEX_TITLE)
    yield TextPassage(enclosure.title, place, _field_writer(enclosure, "title", put))
    put_blocks = _field_writer(enclosure, "blocks", put)
    yield from _block_passages(DocumentPart.ENCLOSURE, enclosure.blocks, put_blocks)


def _block_passages(part: DocumentPart, blocks: tuple[Block, ...], put: Put) -> Iterator[TextPassage]:
    for index, block in enumerate(blocks):
        for text in _texts_of_block(block, partial(_put_item, blocks, index, put)):
            place = FindingPlace(part, text.kind, block=index, row=text.row, column=text.column)
            yield TextPassage(text.text, place, text.put)


@dataclass(frozen=True, slots=True)
class BlockText:
    """One text of a block; `put` returns the document with another text there."""

    text: str
    kind: PassageKind
    put: Put
    row: int | None = None
    column: int | None = None


def _texts_of_block(block: Block, put: Put) -> Iterator[BlockText]:
    match block:
        case Heading():
            yield BlockText(block.text, PassageKind.HEADING, _field_writer(block, "text", put))
        case Paragraph():
            if block.head:
                put_head = _field_writer(block.head, "text", _field_writer(block, "head", put))
                yield BlockText(block.head.text, PassageKind.HEAD, put_head)
            yield BlockText(block.text, PassageKind.TEXT, _field_writer(block, "text", put))
        case Table():
            yield from _texts_of_table(block, put)
        case Chart():
            yield from _texts_of_chart(block, put)
        case Sheet():
            yield from _texts_of_sheet(block, put)


def _texts_of_table(table: Table, put: Put) -> Iterator[BlockText]:
    yield BlockText(table.caption, PassageKind.CAPTION, _field_writer(table, "caption", put))
    put_columns = _field_writer(table, "columns", put)
    for index, column in enumerate(table.columns):
        put_title = _field_writer(column, "title", partial(_put_item, table.columns, index, put_columns))
        yield BlockText(column.title, PassageKind.LABEL, put_title, column=index)
    for number, row in enumerate(table.rows):
        put_row = partial(_put_item, table.rows, number, _field_writer(table, "rows", put))
        for index, cell in enumerate(row):
            put_cell = partial(_put_item, row, index, put_row)
            yield BlockText(cell, PassageKind.CELL, put_cell, number, index)
    yield BlockText(table.note, PassageKind.NOTE, _field_writer(table, "note", put))


def _texts_of_chart(chart: Chart, put: Put) -> Iterator[BlockText]:
    yield BlockText(chart.caption, PassageKind.CAPTION, _field_writer(chart, "caption", put))
    put_series = _field_writer(chart, "series", put)
    for index, name in enumerate(chart.series):
        put_name = partial(_put_item, chart.series, index, put_series)
        yield BlockText(name, PassageKind.LABEL, put_name, column=index)
    for number, row in enumerate(chart.rows):
        put_row = partial(_put_item, chart.rows, number, _field_writer(chart, "rows", put))
        yield BlockText(row.label, PassageKind.LABEL, _field_writer(row, "label", put_row), number)


def _texts_of_sheet(sheet: Sheet, put: Put) -> Iterator[BlockText]:
    for number, row in enumerate(sheet.rows):
        put_row = partial(_put_item, sheet.rows, number, _field_writer(sheet, "rows", put))
        for index, field in enumerate(row.fields):
            put_field = partial(_put_item, row.fields, index, _field_writer(row, "fields", put_row))
            put_label, put_text = (_field_writer(field, name, put_field) for name in ("label", "text"))
            yield BlockText(field.label, PassageKind.LABEL, put_label, number, index)
            yield BlockText(field.text, PassageKind.CELL, put_text, number, index)
