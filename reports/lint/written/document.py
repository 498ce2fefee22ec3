"""Reading a plain text as an official document: which lines are title, addressee, headings, signature, annexes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from reports.lint.finding import FindingPlace, PassageKind
from reports.lint.rules.structure.outline import COUNTED_NUMBER, HEADING_NUMBERS
from reports.lint.subject import NUMERALS, WrittenDocument, is_ended
from reports.lint.written.lines import WrittenLine
from reports.model import (
    Annex,
    Block,
    Column,
    DocumentPart,
    Heading,
    Paragraph,
    Sheet,
    SheetField,
    SheetRow,
    Signature,
    Table,
)

LONGEST_HEADING, LONGEST_HEAD, LONGEST_NAME, LONGEST_TITLE_LINE = 50, 40, 40, 40
MOST_TITLE_LINES, MOST_ISSUERS, MOST_LINES_ABOVE = 4, 5, 3
KIND = "(?:决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|总结|方案|计划|办法|规定)"
# Of a line that ends as a sentence the kind alone tells that it was meant for a title.
TITLE = re.compile(f"^(?!.*[。！]$).*关于|{KIND}[。！]?$")
NO_TITLE = re.compile(
    rf"\s*(?:[{NUMERALS}]{{1,3}}、|（|附件|\d{{1,2}}[.．、]|.{{0,12}}〔\d{{4}}〕\s*\d*号|签发人|[特专]此)"
)
ADDRESSEE = re.compile(r"^\s*+([^\s。；！？][^。；！？\n]{0,198}[^\s。；！？])\s*：\s*$")
# Who receives a text that begins without its title.
RECEIVERS = re.compile(
    r"^(?!.{0,40}如下)[^。；！？\n]{2,80}(?:政府|委员会|局|办公室|办事处|部门|科室|单位|社区|区委|市委)\s*：\s*$"
)
# 现提出以下意见：, 重点督查四个方面： are no addressees.
POINTING_DOWN = re.compile(rf"[如以]下|下列|[{NUMERALS}两\d](?:个方面|[项点条])[^，。：]{{0,8}}$")
DATED = re.compile(r"^\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*$")
CLOSING_DATE = re.compile(r"(?:^|(?<=[办室]))\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?=印发$|\s*$)")
DATE_LINE = re.compile(
    rf"^\s*[\d{NUMERALS}〇○零]{{2,4}}\s*年\s*[\d{NUMERALS}]{{1,3}}\s*月(?:\s*[\d{NUMERALS}]{{1,3}}\s*日)?\s*$"
)
ANNEX = re.compile(r"^\s*附件\s*\d{0,2}\s*[：:]?\s*$")
ANNEX_LIST = re.compile(r"^\s*附件\s*[：:]\s*(?=\S)")
ANNEX_ITEM = re.compile(r"^\s*\d{1,2}\s*[.．、]\s*\S")
IMPRINT = re.compile(
    r"(?:政府|办事处|委员会|[工党]委|局|办公室)文件\s*$|"
    r"^\s*(?:抄送|主送|抄报|分送|签发人|联系人)\s*[：:]|印发\s*$|^\s*（[^（）]*）\s*$|〔\d{4}〕\s*\d*号\s*(?:签发人.*)?$"
)
# What stands between wide gaps of a line.
APART = re.compile(r"\S(?:(?![ \t\u3000]{2}|\t).)*")
# Short lines that are no sentence: a name, a label.
LOOSE_LENGTH = 24
SENTENCE_MARK = re.compile(r"[，。；：！？,;:!?]")
CELL_MARK = re.compile("[|｜]")
MOST_STROKES = 40


@dataclass(frozen=True, slots=True)
class LinePiece:
    """A piece of a passage: its characters from `start` on are those of a line from `offset` on."""

    start: int
    line: int
    offset: int


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with the lines that its texts came from, by their places."""

    document: WrittenDocument
    origins: dict[FindingPlace, tuple[LinePiece, ...]]


