"""The blocks of a text: headings, paragraphs, tables, charts and sheets.

`key` identifies a block or a table column for the code that composed the document, independently of its
content; `row_keys` does the same for the rows of a table. A key may be of any type. Keys are never printed
and not stored with a frozen text, and two blocks that differ only in their keys are equal.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import TypeAlias

from reports.model.errors import DocumentError


class Align(StrEnum):
    """The alignment of a table column; with LEFT, full lines are justified in the PDF."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4 (7.3.3), printed 一、 （一） 1. （1） in 黑体, 楷体, 仿宋, 仿宋.

    Headings are numbered automatically, starting at one under each higher heading; `number` sets the count.
    `label` is printed instead of the number if the text has its own: 第一章, or "" for no number at all.
    """

    level: int
    text: str
    number: int | None = None
    label: str | None = None
    key: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise DocumentError(f"标题“{self.text}”的层级是{self.level}，公文标题只有一至四级。")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, indented by two characters.

    `head` is a run-in heading: it is numbered and set like a heading of its level, and the text follows on
    the same line. Its text includes its closing punctuation (usually 。).
    A newline in `text` begins a new paragraph.
    """

    text: str
    head: Heading | None = None
    key: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is its width relative to the other columns, in any unit.

    If any column of a table has no width, all widths are computed from the content: best for long texts.
    """

    title: str
    width: float | None = None
    align: Align = Align.LEFT
    key: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.width is not None and not 0 < self.width < inf:
            raise DocumentError(
                f"表格“{self.title}”一列的宽度是{self.width}，请改为大于零的数；不写宽度则按内容分配。"
            )


@dataclass(frozen=True, slots=True)
class Table:
    """A table as wide as the type area; its head row is repeated on each page, and long cells may be split.

    `caption` is centred above the table, `unit` (what is counted) is printed at its upper right, and `note`
    (source, denominator) below it on the left; each may be empty.
    `row_keys` has one key for each row, or is empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    note: str = ""
    unit: str = ""
    key: object = field(default=None, compare=False, repr=False)
    row_keys: tuple[object, ...] = field(default=(), compare=False, repr=False)

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
    """A chart of horizontal stacked bars: one bar for each row, one segment for each series, with its count.

    For example, the series ("已完成", "正常推进", "滞后") and one row for each part of the plan.
    `unit` is the measure word of what is counted.
    """

    caption: str
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    unit: str = "项"
    key: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.series or not self.rows:
            raise DocumentError(f"图“{self.caption}”没有数据，请至少给出一类和一行。")
        for row in self.rows:
            if len(row.counts) != len(self.series):
                raise DocumentError(f"图中“{row.label}”有{len(row.counts)}个数，应为{len(self.series)}个。")
            if min(row.counts) < 0:
                raise DocumentError(f"图中“{row.label}”有负数，数量不能小于零。")


@dataclass(frozen=True, slots=True)
class SheetField:
    """One labelled field of a sheet; an empty text leaves room to write by hand."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Fields of equal width side by side; `lines` is the minimum height in lines of the body text."""

    fields: tuple[SheetField, ...]
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ruled form with labelled fields, such as a 呈批单, to be filled in by hand; as wide as the type area."""

    rows: tuple[SheetRow, ...]
    key: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.rows or not all(row.fields for row in self.rows):
            raise DocumentError("表单没有栏目，请至少设一行一栏。")


Block: TypeAlias = Heading | Paragraph | Table | Chart | Sheet
