"""The pieces of text that a document consists of, each with its place and a way to replace it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reports.lint.finding import FindingPlace, PassageKind
from reports.model import (
    Block,
    Chart,
    Heading,
    OfficialDocument,
    Paragraph,
    Sheet,
    Table,
)
from reports.numbering import chinese_number

# Replaces a part (a text, a block): returns the document with it.
Put = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class TextPassage:
    """A piece of a document's text; `put` returns the document with another text in its place."""

    text: str
    kind: PassageKind
    part: str
    put: Put
    block: int | None = None
    annex: int | None = None
    enclosure: bool = False
    row: int | None = None
    column: int | None = None

    def finding_place(self, start: int, end: int) -> FindingPlace:
        return FindingPlace(self.block, self.annex, start, end, self.part, self.kind, self.enclosure)

    def contains_place(self, place: FindingPlace) -> bool:
        return place == self.finding_place(place.start, place.end)


def passages_of_document(document: OfficialDocument) -> Iterator[TextPassage]:
    """Every piece of text of a document, in the order in which it is read."""
    yield from _head_passages(document)
    yield from _block_passages(document.body, "正文", partial(_put_field, document, "body"))
    yield from _closing_passages(document)
    for index, annex in enumerate(document.annexes):
        name = f"附件{index + 1}" if len(document.annexes) > 1 else "附件"
        put = partial(_put_item, document.annexes, index, partial(_put_field, document, "annexes"))
        title = TextPassage(
            annex.title,
            PassageKind.ANNEX_TITLE,
            f"{name}标题",
            _field_writer(annex, "title", put),
            annex=index,
        )
        yield title
        for passage in _block_passages(annex.blocks, name, _field_writer(annex, "blocks", put)):
            yield replace(passage, annex=index)
    yield from _enclosure_passages(document)


def _put_field(whole: Any, name: str, value: Any) -> Any:
    return replace(whole, **{name: value})


def _put_item(items: tuple[Any, ...], index: int, put: Put, item: Any) -> Any:
    return put((*items[:index], item, *items[index + 1 :]))


def _field_writer(part: Any, name: str, put: Put) -> Put:
    """Returns what replaces a field of a part, where `put` writes the part into the whole."""
    return lambda value: put(_put_field(part, name, value))


def _party_passages(part: Any, name: str, label: str, put: Put) -> Iterator[TextPassage]:
    """The name in a field, or each one of several."""
    names = getattr(part, name)
    if isinstance(names, str):
        yield TextPassage(names, PassageKind.PARTY, label, _field_writer(part, name, put))
        return
    for index, text in enumerate(names):
        where = f"{label}（第{index + 1}个）" if len(names) > 1 else label
        yield TextPassage(
            text, PassageKind.PARTY, where, partial(_put_item, names, index, _field_writer(part, name, put))
        )


def _head_passages(document: OfficialDocument) -> Iterator[TextPassage]:
    masthead, put = document.masthead, partial(_put_field, document, "masthead")
    for name, label in masthead.named_fields.items() if masthead else ():
        yield from _party_passages(masthead, name, label, put)
    yield TextPassage(document.title, PassageKind.TITLE, "标题", partial(_put_field, document, "title"))
    if document.addressee:
        yield TextPassage(
            document.addressee, PassageKind.ADDRESSEE, "主送机关", partial(_put_field, document, "addressee")
        )


def _closing_passages(document: OfficialDocument) -> Iterator[TextPassage]:
    if document.signature:
        yield from _party_passages(
            document.signature, "issuers", "发文机关署名", partial(_put_field, document, "signature")
        )
    if document.note:
        yield TextPassage(document.note, PassageKind.NOTE, "附注", partial(_put_field, document, "note"))
    if document.imprint:
        put = partial(_put_field, document, "imprint")
        yield from _party_passages(document.imprint, "copies_to", "抄送机关", put)
        yield from _party_passages(document.imprint, "office", "印发机关", put)


def _enclosure_passages(document: OfficialDocument) -> Iterator[TextPassage]:
    enclosure = document.enclosure
    if enclosure is None:
        return
    put = partial(_put_field, document, "enclosure")
    title = TextPassage(
        enclosure.title, PassageKind.ANNEX_TITLE, "印发件标题", _field_writer(enclosure, "title", put)
    )
    yield replace(title, enclosure=True)
    for passage in _block_passages(enclosure.blocks, "印发件", _field_writer(enclosure, "blocks", put)):
        yield replace(passage, enclosure=True)