@dataclass
class LineReader:
    """Reads the lines of a text one by one into the parts of a document.

    filled: the numbers of the lines that are not blank. position: the index of the next one to read.
    """

    lines: tuple[WrittenLine, ...]
    filled: list[int]
    position: int = 0
    blocks: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    origins: dict[FindingPlace, tuple[LinePiece, ...]] = field(default_factory=dict)
    title: str = ""
    addressee: str = ""
    signature: Signature | None = None
    listed_annexes: int = 0

    def __post_init__(self) -> None:
        self.body = self.blocks

    @property
    def line(self) -> WrittenLine:
        return self.lines[self.filled[self.position]]

    @property
    def is_at_end(self) -> bool:
        return self.position == len(self.filled)

    @property
    def block_place(self) -> FindingPlace:
        """The place of the next block."""
        if not self.annexes:
            return FindingPlace(DocumentPart.BODY, block=len(self.blocks))
        return FindingPlace(DocumentPart.ANNEX, block=len(self.blocks), annex=len(self.annexes) - 1)

    def append_block(self, block: Block, **offsets: int) -> None:
        """Append a block and record where its texts, by kind, begin in the line; go on to the next line."""
        for kind, offset in offsets.items():
            place = replace(self.block_place, kind=PassageKind(kind))
            self.origins[place] = (LinePiece(0, self.filled[self.position], offset),)
        self.blocks.append(block)
        self.position += 1

    def read_loose_line(self) -> None:
        """Read a line that is no sentence; pieces far apart in it, as number and 签发人, are kept apart."""
        pieces = list(APART.finditer(self.line.text))
        for column, piece in enumerate(pieces):
            place = replace(self.block_place, kind=PassageKind.CELL, row=0, column=column)
            self.origins[place] = (LinePiece(0, self.filled[self.position], piece.start()),)
        self.append_block(Sheet((SheetRow(tuple(SheetField("", piece[0]) for piece in pieces)),)))

    def read_front(self) -> None:
        """Read title and addressee, and what stands above them, if the text begins with a title."""
        last = len(self.filled) - 1
        above = 0
        while above < min(last, MOST_LINES_ABOVE) and IMPRINT.search(self.lines[self.filled[above]].text):
            above += 1
        # A line alone is no title of anything.
        for end in range(min(above + MOST_TITLE_LINES, last), above, -1):
            if _is_title([self.lines[number] for number in self.filled[above:end]]):
                break
        else:
            if not self.is_at_end and RECEIVERS.search(self.line.text):
                self.read_addressee()
            return
        while self.position < above:
            self.read_loose_line()
        titled = self.filled[above:end]
        self.title = self.read_texts(FindingPlace(DocumentPart.TITLE, PassageKind.TITLE), titled)
        self.position = end
        self.read_addressee()

    def read_addressee(self) -> None:
        found = ADDRESSEE.match(self.line.text)
        if found and not POINTING_DOWN.search(found[1]):
            self.addressee = found[1]
            place = FindingPlace(DocumentPart.ADDRESSEE, PassageKind.ADDRESSEE)
            self.origins[place] = (LinePiece(0, self.filled[self.position], found.start(1)),)
            self.position += 1

    def read_texts(self, place: FindingPlace, numbers: Iterable[int]) -> str:
        """Return several lines as one text, and record where each of them begins in it."""
        pieces: list[LinePiece] = []
        text = ""
        for number in numbers:
            text += "\n" if pieces else ""
            pieces.append(LinePiece(len(text), number, 0))
            text += self.lines[number].text
        self.origins[place] = tuple(pieces)
        return text

    def find_signature(self) -> list[int]:
        """The lines of issuer and date: the last date on a line of its own, below lines that are no sentences."""
        for place in range(len(self.filled) - 1, self.position, -1):
            if not DATE_LINE.match(self.lines[self.filled[place]].text):
                continue
            first = place
            while first > self.position and _is_name(self.lines[self.filled[first - 1]]):
                first -= 1
            if place - MOST_ISSUERS <= first < place:
                return self.filled[first : place + 1]
        return []

    @property
    def closing_date(self) -> date | None:
        """The date in the last line, of the issuer or of the printing."""
        found = CLOSING_DATE.search(self.lines[self.filled[-1]].text) if self.filled else None
        return _day_of(found[0]) if found else None

    def read_signature(self, found: list[int]) -> None:
        *issuers, dated = found
        places = [
            FindingPlace(DocumentPart.SIGNATURE, PassageKind.PARTY, item=index if len(issuers) > 1 else None)
            for index in range(len(issuers))
        ]
        names = [self.read_texts(place, [number]) for place, number in zip(places, issuers, strict=True)]
        self.signature = Signature(tuple(names), _day_of(self.lines[dated].text))
        self.position += len(issuers)
        self.read_loose_line()

    def read_annex_title(self) -> None:
        """Read 附件1 and the title below it, if there is one."""
        self.end_annex()
        self.position += 1
        titled = []
        if not self.is_at_end and _is_annex_title(self.line):
            titled = [self.filled[self.position]]
            self.position += 1
        place = FindingPlace(DocumentPart.ANNEX, PassageKind.ANNEX_TITLE, annex=len(self.annexes))
        self.annexes.append(Annex(self.read_texts(place, titled), ()))
        self.blocks = []

    def end_annex(self) -> None:
        if self.annexes:
            self.annexes[-1] = replace(self.annexes[-1], blocks=tuple(self.blocks))

    def read_annex_list(self) -> None:
        """Read 附件：1.××× and the lines that continue the list."""
        self.read_loose_line()
        self.listed_annexes += 1
        while not self.is_at_end and ANNEX_ITEM.match(self.line.text):
            self.read_loose_line()
            self.listed_annexes += 1

    def read_table(self) -> None:
        """Read the lines of a table; the first row is its head, and short rows are filled up."""
        end, table = self.position, self.line.table
        while end < len(self.filled) and self.lines[self.filled[end]].table == table:
            end += 1
        cells: dict[tuple[int, int], list[int]] = {}
        for number in self.filled[self.position : end]:
            cells.setdefault((self.lines[number].row, self.lines[number].column), []).append(number)
        width = 1 + max(column for _, column in cells)
        rows = [
            tuple(self.read_cell(cells.get((row, column), []), index, column) for column in range(width))
            for index, (row, _) in enumerate(groupby(sorted(row for row, _ in cells)))
        ]
        self.blocks.append(Table(tuple(map(Column, rows[0])), tuple(rows[1:])))
        self.position = end

    def piped_rows(self) -> int:
        """The number of lines that are rows of a table with cells between vertical bars; 0 for a single one."""
        end, width = self.position, len(CELL_MARK.findall(self.line.text))
        while end < len(self.filled) and 0 < width <= MOST_STROKES:
            line = self.lines[self.filled[end]]
            if line.table is not None or len(CELL_MARK.findall(line.text)) != width:
                break
            end += 1
        return end - self.position if end - self.position > 1 else 0

    def read_piped_table(self, count: int) -> None:
        """Read lines such as 社区|户数|完成率 as a table; the places of its cells are those in the lines."""
        rows: list[list[str]] = []
        for index, number in enumerate(self.filled[self.position : self.position + count]):
            text, start = self.lines[number].text, 0
            kind, row = (PassageKind.CELL, index - 1) if index else (PassageKind.LABEL, None)
            rows.append(CELL_MARK.split(text))
            for column, cell in enumerate(rows[-1]):
                place = replace(self.block_place, kind=kind, row=row, column=column)
                self.origins[place] = (LinePiece(0, number, start),)
                start += len(cell) + 1
        self.blocks.append(Table(tuple(map(Column, rows[0])), tuple(map(tuple, rows[1:]))))
        self.position += count

    def is_above_table(self) -> bool:
        """Whether a table follows the line, which is then its caption, perhaps with a unit in brackets."""
        self.position += 1
        is_above = not self.is_at_end and (self.line.table is not None or self.piped_rows() > 0)
        self.position -= 1
        return is_above and len(self.line.text.strip()) <= LONGEST_HEADING and not is_ended(self.line.text)

    def read_cell(self, numbers: list[int], index: int, column: int) -> str:
        kind, row = (PassageKind.CELL, index - 1) if index else (PassageKind.LABEL, None)
        return self.read_texts(replace(self.block_place, kind=kind, row=row, column=column), numbers)

    def read_line(self) -> None:
        """Read a heading, a paragraph with or without a run-in head, or a line that is no sentence."""
        text = self.line.text.lstrip()
        indent = len(self.line.text) - len(text)
        level, length = _heading_in(text, self.line.level)
        if level and length == len(text):
            self.append_block(Heading(level, text), heading=indent)
        elif level:
            head = Heading(level, text[:length])
            self.append_block(Paragraph(text[length:], head=head), head=indent, text=indent + length)
        elif IMPRINT.search(text) or DATE_LINE.match(text) or _is_loose(text) or self.is_above_table():
            self.read_loose_line()
        else:
            self.append_block(Paragraph(text), text=indent)

    def reader_at(self, signed: list[int]) -> Callable[[], None]:
        """Return the method that reads the next lines."""
        line = self.line
        if line.table is not None:
            return self.read_table
        piped = self.piped_rows()
        if piped:
            return lambda: self.read_piped_table(piped)
        if signed and self.filled[self.position] == signed[0]:
            return lambda: self.read_signature(signed)
        if ANNEX.match(line.text):
            return self.read_annex_title
        return self.read_annex_list if ANNEX_LIST.match(line.text) else self.read_line


