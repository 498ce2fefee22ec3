"""What an official document says, as plain frozen data; how it looks is the renderers' affair.

All text is plain text: a `<` is printed as a `<`. Text carries no numbering, no trailing colon after the
addressee, no "附件：" and no brackets around the note: the renderers set those, so that PDF and DOCX agree.

    document = OfficialDocument(
        title="华阳路街道办事处\\n关于2026年第三季度工作计划推进情况的报告",
        masthead=Masthead(
            mark="华阳路街道办事处文件",
            number=DocumentNumber("华街", 2026, 12),
            direction=Direction.UPWARD,
            signatories=("王玥",),
        ),
        addressee="长宁区人民政府",
        body=(
            Paragraph("现将第三季度工作计划推进情况报告如下。"),
            Heading(1, "总体情况"),
            Paragraph("45项举措中，已完成12项，占26.7%。"),
            Heading(1, "优化营商环境，推动经济动能更加澎湃强劲"),
            Heading(2, "紧抓招商引资，壮大经济增长源动力"),
            Paragraph("本季度新增落地企业23家。", head=Heading(3, "夯实招商项目“蓄水池”。")),
        ),
        signature=Signature("华阳路街道办事处", date(2026, 10, 9)),
        annexes=(Annex("工作计划推进情况表", (table,), landscape=True),),
        imprint=Imprint("华阳路街道党政办公室", date(2026, 10, 9)),
    )
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class DocumentError(ValueError):
    """A document that cannot be set as it stands; the message is a Chinese sentence for its composer."""


class Direction(StrEnum):
    """Where a document goes (行文方向): decides the place of its number and whether a 签发人 is named."""

    UPWARD = "upward"
    PARALLEL = "parallel"
    DOWNWARD = "downward"


class Align(StrEnum):
    """How a table column is set."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号 (GB/T 9704-2012, 7.2.5).

    `sequence` is None in a draft, and its place then stays blank: 华街〔2026〕　号.
    """

    agency: str
    year: int
    sequence: int | None = None

    def __str__(self) -> str:
        sequence = "　" if self.sequence is None else str(self.sequence)
        return f"{self.agency}〔{self.year}〕{sequence}号"


@dataclass(frozen=True, slots=True)
class Masthead:
    """The red head (版头, 7.2): the mark is the issuer's name with 文件 as it is to be printed.

    `signatories` (签发人) are printed in upward documents only. A draft may still lack them.
    """

    mark: str
    number: DocumentNumber
    direction: Direction = Direction.DOWNWARD
    signatories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.mark.strip():
            raise DocumentError("版头缺少发文机关标志，请写明发文机关名称。")
        if self.signatories and self.direction is not Direction.UPWARD:
            raise DocumentError("只有上行文才标注签发人，请改为上行文或去掉签发人。")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4 (7.3.3), printed 一、 （一） 1. （1） in 黑体, 楷体, 仿宋, 仿宋.

    Headings count themselves, from one again under each higher heading; `number` sets the count where a
    plan's own numbers must be kept.
    """

    level: int
    text: str
    number: int | None = None

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise DocumentError(f"标题“{self.text}”的层级是{self.level}，公文标题只有一至四级。")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, indented by two characters.

    `head` is a run-in head: numbered and set like a heading of its level, with the text following on the same
    line. Its own end mark (usually 。) belongs to its text. A newline in `text` begins a new paragraph.
    """

    text: str
    head: Heading | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is its share of the whole, compared with the other columns (any unit).

    Where a column of a table has no width, all are shared out by what they hold: best for long texts.
    """

    title: str
    width: float | None = None
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A table as wide as the type area; its head is repeated on each page, long cells run on to the next.

    `caption` stands centred above it, `note` (source, denominator) flush left below it; both may be empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise DocumentError("表格没有列，请至少设一列。")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise DocumentError(f"表格第{number}行有{len(row)}格，应为{len(self.columns)}格。")


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One bar: its label and one count for each series of the chart."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal stacked bars, one for each row, divided into the series, with the counts printed in them.

    For example series ("已完成", "正常推进", "滞后") and one row for each part of the plan.
    `unit` is what is counted.
    """

    caption: str
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    unit: str = "项"

    def __post_init__(self) -> None:
        if not self.series or not self.rows:
            raise DocumentError(f"图“{self.caption}”没有数据，请至少给出一类和一行。")
        for row in self.rows:
            if len(row.counts) != len(self.series):
                raise DocumentError(f"图中“{row.label}”有{len(row.counts)}个数，应为{len(self.series)}个。")
            if min(row.counts) < 0:
                raise DocumentError(f"图中“{row.label}”有负数，数量不能小于零。")


Block: TypeAlias = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Signature:
    """Issuer and date below the text (7.3.5).

    `signed_on` is None in a draft; `sealed` leaves the room that a seal needs.
    """

    issuer: str
    signed_on: date | None = None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex, on a page of its own (7.3.7) and listed by title below the body (7.3.4).

    `landscape` turns its pages for a wide table (clause 8).
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (7.4), on the last page: who prints the document, when, and who receives a copy (抄送)."""

    office: str
    issued_on: date | None = None
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document, from red head to imprint.

    title: a newline is a line break by meaning (7.3.1); without any the renderer balances the lines.
    masthead: None for an internal paper without a red head.
    addressee: 主送机关, without its colon.
    note: 附注 (7.3.6), without its brackets.
    """

    title: str
    body: tuple[Block, ...]
    masthead: Masthead | None = None
    addressee: str = ""
    signature: Signature | None = None
    note: str = ""
    annexes: tuple[Annex, ...] = ()
    imprint: Imprint | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise DocumentError("公文缺少标题，请写明标题。")
        if not self.body:
            raise DocumentError("公文没有正文，请至少写一段。")