def _block_passages(blocks: tuple[Block, ...], where: str, put: Put) -> Iterator[TextPassage]:
    """The passages of blocks; `where` begins the words that say where they stand."""
    counts: Counter[type[Block]] = Counter()
    for index, block in enumerate(blocks):
        counts[type(block)] += 1
        name = f"{where}{_block_name(block, counts[type(block)])}"
        for passage in _texts_of_block(block, partial(_put_item, blocks, index, put)):
            yield replace(passage, part=f"{name}{passage.part}", block=index)


def _block_name(block: Block, count: int) -> str:
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


def _texts_of_block(block: Block, put: Put) -> Iterator[TextPassage]:
    """The passages of a block; `part` says where in the block they stand, `put` writes the block into the document."""
    match block:
        case Heading():
            yield TextPassage(block.text, PassageKind.HEADING, "", _field_writer(block, "text", put))
        case Paragraph():
            if block.head:
                put_head = _field_writer(block.head, "text", _field_writer(block, "head", put))
                yield TextPassage(block.head.text, PassageKind.HEAD, "段首标题", put_head)
            yield TextPassage(block.text, PassageKind.TEXT, "", _field_writer(block, "text", put))
        case Table():
            yield from _texts_of_table(block, put)
        case Chart():
            yield from _texts_of_chart(block, put)
        case Sheet():
            yield from _texts_of_sheet(block, put)


def _bracketed_name(title: str) -> str:
    """What a column or field is called, behind its number."""
    name = "".join(title.split())
    return f"（{name}）" if name else ""


def _texts_of_table(table: Table, put: Put) -> Iterator[TextPassage]:
    yield TextPassage(table.caption, PassageKind.CAPTION, "题", _field_writer(table, "caption", put))
    for index, column in enumerate(table.columns):
        put_column = partial(_put_item, table.columns, index, _field_writer(table, "columns", put))
        yield TextPassage(
            column.title, PassageKind.LABEL, f"头第{index + 1}列", _field_writer(column, "title", put_column)
        )
    for number, row in enumerate(table.rows):
        put_row = partial(_put_item, table.rows, number, _field_writer(table, "rows", put))
        for index, cell in enumerate(row):
            where = f"第{number + 1}行第{index + 1}列{_bracketed_name(table.columns[index].title)}"
            put_cell = partial(_put_item, row, index, put_row)
            yield TextPassage(cell, PassageKind.CELL, where, put_cell, row=number, column=index)
    yield TextPassage(table.note, PassageKind.NOTE, "注", _field_writer(table, "note", put))


def _texts_of_chart(chart: Chart, put: Put) -> Iterator[TextPassage]:
    yield TextPassage(chart.caption, PassageKind.CAPTION, "题", _field_writer(chart, "caption", put))
    put_series = _field_writer(chart, "series", put)
    for index, name in enumerate(chart.series):
        yield TextPassage(
            name,
            PassageKind.LABEL,
            f"图例第{index + 1}项",
            partial(_put_item, chart.series, index, put_series),
        )
    for number, row in enumerate(chart.rows):
        put_row = partial(_put_item, chart.rows, number, _field_writer(chart, "rows", put))
        yield TextPassage(
            row.label, PassageKind.LABEL, f"第{number + 1}行", _field_writer(row, "label", put_row)
        )


def _texts_of_sheet(sheet: Sheet, put: Put) -> Iterator[TextPassage]:
    for number, row in enumerate(sheet.rows):
        put_row = partial(_put_item, sheet.rows, number, _field_writer(sheet, "rows", put))
        for index, field in enumerate(row.fields):
            put_item = partial(_put_item, row.fields, index, _field_writer(row, "fields", put_row))
            where = f"第{number + 1}行第{index + 1}栏"
            yield TextPassage(
                field.label, PassageKind.LABEL, f"{where}名称", _field_writer(field, "label", put_item)
            )
            yield TextPassage(
                field.text,
                PassageKind.CELL,
                f"{where}{_bracketed_name(field.label)}",
                _field_writer(field, "text", put_item),
            )