def document_of_lines(lines: tuple[WrittenLine, ...]) -> ReadDocument:
    """Read lines as a document; no line is lost, whatever it is."""
    reader = LineReader(lines, [number for number, line in enumerate(lines) if line.text.strip()])
    reader.read_front()
    signed = reader.find_signature()
    while not reader.is_at_end:
        reader.reader_at(signed)()
    reader.end_annex()
    document = WrittenDocument(
        title=reader.title,
        body=tuple(reader.body),
        addressee=reader.addressee,
        signature=reader.signature,
        annexes=tuple(reader.annexes),
        listed_annexes=reader.listed_annexes,
        dated=reader.closing_date,
    )
    return ReadDocument(document, reader.origins)


def _is_title(lines: list[WrittenLine]) -> bool:
    if any(line.table is not None or line.level or NO_TITLE.match(line.text) for line in lines):
        return False
    texts = [text.strip() for line in lines for text in line.text.split("\n")]
    if any(len(text) > LONGEST_TITLE_LINE or "。" in text[:-1] for text in texts):
        return False
    if any(is_ended(text) or text.endswith(("，", "、")) for text in texts[:-1]):
        return False
    if len(texts) > 1 and SENTENCE_MARK.search(texts[-1]):
        return False
    return not texts[-1].endswith(("：", ":", "；", "，")) and bool(TITLE.search("".join(texts)))


