"""The place of a finding in words: 正文第3段, 附件1表第2行第4列（进展情况）, 抄送机关（第2个）."""

from collections.abc import Mapping

from reports.lint.finding import FindingPlace, PassageKind
from reports.model import Block, Chart, DocumentPart, Heading, OfficialDocument, Paragraph, Sheet, Table
from reports.numbering import chinese_number

PART_WORDS: Mapping[DocumentPart, str] = {
    DocumentPart.WHOLE: "全文",
    DocumentPart.MASTHEAD_ISSUER: "发文机关标志",
    DocumentPart.SIGNATORY: "签发人",
    DocumentPart.MINUTES_MARK: "纪要标志",
    DocumentPart.TITLE: "标题",
    DocumentPart.ADDRESSEE: "主送机关",
    DocumentPart.BODY: "正文",
    DocumentPart.SIGNATURE: "发文机关署名",
    DocumentPart.NOTE: "附注",
    DocumentPart.COPIES_TO: "抄送机关",
    DocumentPart.PRINTING_OFFICE: "印发机关",
    DocumentPart.ANNEX: "附件",
    DocumentPart.ENCLOSURE: "印发件",
}


def place_words(document: OfficialDocument, place: FindingPlace) -> str:
    words = PART_WORDS[place.part]
    if place.annex is not None and len(document.annexes) > 1:
        words += str(place.annex + 1)
    if place.item is not None:
        return f"{words}（第{place.item + 1}个）"
    if place.block is None:
        return f"{words}标题" if place.kind is PassageKind.ANNEX_TITLE else words
    blocks = document.blocks_of(place.annex, enclosed=place.part is DocumentPart.ENCLOSURE)
    return f"{words}{_block_words(blocks, place.block)}{_words_in_block(blocks[place.block], place)}"


def _block_words(blocks: tuple[Block, ...], index: int) -> str:
    """The kind of a block and its number among blocks of that kind."""
    block = blocks[index]
    count = sum(type(one) is type(block) for one in blocks[: index + 1])
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


def _words_in_block(block: Block, place: FindingPlace) -> str:
    match block:
        case Paragraph() if place.kind is PassageKind.HEAD:
            return "段首标题"
        case Table() | Chart() if place.kind is PassageKind.CAPTION:
            return "题"
        case Table():
            return _words_in_table(block, place)
        case Chart():
            return f"图例第{(place.column or 0) + 1}项" if place.row is None else f"第{place.row + 1}行"
        case Sheet():
            return _words_in_sheet(block, place)
        case _:
            return ""


def _words_in_table(table: Table, place: FindingPlace) -> str:
    if place.column is None:
        return "注"
    if place.row is None:
        return f"头第{place.column + 1}列"
    name = _bracketed_name(table.columns[place.column].title)
    return f"第{place.row + 1}行第{place.column + 1}列{name}"


def _words_in_sheet(sheet: Sheet, place: FindingPlace) -> str:
    row, column = place.row or 0, place.column or 0
    label = sheet.rows[row].fields[column].label
    name = "名称" if place.kind is PassageKind.LABEL else _bracketed_name(label)
    return f"第{row + 1}行第{column + 1}栏{name}"


def _bracketed_name(title: str) -> str:
    """The name of a column or field in brackets, to stand behind its number."""
    name = "".join(title.split())
    return f"（{name}）" if name else ""
