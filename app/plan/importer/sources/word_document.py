"""A Word document (.docx) as lines: paragraphs with numbers, tables, text boxes and notes; changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as PART
from docx.oxml.parser import parse_xml

from app.base.errors import BadInput
from app.plan.importer.blocks import SourceLine
from app.plan.importer.sources.file_kinds import check_package, refusing_damage
from app.plan.importer.sources.source_file import FileContents, source_of_contents
from app.plan.importer.sources.table_grid import PAGE_LINE, TableCell, TableGrid, WordsAndHints
from app.plan.importer.sources.word_styles import (
    W,
    WordNumbering,
    WordStyle,
    WordStyles,
    outline_of,
    toggle_of,
    value_of,
    whole_number,
)

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"

PARAGRAPH, TABLE, RUN = f"{W}p", f"{W}tbl", f"{W}r"
REMOVED = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "instrText", "rt"))
REMOVED |= {f"{COMPATIBILITY}Fallback"}
BREAKS = frozenset({f"{W}br", f"{W}cr"})
TEXT = frozenset({f"{W}t", f"{MATH}t"})
CHINESE = re.compile(r"[\u3400-\u9fff]")
PAGE_WORDS = re.compile(r"[-—–\d第页共,，/]*")
LONGEST_EDGE = 60  # characters
PICTURES_ONLY = (
    "文件里只有图片，没有文字。请找到原来的 Word 文件，或者用 WPS 等软件把图片识别成文字后粘贴进来。"
)
SYMBOLS = {"F052": "☑", "F0FE": "☑", "F0FC": "√", "F06F": "□", "F0A8": "□", "F06E": "■", "F06C": "●"}


@dataclass
class LineDraft:
    """A line whose runs are being read."""

    pieces: list[str] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def append_piece(self, text: str, is_bold: bool) -> None:
        end = self.length + len(text)
        if is_bold and self.bold and self.bold[-1][1] == self.length:
            self.bold[-1] = (self.bold[-1][0], end)
        elif is_bold and text:
            self.bold.append((self.length, end))
        self.pieces.append(text)
        self.length = end

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass
class WordReader:
    """Reads the parts of one document in their order, which is needed to count the numbers."""

    styles: WordStyles
    numbering: WordNumbering
    open_fields: list[bool] = field(default_factory=list)  # whether each is still in its instruction
    boxes: list[Any] = field(default_factory=list)
    pending: list[LineDraft] | None = None  # a paragraph whose end was deleted
    pictures: int = 0
    in_cell: bool = False

    def block_items(self, parent: Any) -> Iterator[WordsAndHints | TableGrid]:
        """Yield the lines of paragraphs and the tables inside an element."""
        for element in parent.iterchildren():
            if element.tag == PARAGRAPH:
                yield from self.paragraph_lines(element)
            elif element.tag == TABLE:
                yield self.table_of(element)
            elif element.tag not in REMOVED:
                yield from self.block_items(element)

    def block_lines(self, parent: Any) -> Iterator[WordsAndHints]:
        """Yield the contents of an element as lines, including nested tables."""
        for item in self.block_items(parent):
            if isinstance(item, TableGrid):
                yield from item.plain_lines()
            else:
                yield item

    def paragraph_lines(self, paragraph: Any) -> Iterator[WordsAndHints]:
        """Yield the lines of a paragraph, then those of its text boxes."""
        properties = paragraph.find(f"{W}pPr")
        style_id = value_of(properties.find(f"{W}pStyle")) if properties is not None else None
        style = self.styles.style_named(style_id)
        drafts, self.pending = self.pending or [LineDraft()], None
        is_first = not drafts[0].pieces
        self.read_runs(paragraph, style, drafts)
        boxes, self.boxes = self.boxes, []
        if is_deleted_mark(properties):
            self.pending = drafts
        else:
            number = self.numbering.number_of(properties, style_id) if is_first else ""
            is_empty = not any(draft.text.strip() for draft in drafts)
            shown = number if self.in_cell or not is_empty else ""
            yield from written_lines(drafts, shown, style, properties)
        for box in boxes:
            yield from self.block_lines(box)

    def read_runs(self, parent: Any, style: WordStyle, drafts: list[LineDraft]) -> None:
        """Read the contents of a paragraph, including links, fields, controls and insertions."""
        for element in parent.iterchildren():
            if element.tag == RUN:
                self.read_run(element, style, drafts)
            elif element.tag in TEXT:
                drafts[-1].append_piece(element.text or "", False)
            elif element.tag not in REMOVED:
                self.read_runs(element, style, drafts)

    def read_run(self, run: Any, style: WordStyle, drafts: list[LineDraft]) -> None:
        properties = run.find(f"{W}rPr")
        named = value_of(properties.find(f"{W}rStyle")) if properties is not None else None
        own = self.styles.run_style(named)
        is_bold = toggle_of(properties, "b", style.is_bold or own.is_bold)
        if toggle_of(properties, "vanish", style.is_hidden or own.is_hidden):
            return
        for element in run.iterchildren():
            if element.tag == f"{W}fldChar":
                self.follow_field(element.get(f"{W}fldCharType"))
            elif not any(self.open_fields):
                self.read_piece(element, style, is_bold, drafts)

    def read_piece(self, element: Any, style: WordStyle, is_bold: bool, drafts: list[LineDraft]) -> None:
        if element.tag in BREAKS:
            drafts.append(LineDraft())
        elif element.tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{COMPATIBILITY}AlternateContent"):
            self.collect_boxes(element)
        elif element.tag == f"{W}ruby":
            self.read_runs(element.find(f"{W}rubyBase"), style, drafts)
        else:
            drafts[-1].append_piece(text_of_piece(element), is_bold)

    def collect_boxes(self, element: Any) -> None:
        """Collect the text boxes of a drawing, once if they are repeated for old programs; count its pictures."""
        for child in element.iterchildren():
            if child.tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif child.tag not in REMOVED:
                self.pictures += child.tag in (PICTURE, OLD_PICTURE)
                self.collect_boxes(child)

    def follow_field(self, kind: str | None) -> None:
        """Keep the result of a field, not its instruction."""
        if kind == "begin":
            self.open_fields.append(True)
        elif kind == "separate" and self.open_fields:
            self.open_fields[-1] = False
        elif kind == "end" and self.open_fields:
            self.open_fields.pop()

    def table_of(self, table: Any) -> TableGrid:
        """Return a table as a grid with its merged cells."""
        grid = TableGrid()
        above: dict[int, TableCell] = {}
        rows = (row for row in descend_controls(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None)
        for number, row in enumerate(rows):
            column = whole_number(value_of(row.find(f"{W}trPr/{W}gridBefore")))
            for cell in descend_controls(row, f"{W}tc"):
                column += self.place_word_cell(grid, above, cell, number, column)
        return grid

    def place_word_cell(
        self, grid: TableGrid, above: dict[int, TableCell], cell: Any, row: int, column: int
    ) -> int:
        """Put a cell into its place; return how many columns it covers."""
        properties = cell.find(f"{W}tcPr")
        span = properties.find(f"{W}gridSpan") if properties is not None else None
        width = max(1, whole_number(value_of(span)))
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        continues = merge is not None and value_of(merge) != "restart"
        self.in_cell = True  # where a number alone says something
        lines = tuple(self.block_lines(cell))
        self.in_cell = False
        if continues and column in above and not any(words.strip() for words, _ in lines):
            first = above[column]
            found = TableCell(first.row, first.column, row - first.row + 1, first.width, first.lines)
            replace_cell(grid, first, found)
        else:
            found = TableCell(row, column, 1, width, lines)
        grid.place_cell(found)
        above[column] = found
        return width


def replace_cell(grid: TableGrid, old: TableCell, new: TableCell) -> None:
    """Replace a cell that has grown by its new version, in the same places."""
    for row in grid.rows[old.row :]:
        row[:] = [new if cell is old else cell for cell in row]


def descend_controls(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the children with a tag, including those inside content controls and insertions."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from descend_controls(child, tag)


def is_deleted_mark(properties: Any) -> bool:
    """Return whether a tracked change deleted the end of a paragraph, so that it continues in the next."""
    if properties is None:
        return False
    return any(properties.find(f"{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom"))


def text_of_piece(element: Any) -> str:
    if element.tag in TEXT:
        return element.text or ""
    if element.tag in (f"{W}tab", f"{W}ptab"):
        return "\t"
    if element.tag == f"{W}noBreakHyphen":
        return "-"
    if element.tag == f"{W}sym":
        return SYMBOLS.get((element.get(f"{W}char") or "").upper(), "□")
    return ""


def written_lines(
    drafts: list[LineDraft], number: str, style: WordStyle, properties: Any
) -> Iterator[WordsAndHints]:
    own = outline_of(properties)
    outline = style.outline_level if own is None else own
    for place, draft in enumerate(drafts):
        lead = number if place == 0 else ""
        bold = [(start + len(lead), end + len(lead)) for start, end in draft.bold]
        if lead and bold and bold[0][0] == len(lead):
            bold[0] = (0, bold[0][1])
        hints = SourceLine(0, 0, outline_level=outline, bold=tuple(bold), is_page_line=style.is_contents)
        yield lead + draft.text, hints


def read_word_document(file: IO[bytes]) -> dict[str, Any]:
    """Return the text of a .docx file as `SourceText.as_json` has it.

    Raises BadInput if the document is damaged or contains only pictures.
    """
    check_package(file)
    return source_of_contents(refusing_damage(document_contents, file)).as_json()


def document_contents(file: IO[bytes]) -> FileContents:
    document = Document(file)
    relations = (one for one in document.part.rels.values() if not one.is_external)
    parts = {relation.reltype: relation.target_part for relation in relations}
    styles = WordStyles(root_of_part(parts.get(PART.STYLES)))
    reader = WordReader(styles, WordNumbering(root_of_part(parts.get(PART.NUMBERING)), styles))
    items = list(reader.block_items(document.element.body))
    notes = [
        *notes_of_pages(reader, root_of_part(parts.get(PART.FOOTNOTES)), "footnote"),
        *notes_of_pages(reader, root_of_part(parts.get(PART.ENDNOTES)), "endnote"),
    ]
    if reader.pictures and not any(isinstance(item, TableGrid) or item[0].strip() for item in items):
        raise BadInput(PICTURES_ONLY)
    return FileContents([*items, *notes], tuple(left_out_of(reader, document, parts, notes)))


def root_of_part(part: Any) -> Any:
    """Return the root of an XML part; None if there is no such part."""
    if part is None:
        return None
    parsed = getattr(part, "element", None)
    return parse_xml(part.blob) if parsed is None else parsed


def notes_of_pages(reader: WordReader, root: Any, name: str) -> list[WordsAndHints]:
    """Return the lines of footnotes or endnotes as page lines, which belong to no measure."""
    if root is None:
        return []
    own = (one for one in root.iterchildren(f"{W}{name}") if one.get(f"{W}type") in (None, "normal"))
    lines = (line for one in own for line in reader.block_lines(one))
    return [(words, PAGE_LINE) for words, _ in lines if words.strip()]


def left_out_of(
    reader: WordReader, document: Any, parts: Mapping[str, Any], notes: Sequence[object]
) -> Iterator[str]:
    body = document.element.body
    if notes:
        yield f"脚注和尾注有 {len(notes)} 行，列在正文后面，不作为计划内容。"
    if reader.pictures:
        yield f"文件里有 {reader.pictures} 张图片，图片里的文字没有读。"
    if PART.COMMENTS in parts:
        yield "文件里的批注没有读。"
    edges = "；".join(words_of_edges(document))
    if edges:
        yield f"页眉、页脚里的文字没有读：{edges}。"
    if next(body.iter(f"{W}altChunk"), None) is not None:
        yield "文件里嵌有别的文件，里面的文字没有读，请用 WPS 打开后另存一份再试。"
    if next(body.iter(f"{W}ins", f"{W}del", f"{W}moveTo"), None) is not None:
        yield "文件里有修订痕迹，按接受全部修订后的文字读取，请核对。"


def words_of_edges(document: Any) -> Iterator[str]:
    """Yield the text of headers and footers, without page numbers."""
    for relation in document.part.rels.values():
        if relation.reltype in (PART.HEADER, PART.FOOTER) and not relation.is_external:
            root = root_of_part(relation.target_part)
            words = "".join("".join(element.text or "" for element in root.iter(f"{W}t")).split())
            if CHINESE.search(words) and not PAGE_WORDS.fullmatch(words):
                yield words[:LONGEST_EDGE]