def _is_name(line: WrittenLine) -> bool:
    """Whether a line can be the name of an issuer."""
    text = line.text.strip()
    if line.table is not None or len(text) > LONGEST_NAME or SENTENCE_MARK.search(text):
        return False
    return not (ANNEX_ITEM.match(text) or HEADING_NUMBERS[0].match(text) or ANNEX.match(text))


def _day_of(text: str) -> date | None:
    found = DATED.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _is_annex_title(line: WrittenLine) -> bool:
    return line.table is None and len(line.text) <= LONGEST_HEADING and not is_ended(line.text)


def _is_loose(text: str) -> bool:
    return len(text.strip()) <= LOOSE_LENGTH and not SENTENCE_MARK.search(text)


def _heading_in(text: str, counted: int) -> tuple[int, int]:
    """The level and the length of the heading that a line begins with; 0 without one. counted: its level if Word
    numbers it.
    """
    is_short = len(text.strip()) <= LONGEST_HEADING and not is_ended(text.rstrip("。"))
    # 一、严格执行值班制度，带班领导见附件。: a sentence that is numbered.
    is_short = is_short and not ("，" in text and text.rstrip().endswith("。"))
    if counted and is_short:
        return counted, len(text)
    if COUNTED_NUMBER.match(text):
        return 0, 0
    for level, pattern in enumerate(HEADING_NUMBERS, start=1):
        if pattern.match(text):
            head, _, rest = text.partition("。")
            if rest.strip() and len(head) < LONGEST_HEAD:
                return level, len(head) + 1
            return (level, len(text)) if is_short else (0, 0)
    return 0, 0
